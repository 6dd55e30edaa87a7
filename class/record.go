package class

import (
	"bytes"
	"encoding/json"
)

// Record is one row of a list of the application's own, such as a user or a
// group: its fields in the order in which the facts name them.
type Record []Field

// Field is one value of a Record; objects and lists are JSON.
type Field struct {
	Name  string
	Value Text
}

// Get returns a field's value; the zero Text if there is none.
func (r Record) Get(name string) Text {
	for _, f := range r {
		if f.Name == name {
			return f.Value
		}
	}
	return Text{}
}

// MarshalJSON writes an object with the fields in their order.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, f := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(f.Name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(f.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
