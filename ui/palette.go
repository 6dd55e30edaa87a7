package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"classtop/class"
	"classtop/keymap"
	"classtop/ui/theme"
)

// palette goes anywhere by name: views, actions, places such as rooms.
type palette struct {
	typed input
	all   []entry
	found []int  // indexes of all, best first
	known int    // how many of all there were before a class's number was typed
	class string // the view of one class
	at    int
	top   int
}

type entry struct {
	label, hint string
	also        string // what finds it too: the label in English
	view        string
	arg         Arg
	act         keymap.Action
	book        *class.Playbook
	run         func(a *App) tea.Cmd // instead of a view or an action
}

func newPalette(a *App) *palette {
	p := &palette{}
	arg := a.route[len(a.route)-1].arg
	arg.Text = "" // what was typed behind one view's name is not for another
	for _, d := range a.deps.Views {
		if d.Needs {
			p.class = d.Name
		}
		if !d.Needs || arg.Room != 0 {
			p.all = append(p.all, entry{label: d.Name, hint: a.theme.Tell(d.Help), also: unlike(d.Name, a.theme.Tell(d.Title)), view: d.Name, arg: arg})
		}
	}
	for _, r := range a.deps.Keys.Commands(a.top().Context()) {
		p.all = append(p.all, entry{label: a.theme.Word("key", r.Short), also: unlike(a.theme.Word("key", r.Short), r.Short), hint: strings.TrimSpace(strings.Join(r.Keys, ", ") + "  " + a.theme.Tell(r.Long)), act: r.Action})
	}
	for i := range a.deps.Playbooks {
		b := &a.deps.Playbooks[i]
		p.all = append(p.all, entry{label: "playbook " + b.Name, hint: cmp.Or(b.About, b.String()), book: b})
	}
	for _, v := range a.route {
		for _, pl := range v.view.Places() {
			p.all = append(p.all, entry{label: pl.Label, hint: pl.Hint, view: pl.View, arg: pl.Arg})
		}
	}
	for _, name := range slices.Concat([]string{theme.Auto}, a.deps.Themes.Names()) {
		p.all = append(p.all, entry{label: "theme " + name, hint: "colours", run: func(a *App) tea.Cmd { return a.takeTheme(name) }})
	}
	p.known = len(p.all)
	p.search()
	return p
}

// unlike is a text that finds more than the label does, or "".
func unlike(label, text string) string {
	if strings.EqualFold(label, text) {
		return ""
	}
	return text
}

func (p *palette) holds() bool { return false }

func (p *palette) paste(text string) {
	p.typed.add(text)
	p.search()
}

// String and Len let fuzzy search the entries.
func (p *palette) String(i int) string {
	if e := &p.all[i]; e.also != "" {
		return e.label + " " + e.also
	}
	return p.all[i].label
}

// Len is the number of entries.
func (p *palette) Len() int { return len(p.all) }

// search ranks by what is typed; a class's number, then an exact name or its
// beginning come first. A view's name may be followed by words for it: "find
// anna", "room 331450358".
func (p *palette) search() {
	p.all, p.found, p.at, p.top = p.all[:p.known], p.found[:0], 0, 0
	want := strings.TrimSpace(p.typed.text())
	if want == "" {
		for i := range p.all {
			p.found = append(p.found, i)
		}
		return
	}
	id, exact := p.number(want)
	if exact {
		p.found = append(p.found, p.numbered(id))
	}
	var rest []int
	for _, m := range fuzzy.FindFrom(want, p) {
		if exact && m.Index == p.found[0] {
			continue
		}
		if strings.HasPrefix(strings.ToLower(m.Str), strings.ToLower(want)) {
			p.found = append(p.found, m.Index)
		} else {
			rest = append(rest, m.Index)
		}
	}
	p.found = append(p.found, rest...)
	if len(p.found) > 1 || len(p.found) == 1 && !exact {
		return
	}
	name, words, _ := strings.Cut(want, " ")
	if words = strings.TrimSpace(words); words != "" {
		p.withWords(name, words)
	}
	if id != 0 && len(p.found) == 0 {
		p.found = append(p.found, p.numbered(id))
	}
}

// number is the class that is meant by a number; exact tells whether nothing
// else can be: the class is in the list, or the number stands behind the view
// of one class. Other words with a number in them are for the search.
func (p *palette) number(want string) (id class.RoomID, exact bool) {
	name, words, said := strings.Cut(want, " ")
	if said = said && name == p.class; !said {
		words = want
	}
	n, err := strconv.ParseUint(strings.TrimSpace(words), 10, 64)
	if err != nil || n == 0 {
		return 0, false
	}
	id = class.RoomID(n)
	return id, said || p.listed(id) >= 0
}

// listed is the index of a class that the palette knows, or -1.
func (p *palette) listed(id class.RoomID) int {
	return slices.IndexFunc(p.all, func(e entry) bool { return e.view == p.class && e.arg.Room == id && e.label != p.class })
}

// numbered is the index of the class with a number. One that is not in the
// list is reached all the same.
func (p *palette) numbered(id class.RoomID) int {
	if i := p.listed(id); i >= 0 {
		return i
	}
	p.all = append(p.all, entry{label: p.class + " " + id.String(), hint: "by its number: it is not in the list", view: p.class, arg: Arg{Room: id}})
	return len(p.all) - 1
}

// withWords takes words for a view; those for the view of one class are in
// the class's name or number.
func (p *palette) withWords(name, words string) {
	for i := range p.all {
		e := &p.all[i]
		switch {
		case e.view != name:
		case name == p.class:
			if e.label != name && !slices.Contains(p.found, i) && strings.Contains(strings.ToLower(e.label), strings.ToLower(words)) {
				p.found = append(p.found, i)
			}
		case e.label == name:
			e.arg.Text = words
			p.found = append(p.found, i)
		}
	}
}

func (p *palette) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputCancel:
		return true, nil
	case keymap.InputNext:
		p.at = min(p.at+1, max(0, len(p.found)-1))
	case keymap.InputPrev:
		p.at = max(p.at-1, 0)
	case keymap.InputComplete:
		if len(p.found) > 0 {
			p.typed.set(p.all[p.found[p.at]].label)
			p.search()
		}
	case keymap.InputAccept:
		return p.accept(a)
	default:
		if p.typed.key(press) {
			p.search()
		}
	}
	return false, nil
}

func (p *palette) accept(a *App) (bool, tea.Cmd) {
	if len(p.found) == 0 {
		a.say(Warning, "there is no view, action or class called "+p.typed.text())
		return false, nil
	}
	e := p.all[p.found[p.at]]
	a.overlay = nil
	switch {
	case e.book != nil:
		a.openPlay(e.book, a.targets())
		return true, a.take()
	case e.run != nil:
		return true, e.run(a)
	case e.view != "":
		a.Open(e.view, e.arg)
		return true, a.take()
	}
	return true, a.do(e.act)
}

func (p *palette) box(a *App, w, h int) (string, []string) {
	w = min(w, 76)
	th := &a.theme
	out := []string{th.Fit(th.Paint(theme.Key, ":")+p.typed.line(th, theme.Plain, w-1), w)}
	rows := max(1, min(h-2, 14))
	p.top = max(min(p.top, p.at), p.at-rows+1)
	label := p.widest(rows)
	if len(p.found) == 0 {
		out = append(out, th.Paint(theme.Muted, th.Fit("  "+th.Say("no view, action or class is called so"), w)))
		rows--
	}
	for i := p.top; i < p.top+rows; i++ {
		if i >= len(p.found) {
			out = append(out, theme.Spaces(w))
			continue
		}
		e, on := p.all[p.found[i]], i == p.at
		cursor := " "
		if on {
			cursor = th.Glyphs.Cursor
		}
		out = append(out, th.PaintRow(theme.Accent, cursor+" ", on)+th.PaintRow(theme.Plain, th.Fit(e.label, label), on)+
			th.PaintRow(theme.Muted, th.Fit(" "+e.hint, w-2-label), on))
	}
	return th.Say("Go to"), append(out, th.Paint(theme.Muted, th.FitRight(th.Say("tab completes, enter goes, esc closes"), w)))
}

// widest is the room that the labels on screen take: the number behind a
// class's name must not be cut.
func (p *palette) widest(rows int) int {
	w := 26
	for _, i := range p.found[p.top:min(p.top+rows, len(p.found))] {
		w = max(w, theme.Width(p.all[i].label))
	}
	return min(w, 48)
}
