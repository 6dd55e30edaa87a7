package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ui/theme"
)

// item is one row of a menu.
type item struct {
	key   string // chooses it at once; may be empty
	label string
	why   string // why it is not possible, or "" when it is
	hint  string
	run   func(a *App) tea.Cmd
}

// menu is an overlay of choices: the x menu and the sort menu.
type menu struct {
	title string
	items []item
	at    int
	top   int
}

func (m *menu) holds() bool { return false }

func (m *menu) paste(string) {}

func (m *menu) key(a *App, key string, _ tea.KeyPressMsg) (bool, tea.Cmd) {
	for i := range m.items {
		if m.items[i].key == key && key != "" {
			m.at = i
			return m.choose(a)
		}
	}
	switch act, _ := a.deps.Keys.Find(keymap.Menu, key); act {
	case keymap.MenuDown:
		m.at = min(m.at+1, len(m.items)-1)
	case keymap.MenuUp:
		m.at = max(m.at-1, 0)
	case keymap.MenuChoose:
		return m.choose(a)
	case keymap.MenuClose:
		return true, nil
	}
	return false, nil
}

// choose runs the item under the cursor; one that is not possible says why and
// leaves the menu open.
func (m *menu) choose(a *App) (bool, tea.Cmd) {
	if m.at >= len(m.items) {
		return true, nil
	}
	it := m.items[m.at]
	if it.why != "" {
		a.say(Warning, a.theme.Tell(it.label)+": "+a.theme.Tell(it.why))
		return false, nil
	}
	return true, it.run(a)
}

// mostRows keeps a long menu from covering what the screen says besides.
const mostRows = 14

func (m *menu) box(a *App, w, h int) (string, []string) {
	w = min(w, 72)
	th := &a.theme
	label := 0
	for _, it := range m.items {
		label = max(label, theme.Width(th.Tell(it.label)))
	}
	label = min(label, w/2)
	detail := m.detail(th, w)
	rows := max(1, min(h-1-len(detail), mostRows))
	m.top = max(min(m.top, m.at), m.at-rows+1)
	var out []string
	for i := m.top; i < min(m.top+rows, len(m.items)); i++ {
		out = append(out, m.line(th, i, label, w))
	}
	for _, l := range detail {
		out = append(out, th.Paint(theme.Muted, th.Fit(l, w)))
	}
	hint := th.Say("enter chooses, esc closes")
	return th.Tell(m.title), append(out, th.Paint(theme.Muted, th.FitRight(hint, w)))
}

// detail is room for why the item under the cursor is not possible, in full.
// It is as high as the longest reason needs, so that the box stands still.
func (m *menu) detail(th *theme.Theme, w int) []string {
	var lines []string
	high := 0
	for i, it := range m.items {
		if it.why == "" {
			continue
		}
		text := theme.Wrap(th.Tell(it.why), w)
		high = max(high, len(text))
		if i == m.at {
			lines = text
		}
	}
	for len(lines) < high {
		lines = append(lines, "")
	}
	return lines
}

func (m *menu) line(th *theme.Theme, i, label, w int) string {
	it, on := m.items[i], i == m.at
	cursor, look, note := " ", theme.Plain, more(th.Tell(it.label), th.Tell(it.hint))
	if on {
		cursor = th.Glyphs.Cursor
	}
	if it.why != "" {
		look, note = theme.Muted, th.Say("no: %s", th.Tell(it.why))
	}
	return th.PaintRow(theme.Accent, cursor, on) + th.PaintRow(theme.Key, th.Fit(" "+it.key, 4), on) +
		th.PaintRow(look, th.Fit(th.Tell(it.label), label), on) +
		th.PaintRow(theme.Muted, th.Fit("  "+note, w-5-label), on)
}

// more is what a hint says beyond the label that it stands beside.
func more(label, hint string) string {
	rest, again := strings.CutPrefix(hint, label)
	if !again {
		return hint
	}
	return strings.TrimLeft(rest, " ,，")
}

// newActionMenu lists every operator's action for the selection: first what is
// possible here, then the rest with the reason why not.
func newActionMenu(a *App) *menu {
	targets := a.targets()
	m := &menu{title: "Actions", items: make([]item, 0, len(a.deps.Actions)+1)}
	switch len(targets) {
	case 0:
	case 1:
		m.title = a.theme.Say("Actions on %s", targetName(a.theme.Lang, targets[0]))
	default:
		m.title = a.theme.Say("Actions on %d marked", len(targets))
	}
	if a.bulk != nil {
		m.items = append(m.items, a.stopItem())
	}
	if a.ended != nil {
		m.items = append(m.items, a.endedItem())
	}
	offers := a.offers()
	if len(targets) == 0 && len(offers) > 0 {
		m.items = append(m.items, offers...) // no operator's action is aimed at the view's rows
		return m
	}
	for _, act := range a.deps.Actions {
		it := item{label: act.Title, hint: a.deps.Keys.Long(act.Key), why: "nothing is selected"}
		if ks := a.deps.Keys.Keys(act.Key); len(ks) > 0 {
			it.key = ks[0]
		}
		for _, t := range targets {
			if _, it.why = a.ready(act, t); it.why == "" {
				break
			}
		}
		it.run = func(a *App) tea.Cmd {
			a.Act(act.Key, targets...)
			return a.take()
		}
		m.items = append(m.items, it)
	}
	m.items = append(m.items, a.playItems(targets)...)
	m.items = append(m.items, offers...)
	slices.SortStableFunc(m.items, func(x, y item) int { return cmp.Compare(min(len(x.why), 1), min(len(y.why), 1)) })
	return m
}

// sortKeys choose the columns in the sort menu. Those that do something in every
// menu, as j, k, q and x do unless they were changed, keep their meaning.
const sortKeys = "123456789abcdefghijklmnopqrstuvwxyz"

func (a *App) freeKeys() []string {
	return slices.DeleteFunc(strings.Split(sortKeys, ""), func(key string) bool {
		_, taken := a.deps.Keys.Find(keymap.Menu, key)
		return taken
	})
}

func (a *App) openSort() {
	grid := a.top().Grid()
	if grid == nil {
		a.say(Info, "there is no table to sort here")
		return
	}
	cols, free := grid.SortCols(), a.freeKeys()
	m := &menu{title: "Sort by", items: []item{{key: "0", label: "the view's own order", run: sortBy("")}}}
	for i, c := range cols {
		it := item{label: c.Title, run: sortBy(c.ID)}
		if i < len(free) {
			it.key = free[i]
		}
		if c.Now {
			it.hint, m.at = "again reverses", i+1
		}
		m.items = append(m.items, it)
	}
	a.show(m)
}

func sortBy(id string) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if grid := a.top().Grid(); grid != nil {
			grid.Sort(id)
		}
		return nil
	}
}
