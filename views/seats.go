package views

import (
	"cmp"
	"fmt"
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

// seats is the tab of the places on the stage: a map of cards.
type seats struct {
	ui.Base
	about
	grid   seatGrid
	feed   ui.Feed
	people people
}

func newSeats(h ui.Host, arg ui.Arg) ui.View {
	v := &seats{about: about{host: h, arg: arg}}
	v.grid.Table = table.New(v.cols(), func(s *class.Seat) int64 { return s.Index },
		func(a, b *class.Seat, _ time.Time) int { return cmp.Compare(a.Index, b.Index) })
	return v
}

func (v *seats) Title() string { return v.host.Theme().Say("Seats") }

func (v *seats) Context() keymap.Context { return keymap.Seats }

func (v *seats) Grid() ui.Grid { return &v.grid }

func seatsTopic(room class.RoomID) poll.Topic { return poll.Topic{Kind: poll.Seats, Room: room} }

func membersTopic(room class.RoomID) poll.Topic { return poll.Topic{Kind: poll.Members, Room: room} }

func (v *seats) Wants() []poll.Want {
	return []poll.Want{{Topic: seatsTopic(v.arg.Room), Tier: poll.Focused}, v.people.want(v.arg.Room)}
}

func (v *seats) Apply(u poll.Update) bool {
	switch u.Topic {
	case seatsTopic(v.arg.Room):
		if list, ok := u.Data.([]class.Seat); v.feed.Note(u) && ok {
			v.grid.Set(list)
		}
		return true
	case membersTopic(v.arg.Room):
		if !v.people.learn(u) {
			return false
		}
		v.grid.Touch()
		return true
	}
	return v.hear(u)
}

// Key moves sideways; up and down come by the grid.
func (v *seats) Key(a keymap.Action) bool {
	switch a {
	case keymap.Left:
		v.grid.Table.Move(-1, v.host.Now())
	case keymap.Right:
		v.grid.Table.Move(1, v.host.Now())
	case keymap.In:
		v.host.Say(ui.Info, "d describes the seat, P puts a member on it, x lists what you can do")
	default:
		return false
	}
	return true
}

func (v *seats) selected() (*class.Seat, bool) { return v.grid.Selected(v.host.Now()) }

func (v *seats) Target() (ops.Target, bool) {
	s, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	return v.target(s), true
}

func (v *seats) Targets() []ops.Target {
	var out []ops.Target
	for _, s := range v.grid.Marked(v.host.Now()) {
		out = append(out, v.target(s))
	}
	return out
}

// target aims at a seat and at who sits on it.
func (v *seats) target(s *class.Seat) ops.Target {
	t := roomTarget(v.card(), v.feed.At)
	if !s.User.IsZero() {
		m, known := v.people.find(s.User)
		if !known {
			// Who sits is in the class, whether or not his entry has come.
			m = &class.Member{ID: s.User, State: class.Online}
		}
		t = memberTarget(v.card(), m, v.feed.At)
	}
	return onSeat(t, s)
}

// onSeat puts what the list says of a seat into a target.
func onSeat(t ops.Target, s *class.Seat) ops.Target {
	t.Seat, t.SeatSeen = s.Index, true
	t.Seated = !t.User.IsZero() && t.User == s.User
	t.Locks = class.SeatLocks{Taken: s.Locked, Video: s.VideoLocked, Audio: s.AudioLocked}
	return t
}

func (v *seats) ID() (what, id string) {
	s, ok := v.selected()
	switch {
	case !ok:
		return "", ""
	case s.User.IsZero():
		return "seat", fmt.Sprint(s.Index)
	}
	return "user id", s.User.String()
}

func (v *seats) Raw() any {
	if s, ok := v.selected(); ok {
		return *s
	}
	return nil
}

func (v *seats) Facts() []ui.Fact {
	s, ok := v.selected()
	if !ok {
		return nil
	}
	facts := []ui.Fact{
		{Name: "seat", Value: fmt.Sprint(s.Index), Look: theme.Title},
		{Name: "state", Value: seatWord(s), Words: true, Look: seatLook(s, time.Time{})},
		{Name: "taking", Value: lockWord(s.Locked), Words: true},
		{Name: "video", Value: lockWord(s.VideoLocked), Words: true},
		{Name: "audio", Value: lockWord(s.AudioLocked), Words: true},
		{Name: "data age", Value: v.feed.Age(v.host.Now())},
	}
	if s.User.IsZero() {
		return facts
	}
	if m, known := v.people.find(s.User); known {
		return append(facts, memberFacts(v.host, m)...)
	}
	return append(facts, ui.Fact{Name: "user", Value: v.host.Theme().Say("%s, not in the list of members", s.User)})
}

// over tells whether there is no map because the class has ended: the room
// engine knows its room no more.
func (v *seats) over() bool {
	e := v.feed.Err
	return v.grid.Len() == 0 && e != nil && e.OfTarget() && v.card().Room.Status >= class.RoomEnded
}

// Note says how old the map is.
func (v *seats) Note(int) string {
	if v.over() {
		return ""
	}
	return oldNote(v.host, "seats", &v.feed)
}

func (v *seats) Render(w, h int) []string {
	if h < 1 {
		return nil
	}
	now, th := v.host.Now(), v.host.Theme()
	rows := v.grid.Rows(now)
	switch {
	case len(rows) > 0:
		head := th.Fit(" "+v.summary(), w)
		return append([]string{head}, v.grid.render(v, rows, w, h-1)...)
	case v.over():
		return overMessage(v.host, w, h)
	case v.grid.Len() == 0 && v.feed.Err != nil:
		return seatTrouble(th, w, h, v.feed.Err)
	}
	return emptyTab(v.host, &v.feed, &v.grid, w, h, "seat",
		"This class has no seats. Seats exist where the room engine's room was made with them.")
}

// summary counts the seats, or says why the map is old.
func (v *seats) summary() string {
	th := v.host.Theme()
	if e := v.feed.Err; e != nil {
		return th.Paint(theme.Danger, th.Say("not fresh: %s", e.Code+": "+th.Tell(plainWords(e))))
	}
	taken, locked, free := 0, 0, 0
	for i := range v.grid.All() {
		switch s := &v.grid.All()[i]; {
		case !s.User.IsZero():
			taken++
		case s.Locked:
			locked++
		default:
			free++
		}
	}
	parts := []string{
		th.Say("%d seats", v.grid.Len()), th.Paint(theme.Good, th.Say("%d taken", taken)),
		th.Say("%d free", free), th.Paint(theme.Warn, th.Say("%d locked", locked)),
	}
	return strings.Join(parts, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "))
}

// seatWord is the state of a seat; capitals mark the lock without colour.
func seatWord(s *class.Seat) string {
	switch {
	case !s.User.IsZero() && s.Locked:
		return "taken, LOCKED"
	case !s.User.IsZero():
		return "taken"
	case s.Locked:
		return "LOCKED"
	}
	return "free"
}

func seatLook(s *class.Seat, _ time.Time) theme.Token {
	switch {
	case s.Locked:
		return theme.Warn
	case !s.User.IsZero():
		return theme.Good
	}
	return theme.Muted
}

func lockWord(locked bool) string {
	if locked {
		return "locked"
	}
	return "not locked"
}

// seatLocks names the locks of a seat's devices; the lock for taking is in its
// state.
func seatLocks(s *class.Seat) string {
	switch {
	case s.VideoLocked && s.AudioLocked:
		return "no video no audio"
	case s.VideoLocked:
		return "no video"
	case s.AudioLocked:
		return "no audio"
	}
	return ""
}

// cols are what seats can be filtered and sorted by; the map draws them itself.
func (v *seats) cols() []table.Col[class.Seat] {
	return []table.Col[class.Seat]{
		{ID: "seat", Title: "Seat", Reads: func(s *class.Seat, _ time.Time) string { return fmt.Sprint(s.Index) },
			Order: func(a, b *class.Seat, _ time.Time) int { return cmp.Compare(a.Index, b.Index) }},
		{ID: "state", Title: "State", Words: true, Reads: func(s *class.Seat, _ time.Time) string { return seatWord(s) }},
		{ID: "name", Title: "Name", Reads: func(s *class.Seat, _ time.Time) string { return v.people.name(s.User) }},
		{ID: "id", Title: "Id", Reads: func(s *class.Seat, _ time.Time) string { return s.User.String() }},
		{ID: "locks", Title: "Locks", Words: true, Reads: func(s *class.Seat, _ time.Time) string { return seatLocks(s) }},
	}
}
