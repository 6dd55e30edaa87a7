package config

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"classtop/class"
	"classtop/keymap"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// scalar is a value as it was written, and its line.
type scalar struct {
	text string
	line int
}

// file is what the YAML file says, not yet judged.
type file struct {
	path     string
	found    bool
	version  int // 0: it does not say
	active   string
	line     int // of active
	global   map[string]scalar
	profiles map[string]section
	keys     map[string][]string
	keyLines map[string]int

	playbooks []class.Playbook // in the order of the file
}

// section is one profile of the file.
type section struct {
	values  map[string]scalar
	roomIDs map[class.RoomID]string
}

func (f *file) names() []string { return slices.Sorted(maps.Keys(f.profiles)) }

// forget drops what speaks of a real school and keeps looks and keys.
func (f *file) forget() {
	f.profiles = map[string]section{}
	delete(f.global, "audit")
}

func (f *file) activeLine(inFile bool) int {
	if inFile {
		return f.line
	}
	return 0
}

func (f *file) lookup(profile string, s *setting) (scalar, bool) {
	if s.global {
		v, ok := f.global[s.key]
		return v, ok
	}
	v, ok := f.profiles[profile].values[s.key]
	return v, ok
}

// readFile reads and checks the whole file, the profiles that are not used
// too. A file that nobody named need not exist.
func readFile(path string, named bool) (*file, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return parse(path, nil)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Where: path, Problem: "there is no such file", Allowed: "classtop config init writes a sample there"}
	}
	if err != nil {
		return nil, err
	}
	f, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	f.found = true
	return f, nil
}

// parse checks the text of a file.
func parse(path string, data []byte) (*file, error) {
	f := &file{path: path, global: map[string]scalar{}, profiles: map[string]section{}, keys: map[string][]string{}, keyLines: map[string]int{}}
	doc, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, f.syntax(err)
	}
	for _, d := range doc.Docs {
		if d.Body == nil {
			continue
		}
		if err := f.top(d.Body); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *file) syntax(err error) error {
	e := &Error{Where: f.path, Problem: err.Error()}
	if y := yaml.Error(nil); errors.As(err, &y) {
		e.Problem = "not valid YAML: " + y.GetMessage()
		if t := y.GetToken(); t != nil {
			e.Line = t.Position.Line
		}
	}
	return e
}

func (f *file) top(n ast.Node) error {
	return f.each(n, "", func(key string, m *ast.MappingValueNode) error {
		switch key {
		case "version":
			v, err := f.scalar(m, key)
			if err != nil {
				return err
			}
			return f.setVersion(v)
		case "profile":
			v, err := f.scalar(m, key)
			f.active, f.line = v.text, v.line
			return err
		case "profiles":
			return f.each(m.Value, key, f.profile)
		case "keys":
			return f.each(m.Value, key, f.key)
		case "playbooks":
			return f.each(m.Value, key, f.playbook)
		}
		return f.settings(m, key, "", true, f.global)
	})
}

func (f *file) profile(name string, m *ast.MappingValueNode) error {
	s := section{map[string]scalar{}, map[class.RoomID]string{}}
	f.profiles[name] = s
	at := "profiles." + name
	return f.each(m.Value, at, func(key string, m *ast.MappingValueNode) error {
		if key == "room_ids" {
			return f.each(m.Value, at+".room_ids", func(id string, m *ast.MappingValueNode) error {
				return f.roomID(s, at+".room_ids."+id, id, m)
			})
		}
		return f.settings(m, key, at+".", false, s.values)
	})
}

// settings takes a setting, or a group of them such as ui or window, and
// tries each value, so that a fault in any profile is found at once.
func (f *file) settings(m *ast.MappingValueNode, key, at string, global bool, into map[string]scalar) error {
	if s := find(key); s != nil && s.global == global {
		v, err := f.scalar(m, at+key)
		if err != nil {
			return err
		}
		into[key] = v
		return f.try(s, v, at+key)
	}
	if isGroup(key, global) {
		return f.each(m.Value, at+key, func(below string, m *ast.MappingValueNode) error {
			return f.settings(m, key+"."+below, at, global, into)
		})
	}
	problem, allowed := unknown("key", last(key), siblings(key, global))
	return &Error{Where: f.path, Line: line(m), Key: at + key, Problem: problem, Allowed: allowed}
}

func (f *file) try(s *setting, v scalar, at string) error {
	scratch := &Config{env: func(string) (string, bool) { return "", false }}
	if v.text == "" {
		return nil
	}
	if err := s.set(scratch, v.text); err != nil {
		return &Error{Where: f.path, Line: v.line, Key: at, Problem: quote(s, v.text) + " is " + err.Error(), Allowed: "allowed: " + s.allowed}
	}
	return nil
}

func (f *file) roomID(s section, at, id string, m *ast.MappingValueNode) error {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return &Error{Where: f.path, Line: line(m), Key: at, Problem: "not the number of a class", Allowed: `write it as 123456789: "room-of-the-engine"`}
	}
	v, err := f.scalar(m, at)
	s.roomIDs[class.RoomID(n)] = v.text
	return err
}

func (f *file) key(action string, m *ast.MappingValueNode) error {
	f.keyLines[action] = line(m)
	list, ok := m.Value.(*ast.SequenceNode)
	if !ok {
		v, err := f.scalar(m, "keys."+action)
		f.keys[action] = []string{v.text}
		return err
	}
	f.keys[action] = []string{} // an empty list takes the keys away
	for _, n := range list.Values {
		v, ok := n.(ast.ScalarNode)
		if !ok {
			return &Error{Where: f.path, Line: line(m), Key: "keys." + action, Problem: "not a key", Allowed: "a key or a list of keys, such as [K, X]"}
		}
		f.keys[action] = append(f.keys[action], v.GetToken().Value)
	}
	return nil
}

// each walks the entries of a mapping.
func (f *file) each(n ast.Node, at string, do func(string, *ast.MappingValueNode) error) error {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	case *ast.NullNode:
		return nil
	default:
		return &Error{Where: f.path, Line: n.GetToken().Position.Line, Key: at, Problem: "a single value stands where settings belong",
			Allowed: "write the settings below it, indented: key: value"}
	}
	for _, m := range values {
		if err := do(m.Key.GetToken().Value, m); err != nil {
			return err
		}
	}
	return nil
}

// scalar takes a plain value; null counts as not set.
func (f *file) scalar(m *ast.MappingValueNode, at string) (scalar, error) {
	v := scalar{line: line(m)}
	switch n := m.Value.(type) {
	case *ast.NullNode:
		return v, nil
	case *ast.LiteralNode:
		v.text = strings.TrimSpace(n.Value.Value)
	case ast.ScalarNode:
		v.text = strings.TrimSpace(n.GetToken().Value)
	default:
		return v, &Error{Where: f.path, Line: v.line, Key: at, Problem: "a list or a group stands where one value belongs", Allowed: "write it as key: value"}
	}
	return v, nil
}

// keymap applies the overrides. One that is wrong by itself is named with its
// line; a conflict between two is named by the map's own words.
func (f *file) keymap() (keymap.Map, error) {
	m, err := keymap.Default().With(f.keys)
	if err == nil {
		return m, nil
	}
	for _, action := range slices.Sorted(maps.Keys(f.keys)) {
		if _, one := keymap.Default().With(map[string][]string{action: f.keys[action]}); one != nil {
			return m, &Error{Where: f.path, Line: f.keyLines[action], Key: "keys." + action, Problem: strings.TrimPrefix(one.Error(), action+": ")}
		}
	}
	return m, &Error{Where: f.path, Key: "keys", Problem: err.Error()}
}

func line(m *ast.MappingValueNode) int { return m.Key.GetToken().Position.Line }

func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

func isGroup(key string, global bool) bool {
	return slices.ContainsFunc(settings, func(s setting) bool {
		return s.global == global && strings.HasPrefix(s.key, key+".")
	})
}

// siblings lists what could stand where an unknown key stands.
func siblings(key string, global bool) []string {
	var out []string
	prefix := key[:len(key)-len(last(key))]
	for _, s := range settings {
		rest, ok := strings.CutPrefix(s.key, prefix)
		if ok && s.global == global {
			name, _, _ := strings.Cut(rest, ".")
			out = append(out, name)
		}
	}
	switch {
	case prefix == "" && global:
		out = append(out, "version", "profile", "profiles", "keys", "playbooks")
	case prefix == "":
		out = append(out, "room_ids")
	}
	slices.Sort(out)
	return slices.Compact(out)
}
