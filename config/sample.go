package config

import (
	"fmt"
	"strings"
)

// Sample is a commented file with every setting, made of the same table that
// reads it. Everything in it but the profile's name is commented out.
func Sample() string {
	var b strings.Builder
	b.WriteString(modeline +
		"# classtop's configuration. Above it stand the environment and the flags.\n" +
		"# `classtop config show` prints what applies and where it came from.\n\n" +
		"# Version of this file's form; classtop config migrate brings an older one up to date.\n" +
		fmt.Sprintf("version: %d\n\n", Version) +
		"# The profile that applies when neither --profile nor CLASSTOP_PROFILE says otherwise.\n" +
		"profile: school\n\nprofiles:\n  school:\n")
	writeSettings(&b, false, "    ")
	b.WriteString("    # Rooms of the room engine that are not named like their class's number.\n" +
		"    # room_ids:\n    #   347306302: \"room-of-the-engine\"\n\n")
	writeSettings(&b, true, "")
	b.WriteString(samplePlaybooks)
	b.WriteString("# Other keys for an action; `?` in the dashboard lists the actions.\n# keys:\n#   kick: [K, X]\n")
	return b.String()
}

const samplePlaybooks = `# Playbooks: actions in a row on a class, or on a member where one of them is about a member. The x menu, the
# palette and ` + "`classtop playbook`" + ` offer them. Steps: notice TEXT, wait TIME, mute TIME or "for good", unmute,
# kick TIME or "for good", unkick, seat-off, start, end. A step that fails ends it unless it says go_on: true.
# playbooks:
#   calm-down:
#     about: Warn the class, then silence one member and put him out
#     steps:
#       - notice: Please be quiet.
#         go_on: true
#       - wait: 30s
#       - mute: 10m
#       - wait: 2m
#       - kick: 10m

`

func writeSettings(b *strings.Builder, global bool, indent string) {
	group := ""
	for _, s := range settings {
		if s.global != global {
			continue
		}
		name, below, grouped := strings.Cut(s.key, ".")
		for text := range strings.SplitSeq(s.about, "\n") {
			fmt.Fprintf(b, "%s# %s\n", indent, strings.TrimPrefix(text, "# "))
		}
		fmt.Fprintf(b, "%s# Allowed: %s.", indent, s.allowed)
		if s.env != "" {
			fmt.Fprintf(b, " Variable: %s.", s.env)
		}
		b.WriteString("\n")
		switch {
		case !grouped:
			fmt.Fprintf(b, "%s# %s: %s\n", indent, s.key, s.example)
		case name != group:
			fmt.Fprintf(b, "%s# %s:\n%s#   %s: %s\n", indent, name, indent, below, s.example)
		default:
			fmt.Fprintf(b, "%s#   %s: %s\n", indent, below, s.example)
		}
		group = name
	}
	b.WriteString("\n")
}

// WriteSample writes the sample to a path for its owner alone, never over a
// file that is there, and the schema beside it.
func WriteSample(path string) error {
	if err := create(path, []byte(Sample())); err != nil {
		return err
	}
	return writeSchema(path)
}
