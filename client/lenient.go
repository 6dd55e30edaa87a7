package client

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"classtop/class"
	"classtop/class/clean"
)

// The types below decode what the services really send: numbers as text, text
// as numbers, booleans as 0 and 1, null anywhere. What makes no sense is the
// zero value; none of them ever fails.

// num is a signed number.
type num int64

func (n *num) UnmarshalJSON(raw []byte) error { *n = num(toInt(raw)); return nil }

func (n num) String() string { return strconv.FormatInt(int64(n), 10) }

// id is a number that needs all 64 bits.
type id uint64

func (n *id) UnmarshalJSON(raw []byte) error { *n = id(toUint(raw)); return nil }

// flag is a yes or no: true, 1, "1", "true".
type flag bool

func (f *flag) UnmarshalJSON(raw []byte) error { *f = flag(toInt(raw) != 0); return nil }

// text is a string as the wire has it, for comparing and for cleaning later.
type text string

func (t *text) UnmarshalJSON(raw []byte) error { *t = text(toText(raw)); return nil }

// name is a short text, cleaned.
type name class.Text

func (n *name) UnmarshalJSON(raw []byte) error { *n = name(clean.Text(toText(raw))); return nil }

// prose is a long text, cleaned.
type prose class.Text

func (p *prose) UnmarshalJSON(raw []byte) error { *p = prose(clean.Block(toText(raw))); return nil }

// list is an array; anything else is empty, and elements of a wrong type are
// left empty.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(raw []byte) error {
	*l = nil
	if len(raw) == 0 || raw[0] != '[' {
		return nil
	}
	var items []T
	err := lenient(raw, &items)
	*l = items
	return err
}

func isObject(raw []byte) bool { return len(raw) > 0 && raw[0] == '{' }

// toText returns a string's value, a number or boolean as it is written, and
// nothing for the rest.
func toText(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s) // a token of valid JSON
		return s
	case 'n', '{', '[':
		return ""
	}
	return string(raw)
}

// toInt reads a signed number of any form. Fractions are cut, and what does
// not fit is the nearest that does.
func toInt(raw []byte) int64 {
	s := strings.TrimSpace(toText(raw))
	switch s {
	case "":
		return 0
	case "true":
		return 1
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n
	}
	f, _ := strconv.ParseFloat(s, 64) // 0 for what is no number, ±Inf for what is too large
	switch {
	case strings.ContainsAny(s, "nNxX"): // nan, inf, 0x1p4: words to ParseFloat, not numbers
		return 0
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

// toUint is toInt for all 64 bits; a negative number is 0.
func toUint(raw []byte) uint64 {
	if n, err := strconv.ParseUint(strings.TrimSpace(toText(raw)), 10, 64); err == nil {
		return n
	}
	return uint64(max(0, toInt(raw)))
}
