package config

import (
	"fmt"
	"strings"
)

// Teller puts one of classtop's own texts into the reader's language, as
// lang.Lang.Tell does.
type Teller func(text string) string

// Sample is a commented file with every setting, made of the same table that
// reads it, with its comments in the reader's language. Everything in it but
// the profile's name is commented out.
func Sample(tell Teller) string {
	var b strings.Builder
	b.WriteString(modeline)
	comment(&b, "", tell("classtop's configuration. Above it stand the environment and the flags."))
	comment(&b, "", tell("`classtop config show` prints what applies and where it came from."))
	b.WriteString("\n")
	comment(&b, "", tell("Version of this file's form; classtop config migrate brings an older one up to date."))
	fmt.Fprintf(&b, "version: %d\n\n", Version)
	comment(&b, "", tell(aboutProfile))
	b.WriteString("profile: school\n\nprofiles:\n  school:\n")
	writeSettings(&b, tell, false, "    ")
	comment(&b, "    ", tell(aboutRoomIDs), "room_ids:", `  347306302: "room-of-the-engine"`)
	b.WriteString("\n")
	writeSettings(&b, tell, true, "")
	writePlaybook(&b, tell)
	comment(&b, "", tell("Other keys for an action; `?` in the dashboard lists the actions."), "keys:", "  kick: [K, X]")
	return b.String()
}

// What the sample and the schema say of what is not in the table of settings.
const (
	aboutProfile = "The profile that applies when neither --profile nor CLASSTOP_PROFILE says otherwise."
	aboutRoomIDs = "Rooms of the room engine that are not named like their class's number."
)

func writePlaybook(b *strings.Builder, tell Teller) {
	comment(b, "",
		tell("Playbooks: actions in a row on a class, or on a member where one of them is about a member."),
		tell("The x menu, the palette and `classtop playbook` offer them."),
		tell("Steps: notice TEXT, wait TIME, mute TIME or \"for good\", unmute, kick TIME or \"for good\", unkick, seat-off, start, end."),
		tell("A step that fails ends it unless it says go_on: true."),
		"playbooks:", "  calm-down:",
		"    about: "+tell("Warn the class, then silence one member and put him out"),
		"    steps:", "      - notice: "+tell("Please be quiet."), "        go_on: true",
		"      - wait: 30s", "      - mute: 10m", "      - wait: 2m", "      - kick: 10m")
	b.WriteString("\n")
}

// comment writes lines, or a text of several, behind a number sign.
func comment(b *strings.Builder, indent string, lines ...string) {
	for _, l := range lines {
		fmt.Fprintf(b, "%s# %s\n", indent, strings.ReplaceAll(l, "\n", "\n"+indent+"# "))
	}
}

func writeSettings(b *strings.Builder, tell Teller, global bool, indent string) {
	group := ""
	for i := range settings {
		s := &settings[i]
		if s.global != global {
			continue
		}
		name, below, grouped := strings.Cut(s.key, ".")
		comment(b, indent, tell(s.about), s.rule(tell))
		switch {
		case !grouped:
			comment(b, indent, s.key+": "+s.example)
		case name != group:
			comment(b, indent, name+":", "  "+below+": "+s.example)
		default:
			comment(b, indent, "  "+below+": "+s.example)
		}
		group = name
	}
	b.WriteString("\n")
}

// rule says which values a setting takes, and the variable that sets it too.
func (s *setting) rule(tell Teller) string {
	if s.env == "" {
		return fmt.Sprintf(tell("Allowed: %s."), tell(s.allowed))
	}
	return fmt.Sprintf(tell("Allowed: %s. Variable: %s."), tell(s.allowed), s.env)
}

// WriteSample writes the sample to a path for its owner alone, never over a
// file that is there, and the schema beside it.
func WriteSample(path string, tell Teller) error {
	if err := create(path, []byte(Sample(tell))); err != nil {
		return err
	}
	return writeSchema(path, tell)
}
