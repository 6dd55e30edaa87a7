package config

import (
	"fmt"
	"strings"
)

// Reference is the page of every setting, made of the table that reads them.
// flags says which flag sets which key.
func Reference(flags map[string]string) string {
	byKey := map[string]string{}
	for flag, key := range flags {
		byKey[key] = "--" + flag
	}
	var b strings.Builder
	b.WriteString("## In a profile (`profiles.NAME.…`)\n\n")
	reference(&b, false, byKey)
	b.WriteString("| `room_ids` | rooms of the room engine that are not named like their class's number, `347306302: \"name\"` | | | |\n")
	b.WriteString("\n## For all profiles\n\n")
	reference(&b, true, byKey)
	b.WriteString("| `keys` | other keys for an action; [the actions](keys.md) | | | |\n")
	b.WriteString("| `playbooks` | named sequences of actions | | | |\n")
	fmt.Fprintf(&b, "| `version` | of the file's form | %d | | |\n", Version)
	return b.String()
}

func reference(b *strings.Builder, global bool, flags map[string]string) {
	b.WriteString("| setting | about | default | allowed | variable, flag |\n|---|---|---|---|---|\n")
	for i := range settings {
		s := &settings[i]
		if s.global != global {
			continue
		}
		also := strings.TrimSpace(tick(s.env) + " " + tick(flags[s.key]))
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", s.key, sentence(s.about), tick(s.def), s.allowed, also)
	}
}

func tick(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}
