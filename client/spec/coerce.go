package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Coerce turns text from a command line (name=text) into a value of the
// parameter's type. Lists of texts and numbers are written with commas or as
// JSON, objects and lists of objects as JSON. The name may be dotted to reach
// into an object (RoomInfo.RoomName). Only the form is checked here; Check
// knows the limits.
func Coerce(a *Action, name, text string) (any, error) {
	f, err := a.lookup(name)
	if err != nil {
		return nil, err
	}
	v, err := coerce(f.Type, text)
	if err != nil {
		return nil, fmt.Errorf("%s: %s %w", a.Name, name, err)
	}
	return v, nil
}

// lookup follows a dotted name into the action's parameters.
func (a *Action) lookup(name string) (*field, error) {
	fields, path := a.fields, ""
	var f *field
	for key := range strings.SplitSeq(name, ".") {
		if f = find(fields, key); f == nil {
			return nil, (&checker{action: a}).unknown(path, fields, key)
		}
		elem, _ := f.ElemType()
		if fields = f.inner; fields == nil {
			fields = a.sys.fields[elem]
		}
		path = join(path, key)
	}
	return f, nil
}

func coerce(typ, text string) (any, error) {
	elem, list := strings.CutPrefix(typ, "[]")
	switch {
	case !list:
		return coerceOne(elem, text)
	case isJSON(text, '['), words[elem] == [2]string{}:
		return parseList(elem, text)
	case text == "":
		return []any{}, nil
	}
	items := []any{}
	for part := range strings.SplitSeq(text, ",") {
		v, err := coerceOne(elem, strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("must be a list of %s, with commas between them", plural(elem))
		}
		items = append(items, v)
	}
	return items, nil
}

func coerceOne(typ, text string) (any, error) {
	switch typ {
	case "string":
		return text, nil
	case "int64":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
	case "uint64":
		if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			return n, nil
		}
	case "float64":
		if f, ok := asFloat(text, true); ok {
			return f, nil
		}
	case "bool":
		if b, err := strconv.ParseBool(text); err == nil {
			return b, nil
		}
	default:
		return parseObject(text)
	}
	return nil, errors.New("must be " + article(typ))
}

func parseObject(text string) (any, error) {
	var m map[string]any
	if err := parseJSON(text, &m); err != nil || m == nil {
		return nil, errors.New(`must be a JSON object: {"Name": value, ...}`)
	}
	return m, nil
}

func parseList(elem, text string) (any, error) {
	var l []any
	if err := parseJSON(text, &l); err != nil || l == nil {
		return nil, fmt.Errorf("must be a JSON list of %s: [...]", plural(elem))
	}
	return l, nil
}

// parseJSON keeps numbers as they are written, for ids have 64 bits, and
// takes one value and nothing after it.
func parseJSON(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the value")
	}
	return nil
}

func isJSON(text string, first byte) bool {
	text = strings.TrimSpace(text)
	return text != "" && text[0] == first
}
