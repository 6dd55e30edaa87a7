package views

import (
	"cmp"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// report is the tab of an ended class's attendance.
type report struct {
	ui.Base
	about
	table *table.Table[class.Text, class.Member]
	feed  ui.Feed
	sums  class.Report // without the members
}

func newReport(h ui.Host, arg ui.Arg) ui.View {
	v := &report{about: about{host: h, arg: arg}}
	v.table = table.New(v.cols(), func(m *class.Member) class.Text { return m.ID }, attendanceOrder)
	return v
}

func (v *report) Title() string { return v.host.Theme().Say("Report") }

func (v *report) Context() keymap.Context { return keymap.Room }

func (v *report) Grid() ui.Grid { return v.table }

func (v *report) topic() poll.Topic { return poll.Topic{Kind: poll.Report, Room: v.arg.Room} }

// Wants asks only when the class has ended, as far as is known: before that
// the service refuses.
func (v *report) Wants() []poll.Want {
	if v.before() {
		return nil
	}
	return []poll.Want{{Topic: v.topic(), Tier: poll.Focused}}
}

// before tells whether the class is known not to have ended.
func (v *report) before() bool {
	r := v.card().Room
	known := r.Start != 0 || !v.told.At.IsZero()
	return known && (r.Status == class.RoomUpcoming || r.Status == class.RoomLive)
}

func (v *report) Apply(u poll.Update) bool {
	if u.Topic != v.topic() {
		return v.hear(u)
	}
	if r, ok := u.Data.(class.Report); v.feed.Note(u) && ok {
		v.table.Set(r.Members)
		v.sums = r
		v.sums.Members = nil
	}
	return true
}

func (v *report) Key(a keymap.Action) bool {
	if a != keymap.In {
		return false
	}
	v.host.Say(ui.Info, "d describes the member")
	return true
}

func (v *report) ID() (what, id string) {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return "room id", v.arg.Room.String()
	}
	return "user id", m.ID.String()
}

func (v *report) Facts() []ui.Fact {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	came := ui.Fact{Name: "attendance", Value: "came", Words: true, Look: theme.Good}
	if absent(m) {
		came = ui.Fact{Name: "attendance", Value: "ABSENT: never came", Words: true, Look: theme.Danger}
	}
	return append([]ui.Fact{came}, memberFacts(v.host, m)...)
}

func (v *report) Raw() any {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return *m
}

// Note says how old the report is, once there is one.
func (v *report) Note(int) string {
	if v.feed.At.IsZero() {
		return ""
	}
	return oldNote(v.host, "report", &v.feed)
}

func (v *report) Render(w, h int) []string {
	if h < 1 {
		return nil
	}
	if v.feed.At.IsZero() {
		return v.waiting(w, h)
	}
	th := v.host.Theme()
	var lines []string
	for _, l := range pack(v.sumItems(), th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "), w-2) {
		lines = append(lines, th.Fit(" "+l, w))
	}
	lines = lines[:min(len(lines), max(1, h/3))]
	rows := v.table.Render(th, w, h-len(lines), v.host.Now())
	if v.table.Shown() == 0 && len(rows) > 1 {
		rows = append(rows[:1], emptyTab(v.host, &v.feed, v.table, w, len(rows)-1, "member", "The report names no members")...)
	}
	return append(lines, rows...)
}

// waiting says why there is no report and when there will be one. Only the
// errors that do not pass by themselves look like errors.
func (v *report) waiting(w, h int) []string {
	th, e := v.host.Theme(), v.feed.Err
	const later = "Some minutes after the end there will be: the peak, who came when, for how long and what they did."
	switch {
	case v.before(), e != nil && e.HasCode("FailedOperation.RoomNotEnd"):
		return ui.Message(th, w, h, theme.Info, "The report comes after the class has ended", later)
	case e != nil && e.HasCode("ResourceUnavailable.RoomStatistics"):
		return ui.Message(th, w, h, theme.Info, "The report is not ready yet",
			"The service makes it within some minutes after the end. It is asked for again by itself.")
	case e != nil:
		return ui.Message(th, w, h, theme.Danger, "The report cannot be read: "+e.Code, e.Error(), "r tries again, esc goes back")
	}
	return ui.Message(th, w, h, theme.Info, "Reading the report")
}

func (v *report) sumItems() []string {
	th, s, loc := v.host.Theme(), &v.sums, v.host.Location()
	missing := 0
	for i := range v.table.All() {
		if absent(&v.table.All()[i]) {
			missing++
		}
	}
	items := []string{
		th.Paint(theme.Title, th.Say("%d came", s.People)),
		th.Paint(either(missing > 0, theme.Warn, theme.Plain), th.Say("%d ABSENT", missing)),
		th.Say("peak %d online", s.Peak),
	}
	if s.RealStart != 0 && s.RealEnd != 0 {
		items = append(items, clock(s.RealStart, loc)+th.Glyphs.Dash+clock(s.RealEnd, loc),
			th.Say("%s long", ui.Ago(s.RealEnd.Time().Sub(s.RealStart.Time()))))
	}
	return append(items, th.Say("%d messages", s.Messages), th.Say("%d students on mic", s.Mics))
}

// absent tells whether a member never came. The state says nothing here: the
// report leaves it out.
func absent(m *class.Member) bool { return m.Present == 0 && m.FirstJoin == 0 }

// attendanceOrder puts teachers first, and of each role those who are missing.
func attendanceOrder(a, b *class.Member, _ time.Time) int {
	away := func(m *class.Member) int { return either(absent(m), 0, 1) }
	return cmp.Or(cmp.Compare(roleRank(a), roleRank(b)), cmp.Compare(away(a), away(b)),
		cmp.Compare(a.Name.String(), b.Name.String()), cmp.Compare(a.ID.String(), b.ID.String()))
}

func (v *report) cols() []table.Col[class.Member] {
	num := func(id, title string, drop int, n func(*class.Member) int64) table.Col[class.Member] {
		return table.Col[class.Member]{ID: id, Title: title, Width: max(4, len(title)), Drop: drop, Right: true,
			Reads: func(m *class.Member, _ time.Time) string { return zeroless(n(m)) },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(n(b), n(a)) }}
	}
	at := func(id, title string, drop int, u func(*class.Member) class.Unix) table.Col[class.Member] {
		return table.Col[class.Member]{ID: id, Title: title, Width: 8, Drop: drop,
			Reads: func(m *class.Member, _ time.Time) string { return clock(u(m), v.host.Location()) },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(u(a), u(b)) }}
	}
	return []table.Col[class.Member]{
		{ID: "name", Title: "Name", Width: 12, Max: 32, Look: func(*class.Member, time.Time) theme.Token { return theme.Title },
			Reads: func(m *class.Member, _ time.Time) string { return m.Name.String() }},
		{ID: "id", Title: "Id", Width: 9, Max: 24, Wide: 30, Drop: 6, Look: muted[class.Member], Reads: func(m *class.Member, _ time.Time) string { return m.ID.String() }},
		{ID: "role", Title: "Role", Words: true, Width: 9, Max: 10, Drop: 3, Look: roleLook, Reads: func(m *class.Member, _ time.Time) string { return m.Role.String() },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(roleRank(a), roleRank(b)) }},
		{ID: "came", Title: "Came", Words: true, Width: 6, Reads: func(m *class.Member, _ time.Time) string { return either(absent(m), "ABSENT", "yes") },
			Look: func(m *class.Member, _ time.Time) theme.Token { return either(absent(m), theme.Danger, theme.Good) }},
		at("joined", "Joined", 1, func(m *class.Member) class.Unix { return m.FirstJoin }),
		at("left", "Left at", 2, func(m *class.Member) class.Unix { return m.LastQuit }),
		{ID: "time", Title: "In", Width: 5, Right: true, Reads: func(m *class.Member, _ time.Time) string { return inClass(m) },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(b.Present, a.Present) }},
		num("answers", "Answ", 4, func(m *class.Member) int64 { return m.Answers }),
		num("hands", "Hand", 5, func(m *class.Member) int64 { return m.HandUps }),
		num("rewards", "Rewd", 7, func(m *class.Member) int64 { return m.Rewards }),
		num("messages", "Msgs", 8, func(m *class.Member) int64 { return m.Messages }),
		num("mics", "Mics", 9, func(m *class.Member) int64 { return m.MicTimes }),
	}
}
