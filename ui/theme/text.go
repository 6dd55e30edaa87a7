package theme

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width measures cells; escape sequences count nothing.
func Width(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// Fit makes s exactly w cells wide: padded on the right, or cut with the
// theme's mark.
func (t *Theme) Fit(s string, w int) string { return t.fit(s, w, false) }

// FitRight is Fit with the padding on the left.
func (t *Theme) FitRight(s string, w int) string { return t.fit(s, w, true) }

func (t *Theme) fit(s string, w int, right bool) string {
	if w <= 0 {
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(s); r >= 0x300 && unicode.Is(unicode.M, r) {
		s = "_" + s // a mark without a letter would join the blank before it
	}
	n := Width(s)
	if n > w {
		s = ansi.Truncate(s, w, t.Glyphs.More)
		n = Width(s)
	}
	if n >= w {
		return s
	}
	if right {
		return Spaces(w-n) + s
	}
	return s + Spaces(w-n)
}

// Sides puts left and right on one line of w cells; left is cut first.
func (t *Theme) Sides(left, right string, w int) string {
	r := min(Width(right), w)
	if r == 0 {
		return t.Fit(left, w)
	}
	return t.Fit(left, w-r) + t.Fit(right, r)
}

// Wrap breaks plain text into lines of at most w cells, at blanks where it
// can. A hyphen is no place to break: ids are full of them, and half an id is
// of no use to anybody.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	var lines []string
	line := ""
	words := strings.Split(strings.TrimLeft(s, " "), " ")
	words[0] = s[:len(s)-len(strings.TrimLeft(s, " "))] + words[0] // an indent stays
	for _, word := range words {
		if line != "" && Width(line)+1+Width(word) <= w {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		for Width(line) > w {
			piece := ansi.Truncate(line, w, "")
			if piece == "" { // one character that is wider than the line
				return append(lines, line)
			}
			lines = append(lines, piece)
			line = strings.TrimPrefix(line, piece)
		}
	}
	return append(lines, line)
}

const blanks = "                                                                                                                                "

// Spaces returns n blanks.
func Spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// plainASCII tells whether every byte is one printable cell.
func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f {
			return false
		}
	}
	return true
}
