package ui

import (
	"time"

	"classtop/class"
	"classtop/poll"
)

// school is what the shell itself keeps: the last card of every class, for
// the totals, the palette and views that open later.
type school struct {
	cards map[class.RoomID]poll.Update
	rooms poll.Update // the last list that came
	feed  Feed        // of the list
	fresh bool        // something came since the totals were made
}

// apply keeps an update that is about the whole school.
func (s *school) apply(u poll.Update) {
	s.fresh = s.fresh || u.Topic.Kind == poll.Card || u.Topic.Kind == poll.Rooms
	switch u.Topic.Kind {
	case poll.Card:
		if u.Err == nil {
			s.cards[u.Topic.Room] = u
		}
	case poll.Rooms:
		if rooms, ok := u.Data.([]class.Room); s.feed.Note(u) && ok {
			s.rooms = u
			s.prune(rooms)
		}
	}
}

// prune forgets classes that are no longer in the list.
func (s *school) prune(rooms []class.Room) {
	listed := make(map[class.RoomID]bool, len(rooms))
	for i := range rooms {
		listed[rooms[i].ID] = true
	}
	for id := range s.cards {
		if !listed[id] {
			delete(s.cards, id)
		}
	}
}

// replay gives a new view what came before it was opened.
func (s *school) replay(v View) {
	if s.rooms.Data != nil {
		v.Apply(s.rooms)
	}
	for _, u := range s.cards {
		v.Apply(u)
	}
}

func (s *school) card(id class.RoomID) (class.Card, bool) {
	c, ok := s.cards[id].Data.(class.Card)
	return c, ok
}

// totals are the figures of the header.
type totals struct {
	classes, live, upcoming, late, overrun, noTeacher, online, attention int
}

func (s *school) totals(now time.Time) totals {
	var t totals
	for _, u := range s.cards {
		c, ok := u.Data.(class.Card)
		if !ok {
			continue
		}
		t.classes++
		if c.Score > 0 {
			t.attention++
		}
		switch c.Room.Status {
		case class.RoomLive:
			t.live++
			t.online += c.Counts.Online
			if NoTeacher(c) {
				t.noTeacher++
			}
		case class.RoomUpcoming:
			t.upcoming++
		}
		if c.Room.Overrun(now) > 0 {
			t.overrun++
		}
		if c.Room.Late(now) > 0 {
			t.late++
		}
	}
	return t
}

// NoTeacher tells whether a live class whose members are known has no teacher
// online.
func NoTeacher(c class.Card) bool {
	return c.Room.Status == class.RoomLive && !c.MembersAt.IsZero() && c.Counts.Teachers == 0
}
