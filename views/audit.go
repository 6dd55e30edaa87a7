package views

import (
	"cmp"
	"fmt"
	"time"

	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// audit shows the audit file: a row for each operation, the newest first.
type audit struct {
	ui.Base
	host  ui.Host
	table *table.Table[string, ops.Record]
	shown time.Time // when the file was read whose rows these are
}

func newAudit(h ui.Host, _ ui.Arg) ui.View {
	v := &audit{host: h}
	v.table = table.New(v.cols(), func(r *ops.Record) string { return r.Intent.OpID },
		func(a, b *ops.Record, _ time.Time) int { return cmp.Compare(b.Place, a.Place) })
	return v
}

// Recorded makes the shell read the file.
func (v *audit) Recorded() {}

func (v *audit) Title() string { return v.host.Theme().Say("Audit") }

func (v *audit) Context() keymap.Context { return keymap.List }

// Grid is the table, up to date.
func (v *audit) Grid() ui.Grid {
	if r := v.host.Records(); !r.At.Equal(v.shown) && (v.shown.IsZero() || !v.host.Still()) {
		v.shown = r.At
		v.table.Set(r.All)
	}
	return v.table
}

func (v *audit) selected() (*ops.Record, bool) { return v.table.Selected(v.host.Now()) }

func (v *audit) ID() (what, id string) {
	r, ok := v.selected()
	switch {
	case !ok:
		return "", ""
	case r.Outcome.RequestID != "":
		return "RequestId", r.Outcome.RequestID
	}
	return "operation", r.Intent.OpID
}

// Facts are both lines of the operation.
func (v *audit) Facts() []ui.Fact {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	e, moment := r.Intent, func(t time.Time) string { return t.In(v.host.Location()).Format("2006-01-02 15:04:05.000") }
	facts := []ui.Fact{
		{Name: "action", Value: v.host.Theme().Tell(r.What()) + " (" + e.API + ")"}, {Name: "end", Value: r.End(), Words: true, Look: recordLook(r, time.Time{})},
		{Name: "target", Value: r.Target(), Words: true},
		{Name: "class", Value: fmt.Sprintf("%s (%s)", e.RoomName, e.Room)},
		{Name: "operator", Value: e.Operator}, {Name: "profile", Value: e.Profile}, {Name: "reason", Value: e.Reason},
		{Name: "sent", Value: cmp.Or(e.Params, e.Text)}, {Name: "before", Value: v.host.Theme().Say("%s, line %d", moment(e.Time), e.Seq)},
	}
	if h := hostOf(r); h != "" {
		facts = append(facts, ui.Fact{Name: "host", Value: h + either(e.KeptOn == "" || e.KeptOn == h, "", v.host.Theme().Say(", carried out by %s", e.KeptOn))})
	}
	if e.Second != "" {
		facts = append(facts, ui.Fact{Name: "second person", Value: e.Second})
	}
	if e.Playbook != "" {
		facts = append(facts, ui.Fact{Name: "playbook", Value: e.Playbook})
	}
	if !r.Ended {
		return append(facts, ui.Fact{Name: "after", Value: "no line: it runs now, or classtop was killed during it; look at the target", Words: true, Look: theme.Warn})
	}
	o := r.Outcome
	return append(facts, ui.Fact{Name: "after", Value: v.host.Theme().Say("%s, line %d", moment(o.Time), o.Seq)},
		ui.Fact{Name: "code", Value: o.Code}, ui.Fact{Name: "RequestId", Value: o.RequestID}, ui.Fact{Name: "read back", Value: o.Found, Words: true})
}

func (v *audit) Raw() any {
	r, ok := v.selected()
	switch {
	case !ok:
		return nil
	case !r.Ended:
		return r.Intent
	}
	return []ops.Entry{r.Intent, r.Outcome}
}

// Note says how many nobody knows the end of, and whether the file is whole.
func (v *audit) Note(w int) string {
	th, r := v.host.Theme(), v.host.Records()
	switch {
	case r.At.IsZero():
		return ""
	case r.Partial():
		return th.Paint(theme.Warn, th.Say("the other hosts are out of reach: what they did may be missing"))
	case r.Unread():
		return th.Paint(theme.Danger, th.Fit(th.Say("The file cannot be read: %s", th.Tell(clean.Line(r.Err.Error(), 200))), min(w, 60)))
	case r.Err != nil:
		return th.Paint(theme.Danger, th.Fit(th.Say("THE FILE WAS CHANGED: %s", th.Tell(clean.Line(r.Err.Error(), 200))), min(w, 60)))
	}
	open := 0
	for i := range r.All {
		if r.All[i].Open() {
			open++
		}
	}
	whole := th.Paint(theme.Muted, th.Say("no line was changed"))
	if open > 0 {
		return th.Paint(theme.Warn, th.Say("%d of unknown end", open)+"  ") + whole
	}
	return whole
}

func (v *audit) Render(w, h int) []string {
	v.Grid()
	th, r := v.host.Theme(), v.host.Records()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	message := func(look theme.Token, text ...string) []string {
		return append(lines[:1], ui.Message(th, w, h-1, look, text...)...)
	}
	switch {
	case v.table.Len() > 0:
		return message(theme.Warn, "No operation matches the filter "+v.table.FilterText(), "esc clears the filter")
	case r.Err != nil && !r.Partial():
		return message(theme.Danger, "The audit file cannot be read", clean.Line(r.Err.Error(), 200), r.Path)
	case r.At.IsZero():
		return message(theme.Info, "Reading the audit file", r.Path)
	}
	return message(theme.Info, "Nothing was done here yet", r.Path)
}

// hostOf is where the operator was, of several hosts.
func hostOf(r *ops.Record) string { return cmp.Or(r.Intent.Host, r.Intent.KeptOn) }

// reasonOf is why something was done: what the operator typed, and the playbook.
func reasonOf(r *ops.Record) string {
	if r.Intent.Reason == "" || r.Intent.Playbook == "" {
		return cmp.Or(r.Intent.Reason, r.Intent.Playbook)
	}
	return r.Intent.Reason + " (" + r.Intent.Playbook + ")"
}

func recordLook(r *ops.Record, _ time.Time) theme.Token {
	switch {
	case r.OK():
		return theme.Good
	case r.Open():
		return theme.Warn
	}
	return theme.Danger
}

func (v *audit) cols() []table.Col[ops.Record] {
	read := func(f func(*ops.Record) string) func(*ops.Record, time.Time) string {
		return func(r *ops.Record, _ time.Time) string { return f(r) }
	}
	return []table.Col[ops.Record]{
		{ID: "time", Title: "Time", Width: 11, Reads: read(func(r *ops.Record) string { return r.Intent.Time.In(v.host.Location()).Format("01-02 15:04") }),
			Order: func(a, b *ops.Record, _ time.Time) int { return cmp.Compare(b.Place, a.Place) }},
		{ID: "end", Title: "End", Words: true, Width: 11, Look: recordLook, Reads: read(func(r *ops.Record) string { return r.End() })},
		{ID: "action", Title: "Action", Words: true, Width: 12, Max: 24, Look: func(*ops.Record, time.Time) theme.Token { return theme.Title }, Reads: read(func(r *ops.Record) string { return r.What() })},
		{ID: "target", Title: "Target", Words: true, Width: 14, Max: 36, Wide: 60, Reads: read(func(r *ops.Record) string { return r.Target() })},
		{ID: "class", Title: "Class", Width: 12, Max: 32, Drop: 2, Reads: read(func(r *ops.Record) string { return r.Intent.RoomName })},
		{ID: "room", Title: "Room id", Width: 9, Max: 12, Drop: 6, Look: muted[ops.Record], Reads: read(func(r *ops.Record) string { return r.Intent.Room.String() })},
		{ID: "operator", Title: "Operator", Width: 8, Max: 16, Drop: 1, Reads: read(func(r *ops.Record) string { return r.Intent.Operator })},
		{ID: "host", Title: "Host", Width: 6, Max: 16, Drop: 1, Hidden: !v.host.Profile().Hosts, Reads: read(hostOf)},
		{ID: "reason", Title: "Reason", Width: 10, Max: 30, Drop: 3, Look: muted[ops.Record], Reads: read(reasonOf)},
		{ID: "code", Title: "Code", Width: 10, Max: 34, Drop: 4, Look: muted[ops.Record], Reads: read(func(r *ops.Record) string { return r.Outcome.Code })},
		{ID: "profile", Title: "Profile", Width: 8, Max: 16, Drop: 5, Look: muted[ops.Record], Reads: read(func(r *ops.Record) string { return r.Intent.Profile })},
	}
}
