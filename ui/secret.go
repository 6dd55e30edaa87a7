package ui

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
)

// Bare returns an answer as a whole, secrets too. It is for a person who
// pressed the key that shows or copies them, and for nothing else.
func Bare(r class.Reply) json.RawMessage {
	if r.Hides() {
		return json.RawMessage(r.Whole.Reveal())
	}
	return r.Shown
}

// Guarded is a view whose selection is a secret: `c` copies it without showing
// it.
type Guarded interface {
	// Secret is a word for it and the secret itself; "" when there is none.
	Secret() (what, secret string)
}

// copySecret puts a secret on the clipboard by OSC 52; the toast only names it.
func (a *App) copySecret(what, secret string) tea.Cmd {
	a.say(Info, "copied "+what+": secret, and on the clipboard now")
	return tea.SetClipboard(secret)
}
