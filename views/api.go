package views

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"classtop/client/spec"
	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// api is the console: every action of every system, and what was sent.
type api struct {
	ui.Base
	host    ui.Host
	table   *table.Table[string, apiRow]
	history *history
	past    bool // the history is on the screen
	system  int  // which system is shown; 0 all
}

// apiRow is one action with its place in the manuals' order.
type apiRow struct {
	*spec.Action
	order int
}

func newAPI(h ui.Host, arg ui.Arg) ui.View {
	v := &api{host: h, history: newHistory(h)}
	v.table = table.New(apiCols(), func(r *apiRow) string { return r.Name },
		func(a, b *apiRow, _ time.Time) int { return cmp.Compare(a.order, b.order) })
	var rows []apiRow
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			rows = append(rows, apiRow{&s.Actions[i], len(rows)})
		}
	}
	v.table.Set(rows)
	v.table.Filter(arg.Text)
	return v
}

func (v *api) Title() string {
	if v.past {
		return v.host.Theme().Say("API history")
	}
	return v.host.Theme().Say("API")
}

func (v *api) Context() keymap.Context { return keymap.Lists }

func (v *api) Grid() ui.Grid {
	if v.past {
		return v.history.grid()
	}
	return v.table
}

func (v *api) Key(a keymap.Action) bool {
	switch a {
	case keymap.In:
		v.open()
	case keymap.NextPane:
		v.past = !v.past
	case keymap.NextTab:
		v.look(v.system + 1)
	case keymap.PrevTab:
		v.look(v.system - 1)
	case keymap.Back:
		was := v.past
		v.past = false
		return was
	default:
		return false
	}
	return true
}

func (v *api) open() {
	if v.past {
		v.history.open()
	} else if r, ok := v.selected(); ok {
		v.host.Request(ui.Request{Action: r.Name})
	}
}

// look shows the actions of one system; beyond the last come all.
func (v *api) look(i int) {
	all := spec.Systems()
	v.system = (i + len(all) + 1) % (len(all) + 1)
	if v.system == 0 {
		v.table.Lens(nil)
		return
	}
	name := all[v.system-1].Name
	v.table.Lens(func(r *apiRow, _ time.Time) bool { return r.System == name })
}

func (v *api) selected() (*apiRow, bool) { return v.table.Selected(v.host.Now()) }

func (v *api) ID() (what, id string) {
	if v.past {
		return v.history.id()
	}
	if r, ok := v.selected(); ok {
		return "action", r.Name
	}
	return "", ""
}

func (v *api) Facts() []ui.Fact {
	if r, ok := v.selected(); ok && !v.past {
		return actionFacts(v.host.Theme(), r.Action)
	}
	return nil
}

// Raw is the action's first example, as the manual has it.
func (v *api) Raw() any {
	if r, ok := v.selected(); ok && !v.past && len(r.Examples) > 0 {
		return r.Examples[0]
	}
	return nil
}

// Note names the systems, or says how to come back from the history.
func (v *api) Note(w int) string {
	th := v.host.Theme()
	if v.past {
		return th.Paint(theme.Muted, th.Say("enter shows the answer, tab goes back"))
	}
	names := []string{th.Word("lens", "all")}
	for _, s := range spec.Systems() {
		names = append(names, s.Name)
	}
	for i, name := range names {
		if i == v.system {
			names[i] = th.Paint(theme.Accent, "["+name+"]")
		} else {
			names[i] = th.Paint(theme.Muted, name)
		}
	}
	all := strings.Join(names, " ") + th.Paint(theme.Muted, "  "+th.Say("tab: %d sent", len(v.host.Sent())))
	if theme.Width(all) <= w {
		return all
	}
	return th.Paint(theme.Muted, th.Word("fact", "system")+" ") + names[v.system]
}

func (v *api) Render(w, h int) []string {
	th, now := v.host.Theme(), v.host.Now()
	if v.past {
		return v.history.render(w, h)
	}
	lines := v.table.Render(th, w, h, now)
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "No action matches the filter "+v.table.FilterText(), "esc clears the filter, [ ] choose the system")...)
}

func apiCols() []table.Col[apiRow] {
	read := func(f func(*apiRow) string) func(*apiRow, time.Time) string {
		return func(r *apiRow, _ time.Time) string { return f(r) }
	}
	return []table.Col[apiRow]{
		{ID: "action", Title: "API action", Width: 24, Max: 44, Look: apiLook, Reads: read(func(r *apiRow) string { return r.Name })},
		{ID: "level", Title: "Does", Words: true, Width: 7, Look: levelLook, Reads: read(func(r *apiRow) string { return levelWord(r.Level) }),
			Order: func(a, b *apiRow, _ time.Time) int { return cmp.Compare(a.Level, b.Level) }},
		{ID: "system", Title: "System", Width: 11, Drop: 3, Look: muted[apiRow], Reads: read(func(r *apiRow) string { return r.System })},
		{ID: "category", Title: "Category", Words: true, Width: 12, Max: 26, Drop: 2, Look: muted[apiRow], Reads: read(func(r *apiRow) string { return category(r.Category) })},
		{ID: "rate", Title: "Rate", Width: 5, Drop: 4, Right: true, Look: muted[apiRow], Reads: read(func(r *apiRow) string { return fmt.Sprintf("%d/s", r.Rate) }),
			Order: func(a, b *apiRow, _ time.Time) int { return cmp.Compare(a.Rate, b.Rate) }},
		{ID: "desc", Title: "What for", Words: true, Width: 20, Max: 120, Drop: 1, Look: muted[apiRow], Reads: read(func(r *apiRow) string { return r.Desc })},
	}
}

// category is the manual's name of a group without what they all end in.
func category(name string) string { return strings.TrimSuffix(name, " APIs") }

func levelWord(level int) string {
	if level == 0 {
		return "reads"
	}
	return fmt.Sprintf("write %d", level)
}

func levelLook(r *apiRow, _ time.Time) theme.Token {
	return [...]theme.Token{theme.Muted, theme.Plain, theme.Warn, theme.Danger}[min(max(r.Level, 0), 3)]
}

func apiLook(r *apiRow, _ time.Time) theme.Token {
	if r.Deprecated {
		return theme.Muted
	}
	return theme.Title
}

// actionFacts is all that is known of an action.
func actionFacts(th *theme.Theme, a *spec.Action) []ui.Fact {
	facts := []ui.Fact{
		{Name: "API action", Value: a.Name, Look: theme.Title},
		{Name: "what for", Value: a.Desc, Words: true},
		{Name: "system", Value: spec.Get(a.System).Title, Words: true},
		{Name: "category", Value: category(a.Category), Words: true},
		{Name: "does", Value: levelWord(a.Level), Words: true},
		{Name: "rate", Value: th.Say("%d a second and account", a.Rate)},
	}
	if a.Deprecated {
		facts = append(facts, ui.Fact{Name: "deprecated", Value: th.Say("use %s", a.ReplacedBy), Look: theme.Warn})
	}
	for _, p := range a.Form() {
		need := th.Say("optional")
		if p.Required {
			need = th.Say("required")
		}
		facts = append(facts, ui.Fact{Name: p.Name, Value: strings.Join(append([]string{need, p.Type}, told(th, p.Limits())...), ", ") + ". " + th.Tell(p.Desc), Look: theme.Plain})
	}
	for i := range a.Returns {
		r := &a.Returns[i]
		facts = append(facts, ui.Fact{Name: th.Say("answers %s", r.Name), Value: r.Type + ". " + th.Tell(r.Desc), Look: theme.Muted})
	}
	for _, code := range a.Errors {
		facts = append(facts, ui.Fact{Name: "error", Value: code + ". " + th.Tell(spec.Code(a.System, code).For(a.Name).Meaning), Look: theme.Muted})
	}
	return facts
}
