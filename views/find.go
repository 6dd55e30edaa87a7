package views

import (
	"cmp"
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// found is one person in one class.
type found struct {
	room class.RoomID
	class.Member
	feed ui.Feed
}

type foundKey struct {
	room class.RoomID
	user class.Text
}

// find looks for one person in every class. It asks for the members of all
// running classes, as far as the budget allows, and keeps who matches; so the
// list fills and stays live.
type find struct {
	ui.Base
	host  ui.Host
	words []string // lower case; all must be in a name or an id
	rooms []class.Room
	read  map[class.RoomID]bool
	table *table.Table[foundKey, found]
}

func newFind(h ui.Host, arg ui.Arg) ui.View {
	v := &find{host: h, words: strings.Fields(strings.ToLower(arg.Text)), read: map[class.RoomID]bool{}}
	v.table = table.New(v.cols(), func(f *found) foundKey { return foundKey{f.room, f.ID} },
		func(a, b *found, _ time.Time) int {
			return cmp.Or(cmp.Compare(memberRank(&a.Member), memberRank(&b.Member)), memberOrder(&a.Member, &b.Member), cmp.Compare(a.room, b.room))
		})
	return v
}

func (v *find) Title() string {
	if len(v.words) == 0 {
		return v.host.Theme().Say("Everybody")
	}
	return v.host.Theme().Say("Find %s", strings.Join(v.words, " "))
}

func (v *find) Context() keymap.Context { return keymap.People }

func (v *find) Grid() ui.Grid { return v.table }

func (v *find) Wants() []poll.Want {
	wants := []poll.Want{{Topic: poll.Topic{Kind: poll.Rooms}, Tier: poll.Visible}}
	for i := range v.rooms {
		if v.rooms[i].Status == class.RoomLive {
			wants = append(wants, poll.Want{Topic: poll.Topic{Kind: poll.Members, Room: v.rooms[i].ID}, Tier: poll.Background})
		}
	}
	return wants
}

func (v *find) Apply(u poll.Update) bool {
	switch u.Topic.Kind {
	case poll.Rooms:
		if list, ok := u.Data.([]class.Room); ok {
			v.rooms = list
			return true
		}
	case poll.Members:
		if list, ok := u.Data.([]class.Member); ok {
			v.keep(u, list)
			return true
		}
	}
	return false
}

// keep puts the matches of one class in, and takes out who is not in its list
// any more.
func (v *find) keep(u poll.Update, list []class.Member) {
	room := u.Topic.Room
	v.read[room] = true
	rows := make([]found, 0, v.table.Len())
	for _, f := range v.table.All() {
		if f.room != room {
			rows = append(rows, f)
		}
	}
	for i := range list {
		if v.matches(&list[i]) {
			rows = append(rows, found{room: room, Member: list[i], feed: ui.Feed{At: u.At}})
		}
	}
	v.table.Set(rows)
}

func (v *find) matches(m *class.Member) bool {
	hay := strings.ToLower(m.Name.String() + " " + m.ID.String())
	for _, w := range v.words {
		if !strings.Contains(hay, w) {
			return false
		}
	}
	return true
}

// Key opens the class at the person.
func (v *find) Key(a keymap.Action) bool {
	f, ok := v.selected()
	if a != keymap.In || !ok {
		return false
	}
	v.host.Open("room", ui.Arg{Room: f.room, Name: v.card(f).Room.Name, User: f.ID, Tab: "Members"})
	return true
}

func (v *find) selected() (*found, bool) { return v.table.Selected(v.host.Now()) }

func (v *find) card(f *found) class.Card {
	c, ok := v.host.Card(f.room)
	if !ok {
		c.Room.ID = f.room
	}
	return c
}

func (v *find) Target() (ops.Target, bool) {
	f, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	return memberTarget(v.card(f), &f.Member, f.feed.At), true
}

func (v *find) ID() (what, id string) {
	f, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "user id", f.ID.String()
}

func (v *find) Facts() []ui.Fact {
	f, ok := v.selected()
	if !ok {
		return nil
	}
	return append([]ui.Fact{{Name: "class", Value: v.card(f).Room.Name.String() + " (" + f.room.String() + ")"}}, memberFacts(v.host, &f.Member)...)
}

func (v *find) Raw() any {
	f, ok := v.selected()
	if !ok {
		return nil
	}
	return f.Member
}

// Note says how far the search has come.
func (v *find) Note(int) string {
	live := 0
	for i := range v.rooms {
		if v.rooms[i].Status == class.RoomLive {
			live++
		}
	}
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("%d of %d live classes read", len(v.read), live))
}

func (v *find) Render(w, h int) []string {
	lines := v.table.Render(v.host.Theme(), w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	th := v.host.Theme()
	if v.table.Len() > 0 {
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "Nobody matches the filter "+v.table.FilterText(), "esc clears the filter")...)
	}
	nobody := "Nobody found yet"
	if len(v.words) > 0 {
		nobody = "Nobody found yet: " + strings.Join(v.words, " ")
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, nobody,
		"Classes are read one after the other within the budget; type : find NAME to look for somebody else, esc goes back")...)
}

func (v *find) cols() []table.Col[found] {
	return []table.Col[found]{
		{ID: "presence", Title: "Presence", Words: true, Width: 8, Max: 12, Reads: func(f *found, _ time.Time) string { return f.State.String() },
			Look: func(f *found, now time.Time) theme.Token { return presenceLook(&f.Member, now) }},
		{ID: "name", Title: "Name", Width: 12, Max: 28, Look: func(*found, time.Time) theme.Token { return theme.Title },
			Reads: func(f *found, _ time.Time) string { return f.Name.String() }},
		{ID: "id", Title: "Id", Width: 9, Max: 20, Wide: 30, Drop: 2, Look: muted[found], Reads: func(f *found, _ time.Time) string { return f.ID.String() }},
		{ID: "role", Title: "Role", Words: true, Width: 9, Max: 10, Drop: 3, Reads: func(f *found, _ time.Time) string { return f.Role.String() },
			Look: func(f *found, now time.Time) theme.Token { return roleLook(&f.Member, now) }},
		{ID: "class", Title: "Class", Width: 16, Max: 40, Reads: func(f *found, _ time.Time) string { return v.card(f).Room.Name.String() }},
		{ID: "room", Title: "Room id", Width: 9, Max: 12, Drop: 5, Look: muted[found], Reads: func(f *found, _ time.Time) string { return f.room.String() }},
		{ID: "mic", Title: "Mic", Words: true, Width: 3, Drop: 4, Look: func(*found, time.Time) theme.Token { return theme.Good }, Reads: func(f *found, _ time.Time) string { return onWord(f.Mic) }},
		{ID: "camera", Title: "Cam", Words: true, Width: 3, Drop: 4, Look: func(*found, time.Time) theme.Token { return theme.Good }, Reads: func(f *found, _ time.Time) string { return onWord(f.Camera) }},
		{ID: "time", Title: "In", Width: 5, Drop: 6, Right: true, Reads: func(f *found, _ time.Time) string { return inClass(&f.Member) },
			Order: func(a, b *found, _ time.Time) int { return cmp.Compare(b.Present, a.Present) }},
		{ID: "place", Title: "Place", Width: 8, Max: 24, Drop: 7, Look: muted[found], Reads: func(f *found, _ time.Time) string { return f.Place.String() }},
		{ID: "age", Title: "Age", Width: 5, Drop: 1, Right: true, Ticks: true, Reads: func(f *found, now time.Time) string { return age(v.host, &f.feed, now) },
			Look: func(f *found, now time.Time) theme.Token { return ageLook(v.host, &f.feed, now) }},
	}
}

func onWord(on bool) string {
	if on {
		return "on"
	}
	return ""
}
