package client

import (
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is where encoding/json stops too.
const maxDepth = 10000

// scanner walks once over a JSON text without building anything. It accepts
// exactly what encoding/json calls valid; after a fault bad is set and every
// method returns at once.
type scanner struct {
	b     []byte
	i     int
	depth int
	bad   bool
}

// next skips blanks and returns the byte that follows, 0 at the end.
func (s *scanner) next() byte {
	if s.i < len(s.b) && s.b[s.i] > ' ' {
		return s.b[s.i]
	}
	return s.afterBlanks()
}

func (s *scanner) afterBlanks() byte {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return c
		}
	}
	return 0
}

// fail marks the text as invalid and ends all loops.
func (s *scanner) fail() {
	s.bad = true
	s.i = len(s.b)
}

// expect consumes one byte.
func (s *scanner) expect(c byte) {
	if s.next() != c {
		s.fail()
		return
	}
	s.i++
}

// end tells whether nothing but blanks is left.
func (s *scanner) end() bool { return !s.bad && s.next() == 0 && s.i == len(s.b) }

// object calls field with the name of each field of the object here; field
// consumes the value. Names with escapes in them are resolved.
func (s *scanner) object(field func(name []byte)) {
	s.open('{')
	if s.next() == '}' {
		s.close()
		return
	}
	for !s.bad {
		if s.next() != '"' {
			s.fail()
			return
		}
		raw, escaped := s.str()
		if escaped {
			raw = unescape(nil, raw)
		}
		s.expect(':')
		field(raw)
		if s.more('}') {
			return
		}
	}
}

// array calls item for each element of the array here; item consumes it.
func (s *scanner) array(item func()) {
	s.open('[')
	if s.next() == ']' {
		s.close()
		return
	}
	for !s.bad {
		item()
		if s.more(']') {
			return
		}
	}
}

func (s *scanner) open(c byte) {
	s.expect(c)
	if s.depth++; s.depth > maxDepth {
		s.fail()
	}
}

func (s *scanner) close() {
	s.i++
	s.depth--
}

// more consumes what follows an element: a comma, or the closing byte, which
// ends the list.
func (s *scanner) more(closing byte) (ended bool) {
	switch s.next() {
	case ',':
		s.i++
		return false
	case closing:
		s.close()
		return true
	}
	s.fail()
	return true
}

// skip consumes any value and returns it as it is written.
func (s *scanner) skip() []byte {
	c := s.next()
	start := s.i
	switch c {
	case '"':
		s.str()
	case '{':
		s.object(func([]byte) { s.skip() })
	case '[':
		s.array(func() { s.skip() })
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.number()
	}
	if s.bad {
		return nil
	}
	return s.b[start:s.i]
}

func (s *scanner) word(w string) {
	if len(s.b)-s.i < len(w) || string(s.b[s.i:s.i+len(w)]) != w {
		s.fail()
		return
	}
	s.i += len(w)
}

// str consumes a string and returns what stands between the quotes. It is where
// decoding spends its time, so the usual byte costs three comparisons.
func (s *scanner) str() (raw []byte, escaped bool) {
	b := s.b
	start := s.i + 1
	for i := start; i < len(b); i++ {
		c := b[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		switch {
		case c == '"':
			s.i = i + 1
			return b[start:i], escaped
		case c == '\\':
			n := escapeLen(b[i:])
			if n == 0 {
				s.fail()
				return nil, false
			}
			escaped = true
			i += n - 1
		default:
			s.fail()
			return nil, false
		}
	}
	s.fail()
	return nil, false
}

// escapeLen returns the length of the escape that b begins with, 0 if it is
// none.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if _, ok := hex4(b[2:]); ok {
			return 6
		}
	}
	return 0
}

// number consumes a number as the grammar has it: no leading zeros, digits on
// both sides of the point.
func (s *scanner) number() {
	if s.i < len(s.b) && s.b[s.i] == '-' {
		s.i++
	}
	switch {
	case s.i < len(s.b) && s.b[s.i] == '0':
		s.i++
	case s.digits() == 0:
		s.fail()
		return
	}
	if s.i < len(s.b) && s.b[s.i] == '.' {
		s.i++
		if s.digits() == 0 {
			s.fail()
			return
		}
	}
	if s.i < len(s.b) && s.b[s.i]|0x20 == 'e' {
		s.i++
		if s.i < len(s.b) && (s.b[s.i] == '+' || s.b[s.i] == '-') {
			s.i++
		}
		if s.digits() == 0 {
			s.fail()
		}
	}
}

func (s *scanner) digits() (n int) {
	for s.i < len(s.b) && s.b[s.i]-'0' <= 9 {
		s.i++
		n++
	}
	return n
}

// hex4 reads four hex digits.
func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 4 {
		return 0, false
	}
	for _, c := range b[:4] {
		switch {
		case c-'0' <= 9:
			r = r<<4 + rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 + rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// unescape appends a string's value. The escapes have been checked. Half a
// surrogate pair becomes U+FFFD; bytes that are no UTF-8 are the cleaner's.
func unescape(out, raw []byte) []byte {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		i++
		switch c := raw[i]; c {
		case 'u':
			r, _ := hex4(raw[i+1:])
			i += 4
			if utf16.IsSurrogate(r) {
				r, i = pair(r, raw, i)
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, plainEscape(c))
		}
	}
	return out
}

// pair joins a surrogate with the one that follows, if it does.
func pair(hi rune, raw []byte, i int) (rune, int) {
	if len(raw) > i+6 && raw[i+1] == '\\' && raw[i+2] == 'u' {
		lo, _ := hex4(raw[i+3:])
		if r := utf16.DecodeRune(hi, lo); r != utf8.RuneError {
			return r, i + 6
		}
	}
	return utf8.RuneError, i
}

func plainEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}
