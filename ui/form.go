package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ops"
	"classtop/ui/theme"
)

// Form asks for several things at once: what a document is called, where it
// is, whose it is.
type Form struct {
	Title  string
	Fields []Field
	// Ways makes of the values, one for each field, what will be confirmed.
	Ways func(values []string) []Way
}

// Field is one line of a Form.
type Field struct {
	Label   string
	Hint    string   // shown while it is empty
	Start   string   // what stands in it at first
	Choices []string // left and right go through these; nothing is typed
	// Check says while it is typed why a value does not do, or "" when it does.
	// nil lets everything pass.
	Check func(value string) string
}

// form is the overlay of a Form.
type form struct {
	*Form
	act    Action
	target ops.Target // a copy
	opened time.Time
	values []input
	at     int
	tried  bool // enter was pressed with something wrong: say it of empty fields too
}

func (q *Form) open(a *App, act Action, t ops.Target) overlay {
	f := &form{Form: q, act: act, target: t, opened: a.now(), values: make([]input, len(q.Fields))}
	for i, field := range q.Fields {
		f.values[i].set(field.Start)
		if len(field.Choices) > 0 && !slices.Contains(field.Choices, field.Start) {
			f.values[i].set(field.Choices[0])
		}
	}
	return f
}

func (f *form) holds() bool { return true }

// paste fills the field; a pasted line break neither leaves it nor confirms.
func (f *form) paste(text string) {
	if len(f.Fields[f.at].Choices) == 0 {
		f.values[f.at].add(text)
	}
}

func (f *form) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	if a.now().Sub(f.opened) < deaf {
		return false, nil
	}
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputCancel:
		a.say(Info, "not done: "+f.act.Title)
		return true, nil
	case keymap.InputNext, keymap.InputComplete:
		f.at = min(f.at+1, len(f.Fields)-1)
	case keymap.InputPrev:
		f.at = max(f.at-1, 0)
	case keymap.InputLeft, keymap.InputRight:
		if all := f.Fields[f.at].Choices; len(all) > 0 {
			f.turn(turns(act))
		} else {
			f.values[f.at].key(press)
		}
	case keymap.InputAccept:
		if f.at < len(f.Fields)-1 {
			f.at++
			return false, nil
		}
		return f.accept(a), nil
	default:
		if len(f.Fields[f.at].Choices) == 0 {
			f.values[f.at].key(press)
		}
	}
	return false, nil
}

// turns is the way in which a key goes through choices.
func turns(act keymap.Action) int {
	if act == keymap.InputLeft {
		return -1
	}
	return 1
}

// turn goes to the next choice of the field.
func (f *form) turn(n int) {
	all := f.Fields[f.at].Choices
	if i := slices.Index(all, f.values[f.at].text()); i >= 0 {
		f.values[f.at].set(all[min(max(i+n, 0), len(all)-1)])
	}
}

// wrong says why the value of a field does not do.
func (f *form) wrong(i int) string {
	if check := f.Fields[i].Check; check != nil {
		return check(f.values[i].text())
	}
	return ""
}

// accept goes to the confirmation, or to the first field that does not do.
func (f *form) accept(a *App) bool {
	values := make([]string, len(f.values))
	for i := range f.values {
		if f.wrong(i) != "" {
			f.at, f.tried = i, true
			return false
		}
		values[i] = f.values[i].text()
	}
	act, ways := f.act, f.Ways(values)
	act.Pick, act.Ways = 0, func(ops.Target) []Way { return ways }
	a.confirm(act, []ops.Target{f.target})
	return true
}

func (f *form) box(a *App, w, _ int) (string, []string) {
	w = min(w, 76)
	th := &a.theme
	label := 0
	for _, field := range f.Fields {
		label = max(label, theme.Width(th.Word("fact", field.Label)))
	}
	label = min(label+2, w/2)
	var out []string
	for i := range f.Fields {
		out = append(out, f.line(th, i, label, w))
	}
	why := f.wrong(f.at)
	if f.values[f.at].text() == "" && !f.tried {
		why = ""
	}
	lines := theme.Wrap(th.Tell(why), w)
	for i := range 2 {
		l := ""
		if i < len(lines) {
			l = lines[i]
		}
		out = append(out, th.Paint(theme.Danger, th.Fit(l, w)))
	}
	hint := th.Say("tab next field, enter goes on, esc leaves")
	if len(f.Fields[f.at].Choices) > 0 {
		hint = th.Say("left right choose, ") + hint
	}
	return th.Tell(f.Title), append(out, th.Paint(theme.Muted, th.FitRight(hint, w)))
}

// line is one field; a long value shows its end, where the typing is.
func (f *form) line(th *theme.Theme, i, label, w int) string {
	field, value, on := f.Fields[i], f.values[i].text(), i == f.at
	cursor, look := "  ", theme.Muted
	if on {
		cursor, look = th.Glyphs.Cursor+" ", theme.Accent
	}
	room := w - 2 - label - 1
	switch {
	case len(field.Choices) > 0:
		value = choiceLine(th, field.Choices, value)
	case value == "" && !on:
		value = th.Paint(theme.Muted, th.Tell(field.Hint))
	case theme.Width(value) > room:
		value = th.Tail(value, room)
	}
	if on && len(field.Choices) == 0 {
		value = f.values[i].line(th, theme.Plain, room)
		if f.values[i].text() == "" {
			value += th.Paint(theme.Muted, " "+th.Tell(field.Hint))
		}
	}
	return th.Fit(th.Paint(theme.Accent, cursor)+th.Paint(look, th.Fit(th.Word("fact", field.Label), label))+value, w)
}

func choiceLine(th *theme.Theme, all []string, chosen string) string {
	out := ""
	for _, c := range all {
		if c == chosen {
			out += th.Paint(theme.Accent, "["+c+"]") + " "
		} else {
			out += th.Paint(theme.Muted, " "+c+" ") + " "
		}
	}
	return out
}
