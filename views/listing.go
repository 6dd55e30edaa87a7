package views

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// listDef is one list of the application's own: all that its view needs.
type listDef struct {
	name, title, help string
	reads             []string                             // actions whose answers make the list
	params            func(arg ui.Arg, now time.Time) args // of the reads; nil: none
	id                string                               // field that tells rows apart
	idWord            string                               // what it is called when it is copied
	cols              []listCol
	keep              func(class.Record) bool // nil keeps all
	empty             string                  // what to say when there is nothing
	enter             func(h ui.Host, r class.Record)
	forms             []listForm
}

// args are parameters as texts.
type args = map[string]string

// listCol is one column: a field of the record.
type listCol struct {
	field, title string
	width, max   int
	drop         int
	number       bool
	words        bool                                 // text gives classtop's own words
	text         func(h ui.Host, t class.Text) string // nil shows it as it is
	user         bool                                 // the field is a user's id: its name is shown in its place
}

// listForm is a form of the console that the selection fills in.
type listForm struct {
	title  string
	action string
	fill   args // parameter: field of the row; "=" and the parameter's name takes the list's own parameter
	many   bool // the marked rows go together, with commas between them
}

// listRow is one record and the action whose answer it is in.
type listRow struct {
	action string
	class.Record
}

type listKey struct {
	action string
	id     class.Text
}

// listing is the view of a listDef.
type listing struct {
	ui.Base
	listDef
	host   ui.Host
	arg    ui.Arg
	given  args
	table  *table.Table[listKey, listRow]
	feeds  map[poll.Topic]*ui.Feed
	topics []poll.Topic
	parts  map[string][]class.Record // by action
	names  names                     // of the users in the columns
}

func newListing(def listDef) func(ui.Host, ui.Arg) ui.View {
	return func(h ui.Host, arg ui.Arg) ui.View {
		v := &listing{listDef: def, host: h, arg: arg, feeds: map[poll.Topic]*ui.Feed{}, parts: map[string][]class.Record{}}
		if def.params != nil {
			v.given = def.params(arg, h.Now())
		}
		for _, action := range def.reads {
			t := poll.ListingOf(action, v.given)
			v.topics = append(v.topics, t)
			v.feeds[t] = &ui.Feed{}
		}
		v.table = table.New(v.tableCols(), func(r *listRow) listKey { return listKey{r.action, r.Get(def.id)} }, nil)
		return v
	}
}

func (v *listing) Title() string {
	title := v.host.Theme().Tell(v.title)
	if v.arg.Text == "" || v.params == nil {
		return title // whatever class it was opened from
	}
	return title + " " + cmp.Or(v.arg.Name.String(), v.arg.Text)
}

func (v *listing) Context() keymap.Context { return keymap.Lists }

func (v *listing) Grid() ui.Grid { return v.table }

func (v *listing) Wants() []poll.Want {
	var out []poll.Want
	for _, t := range v.topics {
		out = append(out, poll.Want{Topic: t, Tier: poll.Focused})
	}
	return append(out, v.names.asks...)
}

func (v *listing) Apply(u poll.Update) bool {
	feed, ours := v.feeds[u.Topic]
	if !ours {
		return v.names.learn(u)
	}
	list, ok := u.Data.([]class.Record)
	if !feed.Note(u) || !ok {
		return true
	}
	action, _, _ := strings.Cut(u.Topic.ID.String(), " ")
	v.parts[action] = list
	var rows []listRow
	for _, action := range v.reads {
		for _, r := range v.parts[action] {
			if v.keep == nil || v.keep(r) {
				rows = append(rows, listRow{action, r})
			}
		}
	}
	v.table.Set(rows)
	v.askNames(rows)
	return true
}

// askNames asks for the names of the users in the rows.
func (v *listing) askNames(rows []listRow) {
	var ids []class.Text
	for _, c := range v.cols {
		for i := range rows {
			if c.user {
				ids = append(ids, rows[i].Get(c.field))
			}
		}
	}
	v.names.ask(ids)
}

func (v *listing) selected() (*listRow, bool) { return v.table.Selected(v.host.Now()) }

func (v *listing) Key(a keymap.Action) bool {
	r, ok := v.selected()
	if a != keymap.In || !ok || v.enter == nil {
		return false
	}
	v.enter(v.host, r.Record)
	return true
}

func (v *listing) ID() (what, id string) {
	if r, ok := v.selected(); ok {
		return v.idWord, r.Get(v.id).String()
	}
	return "", ""
}

func (v *listing) Facts() []ui.Fact {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	var out []ui.Fact
	for _, f := range r.Record {
		out = append(out, ui.Fact{Name: f.Name, Value: v.show(f), Words: v.worded(f.Name)})
	}
	return append(out, ui.Fact{Name: "read by", Value: r.action, Look: theme.Muted}, ui.Fact{Name: "data age", Value: v.feed().Age(v.host.Now()), Look: theme.Muted})
}

// show is a value as its column shows it.
func (v *listing) show(f class.Field) string {
	for _, c := range v.cols {
		switch {
		case c.field != f.Name:
		case c.text != nil:
			return c.text(v.host, f.Value)
		case c.user:
			if name := v.names.of(f.Value); name != f.Value {
				return name.String() + " (" + f.Value.String() + ")"
			}
		}
	}
	return f.Value.String()
}

// worded tells whether a field is shown in classtop's own words.
func (v *listing) worded(field string) bool {
	return slices.ContainsFunc(v.cols, func(c listCol) bool { return c.field == field && c.words })
}

func (v *listing) Raw() any {
	if r, ok := v.selected(); ok {
		return r.Record
	}
	return nil
}

// feed is the freshness of the list: that of the part in trouble, or else of
// the oldest.
func (v *listing) feed() *ui.Feed {
	var worst *ui.Feed
	for _, t := range v.topics {
		f := v.feeds[t]
		if worst == nil || f.Err != nil && worst.Err == nil || worst.Err == nil && f.At.Before(worst.At) {
			worst = f
		}
	}
	return worst
}

// Note says how old the list is.
func (v *listing) Note(int) string {
	return oldNote(v.host, v.name, v.feed())
}

func (v *listing) Render(w, h int) []string {
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	f, hint := v.feed(), "x shows what can be done here, esc goes back"
	switch {
	case v.table.Len() > 0:
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "Nothing matches the filter "+v.table.FilterText(), "esc clears the filter")...)
	case f.Err != nil:
		return append(lines[:1], ui.Message(th, w, h-1, theme.Danger, "This list cannot be read", f.Err.Error(), hint)...)
	case f.At.IsZero():
		return append(lines[:1], ui.Message(th, w, h-1, theme.Info, "Reading the list")...)
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, v.empty, hint)...)
}

func (v *listing) tableCols() []table.Col[listRow] {
	out := make([]table.Col[listRow], 0, len(v.cols))
	for i, c := range v.cols {
		col := table.Col[listRow]{
			ID: strings.ToLower(strings.ReplaceAll(c.title, " ", "-")), Title: c.title, Words: c.words, Width: c.width, Max: c.max, Drop: c.drop, Right: c.number,
			Reads: func(r *listRow, _ time.Time) string { return v.show(class.Field{Name: c.field, Value: r.Get(c.field)}) },
		}
		if i == 0 {
			col.Look = func(*listRow, time.Time) theme.Token { return theme.Title }
		} else {
			col.Look = muted[listRow]
		}
		if c.number || c.text != nil {
			col.Order = func(a, b *listRow, _ time.Time) int {
				return compareNumbers(a.Get(c.field).String(), b.Get(c.field).String())
			}
		}
		out = append(out, col)
	}
	return out
}

// compareNumbers orders whole numbers that are written as texts.
func compareNumbers(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// Offers are the forms of the console, filled in from the selection.
func (v *listing) Offers() []ui.Offer {
	chosen := v.table.Marked(v.host.Now())
	if r, ok := v.selected(); ok && len(chosen) == 0 {
		chosen = []*listRow{r}
	}
	var out []ui.Offer
	for _, f := range v.forms {
		o := ui.Offer{Title: f.title, Hint: f.action, Open: func() {
			v.host.Request(ui.Request{Action: f.action, Start: v.start(f, chosen)})
		}}
		switch {
		case len(chosen) == 0 && f.ofRow():
			o.Why = "nothing is selected"
		case len(chosen) > 1 && f.ofRow() && !f.many:
			o.Why = v.host.Theme().Say("this goes for one at a time, not for %d", len(chosen))
		}
		out = append(out, o)
	}
	return out
}

// ofRow tells whether a form takes anything from a row.
func (f *listForm) ofRow() bool {
	for _, field := range f.fill {
		if !strings.HasPrefix(field, "=") {
			return true
		}
	}
	return false
}

// start is what stands in the form's fields.
func (v *listing) start(f listForm, chosen []*listRow) map[string]class.Text {
	out := map[string]class.Text{}
	for param, field := range f.fill {
		if own, ok := strings.CutPrefix(field, "="); ok {
			out[param] = clean.Text(v.given[own])
			continue
		}
		if len(chosen) == 1 {
			out[param] = chosen[0].Get(field)
			continue
		}
		values := make([]string, 0, len(chosen))
		for _, r := range chosen {
			values = append(values, r.Get(field).String())
		}
		out[param] = clean.Block(strings.Join(values, ","))
	}
	return out
}
