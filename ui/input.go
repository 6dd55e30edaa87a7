package ui

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// maxInput bounds a typed line, in bytes.
const maxInput = 400

// input is a one-line editor: what is typed, with the cursor at the end. The
// lines here are a few words long, so there is no moving inside them.
type input struct{ text string }

// key edits the line; it tells whether it used the key.
func (in *input) key(key, text string) bool {
	switch key {
	case "backspace", "ctrl+h":
		in.text = dropLast(in.text)
	case "ctrl+u":
		in.text = ""
	case "ctrl+w":
		words := strings.TrimRightFunc(in.text, unicode.IsSpace)
		in.text = words[:strings.LastIndexFunc(words, unicode.IsSpace)+1]
	default:
		if text == "" {
			return false
		}
		in.add(text)
	}
	return true
}

// add appends text that was typed or pasted; control characters are dropped,
// so that a pasted newline does nothing.
func (in *input) add(text string) {
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	if len(in.text)+len(clean) <= maxInput {
		in.text += clean
	}
}

// dropLast removes the last character as a person sees it.
func dropLast(s string) string {
	last := ""
	for g := graphemes.FromString(s); g.Next(); {
		last = g.Value()
	}
	return strings.TrimSuffix(s, last)
}
