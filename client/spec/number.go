package spec

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
)

// exact is the largest whole number up to which a float64 counts without
// gaps. Ids have 64 bits, so a bigger one that came as a float has lost digits.
const exact = 1 << 53

// whole is an integer of 64 bits and a sign, so that int64 and uint64 values
// can be compared without losing any.
type whole struct {
	neg bool
	abs uint64
}

func signed(n int64) whole {
	if n < 0 {
		return whole{true, -uint64(n)}
	}
	return whole{abs: uint64(n)}
}

// less compares a and b.
func (a whole) less(b whole) bool {
	switch {
	case a.neg != b.neg:
		return a.neg
	case a.neg:
		return a.abs > b.abs
	}
	return a.abs < b.abs
}

// fits tells whether the type (int64 or uint64) can hold the number.
func (a whole) fits(typ string) bool {
	if typ == "uint64" {
		return !a.neg
	}
	return !a.less(signed(math.MinInt64)) && !signed(math.MaxInt64).less(a)
}

// text writes the number in decimal.
func (a whole) text() string {
	if a.neg {
		return "-" + strconv.FormatUint(a.abs, 10)
	}
	return strconv.FormatUint(a.abs, 10)
}

// parseWhole reads decimal digits with an optional minus.
func parseWhole(s string) (whole, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && s[0] != '+' {
		return signed(n), true
	}
	n, err := strconv.ParseUint(s, 10, 64)
	return whole{abs: n}, err == nil
}

// asWhole takes any Go integer, a json.Number, and a float64 that is exact.
// Text counts only where the caller says so.
func asWhole(v any, numericText bool) (whole, bool) {
	if n, ok := v.(json.Number); ok {
		return parseWhole(n.String())
	}
	r := reflect.ValueOf(v)
	switch {
	case !r.IsValid():
		return whole{}, false
	case r.CanInt():
		return signed(r.Int()), true
	case r.CanUint():
		return whole{abs: r.Uint()}, true
	case r.CanFloat():
		f := r.Float()
		if f != math.Trunc(f) || math.Abs(f) > exact {
			return whole{}, false
		}
		return signed(int64(f)), true
	case r.Kind() == reflect.String && numericText:
		return parseWhole(r.String())
	}
	return whole{}, false
}

// asFloat takes any number that is finite.
func asFloat(v any, numericText bool) (float64, bool) {
	r := reflect.ValueOf(v)
	_, isNumber := v.(json.Number)
	var f float64
	switch {
	case !r.IsValid():
		return 0, false
	case r.CanInt():
		f = float64(r.Int())
	case r.CanUint():
		f = float64(r.Uint())
	case r.CanFloat():
		f = r.Float()
	case r.Kind() == reflect.String && (isNumber || numericText):
		var err error
		if f, err = strconv.ParseFloat(r.String(), 64); err != nil {
			return 0, false
		}
	default:
		return 0, false
	}
	return f, !math.IsNaN(f) && !math.IsInf(f, 0)
}
