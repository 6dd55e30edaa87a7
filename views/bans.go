package views

import (
	"cmp"
	"fmt"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// ban is one member who is kept out of one class.
type ban struct {
	room     class.RoomID
	user     class.Text
	name     class.Text
	roomName string
	kick     ops.Kicked   // what the audit file has of it
	ours     bool         // it has something
	member   class.Member // as the list of members has it
	seen     time.Time    // when that was read; zero if it is not in a list
}

// bans shows who is kept out: by what was done with this audit file, and by
// what the lists of members of running classes say, whoever did it.
type bans struct {
	ui.Base
	host  ui.Host
	rooms []class.Room
	seen  map[foundKey]ban // kicked members of lists
	table *table.Table[foundKey, ban]
	shown time.Time // when the audit file was read whose kicks these are
	at    time.Time // the second for which they were chosen
}

func newBans(h ui.Host, _ ui.Arg) ui.View {
	v := &bans{host: h, seen: map[foundKey]ban{}}
	v.table = table.New(v.cols(), func(b *ban) foundKey { return foundKey{b.room, b.user} }, banOrder)
	return v
}

// banOrder puts first who may come back first.
func banOrder(a, b *ban, _ time.Time) int {
	rank := func(x *ban) int {
		switch {
		case x.ours && !x.kick.Until.IsZero():
			return 0
		case x.ours:
			return 2
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), a.kick.Until.Compare(b.kick.Until), cmp.Compare(a.name.String(), b.name.String()))
}

// Recorded makes the shell read the audit file.
func (v *bans) Recorded() {}

func (v *bans) Title() string { return v.host.Theme().Say("Bans") }

func (v *bans) Context() keymap.Context { return keymap.People }

func (v *bans) Wants() []poll.Want {
	wants := []poll.Want{{Topic: poll.Topic{Kind: poll.Rooms}, Tier: poll.Visible}}
	for i := range v.rooms {
		if v.rooms[i].Status == class.RoomLive {
			wants = append(wants, poll.Want{Topic: poll.Topic{Kind: poll.Members, Room: v.rooms[i].ID}, Tier: poll.Background})
		}
	}
	return wants
}

func (v *bans) Apply(u poll.Update) bool {
	switch list := u.Data.(type) {
	case []class.Room:
		v.rooms = list
	case []class.Member:
		v.note(u.Topic.Room, list, u.At)
	default:
		return false
	}
	v.shown = time.Time{}
	return true
}

// note keeps who is kicked in one class.
func (v *bans) note(room class.RoomID, list []class.Member, at time.Time) {
	for id := range v.seen {
		if id.room == room {
			delete(v.seen, id)
		}
	}
	for _, m := range list {
		if m.State.Kicked() {
			v.seen[foundKey{room, m.ID}] = ban{room: room, user: m.ID, name: m.Name, member: m, seen: at}
		}
	}
}

// Grid is the table, up to date: a kick whose time is over goes by itself.
func (v *bans) Grid() ui.Grid {
	r, now := v.host.Records(), v.host.Now()
	if r.At.Equal(v.shown) && now.Sub(v.at) < time.Second || v.host.Still() && !v.at.IsZero() {
		return v.table
	}
	v.shown, v.at = r.At, now
	rows := []ban(nil)
	known := map[foundKey]bool{}
	for _, k := range ops.Out(r.All, now) {
		b := ban{room: k.Intent.Room, user: clean.Text(k.Intent.User), name: clean.Text(k.Intent.UserName), roomName: k.Intent.RoomName, kick: k, ours: true}
		if m, ok := v.seen[foundKey{b.room, b.user}]; ok {
			b.member, b.seen = m.member, m.seen
		}
		known[foundKey{b.room, b.user}] = true
		rows = append(rows, b)
	}
	for id, b := range v.seen {
		if !known[id] {
			rows = append(rows, b)
		}
	}
	v.table.Set(rows)
	return v.table
}

func (v *bans) selected() (*ban, bool) { return v.table.Selected(v.host.Now()) }

// Key opens the class at the member.
func (v *bans) Key(a keymap.Action) bool {
	b, ok := v.selected()
	if a != keymap.In || !ok {
		return false
	}
	v.host.Open("room", ui.Arg{Room: b.room, Name: v.card(b).Room.Name, User: b.user, Tab: "Members"})
	return true
}

func (v *bans) card(b *ban) class.Card {
	c, ok := v.host.Card(b.room)
	if !ok {
		c.Room.ID, c.Room.Name = b.room, clean.Text(b.roomName)
	}
	return c
}

func (v *bans) Target() (ops.Target, bool) {
	b, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	m, seen := b.member, b.seen
	if seen.IsZero() {
		m, seen = class.Member{ID: b.user, Name: b.name, State: class.Kicked}, v.shown
	}
	return memberTarget(v.card(b), &m, seen), true
}

func (v *bans) ID() (what, id string) {
	b, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "user id", b.user.String()
}

func (v *bans) Facts() []ui.Fact {
	b, ok := v.selected()
	if !ok {
		return nil
	}
	facts := []ui.Fact{
		{Name: "member", Value: fmt.Sprintf("%s (%s)", b.name, b.user)},
		{Name: "class", Value: fmt.Sprintf("%s (%s)", v.card(b).Room.Name, b.room)},
		{Name: "left", Value: v.left(b, v.host.Now()), Words: true}, {Name: "by", Value: by(b), Words: true},
	}
	if b.ours {
		facts = append(facts, ui.Fact{Name: "reason", Value: b.kick.Intent.Reason}, ui.Fact{Name: "RequestId", Value: b.kick.Outcome.RequestID})
	}
	if !b.seen.IsZero() {
		facts = append(facts, ui.Fact{Name: "in the list", Value: b.member.State.String(), Words: true})
	}
	return facts
}

// left is how long the member is still kept out.
func (v *bans) left(b *ban, now time.Time) string {
	switch {
	case b.ours && !b.kick.Until.IsZero():
		return countdown(b.kick.Until.Sub(now))
	case b.ours, b.member.State == class.KickedForGood:
		return "for good"
	}
	return "not known"
}

// countdown writes what is left of a time to the second.
func countdown(d time.Duration) string {
	d = max(0, d).Round(time.Second)
	if d >= time.Hour {
		return fmt.Sprintf("%d:%02d:%02d", d/time.Hour, d%time.Hour/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%d:%02d", d/time.Minute, d%time.Minute/time.Second)
}

// by says who did it.
func by(b *ban) string {
	switch {
	case !b.ours:
		return "somebody else"
	case !b.kick.Sure:
		return b.kick.Intent.Operator + ", end unknown"
	}
	return b.kick.Intent.Operator
}

// Note says what this list can know.
func (v *bans) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("from the audit file and from running classes"))
}

func (v *bans) Render(w, h int) []string {
	v.Grid()
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	if v.table.Len() > 0 {
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "Nobody matches the filter "+v.table.FilterText(), "esc clears the filter")...)
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, "Nobody is kicked out now, as far as is known",
		"The audit file has the kicks that were done here; running classes are read within the budget")...)
}

func (v *bans) cols() []table.Col[ban] {
	read := func(f func(*ban) string) func(*ban, time.Time) string {
		return func(b *ban, _ time.Time) string { return f(b) }
	}
	return []table.Col[ban]{
		{ID: "left", Title: "Left", Words: true, Width: 9, Ticks: true, Right: true, Reads: v.left, Order: banOrder,
			Look: func(b *ban, now time.Time) theme.Token {
				if b.ours && !b.kick.Until.IsZero() && b.kick.Until.Sub(now) < time.Minute {
					return theme.Warn
				}
				return theme.Plain
			}},
		{ID: "name", Title: "Name", Width: 14, Max: 30, Look: func(*ban, time.Time) theme.Token { return theme.Title }, Reads: read(func(b *ban) string { return b.name.String() })},
		{ID: "id", Title: "Id", Width: 9, Max: 24, Wide: 30, Drop: 2, Look: muted[ban], Reads: read(func(b *ban) string { return b.user.String() })},
		{ID: "class", Title: "Class", Width: 16, Max: 40, Reads: read(func(b *ban) string { return v.card(b).Room.Name.String() })},
		{ID: "by", Title: "By", Words: true, Width: 12, Max: 26, Drop: 1, Reads: read(by)},
		{ID: "list", Title: "In list", Words: true, Width: 8, Max: 12, Drop: 3, Look: muted[ban], Reads: read(func(b *ban) string {
			if b.seen.IsZero() {
				return ""
			}
			return b.member.State.String()
		})},
		{ID: "reason", Title: "Reason", Width: 10, Max: 40, Drop: 4, Look: muted[ban], Reads: read(func(b *ban) string { return b.kick.Intent.Reason })},
	}
}
