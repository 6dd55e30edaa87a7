package config

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"classtop/keymap"
)

// SchemaName is the file beside the configuration that editors check it by.
const SchemaName = "config.schema.json"

// modeline tells editors with a YAML language server where the schema is.
const modeline = "# yaml-language-server: $schema=./" + SchemaName + "\n"

// node is one part of a JSON Schema.
type node map[string]any

// Schema is the JSON Schema of the file, made of the table of settings, with
// its descriptions in the reader's language.
func Schema(tell Teller) []byte {
	top := object(node{
		"version":  node{"type": "integer", "description": tell("Version of this file's form."), "minimum": 1, "maximum": Version},
		"profile":  node{"type": "string", "description": tell(aboutProfile)},
		"profiles": node{"type": []string{"object", "null"}, "description": tell("Accounts and applications, by name."), "additionalProperties": profileNode(tell)},
		"keys":     keysNode(tell),
		"playbooks": node{"type": []string{"object", "null"}, "description": tell("Named sequences of actions."), "additionalProperties": object(node{
			"about": node{"type": "string"}, "steps": node{"type": "array", "items": node{"type": []string{"object", "string"}}, "minItems": 1},
		})},
	})
	top["$schema"], top["title"] = "https://json-schema.org/draft/2020-12/schema", tell("Configuration of classtop")
	settle(top, tell, true)
	data, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		panic(err) // only maps, lists, texts and numbers are in it
	}
	return append(data, '\n')
}

func object(properties node) node {
	return node{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}

func profileNode(tell Teller) node {
	n := object(node{"room_ids": node{"type": []string{"object", "null"}, "description": tell(aboutRoomIDs),
		"patternProperties": node{"^[0-9]+$": node{"type": []string{"string", "integer"}}}, "additionalProperties": false}})
	settle(n, tell, false)
	return n
}

func keysNode(tell Teller) node {
	actions := node{}
	for _, s := range keymap.Default().Sections() {
		for _, r := range s.Rows {
			actions[string(r.Action)] = node{"description": tell(r.Long), "type": []string{"string", "integer", "array"}, "items": node{"type": []string{"string", "integer"}}}
		}
	}
	n := object(actions)
	n["description"] = tell("Other keys for an action: one or a list.")
	return n
}

// settle puts the settings of a level where they belong, those of a group such
// as ui below it.
func settle(level node, tell Teller, global bool) {
	for i := range settings {
		s := &settings[i]
		if s.global != global {
			continue
		}
		at := level["properties"].(node)
		group, below, grouped := strings.Cut(s.key, ".")
		if grouped {
			if at[group] == nil {
				at[group] = object(node{})
			}
			at[group].(node)["properties"].(node)[below] = s.node(tell)
			continue
		}
		at[group] = s.node(tell)
	}
}

// node is the schema of one setting. Where the words of the table say more
// than a type can, the description has them.
func (s *setting) node(tell Teller) node {
	n := node{"description": fmt.Sprintf(tell("%s Allowed: %s."), sentence(tell(s.about)), tell(s.allowed))}
	choices := s.choices()
	switch {
	case s.allowed == "true or false":
		n["type"] = []string{"boolean", "null"}
	case choices != nil:
		n["enum"] = append(choices, nil)
	case strings.HasPrefix(s.allowed, "a number"):
		n["type"] = []string{"number", "null"}
	case strings.Contains(s.allowed, "'s number"):
		n["type"] = []string{"integer", "string", "null"}
	default:
		n["type"] = []string{"string", "null"}
	}
	if s.def != "" {
		n["default"] = typed(s.def)
	}
	return n
}

// sentence is what a setting is about, on one line and without the ellipses
// that lead to the settings beside it.
func sentence(about string) string { return strings.Trim(strings.ReplaceAll(about, "\n", " "), "… ") }

var (
	aside = regexp.MustCompile(` \([^)]*\)`)
	words = regexp.MustCompile(`^[\w-]+(, [\w-]+)* or [\w-]+$`)
)

// choices are the only values that a setting takes, or nil.
func (s *setting) choices() []any {
	plain := aside.ReplaceAllString(s.allowed, "")
	if !words.MatchString(plain) {
		return nil
	}
	var out []any
	for _, w := range strings.Split(strings.ReplaceAll(plain, " or ", ", "), ", ") {
		out = append(out, typed(w))
	}
	return out
}

// typed is a value as YAML reads it.
func typed(v string) any {
	if f, err := strconv.ParseFloat(v, 64); err == nil {
		return f
	}
	if slices.Contains([]string{"true", "false"}, v) {
		return v == "true"
	}
	return v
}
