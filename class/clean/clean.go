// Package clean makes strings from strangers safe to show: names, messages,
// error texts, ids that users chose. Neither the terminal libraries nor
// stripping of known sequences does that, so everything that could control a
// terminal, change the direction of writing or break a column's width becomes
// a visible escape. Nothing vanishes silently, with one exception: an emoji
// sequence that terminals measure differently keeps only its first character.
//
// What comes out is valid UTF-8 without control, format or bidi characters,
// never wider than asked, at most 64 bytes a cell, and stays as it is when
// cleaned again.
package clean

import (
	"strings"
	"unicode/utf8"

	"classtop/class"
)

// The widths of cleaned text, in cells.
const (
	nameCells  = 200  // a name, a title, an id
	blockCells = 2000 // a chat message, a question
)

// Text cleans a name, an id or another short text: one line of at most 200
// cells. The raw form stays with it for sending it back.
func Text(raw string) class.Text { return class.NewText(Line(raw, nameCells), raw) }

// Block cleans a long text, such as a message: at most 2000 cells, line breaks
// shown as ␊.
func Block(raw string) class.Text { return class.NewText(Line(raw, blockCells), raw) }

// Again returns a text as Text first made it, whatever it shows by now.
func Again(t class.Text) class.Text { return Text(t.Raw()) }

// Line cleans a text to one line of at most maxCells cells; what does not fit
// is cut and ends in an ellipsis. A maxCells of 0 or less gives "".
func Line(raw string, maxCells int) string {
	if maxCells <= 0 || raw == "" {
		return ""
	}
	if w, ok := plainWidth(raw); ok && w <= maxCells {
		return raw
	}
	return scrub(raw, maxCells)
}

// IsText tells whether Text would leave s as it is and finds it out without
// allocating. It may say no for a rare text that is clean all the same.
func IsText(s []byte) bool {
	w, ok := plainWidth(s)
	return ok && w <= nameCells
}

// formulaStarts are the characters that make a spreadsheet take a cell for a
// formula, with the full-width forms that some locales accept too.
const formulaStarts = "=+-@＝＋－＠"

// CSV cleans a cell for a spreadsheet. A cell that would be taken for a
// formula gets an apostrophe in front. It does not cut anything off.
func CSV(cell string) string {
	safe := Line(cell, max(1, len(cell)*escapeLen))
	if first, _ := utf8.DecodeRuneInString(safe); safe != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + safe
	}
	return safe
}
