package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"classtop/ui/theme"
)

// maxInput bounds a typed line, in characters.
const maxInput = 400

// input is a one-line editor with the usual keys. The zero value is empty and
// ready.
type input struct {
	field textinput.Model
	begun bool
}

// begin makes the editor on first use. What it could do with the system's
// clipboard and by itself is left out: pasting is the terminal's.
func (in *input) begin() *textinput.Model {
	if !in.begun {
		in.field, in.begun = textinput.New(), true
		in.field.CharLimit = maxInput
		keys := &in.field.KeyMap
		keys.Paste, keys.AcceptSuggestion, keys.NextSuggestion, keys.PrevSuggestion = key.Binding{}, key.Binding{}, key.Binding{}, key.Binding{}
		in.field.SetVirtualCursor(false)
		in.field.Focus()
	}
	return &in.field
}

// text is what was typed.
func (in *input) text() string { return in.field.Value() }

// set replaces it; the cursor goes to the end.
func (in *input) set(text string) {
	in.begin().SetValue(text)
	in.field.CursorEnd()
}

// key edits the line; it tells whether anything changed.
func (in *input) key(press tea.KeyPressMsg) bool {
	field := in.begin()
	press.Text = printable(press.Text)
	before, at := field.Value(), field.Position()
	steps := 1
	if key.Matches(press, field.KeyMap.DeleteCharacterBackward) {
		steps = lastCharacter(string([]rune(before)[:at]))
	}
	for range steps {
		in.field, _ = field.Update(press)
	}
	return in.field.Value() != before || in.field.Position() != at
}

// add inserts text that was pasted; control characters are dropped, so that a
// pasted newline does nothing. What is too long is not taken in part.
func (in *input) add(text string) {
	text = printable(text)
	if utf8.RuneCountInString(in.text())+utf8.RuneCountInString(text) <= maxInput {
		in.field, _ = in.begin().Update(tea.PasteMsg{Content: text})
	}
}

// line shows what is typed, with the cursor in it, in at most w cells; what
// does not fit is left out where the cursor is not.
func (in *input) line(th *theme.Theme, look theme.Token, w int) string {
	text := []rune(in.text())
	at := min(in.field.Position(), len(text))
	before := th.Tail(string(text[:at]), w-1)
	after := ansi.Truncate(string(text[at:]), max(0, w-1-theme.Width(before)), th.Glyphs.More)
	return th.Paint(look, before) + th.Paint(theme.Accent, th.Glyphs.Cursor) + th.Paint(look, after)
}

func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// lastCharacter is of how many code points the last character consists as a
// person sees it.
func lastCharacter(s string) int {
	last := ""
	for g := graphemes.FromString(s); g.Next(); {
		last = g.Value()
	}
	return utf8.RuneCountInString(last)
}
