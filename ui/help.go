package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/lang"
	"classtop/ops"
	"classtop/ui/theme"
)

// help lists the keys that work here; typing filters it.
type help struct {
	place keymap.Context
	typed input
	top   int
	page  int
}

// helpKeys is how wide the column of the keys is.
const helpKeys = 17

func newHelp(a *App) *help { return &help{place: a.top().Context()} }

func (h *help) holds() bool { return false }

func (h *help) paste(text string) { h.typed.add(text) }

func (h *help) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	out, _ := a.deps.Keys.Find(keymap.Global, key)
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); {
	case act == keymap.InputCancel && h.typed.text() != "":
		h.typed = input{}
	case act == keymap.InputCancel, act == keymap.InputAccept, out == keymap.Help:
		return true, nil
	case act == keymap.InputNext:
		h.top++
	case act == keymap.InputPrev:
		h.top--
	case out == keymap.PageDown:
		h.top += h.page
	case out == keymap.PageUp:
		h.top -= h.page
	default:
		h.top = 0
		h.typed.key(press)
	}
	return false, nil
}

func (h *help) box(a *App, w, height int) (string, []string) {
	w = min(w, 100)
	th := &a.theme
	lines := h.lines(a, w)
	h.page = max(1, height-2)
	h.top = max(0, min(h.top, len(lines)-h.page))
	out := []string{th.Fit(th.Paint(theme.Key, th.Word("prompt", "filter")+" ")+h.typed.line(th, theme.Plain, w-8), w)}
	for i := h.top; i < h.top+h.page; i++ {
		if i < len(lines) {
			out = append(out, lines[i])
		} else if h.typed.text() != "" { // keep the box's size while filtering
			out = append(out, theme.Spaces(w))
		}
	}
	hint := th.Say("type to filter, arrows scroll, esc closes")
	audit := ""
	if a.deps.Audit != "" {
		audit = th.Say("audit: %s", a.deps.Audit)
	}
	if theme.Width(audit)+2+theme.Width(hint) > w {
		audit = "" // half a path leads nowhere; the audit view has all of it
	}
	return th.Say("Keys here"), append(out, th.Paint(theme.Muted, th.Sides(audit, hint, w)))
}

func (h *help) lines(a *App, w int) []string {
	th, want := &a.theme, strings.ToLower(h.typed.text())
	var out []string
	for _, s := range a.deps.Keys.Help(h.place) {
		head := true
		for _, r := range s.Rows {
			if want != "" && !strings.Contains(strings.ToLower(strings.Join(r.Keys, " ")+" "+r.Short+" "+r.Long+" "+th.Tell(r.Long)), want) {
				continue
			}
			if head {
				out = append(out, th.Paint(theme.Head, th.Fit(th.Tell(s.Title), w)))
				head = false
			}
			keys := strings.Join(r.Keys, ", ")
			if keys == "" {
				keys = "x"
			}
			for _, l := range theme.Wrap(th.Tell(r.Long), w-helpKeys) {
				out = append(out, th.Paint(theme.Key, th.Fit("  "+keys, helpKeys))+th.Fit(l, w-helpKeys))
				keys = ""
			}
		}
	}
	return out
}

// footer shows the keys that matter most here, as many as fit. The way to the
// help is always among them. An overlay says its keys in its own box.
func (a *App) footer() string {
	th, right := &a.theme, ""
	if a.overlay != nil {
		return theme.Spaces(a.width)
	}
	var b strings.Builder
	rows := a.deps.Keys.Footer(a.footerPlace())
	for _, r := range rows {
		if r.Action == keymap.Help {
			right = a.hint(r) + " "
		}
	}
	room := a.width - theme.Width(right) - 1
	b.WriteByte(' ')
	for _, r := range rows {
		hint := a.hint(r) + "  "
		if r.Action == keymap.Help || !a.worth(r) || theme.Width(hint) > room {
			continue
		}
		room -= theme.Width(hint)
		b.WriteString(hint)
	}
	return th.Sides(b.String(), right, a.width)
}

// worth tells whether a key leads to anything now: the x menu says why the
// others do not.
func (a *App) worth(r keymap.Row) bool {
	grid := a.top().Grid()
	marked := grid != nil && grid.Marks() > 0
	switch {
	case r.Action == keymap.Back && len(a.route) == 1:
		return marked || grid != nil && grid.FilterText() != ""
	case r.Action == keymap.In && (grid == nil && len(a.top().Facts()) == 0 || grid != nil && grid.Shown() == 0):
		return false
	case !r.Writes || marked:
		return !r.Writes || !a.deps.Profile.ReadOnly
	}
	t, ok := a.top().Target()
	i := slices.IndexFunc(a.deps.Actions, func(x Action) bool { return x.Key == r.Action })
	if !ok || i < 0 { // there is nothing to do it to; or it is not done to a row
		return i < 0 && !a.deps.Profile.ReadOnly
	}
	_, why := a.ready(a.deps.Actions[i], t)
	return why == ""
}

func (a *App) hint(r keymap.Row) string {
	return a.theme.Paint(theme.Key, r.Keys[0]) + " " + a.theme.Paint(theme.Muted, a.theme.Word("key", r.Short))
}

func (a *App) footerPlace() keymap.Context {
	if a.typing != nil {
		return keymap.Input
	}
	return a.top().Context()
}

// targetName names a target for people.
func targetName(l lang.Lang, t ops.Target) string {
	switch {
	case !t.Document.IsZero() && t.DocName.IsZero():
		return t.Document.String()
	case !t.Document.IsZero():
		return t.DocName.String() + " (" + t.Document.String() + ")"
	case t.User.IsZero() && t.SeatSeen:
		return l.Say("seat %d", t.Seat)
	case t.User.IsZero() && t.RoomName.IsZero():
		return t.Room.String()
	case t.User.IsZero():
		return t.RoomName.String()
	case t.UserName.IsZero():
		return t.User.String()
	}
	return t.UserName.String() + " (" + t.User.String() + ")"
}
