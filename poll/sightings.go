package poll

import (
	"hash/maphash"
	"time"

	"classtop/class"
)

// sighting is where a person was last seen. Lists of different classes are
// read at different times, so somebody who went from one class to another is
// in both for a moment. Only who is seen here, there and here again is in both.
type sighting struct {
	room, other class.RoomID
	at          int64 // seconds
	turns       uint8
}

// forgetSighting is after how many seconds a sighting says nothing any more.
const forgetSighting = 3600

// sightings knows people by a hash of their id, to stay small.
type sightings struct {
	seed   maphash.Seed
	people map[uint64]sighting
	sweep  int64 // when old ones are next thrown out
}

// see notes that the class's list has this member, and returns the other class
// that the person is in at the same time, or 0.
func (s *sightings) see(m *class.Member, room class.RoomID, at time.Time) class.RoomID {
	now := at.Unix()
	if s.people == nil {
		s.seed, s.people = maphash.MakeSeed(), map[uint64]sighting{}
		s.sweep = now + forgetSighting
	}
	s.clean(now)
	key := maphash.String(s.seed, m.ID.String())
	last, known := s.people[key]
	if !m.State.Here() {
		if known {
			s.leave(key, last, room)
		}
		return 0
	}
	next := last.here(room, now)
	s.people[key] = next
	if next.turns >= 2 {
		return next.other
	}
	return 0
}

// here returns the sighting after the person was seen in the class.
func (s sighting) here(room class.RoomID, now int64) sighting {
	switch {
	case s.room == room || s.room == 0:
		s.room = room
	case s.other == room:
		s.room, s.other = s.other, s.room
		s.turns = min(s.turns+1, 3)
	default:
		s.room, s.other, s.turns = room, s.room, 1
	}
	s.at = now
	return s
}

// leave notes that the person is not in the class now.
func (s *sightings) leave(key uint64, last sighting, room class.RoomID) {
	switch room {
	case last.room:
		last.room = last.other
	case last.other:
	default:
		return
	}
	last.other, last.turns = 0, 0
	if last.room == 0 {
		delete(s.people, key)
		return
	}
	s.people[key] = last
}

// clean throws out, once in a while, whom nobody saw for long.
func (s *sightings) clean(now int64) {
	if now < s.sweep {
		return
	}
	s.sweep = now + forgetSighting
	for key, last := range s.people {
		if now-last.at > forgetSighting {
			delete(s.people, key)
		}
	}
}
