package spec

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (c *checker) string(path string, p *Param, v any) *Violation {
	if !isText(v) {
		return c.fail(BadType, path, "must be text")
	}
	s := reflect.ValueOf(v).String()
	switch {
	case !utf8.ValidString(s):
		return c.fail(BadType, path, "must be valid UTF-8")
	case p.MaxBytes > 0 && len(s) > p.MaxBytes:
		return c.fail(BadValue, path, "may be at most %d bytes long, not %d (a Chinese character is 3 bytes)", p.MaxBytes, len(s))
	case p.Charset != "" && strings.ContainsFunc(s, notPrintable):
		return c.fail(BadValue, path, "may hold only %s", p.Charset)
	case s == "" && !p.Required:
		return nil // the same as not given
	}
	return c.oneOf(path, p, s)
}

// notPrintable is the only character set the facts name.
func notPrintable(r rune) bool { return r < 0x20 || r > 0x7e }

func (c *checker) integer(path string, p *Param, typ string, v any) *Violation {
	n, ok := asWhole(v, c.text)
	switch {
	case !ok || !n.fits(typ):
		return c.fail(BadType, path, "must be %s", article(typ))
	case p.Min != nil && n.less(signed(*p.Min)):
		return c.fail(BadValue, path, "must be at least %d", *p.Min)
	case p.Max != nil && signed(*p.Max).less(n):
		return c.fail(BadValue, path, "must be at most %d", *p.Max)
	}
	return c.oneOf(path, p, n.text())
}

func (c *checker) float(path string, p *Param, v any) *Violation {
	f, ok := asFloat(v, c.text)
	switch {
	case !ok:
		return c.fail(BadType, path, "must be %s", article("float64"))
	case p.Min != nil && f < float64(*p.Min):
		return c.fail(BadValue, path, "must be at least %d", *p.Min)
	case p.Max != nil && f > float64(*p.Max):
		return c.fail(BadValue, path, "must be at most %d", *p.Max)
	}
	return nil
}

func (c *checker) oneOf(path string, p *Param, value string) *Violation {
	if _, known := p.Enum[value]; known || !p.Closed {
		return nil
	}
	return c.fail(BadValue, path, "must be one of %s", p.Values())
}

// Values lists the known values with their meanings, for people:
// "1 (for a time), 2 (for good)".
func (p *Param) Values() string {
	values := make([]string, 0, len(p.Enum))
	for v := range p.Enum {
		values = append(values, v)
	}
	slices.Sort(values)
	for i, v := range values {
		if v == "" {
			values[i] = "empty"
		}
		if meaning := p.Enum[v]; meaning != "" {
			values[i] += " (" + meaning + ")"
		}
	}
	return strings.Join(values, ", ")
}

func isText(v any) bool {
	_, number := v.(json.Number)
	return !number && reflect.ValueOf(v).Kind() == reflect.String
}

func isTruth(v any) bool {
	if !isText(v) {
		return false
	}
	_, err := strconv.ParseBool(reflect.ValueOf(v).String())
	return err == nil
}

var words = map[string][2]string{
	"string":  {"text", "texts"},
	"int64":   {"a whole number", "whole numbers"},
	"uint64":  {"a whole number, 0 or more", "whole numbers, 0 or more"},
	"float64": {"a number", "numbers"},
	"bool":    {"true or false", "truth values"},
}

// article names one value of a type, for people.
func article(typ string) string {
	if w, ok := words[typ]; ok {
		return w[0]
	}
	return "an object"
}

// plural names several values of a type, for people.
func plural(typ string) string {
	if w, ok := words[typ]; ok {
		return w[1]
	}
	return "objects"
}

// show makes a name that a stranger wrote safe to print.
func show(s string) string {
	if q := strconv.QuoteToASCII(s); s == "" || len(q) != len(s)+2 || len(s) > 60 {
		return q[:min(len(q), 60)]
	}
	return s
}
