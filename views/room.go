package views

import (
	"strings"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// room is one class from the inside: facts that stay on top, and tabs.
type room struct {
	ui.Base
	about
	defs []tab
	tabs []ui.View // one for each of defs
	at   int
}

func newRoom(h ui.Host, arg ui.Arg) ui.View { return roomOf(tabs(), h, arg) }

func roomOf(defs []tab, h ui.Host, arg ui.Arg) ui.View {
	v := &room{about: about{host: h, arg: arg}, defs: defs}
	first := v.firstTab()
	for i, t := range defs {
		v.tabs = append(v.tabs, t.new(h, arg))
		if strings.EqualFold(t.title, arg.Tab) || arg.Tab == "" && t.key == first {
			v.at = i
		}
	}
	return v
}

// firstTab is where most people look first. Of a class that is over the
// members cannot be read any more.
func (v *room) firstTab() keymap.Action {
	if s := v.card().Room.Status; s == class.RoomEnded || s == class.RoomExpired {
		return keymap.TabReport
	}
	return keymap.TabMembers
}

func (v *room) tab() ui.View { return v.tabs[v.at] }

func (v *room) Title() string {
	switch {
	case !v.arg.Name.IsZero():
		return v.arg.Name.String()
	case !v.detail.Name.IsZero():
		return v.detail.Name.String()
	}
	return v.host.Theme().Say("room %s", v.arg.Room)
}

// Sheet names the class by its number: a Chinese name gives no file name that
// is safe everywhere.
func (v *room) Sheet() string { return "room " + v.arg.Room.String() + " " + v.defs[v.at].title }

func (v *room) Context() keymap.Context { return v.tab().Context() }

func (v *room) Grid() ui.Grid { return v.tab().Grid() }

// GridName tells the tables of the tabs apart.
func (v *room) GridName() string {
	if parted, ok := v.tab().(ui.Parted); ok {
		return parted.GridName()
	}
	return strings.ToLower(v.defs[v.at].title)
}

func (v *room) ID() (what, id string) { return v.tab().ID() }

func (v *room) Facts() []ui.Fact { return v.tab().Facts() }

func (v *room) Raw() any { return v.tab().Raw() }

// Note says who else is in this class, then what the tab has to note.
func (v *room) Note(w int) string {
	crew := crewNote(v.host, v.arg.Room)
	if crew == "" {
		return v.tab().Note(w)
	}
	if left := w - theme.Width(crew) - 2; left > 0 {
		if note := v.tab().Note(left); note != "" {
			crew += "  " + note
		}
	}
	return v.host.Theme().Fit(crew, min(w, theme.Width(crew)))
}

func (v *room) Wants() []poll.Want {
	id := v.arg.Room
	return append([]poll.Want{
		{Topic: poll.Topic{Kind: poll.Detail, Room: id}, Tier: poll.Visible},
		{Topic: poll.Topic{Kind: poll.Card, Room: id}, Tier: poll.Focused},
	}, v.tab().Wants()...)
}

// Rewind passes on that a recording jumped.
func (v *room) Rewind() {
	for _, t := range v.tabs {
		if r, ok := t.(ui.Rewinder); ok {
			r.Rewind()
		}
	}
}

func (v *room) Apply(u poll.Update) bool {
	if u.Topic.Room != v.arg.Room && u.Topic.Kind != poll.Name {
		return false
	}
	changed := v.hear(u)
	for i, t := range v.tabs {
		if t.Apply(u) && i == v.at {
			changed = true
		}
	}
	return changed
}

// Key switches tabs; all else belongs to the tab.
func (v *room) Key(a keymap.Action) bool {
	switch a {
	case keymap.NextTab:
		v.at = (v.at + 1) % len(v.tabs)
		return true
	case keymap.PrevTab:
		v.at = (v.at + len(v.tabs) - 1) % len(v.tabs)
		return true
	}
	for i, t := range v.defs {
		if t.key == a {
			v.at = i
			return true
		}
	}
	return v.tab().Key(a)
}

// Target is the tab's selection, or the class itself when nothing is.
func (v *room) Target() (ops.Target, bool) {
	if t, ok := v.tab().Target(); ok {
		return t, true
	}
	return roomTarget(v.card(), v.told.At), true
}

// Targets are the tab's marked rows.
func (v *room) Targets() []ops.Target { return v.tab().Targets() }

// missing tells whether the service said that there is no such class.
func (v *room) missing() bool {
	e := v.told.Err
	return e != nil && v.told.At.IsZero() && !e.Maybe && e.Code != "" &&
		(e.HasCode("ResourceNotFound") || e.HasCode("FailedOperation.RoomNotExist") || e.HasCode("InvalidParameter"))
}

func (v *room) Render(w, h int) []string {
	if v.missing() {
		return ui.Message(v.host.Theme(), w, h, theme.Danger, "There is no class with the id "+v.arg.Room.String(),
			v.told.Err.Error(), "esc goes back, : goes to another class by name or id")
	}
	lines := []string{v.factLine(w)}
	if len(v.tabs) > 1 {
		lines = append(lines, v.tabLine(w))
	}
	return append(lines, v.tab().Render(w, h-len(lines))...)
}

// tabLine names the tabs with their digits; where they do not fit, closer
// together, then without the digits, and at last only the open one by name.
func (v *room) tabLine(w int) string {
	line := ""
	for _, f := range []tabForm{{wide: true, digits: true, names: true}, {digits: true, names: true}, {names: true}, {digits: true}} {
		if line = v.tabsAs(f); theme.Width(line) <= w {
			break
		}
	}
	return v.host.Theme().Fit(line, w)
}

// tabForm is a way to write the tabs.
type tabForm struct{ wide, digits, names bool }

func (v *room) tabsAs(f tabForm) string {
	th := v.host.Theme()
	gap := either(f.wide, " ", "")
	var parts []string
	for i, t := range v.defs {
		text := ""
		if f.digits {
			text = v.host.KeyOf(t.key) + " "
		}
		if f.names || i == v.at {
			text += th.Word("tab", t.title)
		}
		text = strings.TrimSpace(text)
		if i == v.at {
			parts = append(parts, th.Paint(theme.Accent, "["+text+"]"))
		} else {
			parts = append(parts, th.Paint(theme.Muted, gap+text+gap))
		}
	}
	return strings.Join(parts, either(f.wide, "", " "))
}
