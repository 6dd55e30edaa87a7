package keymap

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"classtop/class/nearest"
)

// Map says what each key does in each context. It is a value that does not
// change; With makes another.
type Map struct {
	rows  []Binding
	index map[Context]map[string]Action
}

// Default returns the keys as the README shows them.
func Default() Map {
	m, err := build(table())
	if err != nil {
		panic(err) // a fault in this package's own table; a test finds it first
	}
	return m
}

// With returns a map in which the given actions have the given keys instead of
// their own; an empty list takes an action its keys. Every fault is named: an
// unknown action or key, two actions on one key in one place, a key that would
// change something on the server without being an upper-case letter.
func (m Map) With(overrides map[string][]string) (Map, error) {
	rows := slices.Clone(m.rows)
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		i := slices.IndexFunc(rows, func(b Binding) bool { return string(b.Action) == name })
		if i < 0 {
			faults = append(faults, unknownAction(name, rows))
			continue
		}
		given, err := override(rows[i], overrides[name])
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		rows[i].Keys = given
	}
	if len(faults) > 0 {
		return Map{}, errors.Join(faults...)
	}
	return build(rows)
}

// Without returns a map that has nothing of a group.
func (m Map) Without(g Group) Map {
	rows := slices.DeleteFunc(slices.Clone(m.rows), func(b Binding) bool { return b.Group == g })
	out, err := build(rows)
	if err != nil {
		panic(err) // fewer keys cannot fight where more did not
	}
	return out
}

func unknownAction(name string, rows []Binding) error {
	known := make([]string, len(rows))
	for i, b := range rows {
		known[i] = string(b.Action)
	}
	if near := nearest.Name(name, known); near != "" {
		return fmt.Errorf("there is no action %q: did you mean %q?", name, near)
	}
	return fmt.Errorf("there is no action %q: the help (?) and README list them", name)
}

// override checks the keys that a config gives one action.
func override(b Binding, given []string) ([]string, error) {
	if len(given) == 0 && b.Needed {
		return nil, errors.New("this action needs at least one key")
	}
	keys := make([]string, 0, len(given))
	for _, g := range given {
		k, err := parseKey(g)
		if err != nil {
			return nil, err
		}
		if why := unfit(b, k); why != "" {
			return nil, fmt.Errorf("the key %q cannot be used: %s", k, why)
		}
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// unfit says why a key may not stand for this action.
func unfit(b Binding, key string) string {
	switch {
	case b.Writes && !upperLetter(key):
		return "what changes something on the server takes an upper-case letter, A to Z"
	case slices.Contains(b.In, Input) && (printable(key) || key == "space" || key == "backspace"):
		return "it is text while you type"
	case slices.Contains(b.In, Dialog) && len(key) == 1 && key[0] >= '0' && key[0] <= '9':
		return "a dialog may ask for digits"
	case slices.Contains(b.In, always) && printable(key):
		return "it works while you type too, so it cannot be a character"
	case b.Action == DialogYes && (key == "enter" || key == "space"):
		return "yes must be a key that is not pressed by habit"
	}
	return ""
}

// build makes the index, or names every pair of actions that fight for a key.
func build(rows []Binding) (Map, error) {
	m := Map{rows: rows, index: make(map[Context]map[string]Action)}
	var faults []error
	told := map[string]bool{}
	for _, place := range Contexts() {
		index := make(map[string]Action)
		for _, b := range rows {
			if !b.sees(place) {
				continue
			}
			for _, k := range b.Keys {
				other, taken := index[k]
				pair := k + " " + string(other) + " " + string(b.Action)
				if taken && !told[pair] {
					told[pair] = true
					faults = append(faults, fmt.Errorf("in %s the key %q is both %q and %q: give one of them another key", place, k, other, b.Action))
				}
				index[k] = b.Action
			}
		}
		m.index[place] = index
	}
	if len(faults) > 0 {
		return Map{}, errors.Join(faults...)
	}
	return m, nil
}

// Find tells what a key does in a place; full-width forms count as their
// ASCII twins.
func (m Map) Find(place Context, key string) (Action, bool) {
	a, ok := m.index[place][Normalize(key)]
	return a, ok
}

// Binding returns the row of an action.
func (m Map) Binding(a Action) (Binding, bool) {
	for _, b := range m.rows {
		if b.Action == a {
			b.Keys = slices.Clone(b.Keys)
			return b, true
		}
	}
	return Binding{}, false
}

// Keys returns an action's keys, the first one being the one to show.
func (m Map) Keys(a Action) []string {
	b, _ := m.Binding(a)
	return b.Keys
}

// Short returns two or three words for an action: "kick".
func (m Map) Short(a Action) string {
	b, _ := m.Binding(a)
	return b.Short
}

// Long returns a sentence for an action.
func (m Map) Long(a Action) string {
	b, _ := m.Binding(a)
	return b.Long
}
