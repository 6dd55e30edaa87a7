package spec

import (
	"slices"
	"strings"
)

// field is a parameter with what belongs inside it: the room engine writes
// the fields of its objects with dots (RoomInfo.RoomName, MemberList[].Marks).
type field struct {
	*Param
	key   string  // last part of the name: the key in the JSON object
	inner []field // of a dotted object; those of a data type are looked up
}

// nest turns a flat list with dotted names into a tree. A parent that the list
// does not name is made up, required if the first of its children is (an id).
func nest(params []Param) []field {
	var top []field
	for i := range params {
		p := &params[i]
		top = plant(top, p, p.Name)
	}
	return top
}

func plant(level []field, p *Param, name string) []field {
	head, rest, dotted := strings.Cut(name, ".")
	if !dotted {
		return append(level, field{Param: p, key: name})
	}
	key, list := strings.CutSuffix(head, "[]")
	at := slices.IndexFunc(level, func(f field) bool { return f.key == key })
	if at < 0 {
		made := &Param{Name: key, Type: "object", Desc: "Holds what follows.", Required: p.Required}
		if list {
			made.Type = "[]object"
		}
		at, level = len(level), append(level, field{Param: made, key: key})
	}
	level[at].inner = plant(level[at].inner, p, rest)
	return level
}

// find returns the field with this key, or nil.
func find(fields []field, key string) *field {
	for i := range fields {
		if fields[i].key == key {
			return &fields[i]
		}
	}
	return nil
}
