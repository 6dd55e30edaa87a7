package spec

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"classtop/class/nearest"
)

// The codes of violations, as LCIC names them.
const (
	Missing  = "MissingParameter"
	Unknown  = "UnknownParameter"
	BadType  = "InvalidParameter"
	BadValue = "InvalidParameterValue"
)

// EngineBadParameter is what the room engine answers to every violation.
const EngineBadParameter = "100002"

// Violation is a parameter that breaks a rule of the facts. It never holds the
// value itself, which may be a secret.
type Violation struct {
	System string
	Action string
	Code   string // Missing, Unknown, BadType or BadValue
	Param  string // path: RoomInfos[2].Name
	Rule   string // what must be: "is required", "must be at most 200"
}

// Error names the action, the parameter and the rule.
func (v *Violation) Error() string {
	return v.Action + ": " + v.Param + " " + v.Rule
}

// WireCode is the code that the action's own service answers: Code, and
// EngineBadParameter for the room engine.
func (v *Violation) WireCode() string {
	if v.System == RoomEngine {
		return EngineBadParameter
	}
	return v.Code
}

// Option changes how Check reads values.
type Option func(*checker)

// NumericText accepts numbers and truth values that came as text, as they do
// in a form or a query.
func NumericText(c *checker) { c.text = true }

// Check holds parameters against the facts and returns the first violation, or
// nil. Values may be what encoding/json gives (with or without UseNumber) or
// Go's own numbers, texts and slices of them; nil counts as not given.
//
// Names are checked before presence: of a misspelt required parameter the
// misspelling is the better news.
func Check(a *Action, params map[string]any, options ...Option) *Violation {
	c := &checker{action: a}
	for _, o := range options {
		o(c)
	}
	if v := c.object("", a.fields, params); v != nil {
		return v
	}
	return c.conditions(params)
}

type checker struct {
	action *Action
	text   bool
}

func (c *checker) fail(code, path, rule string, args ...any) *Violation {
	return &Violation{c.action.System, c.action.Name, code, path, fmt.Sprintf(rule, args...)}
}

// object checks the keys and values of one JSON object.
func (c *checker) object(path string, fields []field, given map[string]any) *Violation {
	for _, key := range sortedKeys(given) {
		if find(fields, key) == nil {
			return c.unknown(path, fields, key)
		}
	}
	for i := range fields {
		f, at := &fields[i], join(path, fields[i].key)
		v, ok := given[f.key]
		if !ok || v == nil {
			if f.Required {
				return c.fail(Missing, at, "is required")
			}
			continue
		}
		if bad := c.value(at, f, v); bad != nil {
			return bad
		}
	}
	return nil
}

func (c *checker) unknown(path string, fields []field, key string) *Violation {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].key
	}
	rule := "is not a parameter of this action"
	if near := nearest.Name(key, names); near != "" {
		rule += "; did you mean " + near + "?"
	}
	return c.fail(Unknown, join(path, show(key)), "%s", rule)
}

// value checks one parameter, item by item if it is a list.
func (c *checker) value(path string, f *field, v any) *Violation {
	elem, list := f.ElemType()
	if !list {
		return c.single(path, f, elem, v)
	}
	items := reflect.ValueOf(v)
	if k := items.Kind(); k != reflect.Slice && k != reflect.Array {
		return c.fail(BadType, path, "must be a list of %s", plural(elem))
	}
	if f.MaxItems > 0 && items.Len() > f.MaxItems {
		return c.fail(BadValue, path, "may hold at most %d items, not %d", f.MaxItems, items.Len())
	}
	seen := map[any]bool{}
	for i := range items.Len() {
		at, item := path+"["+strconv.Itoa(i)+"]", items.Index(i).Interface()
		if bad := c.single(at, f, elem, item); bad != nil {
			return bad
		}
		if f.Unique && isText(item) {
			if key := fmt.Sprint(item); !seen[key] {
				seen[key] = true
				continue
			}
			return c.fail(BadValue, at, "is in the list twice")
		}
	}
	return nil
}

// single checks one value that is no list.
func (c *checker) single(path string, f *field, elem string, v any) *Violation {
	switch elem {
	case "string":
		return c.string(path, f.Param, v)
	case "int64", "uint64":
		return c.integer(path, f.Param, elem, v)
	case "float64":
		return c.float(path, f.Param, v)
	case "bool":
		if r := reflect.ValueOf(v); r.Kind() != reflect.Bool && !(c.text && isTruth(v)) {
			return c.fail(BadType, path, "must be true or false")
		}
		return nil
	}
	object, ok := v.(map[string]any)
	if !ok {
		return c.fail(BadType, path, "must be an object")
	}
	if f.inner != nil {
		return c.object(path, f.inner, object)
	}
	if fields, known := c.action.sys.fields[elem]; known {
		return c.object(path, fields, object)
	}
	return nil // an object about which nothing is known
}

// conditions checks what one parameter asks of another. Conditions that are
// written for people only are left to the service.
func (c *checker) conditions(params map[string]any) *Violation {
	for i := range c.action.fields {
		f := &c.action.fields[i]
		if v := params[f.key]; v != nil {
			continue
		}
		if holds, ok := condition(f.RequiredIf, params); ok && holds {
			return c.fail(Missing, f.key, "is required when %s", f.RequiredIf)
		}
		if holds, ok := condition(f.RequiredUnless, params); ok && !holds {
			return c.fail(Missing, f.key, "is required unless %s", f.RequiredUnless)
		}
	}
	return nil
}

// condition evaluates "Name = value"; ok is false for anything else.
func condition(text string, params map[string]any) (holds, ok bool) {
	name, want, found := strings.Cut(text, " = ")
	if !found || strings.ContainsAny(name, " ,") {
		return false, false
	}
	return fmt.Sprint(params[name]) == want, true
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
