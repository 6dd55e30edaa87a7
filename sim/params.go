package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// params are the parameters of a call. Numbers are json.Number from a body and
// text from a form; the readers take both.
type params map[string]any

func (p params) has(name string) bool { return p[name] != nil }

// str returns a text, empty if there is none.
func (p params) str(name string) string { return text(p[name]) }

// num returns an integer, 0 if there is none.
func (p params) num(name string) int64 { return number(p[name]) }

// id returns a number of 64 bits without a sign.
func (p params) id(name string) uint64 {
	n, err := strconv.ParseUint(text(p[name]), 10, 64)
	if err != nil {
		return uint64(p.num(name)) // written as 1e9, perhaps
	}
	return n
}

func (p params) yes(name string) bool {
	return slices.Contains([]string{"true", "1"}, strings.ToLower(text(p[name])))
}

func (p params) float(name string) float64 {
	f, _ := strconv.ParseFloat(text(p[name]), 64) // checked before
	return f
}

// list returns the items of a list as text.
func (p params) list(name string) []string {
	items, _ := p[name].([]any)
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = text(item)
	}
	return out
}

// nums returns the items of a list as integers.
func (p params) nums(name string) []int64 {
	items, _ := p[name].([]any)
	out := make([]int64, len(items))
	for i, item := range items {
		out[i] = number(item)
	}
	return out
}

// objects returns the items of a list of objects.
func (p params) objects(name string) []params {
	items, _ := p[name].([]any)
	var out []params
	for _, item := range items {
		if o, ok := item.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

func (p params) object(name string) params {
	o, _ := p[name].(map[string]any)
	return o
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return fmt.Sprint(v)
}

func number(v any) int64 {
	s := text(v)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n
	}
	f, _ := strconv.ParseFloat(s, 64) // checked before
	return int64(f)
}

// pageOf cuts one page out of a list, pages counted from 1.
func pageOf[T any](items []T, page, limit int64) []T {
	from := (max(page, 1) - 1) * limit
	if limit <= 0 || from < 0 || from >= int64(len(items)) {
		return nil
	}
	return items[from:min(from+limit, int64(len(items)))]
}

// decodeBody reads a JSON object.
func decodeBody(body []byte) (map[string]any, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return map[string]any{}, nil
	}
	var v map[string]any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("more than one JSON value")
	}
	if v == nil {
		return nil, fmt.Errorf("null instead of an object")
	}
	return v, nil
}

// unflatten turns List.0 and Objs.0.Field into lists and objects.
func unflatten(form url.Values) map[string]any {
	root := map[string]any{}
	for name, values := range form {
		at, parts := root, strings.Split(name, ".")
		for _, part := range parts[:len(parts)-1] {
			next, ok := at[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[part] = next
			}
			at = next
		}
		at[parts[len(parts)-1]] = values[0]
	}
	for name, v := range root {
		root[name] = listed(v)
	}
	return root
}

// listed turns an object whose keys are 0, 1, 2 … into a list, in depth.
func listed(v any) any {
	o, ok := v.(map[string]any)
	if !ok {
		return v
	}
	items := make([]any, len(o))
	list := len(o) > 0
	for key, value := range o {
		o[key] = listed(value)
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(o) {
			list = false
			continue
		}
		items[i] = o[key]
	}
	if list {
		return items
	}
	return o
}
