package clean

import "unicode/utf8"

// plainWidth measures a text made only of characters that need no cleaning and
// never join with a neighbour: printable ASCII, Latin and Cyrillic letters,
// Chinese, Japanese and Korean. ok is false when there is any other.
func plainWidth[T string | []byte](s T) (width int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < 0x20 || c == 0x7f {
				return 0, false
			}
			width++
			i++
			continue
		}
		r, size := runeAt(s, i)
		w := plainRune(r)
		if w == 0 {
			return 0, false
		}
		width += w
		i += size
	}
	return width, true
}

// runeAt decodes the two- or three-byte rune at i, which is all that the plain
// characters need; anything else is RuneError.
func runeAt[T string | []byte](s T, i int) (r rune, size int) {
	var b [3]byte
	n := copy(b[:], s[i:min(len(s), i+3)])
	return utf8.DecodeRune(b[:n])
}

// plainRune returns the cells of a plain character, 0 for any other.
func plainRune(r rune) int {
	switch {
	case r >= 0x4e00 && r <= 0x9fff, // Chinese
		r >= 0x3001 && r <= 0x3029, // its punctuation
		r >= 0x3041 && r <= 0x3096, // hiragana
		r >= 0x30a0 && r <= 0x30ff, // katakana
		r >= 0x3400 && r <= 0x4dbf, // rare Chinese
		r >= 0xac00 && r <= 0xd7a3, // hangul
		r >= 0xff01 && r <= 0xff60: // full-width forms
		return 2
	case r >= 0xc0 && r <= 0x24f, // Latin letters
		r >= 0x410 && r <= 0x44f, // Cyrillic letters
		r == 0xb7, r == 0x2026,   // the dot in foreign names, the ellipsis
		r >= 0x2018 && r <= 0x2019, r >= 0x201c && r <= 0x201d: // quotes
		return 1
	}
	return 0
}
