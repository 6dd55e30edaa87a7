package views

import (
	"cmp"
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// members is the tab of everybody in a class.
type members struct {
	ui.Base
	about
	table *table.Table[class.Text, class.Member]
	feed  ui.Feed
}

func newMembers(h ui.Host, arg ui.Arg) ui.View {
	v := &members{about: about{host: h, arg: arg}}
	v.table = table.New(v.cols(), func(m *class.Member) class.Text { return m.ID },
		func(a, b *class.Member, _ time.Time) int { return memberOrder(a, b) })
	if !arg.User.IsZero() {
		v.table.Select(arg.User)
	}
	return v
}

func (v *members) Title() string { return v.host.Theme().Say("Members") }

func (v *members) Context() keymap.Context { return keymap.Members }

func (v *members) Grid() ui.Grid { return v.table }

func (v *members) topic() poll.Topic { return poll.Topic{Kind: poll.Members, Room: v.arg.Room} }

func (v *members) Wants() []poll.Want {
	return []poll.Want{{Topic: v.topic(), Tier: poll.Focused}}
}

func (v *members) Apply(u poll.Update) bool {
	if u.Topic != v.topic() {
		return v.hear(u)
	}
	if list, ok := u.Data.([]class.Member); v.feed.Note(u) && ok {
		v.table.Set(list)
	}
	return true
}

func (v *members) Target() (ops.Target, bool) {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return ops.Target{}, false
	}
	return memberTarget(v.card(), m, v.feed.At), true
}

func (v *members) Targets() []ops.Target {
	var out []ops.Target
	for _, m := range v.table.Marked(v.host.Now()) {
		out = append(out, memberTarget(v.card(), m, v.feed.At))
	}
	return out
}

func (v *members) ID() (what, id string) {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return "", ""
	}
	return "user id", m.ID.String()
}

func (v *members) Facts() []ui.Fact {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return append(memberFacts(v.host, m), ui.Fact{Name: "data age", Value: v.feed.Age(v.host.Now())})
}

func (v *members) Raw() any {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return *m
}

// Note says how old the list is.
func (v *members) Note(int) string {
	return oldNote(v.host, "members", &v.feed)
}

func (v *members) Render(w, h int) []string {
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], v.empty(w, h-1)...)
}

func (v *members) empty(w, h int) []string {
	th := v.host.Theme()
	switch {
	case v.table.Len() > 0:
		return ui.Message(th, w, h, theme.Warn, "No member matches the filter "+v.table.FilterText(), "esc clears the filter")
	case v.feed.Err != nil && v.feed.Err.ClassOver():
		return overMessage(v.host, w, h)
	case v.feed.Err != nil:
		return ui.Message(th, w, h, theme.Danger, "The members of this class cannot be read", v.feed.Err.Error(), "esc goes back")
	case v.feed.At.IsZero():
		return ui.Message(th, w, h, theme.Info, "Reading the members")
	}
	return ui.Message(th, w, h, theme.Info, "Nobody has come to this class yet")
}

// overMessage is what a tab says that is empty because the class has ended.
func overMessage(h ui.Host, width, height int) []string {
	return ui.Message(h.Theme(), width, height, theme.Info, "The class is over",
		h.KeyOf(keymap.TabReport)+" shows who was there, when and for how long")
}

func (v *members) cols() []table.Col[class.Member] {
	num := func(id, title string, drop int, n func(*class.Member) int64) table.Col[class.Member] {
		return table.Col[class.Member]{ID: id, Title: title, Width: max(4, len(title)), Drop: drop, Right: true,
			Reads: func(m *class.Member, _ time.Time) string { return zeroless(n(m)) },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(n(b), n(a)) }}
	}
	flag := func(id, title, word string, drop int, on func(*class.Member) bool, look theme.Token) table.Col[class.Member] {
		return table.Col[class.Member]{ID: id, Title: title, Words: true, Width: max(len(title), len(word)), Drop: drop,
			Reads: func(m *class.Member, _ time.Time) string {
				if on(m) {
					return word
				}
				return ""
			},
			Look: func(*class.Member, time.Time) theme.Token { return look }}
	}
	return []table.Col[class.Member]{
		{ID: "presence", Title: "Presence", Words: true, Width: 8, Max: 12, Look: presenceLook, Reads: func(m *class.Member, _ time.Time) string { return m.State.String() },
			Order: func(a, b *class.Member, _ time.Time) int { return memberOrder(a, b) }},
		{ID: "role", Title: "Role", Words: true, Width: 9, Max: 10, Drop: 1, Look: roleLook, Reads: func(m *class.Member, _ time.Time) string { return m.Role.String() },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(roleRank(a), roleRank(b)) }},
		{ID: "name", Title: "Name", Width: 12, Max: 32, Look: func(*class.Member, time.Time) theme.Token { return theme.Title },
			Reads: func(m *class.Member, _ time.Time) string { return m.Name.String() }},
		{ID: "id", Title: "Id", Width: 9, Max: 24, Wide: 30, Drop: 1, Look: muted[class.Member], Reads: func(m *class.Member, _ time.Time) string { return m.ID.String() }},
		flag("mic", "Mic", "on", 0, func(m *class.Member) bool { return m.Mic }, theme.Good),
		flag("camera", "Cam", "on", 0, func(m *class.Member) bool { return m.Camera }, theme.Good),
		flag("muted", "Chat", "muted", 6, func(m *class.Member) bool { return m.Muted }, theme.Warn),
		flag("stage", "Stage", "stage", 7, func(m *class.Member) bool { return m.OnStage }, theme.Accent),
		num("hands", "Hand", 2, func(m *class.Member) int64 { return m.HandUps }),
		num("answers", "Answ", 4, func(m *class.Member) int64 { return m.Answers }),
		num("rewards", "Rewd", 5, func(m *class.Member) int64 { return m.Rewards }),
		{ID: "time", Title: "In", Width: 5, Drop: 4, Right: true, Reads: func(m *class.Member, _ time.Time) string { return inClass(m) },
			Order: func(a, b *class.Member, _ time.Time) int { return cmp.Compare(b.Present, a.Present) }},
		{ID: "device", Title: "Device", Words: true, Width: 8, Max: 12, Drop: 8, Look: muted[class.Member], Reads: deviceWord},
		{ID: "place", Title: "Place", Width: 8, Max: 24, Wide: 36, Drop: 9, Look: muted[class.Member], Reads: func(m *class.Member, _ time.Time) string { return m.Place.String() }},
		{ID: "age", Title: "Age", Width: 5, Drop: 10, Right: true, Ticks: true,
			Reads: func(_ *class.Member, now time.Time) string { return age(v.host, &v.feed, now) },
			Look:  func(_ *class.Member, now time.Time) theme.Token { return ageLook(v.host, &v.feed, now) }},
	}
}

// inClass is the time in class; who never came has none.
func inClass(m *class.Member) string {
	if m.Present == 0 {
		return ""
	}
	return ui.Ago(m.Present.Duration())
}

func presenceLook(m *class.Member, _ time.Time) theme.Token {
	switch {
	case m.State == class.Reconnecting:
		return theme.Warn
	case m.State.Here():
		return theme.Good
	case m.State.Kicked(), m.Role == class.RoleTeacher:
		return theme.Danger
	}
	return theme.Muted
}

func roleLook(m *class.Member, _ time.Time) theme.Token {
	if m.Role == class.RoleStudent {
		return theme.Muted
	}
	return theme.Accent
}

func roleRank(m *class.Member) int {
	switch m.Role {
	case class.RoleTeacher:
		return 0
	case class.RoleAssistant:
		return 1
	case class.RoleSupervisor:
		return 2
	}
	return 3
}

// memberRank puts teachers first, here or not, because a missing teacher
// matters most; then who is here, who is away, and last who was put out.
func memberRank(m *class.Member) int {
	switch {
	case m.State.Kicked():
		return 9
	case m.Role == class.RoleTeacher:
		return 0
	case m.State.Here():
		return roleRank(m)
	case m.State == class.Offline:
		return 7
	}
	return 8
}

// memberOrder asks one thing after the other, because the list may be of ten
// thousand and is sorted with every answer.
func memberOrder(a, b *class.Member) int {
	if c := cmp.Compare(memberRank(a), memberRank(b)); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Name.String(), b.Name.String()); c != 0 {
		return c
	}
	return cmp.Compare(a.ID.String(), b.ID.String())
}

func sortMembers(ms []*class.Member) { slices.SortFunc(ms, memberOrder) }

// deviceWord is empty for who has none: one who never came.
func deviceWord(m *class.Member, _ time.Time) string {
	if m.Device == 0 {
		return ""
	}
	return m.Device.String()
}
