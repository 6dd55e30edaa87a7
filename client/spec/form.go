package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// EmptyText is what is typed to give an empty text: a field that is left empty
// is not sent.
const EmptyText = `""`

// Form returns the parameters to ask for, the required ones first. Fields of
// an object are asked for one by one, under their dotted names, where the
// facts list them so; a list of objects is asked for as a whole, as JSON.
func (a *Action) Form() []*Param {
	var out []*Param
	for i := range a.Params {
		p := &a.Params[i]
		if !strings.Contains(p.Name, "[]") && !a.parent(p.Name) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(x, y *Param) int { return rank(x) - rank(y) })
	return out
}

func rank(p *Param) int {
	if p.Required {
		return 0
	}
	return 1
}

// parent tells whether there are fields under this name.
func (a *Action) parent(name string) bool {
	return slices.ContainsFunc(a.Params, func(p Param) bool { return strings.HasPrefix(p.Name, name+".") })
}

// Wrong says why a text does not do for a parameter, by itself, or "".
func Wrong(a *Action, name, text string) string {
	f, err := a.lookup(name)
	if err != nil {
		return err.Error()
	}
	if text == "" {
		if f.Required {
			return f.key + " is required"
		}
		return ""
	}
	v, err := Coerce(a, name, unquote(text))
	if err != nil {
		return strings.TrimPrefix(err.Error(), a.Name+": ")
	}
	if bad := (&checker{action: a}).value(name, f, v); bad != nil {
		return bad.Param + " " + bad.Rule
	}
	return ""
}

func unquote(text string) string {
	if text == EmptyText {
		return ""
	}
	return text
}

// Params makes parameters of the texts of a form, by name, and checks them all.
// Empty texts are left out.
func Params(a *Action, texts map[string]string) (map[string]any, error) {
	out := map[string]any{}
	for _, p := range a.Form() {
		text := texts[p.Name]
		if text == "" {
			continue
		}
		v, err := Coerce(a, p.Name, unquote(text))
		if err != nil {
			return nil, err
		}
		if err := Put(out, p.Name, v); err != nil {
			return nil, err
		}
	}
	if v := Check(a, out); v != nil {
		return nil, v
	}
	return out, nil
}

// Put sets a parameter; a dotted name reaches into an object.
func Put(params map[string]any, name string, v any) error {
	keys := strings.Split(name, ".")
	for _, key := range keys[:len(keys)-1] {
		below, ok := params[key].(map[string]any)
		if _, taken := params[key]; taken && !ok {
			return fmt.Errorf("%s: %s was given as a whole already", name, key)
		}
		if !ok {
			below = map[string]any{}
			params[key] = below
		}
		params = below
	}
	params[keys[len(keys)-1]] = v
	return nil
}

// Texts turns a request into the texts of a form, by name: the inverse of
// Params for what Form asks for.
func (a *Action) Texts(request json.RawMessage) map[string]string {
	d := json.NewDecoder(bytes.NewReader(request))
	d.UseNumber()
	var given map[string]any
	out := map[string]string{}
	if d.Decode(&given) != nil {
		return out
	}
	for _, p := range a.Form() {
		if v, ok := dig(given, strings.Split(p.Name, ".")); ok && v != nil {
			out[p.Name] = textOf(v)
		}
	}
	return out
}

func dig(from map[string]any, path []string) (any, bool) {
	v, ok := from[path[0]]
	if len(path) == 1 || !ok {
		return v, ok
	}
	below, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	return dig(below, path[1:])
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		if v == "" {
			return EmptyText
		}
		return v
	case map[string]any:
		return toJSON(v)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			if s, ok := v[i].(string); ok && !strings.ContainsAny(s, ", \"[") && s != "" {
				parts[i] = s
				continue
			}
			n, ok := v[i].(json.Number)
			if !ok {
				return toJSON(v)
			}
			parts[i] = n.String()
		}
		return strings.Join(parts, ",")
	}
	return fmt.Sprint(v)
}

// toJSON cannot fail on what was decoded from JSON.
func toJSON(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n")
}
