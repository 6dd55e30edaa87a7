package theme

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
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

// Wrap breaks plain text into lines of at most w cells: at blanks, and between
// Chinese characters, where no line begins with a comma or ends with an
// opening bracket. A hyphen is no place to break: ids are full of them, and
// half an id is of no use to anybody.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	var lines []string
	line := ""
	for piece := range pieces(s) {
		if Width(line)+Width(strings.TrimRight(piece, " ")) <= w {
			line += piece
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		line = piece
		for Width(strings.TrimRight(line, " ")) > w {
			part := ansi.Truncate(line, w, "")
			if part == "" { // one character that is wider than the line
				return append(lines, line)
			}
			lines = append(lines, part)
			line = strings.TrimPrefix(line, part)
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces are the parts of a text between which a line may break: after blanks,
// and inside a word where Unicode's line breaking allows it beside a wide
// character. An indent stays with its word.
func pieces(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		piece := ""
		for word := range strings.SplitAfterSeq(s, " ") {
			for state := -1; word != ""; {
				var segment string
				segment, word, _, state = uniseg.FirstLineSegmentInString(word, state)
				piece += segment
				before, _ := utf8.DecodeLastRuneInString(segment)
				after, _ := utf8.DecodeRuneInString(word)
				if word != "" && Width(string(before)) < 2 && Width(string(after)) < 2 || strings.Trim(piece, " ") == "" {
					continue
				}
				if !yield(piece) {
					return
				}
				piece = ""
			}
		}
	}
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
