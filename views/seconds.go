package views

import (
	"cmp"
	"time"

	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// proposals shows what somebody confirmed and a second person has to confirm
// too.
type proposals struct {
	ui.Base
	host  ui.Host
	table *table.Table[uint64, ops.Proposal]
}

func newSeconds(h ui.Host, _ ui.Arg) ui.View {
	v := &proposals{host: h}
	v.table = table.New(v.cols(), func(p *ops.Proposal) uint64 { return p.ID },
		func(a, b *ops.Proposal, _ time.Time) int { return cmp.Compare(b.ID, a.ID) })
	return v
}

func (v *proposals) Title() string { return v.host.Theme().Say("Second person") }

func (v *proposals) Context() keymap.Context { return keymap.List }

// Grid is the table, up to date.
func (v *proposals) Grid() ui.Grid {
	v.table.Set(v.host.Crew().Proposals())
	return v.table
}

// Key opens the dialog that confirms.
func (v *proposals) Key(a keymap.Action) bool {
	p, ok := v.table.Selected(v.host.Now())
	if a != keymap.In || !ok {
		return false
	}
	v.host.Second(*p)
	return true
}

// Note says how to confirm.
func (v *proposals) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("enter confirms, in a dialog of its own"))
}

func (v *proposals) Facts() []ui.Fact {
	p, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	at := func(t time.Time) string { return t.In(v.host.Location()).Format("15:04:05") }
	return []ui.Fact{
		{Name: "action", Value: p.Op.Sentence(), Look: theme.Title, Words: true}, {Name: "asked by", Value: p.By},
		{Name: "reason", Value: p.Op.Reason}, {Name: "asked at", Value: at(p.Asked)}, {Name: "until", Value: at(p.Until)},
		{Name: "second", Value: p.Second}, {Name: "end", Value: p.End, Words: true},
	}
}

func (v *proposals) Render(w, h int) []string {
	v.Grid()
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, th.Say("Nothing waits for a second person"))...)
}

// state says of a proposal how it stands.
func (v *proposals) state(p *ops.Proposal, now time.Time) string {
	th := v.host.Theme()
	switch {
	case p.Open():
		return th.Say("waits, %s left", ui.Ago(p.Until.Sub(now)))
	case p.End == "":
		return th.Say("under way")
	}
	return th.Tell(p.End)
}

func (v *proposals) cols() []table.Col[ops.Proposal] {
	read := func(f func(*ops.Proposal) string) func(*ops.Proposal, time.Time) string {
		return func(p *ops.Proposal, _ time.Time) string { return f(p) }
	}
	return []table.Col[ops.Proposal]{
		{ID: "what", Title: "What", Width: 24, Max: 60, Look: func(*ops.Proposal, time.Time) theme.Token { return theme.Title },
			Reads: read(func(p *ops.Proposal) string { return v.host.Theme().Tell(p.Op.Sentence()) })},
		{ID: "by", Title: "Asked by", Width: 8, Max: 16, Reads: read(func(p *ops.Proposal) string { return p.By })},
		{ID: "second", Title: "Second", Width: 8, Max: 16, Drop: 2, Reads: read(func(p *ops.Proposal) string { return p.Second })},
		{ID: "state", Title: "State", Width: 18, Max: 60, Reads: v.state, Look: func(p *ops.Proposal, _ time.Time) theme.Token {
			if p.Open() {
				return theme.Warn
			}
			return theme.Muted
		}},
		{ID: "reason", Title: "Reason", Width: 10, Max: 30, Drop: 3, Look: muted[ops.Proposal], Reads: read(func(p *ops.Proposal) string { return p.Op.Reason })},
	}
}
