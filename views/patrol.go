package views

import (
	"cmp"
	"math"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
)

// patrol walks through the live classes and shows each for a moment.
type patrol struct {
	ui.Base
	host   ui.Host
	cards  map[class.RoomID]class.Card
	seen   map[class.RoomID]time.Time // when each was last shown
	walked []class.RoomID             // the way so far, to go back on
	room   class.RoomID               // on screen; 0: none is live
	since  time.Time                  // when it came
	paused bool
	still  bool // it was paused before the key that is handled now
	pane   pane
}

// patrolStays is how long each class is shown, patrolRound the time in which
// every class should be seen.
const (
	patrolStays = 8 * time.Second
	patrolRound = time.Hour
)

func newPatrol(h ui.Host, _ ui.Arg) ui.View {
	return &patrol{host: h, paused: h.Calm(), cards: map[class.RoomID]class.Card{}, seen: map[class.RoomID]time.Time{}}
}

func (v *patrol) Title() string { return v.host.Theme().Say("Patrol") }

func (v *patrol) Context() keymap.Context { return keymap.Classes }

func (v *patrol) Wants() []poll.Want {
	if v.room == 0 {
		return nil
	}
	return []poll.Want{
		{Topic: poll.Topic{Kind: poll.Card, Room: v.room}, Tier: poll.Focused},
		{Topic: poll.Topic{Kind: poll.Members, Room: v.room}, Tier: poll.Focused},
	}
}

func (v *patrol) Apply(u poll.Update) bool {
	switch data := u.Data.(type) {
	case class.Card:
		v.cards[data.Room.ID] = data
		return data.Room.ID == v.room || v.room == 0
	case []class.Room:
		v.prune(data)
		return true
	}
	return u.Topic.Kind == poll.Members && u.Topic.Room == v.room && v.pane.apply(u)
}

func (v *patrol) prune(list []class.Room) {
	listed := make(map[class.RoomID]bool, len(list))
	for i := range list {
		listed[list[i].ID] = true
	}
	for id := range v.cards {
		if !listed[id] {
			delete(v.cards, id)
			delete(v.seen, id)
		}
	}
}

// Rewind forgets the round that was made at another time of a recording.
func (v *patrol) Rewind() {
	clear(v.seen)
	v.walked, v.since = nil, v.host.Now()
}

// Touched pauses: somebody is here and looks.
func (v *patrol) Touched() { v.still, v.paused = v.paused, true }

func (v *patrol) Key(a keymap.Action) bool {
	switch a {
	case keymap.In, keymap.Mark:
		if v.still {
			v.paused, v.since = false, v.host.Now()
			v.walk()
		}
	case keymap.Down, keymap.NextTab:
		v.walk()
	case keymap.Up, keymap.PrevTab:
		v.back()
	case keymap.Ack:
		c := v.cards[v.room]
		v.host.AckMenu(c.Room.Name.String(), c.Problems)
	default:
		return false
	}
	return true
}

// pull is how much a class should be seen next: more the longer nobody saw it,
// and more the more is wrong with it, but never so much that the quiet ones
// are forgotten.
func (v *patrol) pull(c *class.Card, now time.Time) float64 {
	away := patrolRound
	if at, ok := v.seen[c.Room.ID]; ok {
		away = min(away, now.Sub(at))
	}
	return away.Seconds() * (1 + math.Log2(1+float64(c.Score)))
}

// walk goes to the class that should be seen next.
func (v *patrol) walk() {
	now := v.host.Now()
	var next class.RoomID
	best := -1.0
	for id, c := range v.cards {
		if c.Room.Status != class.RoomLive || id == v.room {
			continue
		}
		if p := v.pull(&c, now); p > best || p == best && cmp.Less(id, next) {
			best, next = p, id
		}
	}
	if next == 0 && v.cards[v.room].Room.Status == class.RoomLive {
		next = v.room // the only one
	}
	if v.room != 0 && next != v.room {
		v.walked = append(v.walked[max(0, len(v.walked)-99):], v.room)
	}
	v.show(next, now)
}

// back shows the class before this one again.
func (v *patrol) back() {
	if n := len(v.walked); n > 0 {
		id := v.walked[n-1]
		v.walked = v.walked[:n-1]
		v.show(id, v.host.Now())
	}
}

func (v *patrol) show(id class.RoomID, now time.Time) {
	v.room, v.since = id, now
	if id != 0 {
		v.seen[id] = now
	}
}

// step moves on when the time is over or the class has ended.
func (v *patrol) step(now time.Time) {
	_, listed := v.cards[v.room]
	switch {
	case v.room == 0, !listed:
		v.walk()
	case v.paused:
		v.seen[v.room] = now
	case now.Sub(v.since) >= patrolStays:
		v.walk()
	}
}

// coverage counts the live classes and those seen in the last hour.
func (v *patrol) coverage(now time.Time) (seen, live int) {
	for id, c := range v.cards {
		if c.Room.Status != class.RoomLive {
			continue
		}
		live++
		if at, ok := v.seen[id]; ok && now.Sub(at) < patrolRound {
			seen++
		}
	}
	return seen, live
}

func (v *patrol) Target() (ops.Target, bool) {
	c, ok := v.cards[v.room]
	return roomTarget(c, c.MembersAt), ok
}

func (v *patrol) ID() (what, id string) {
	if v.room == 0 {
		return "", ""
	}
	return "room id", v.room.String()
}

func (v *patrol) Facts() []ui.Fact {
	c, ok := v.cards[v.room]
	if !ok {
		return nil
	}
	return cardFacts(v.host, c)
}

func (v *patrol) Raw() any {
	c, ok := v.cards[v.room]
	if !ok {
		return nil
	}
	return c
}

// Places lets the palette go into the class on screen.
func (v *patrol) Places() []ui.Place {
	c, ok := v.cards[v.room]
	if !ok {
		return nil
	}
	return []ui.Place{{Label: c.Room.Name.String() + " " + c.Room.ID.String(), Hint: "the class on screen",
		View: "room", Arg: ui.Arg{Room: v.room, Name: c.Room.Name}}}
}

// Note says how much of the school was seen.
func (v *patrol) Note(int) string {
	v.step(v.host.Now()) // the note is drawn before the rest
	seen, live := v.coverage(v.host.Now())
	return v.host.Theme().Say("%d of %d inspected in the last hour", seen, live)
}
