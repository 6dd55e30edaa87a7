package ui

import (
	"bytes"
	"encoding/json"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"classtop/keymap"
	"classtop/ui/theme"
)

// onColors takes the terminal's colour depth. NO_COLOR arrives as a profile
// without colours.
func (a *App) onColors(p colorprofile.Profile) {
	depth := theme.TrueColor
	switch p {
	case colorprofile.ANSI256:
		depth = theme.Colors256
	case colorprofile.ANSI:
		depth = theme.Colors16
	case colorprofile.ASCII, colorprofile.NoTTY, colorprofile.Unknown:
		depth = theme.NoColor
	}
	if depth != a.look.Colors {
		a.look.Colors = depth
		a.retheme()
	}
}

// Copy puts text on the clipboard by OSC 52 and shows it, because not every
// terminal takes it.
func (a *App) Copy(what, text string) {
	a.say(Info, a.theme.Say("copied %s %s", a.theme.Tell(what), text))
	a.pending = append(a.pending, tea.SetClipboard(text))
}

// take returns what a view's handler left to be done outside Update.
func (a *App) take() tea.Cmd {
	cmds := a.pending
	a.pending = nil
	return tea.Batch(cmds...)
}

func (a *App) copySelected() tea.Cmd {
	if v, ok := a.top().(Guarded); ok {
		if what, secret := v.Secret(); secret != "" {
			return a.copySecret(what, secret)
		}
	}
	what, id := a.top().ID()
	if id == "" {
		a.say(Info, "there is nothing selected to copy")
		return nil
	}
	a.Copy(what, id)
	return a.take()
}

// describe shows all fields of the selection in words.
func (a *App) describe() {
	facts := a.top().Facts()
	if len(facts) == 0 {
		a.say(Info, "there is nothing selected to describe")
		return
	}
	_, id := a.top().ID()
	a.show(&pager{title: a.theme.Say("Describe %s", id), make: func(w int) []string { return factLines(&a.theme, facts, w) }})
}

// factLines are names and values in two columns; long values go on below.
func factLines(th *theme.Theme, facts []Fact, w int) []string {
	name := 0
	for _, f := range facts {
		name = max(name, theme.Width(th.Word("fact", f.Name)))
	}
	name = min(name, w/3)
	var out []string
	for _, f := range facts {
		head := th.Word("fact", f.Name)
		for _, l := range theme.Wrap(f.In(th), max(1, w-name-2)) {
			out = append(out, th.Paint(theme.Muted, th.Fit(head, name))+"  "+th.Link(th.Paint(f.Look, l), f.Link))
			head = ""
		}
	}
	return out
}

// raw shows the selection as JSON. Secrets and raw texts are not in it: the
// types see to that.
func (a *App) raw() {
	value := a.top().Raw()
	if value == nil {
		a.say(Info, "there is nothing selected to show")
		return
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		a.say(Failure, "show as JSON: "+err.Error())
		return
	}
	text := strings.TrimSuffix(b.String(), "\n")
	_, id := a.top().ID()
	a.show(&pager{title: "JSON " + id, make: func(w int) []string { return wrapAll(text, w) }})
}

func wrapAll(text string, w int) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		out = append(out, theme.Wrap(l, w)...)
	}
	return out
}

// pager is an overlay of lines to scroll in.
type pager struct {
	title string
	make  func(w int) []string
	top   int
	page  int
}

func (p *pager) holds() bool { return false }

func (p *pager) paste(string) {}

func (p *pager) key(a *App, key string, _ tea.KeyPressMsg) (bool, tea.Cmd) {
	act, _ := a.deps.Keys.Find(keymap.List, key)
	switch act {
	case keymap.Back, keymap.Leave, keymap.In, keymap.Help, keymap.Describe, keymap.JSON, keymap.Mark:
		return true, nil
	case keymap.Down:
		p.top++
	case keymap.Up:
		p.top--
	case keymap.Top:
		p.top = 0
	case keymap.Bottom:
		p.top = 1 << 30
	case keymap.PageDown, keymap.HalfDown:
		p.top += max(1, p.page/2)
	case keymap.PageUp, keymap.HalfUp:
		p.top -= max(1, p.page/2)
	}
	return false, nil
}

func (p *pager) box(a *App, w, h int) (string, []string) {
	th := &a.theme
	w = min(w, 90)
	lines := p.make(w)
	p.page = max(1, h-1)
	p.top = max(0, min(p.top, len(lines)-p.page))
	end := min(len(lines), p.top+p.page)
	out := make([]string, 0, end-p.top+1)
	for _, l := range lines[p.top:end] {
		out = append(out, a.theme.Fit(l, w))
	}
	hint := th.Say("esc closes")
	if len(lines) > p.page {
		hint = th.Say("j k scroll, esc closes")
	}
	return p.title, append(out, a.theme.Paint(theme.Muted, a.theme.FitRight(hint, w)))
}
