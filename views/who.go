package views

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// company shows the people who share this school: a row for each session.
type company struct {
	ui.Base
	host  ui.Host
	table *table.Table[uint64, whoRow]
}

// whoRow is a session and the classes that its person takes care of.
type whoRow struct {
	ops.Person
	me    bool
	cares string
}

func newCompany(h ui.Host, _ ui.Arg) ui.View {
	v := &company{host: h}
	v.table = table.New(v.cols(), func(r *whoRow) uint64 { return r.ID },
		func(a, b *whoRow, _ time.Time) int { return cmp.Compare(a.ID, b.ID) })
	return v
}

func (v *company) Title() string { return v.host.Theme().Say("Who is here") }

func (v *company) Context() keymap.Context { return keymap.List }

// Grid is the table, up to date.
func (v *company) Grid() ui.Grid {
	crew := v.host.Crew()
	cares := map[string][]string{}
	for _, c := range crew.Claims() {
		cares[c.By] = append(cares[c.By], placeName(c.Room, c.RoomName))
	}
	var rows []whoRow
	for _, p := range crew.People() {
		rows = append(rows, whoRow{p, p.ID == crew.Me(), strings.Join(cares[p.Name], ", ")})
	}
	v.table.Set(rows)
	return v.table
}

func placeName(id class.RoomID, name class.Text) string {
	switch {
	case !name.IsZero():
		return name.String()
	case id == 0:
		return ""
	}
	return id.String()
}

// Key goes into the class that the person looks at.
func (v *company) Key(a keymap.Action) bool {
	r, ok := v.table.Selected(v.host.Now())
	if a != keymap.In || !ok || r.Room == 0 {
		return false
	}
	v.host.Open("room", ui.Arg{Room: r.Room, Name: r.RoomName})
	return true
}

func (v *company) Facts() []ui.Fact {
	r, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return []ui.Fact{
		{Name: "name", Value: r.Name, Look: theme.Title}, {Name: "role", Value: string(r.Role)},
		{Name: "here since", Value: r.Since.In(v.host.Location()).Format("2006-01-02 15:04:05")}, {Name: "from", Value: r.From},
		{Name: "looks at", Value: placeName(r.Room, r.RoomName)}, {Name: "view", Value: r.View},
		{Name: "does", Value: r.Doing, Look: theme.Warn, Words: true}, {Name: "takes care of", Value: r.cares},
	}
}

func (v *company) Raw() any {
	r, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return r.Person
}

func (v *company) Render(w, h int) []string {
	v.Grid()
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	switch {
	case v.table.Shown() > 0 || h < 2:
		return lines
	case v.table.Len() > 0:
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, th.Say("Nobody matches the filter %s", v.table.FilterText()), th.Say("esc clears the filter"))...)
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, th.Say("Nobody shares this dashboard"),
		th.Say("classtop serve lets many supervisors work on one school over SSH"))...)
}

func (v *company) cols() []table.Col[whoRow] {
	read := func(f func(*whoRow) string) func(*whoRow, time.Time) string {
		return func(r *whoRow, _ time.Time) string { return f(r) }
	}
	return []table.Col[whoRow]{
		{ID: "name", Title: "Name", Width: 10, Max: 24, Look: func(*whoRow, time.Time) theme.Token { return theme.Title },
			Reads: read(func(r *whoRow) string { return either(r.me, v.host.Theme().Say("%s (you)", r.Name), r.Name) })},
		{ID: "role", Title: "Role", Width: 8, Drop: 2, Reads: read(func(r *whoRow) string { return string(r.Role) })},
		{ID: "since", Title: "Here", Width: 5, Right: true, Drop: 1, Look: muted[whoRow],
			Reads: func(r *whoRow, now time.Time) string { return ui.Ago(now.Sub(r.Since)) },
			Order: func(a, b *whoRow, _ time.Time) int { return a.Since.Compare(b.Since) }},
		{ID: "looks", Title: "Looks at", Width: 14, Max: 32, Reads: read(func(r *whoRow) string { return cmp.Or(placeName(r.Room, r.RoomName), r.View) })},
		{ID: "cares", Title: "Takes care of", Width: 14, Max: 40, Look: func(*whoRow, time.Time) theme.Token { return theme.Accent }, Reads: read(func(r *whoRow) string { return r.cares })},
		{ID: "does", Title: "Does", Width: 14, Max: 60, Look: func(*whoRow, time.Time) theme.Token { return theme.Warn }, Reads: read(func(r *whoRow) string { return r.Doing })},
		{ID: "from", Title: "From", Width: 12, Max: 24, Drop: 3, Look: muted[whoRow], Reads: read(func(r *whoRow) string { return r.From })},
	}
}

// claimants says who takes care of which class; nil: nobody of any.
func claimants(h ui.Host) map[class.RoomID]string {
	claims := h.Crew().Claims()
	if len(claims) == 0 {
		return nil
	}
	out := make(map[class.RoomID]string, len(claims))
	for _, c := range claims {
		out[c.Room] = c.By
	}
	return out
}

// claimCells is the most that a name takes of the class's own.
const claimCells = 6

// claimed marks the name of a class that somebody takes care of with who does.
func claimed(h ui.Host, by string) string {
	if by == "" {
		return ""
	}
	if theme.Width(by) > claimCells {
		by = strings.TrimRight(h.Theme().Fit(by, claimCells), " ")
	}
	return "[" + by + "] "
}

// crewNote says of a class who takes care of it and who else looks at it.
func crewNote(h ui.Host, room class.RoomID) string {
	crew, th := h.Crew(), h.Theme()
	me, names := "", []string(nil)
	for _, p := range crew.People() {
		switch {
		case p.ID == crew.Me():
			me = p.Name
		case p.Room == room && !slices.Contains(names, p.Name):
			names = append(names, p.Name)
		}
	}
	var parts []string
	for _, c := range crew.Claims() {
		if c.Room != room {
			continue
		}
		said, here := "", slices.Index(names, c.By)
		switch {
		case c.By == me:
			said = th.Say("taken by you")
		case here >= 0:
			said = th.Say("taken by %s, who is here", c.By)
			names = slices.Delete(names, here, here+1)
		default:
			said = th.Say("taken by %s", c.By)
		}
		parts = append(parts, th.Paint(theme.Accent, said))
	}
	switch n := len(names); {
	case n == 1:
		parts = append(parts, th.Paint(theme.Info, th.Say("%s is here", names[0])))
	case n > 1:
		parts = append(parts, th.Paint(theme.Info, th.Say("%d others here", n)))
	}
	return strings.Join(parts, "  ")
}
