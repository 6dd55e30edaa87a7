package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/lang"
	"classtop/ui/theme"
)

// review shows a signed request before it is sent. Enter goes on: a read is
// sent, a write is confirmed. Esc goes back to the form.
type review struct {
	pager
	form   *request
	params map[string]any
	opened time.Time
	wrong  string // why it cannot be sent
}

func newReview(a *App, f *request, params map[string]any, text string) *review {
	r := &review{form: f, params: params, opened: a.now()}
	r.pager = pager{title: a.theme.Say("Send %s?", f.action.Name), make: func(w int) []string { return wrapAll(headings(a.theme.Lang, text), w) }}
	return r
}

// headings says the lines that are classtop's own in the reader's language; the
// request itself stays as it is sent.
func headings(l lang.Lang, text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = l.Say(lines[i])
	}
	return strings.Join(lines, "\n")
}

func (r *review) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	switch act, _ := a.deps.Keys.Find(keymap.Global, key); act {
	case keymap.In:
		if a.now().Sub(r.opened) < deaf {
			return false, nil // the key that opened it, pressed twice
		}
		if r.form.action.Write() {
			r.wrong = a.confirmCall(r.form.action, r.params, r.form.Target)
			return false, nil
		}
		return false, a.sendRead(r.form.action, r.params)
	case keymap.Back, keymap.Leave:
		a.show(r.form)
		return false, nil
	case keymap.Help:
		return false, nil
	}
	_, cmd := r.pager.key(a, key, press)
	return false, cmd
}

func (r *review) box(a *App, w, h int) (string, []string) {
	why := theme.Wrap(a.theme.Tell(r.wrong), min(w, 90))
	if r.wrong == "" {
		why = nil
	}
	title, lines := r.pager.box(a, w, max(2, h-len(why)))
	what := a.theme.Say("enter sends it, j k scroll, esc goes back")
	if r.form.action.Write() {
		what = a.theme.Say("enter goes on to confirm, j k scroll, esc goes back")
	}
	w = theme.Width(lines[0])
	lines = lines[:len(lines)-1]
	for _, l := range why {
		lines = append(lines, a.theme.Paint(theme.Danger, a.theme.Fit(l, w)))
	}
	lines = append(lines, a.theme.Paint(theme.Muted, a.theme.FitRight(what, w)))
	return title, lines
}
