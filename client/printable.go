package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"classtop/class/clean"
)

// printable escapes in a JSON text every character that could control a
// terminal. The text means the same and nothing is lost. The JSON must be
// valid, so such a character can stand only inside a string or, as line breaks
// and tabs do, between values.
func printable(raw []byte) []byte {
	if !bytes.ContainsFunc(raw, harmful) {
		return raw
	}
	out := make([]byte, 0, len(raw)+64)
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, "\ufffd"...)
		case !harmful(r):
			out = append(out, raw[i:i+size]...)
		case r > 0xffff:
			hi, lo := surrogates(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += size
	}
	return out
}

// harmful tells whether a character may not be printed. Line breaks and tabs
// of a JSON text stand between values, never in strings, and stay.
func harmful(r rune) bool {
	if r < 0x7f {
		return r < 0x20 && r != '\n' && r != '\t' && r != '\r'
	}
	return r == utf8.RuneError || r == 0x2028 || r == 0x2029 || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)
}

func surrogates(r rune) (hi, lo rune) {
	r -= 0x10000
	return 0xd800 + r>>10, 0xdc00 + r&0x3ff
}

// decodePlain decodes any JSON value and keeps every digit of its numbers.
func decodePlain(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return v, err
}

// cleaned cleans every string of a decoded JSON value, names of fields too.
func cleaned(v any) any {
	switch v := v.(type) {
	case string:
		return clean.Block(v).String()
	case []any:
		for i := range v {
			v[i] = cleaned(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[clean.Text(name).String()] = cleaned(item)
		}
		return out
	}
	return v
}

// mask hides the middle of a signature and keeps enough to compare two.
func mask(s string) string {
	if len(s) < 16 {
		return strings.Repeat("*", len(s))
	}
	return s[:4] + "****" + s[len(s)-4:]
}
