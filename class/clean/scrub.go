package clean

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"
)

const (
	ellipsis  = "…"
	maxMarks  = 3  // combining marks a cluster keeps
	escapeLen = 8  // bytes of the longest escape, <10FFFF>
	maxPasses = 4  // before the strict form is taken
	bytesCell = 64 // bytes that one cell may cost
)

// wcwidth measures as terminals do that know no grapheme clusters. The locale
// is not asked: the same text must come out the same everywhere.
var wcwidth = runewidth.Condition{}

// scrub is the slow path of Line. What a cluster becomes can join with its
// neighbour, so it repeats until nothing changes; a text that keeps changing
// (it must be made for that) has everything escaped that is not plain.
func scrub(raw string, maxCells int) string {
	s := enough(raw, maxCells)
	for range maxPasses {
		next := pass(s, maxCells, cluster)
		if next == s {
			return s
		}
		s = next
	}
	return pass(s, maxCells, strict)
}

// enough cuts off what cannot be shown anyway, so that a name of 8 MiB costs no
// more than a short one. A cell can take at most bytesCell bytes, and a text
// that is cut here is too wide in any case or ends in escaped marks.
func enough(raw string, maxCells int) string {
	limit := (maxCells + 1) * bytesCell
	if len(raw) <= limit {
		return raw
	}
	for limit > 0 && !utf8.RuneStart(raw[limit]) {
		limit--
	}
	return raw[:limit] + ellipsis
}

// pass rewrites every grapheme cluster with clean and stops at maxCells.
func pass(s string, maxCells int, clean func(*strings.Builder, string)) string {
	var out, piece strings.Builder
	cells, fit := 0, 0 // fit: bytes of out that leave a cell for the ellipsis
	clusters := graphemes.FromString(s)
	for clusters.Next() {
		piece.Reset()
		clean(&piece, clusters.Value())
		for _, part := range split(piece.String()) {
			w := widthOf(part)
			if cells+w > maxCells {
				return out.String()[:fit] + ellipsis
			}
			cells += w
			out.WriteString(part)
			if cells < maxCells {
				fit = out.Len()
			}
		}
	}
	return out.String()
}

// split parts escapes into characters, so that a cut may fall between them,
// and leaves any other cluster whole.
func split(piece string) []string {
	if len(piece) <= 1 || piece[0] >= utf8.RuneSelf && !strings.Contains(piece, "<") {
		return []string{piece}
	}
	var parts []string
	it := graphemes.FromString(piece)
	for it.Next() {
		parts = append(parts, it.Value())
	}
	return parts
}

// widthOf is the larger of what both kinds of terminal take for a text.
func widthOf(s string) int {
	return max(displaywidth.String(s), sumWidth(s))
}

func sumWidth(s string) int {
	n := 0
	for _, r := range s {
		n += wcwidth.RuneWidth(r)
	}
	return n
}

// cluster writes one grapheme cluster in its safe form.
func cluster(out *strings.Builder, s string) {
	base, size := utf8.DecodeRuneInString(s)
	if size == len(s) || unsafe(base) || wcwidth.RuneWidth(base) == 0 {
		for _, r := range s {
			single(out, r)
		}
		return
	}
	if emoji(base, s) && displaywidth.String(s) != sumWidth(s) {
		out.WriteRune(base)
		return
	}
	out.WriteRune(base)
	marks := 0
	for _, r := range s[size:] {
		switch {
		case unsafe(r):
			single(out, r)
		case wcwidth.RuneWidth(r) == 0 && marks == maxMarks:
			escape(out, r)
		default:
			if wcwidth.RuneWidth(r) == 0 {
				marks++
			}
			out.WriteRune(r)
		}
	}
}

// emoji tells whether a cluster is a picture with modifiers: a joiner, a
// presentation selector, a skin tone, a flag's half, or a digit's keycap.
func emoji(base rune, s string) bool {
	if base < utf8.RuneSelf {
		return strings.ContainsRune(s, 0x20e3)
	}
	if unicode.IsLetter(base) {
		return false
	}
	return strings.ContainsFunc(s, func(r rune) bool {
		return r == 0x200d || r == 0xfe0e || r == 0xfe0f || r >= 0x1f1e6 && r <= 0x1f1ff ||
			r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f
	})
}

// strict writes every rune by itself and only the plain ones as they are, so
// that nothing can join with anything.
func strict(out *strings.Builder, s string) {
	for _, r := range s {
		switch {
		case r <= 0x7f, r >= 0x2400 && r <= 0x2421:
			single(out, r)
		case plainRune(r) > 0, r == utf8.RuneError:
			out.WriteRune(r)
		default:
			escape(out, r)
		}
	}
}

// single writes one rune that stands alone.
func single(out *strings.Builder, r rune) {
	switch {
	case r == '\t':
		out.WriteByte(' ')
	case r < 0x20:
		out.WriteRune(0x2400 + r)
	case r == 0x7f:
		out.WriteRune(0x2421)
	case unsafe(r), wcwidth.RuneWidth(r) == 0:
		escape(out, r)
	default:
		out.WriteRune(r)
	}
}

// unsafe tells whether a character controls something or is there without
// being seen: C0, C1, format (bidi too), separators, tags, blank fillers.
func unsafe(r rune) bool {
	switch r {
	case 0x2028, 0x2029, 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x034f, 0x17b4, 0x17b5:
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r >= 0xe0000 && r <= 0xe0fff
}

// escape writes a character as its number.
func escape(out *strings.Builder, r rune) {
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	out.WriteString("<" + strings.Repeat("0", max(0, 4-len(hex))) + hex + ">")
}
