package views

import (
	"cmp"
	"slices"
	"time"

	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// journal shows what the program itself said and how the connection went, the
// newest first: what stood in a message that went too soon.
type journal struct {
	ui.Base
	host  ui.Host
	table *table.Table[uint64, ui.LogLine]
}

func newLog(h ui.Host, _ ui.Arg) ui.View {
	v := &journal{host: h}
	v.table = table.New(v.cols(), func(l *ui.LogLine) uint64 { return l.N },
		func(a, b *ui.LogLine, _ time.Time) int { return cmp.Compare(b.N, a.N) })
	return v
}

func (v *journal) Title() string { return v.host.Theme().Say("Log") }

func (v *journal) Context() keymap.Context { return keymap.List }

// Grid is the table, up to date.
func (v *journal) Grid() ui.Grid {
	v.table.Set(slices.Clone(v.host.Log()))
	return v.table
}

// Note says where more is.
func (v *journal) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("since the start; what was done is in :audit"))
}

func (v *journal) Facts() []ui.Fact {
	l, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return []ui.Fact{
		{Name: "time", Value: l.At.In(v.host.Location()).Format(time.DateTime)},
		{Name: "kind", Value: l.Level.Word(v.host.Theme())}, {Name: "message", Value: l.Text},
	}
}

func (v *journal) Render(w, h int) []string {
	v.Grid()
	return v.table.Render(v.host.Theme(), w, h, v.host.Now())
}

func (v *journal) cols() []table.Col[ui.LogLine] {
	looks := [...]theme.Token{ui.Info: theme.Muted, ui.Success: theme.Good, ui.Warning: theme.Warn, ui.Failure: theme.Danger}
	return []table.Col[ui.LogLine]{
		{ID: "time", Title: "Time", Width: 8, Look: muted[ui.LogLine],
			Reads: func(l *ui.LogLine, _ time.Time) string { return l.At.In(v.host.Location()).Format(time.TimeOnly) }},
		{ID: "kind", Title: "Kind", Width: 6, Look: func(l *ui.LogLine, _ time.Time) theme.Token { return looks[l.Level] },
			Reads: func(l *ui.LogLine, _ time.Time) string { return l.Level.Word(v.host.Theme()) }},
		{ID: "message", Title: "Message", Width: 40, Max: 400,
			Reads: func(l *ui.LogLine, _ time.Time) string { return l.Text }},
	}
}
