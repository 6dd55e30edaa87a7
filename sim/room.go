package sim

import (
	"fmt"
	"math/rand/v2"

	"classtop/class"
)

// early is how long before its time people come to a class, in seconds.
const early = 600

// room is one class. What is in it is worked out on first look.
type room struct {
	id                 uint64
	track, k           int32 // track -1: made by CreateRoom
	start, end         int64 // planned
	realStart, realEnd int64 // 0 is never; may lie ahead
	name               string
	settings           settings
	teacher            person // -1 is none
	assistants         []person
	spectator          person // -1 is none
	pupils             []person
	created            int64
	script             *script
	touched            bool // a write changed it, so it cannot be worked out again
	noRecord           bool // the recording was deleted
	detail             *detail
	papers             []*paper // courseware; nil until looked at
	papersMade         bool
}

// settings are what CreateRoom and ModifyRoom set, as they are on the wire.
type settings struct {
	resolution, maxMic, autoMic, turnOffMic, audioQuality int64
	subType                                               string
	disableRecord, audience, direct, interaction          int64
	orientation, grading, roomType, endDelay, liveType    int64
	liveURL, group, background, scene, lang               string
	autoStart                                             int64
	seats                                                 int
}

// status is the state of the class at a moment.
func (x *room) status(now int64) class.RoomStatus {
	switch {
	case x.realStart > 0 && now >= x.realStart:
		if x.realEnd > 0 && now >= x.realEnd {
			return class.RoomEnded
		}
		return class.RoomLive
	case now > x.end:
		return class.RoomExpired
	}
	return class.RoomUpcoming
}

// closing is the moment at which the class is over, or 0 if it is not planned.
func (x *room) closing() int64 {
	if x.realStart == 0 {
		return x.end
	}
	return x.realEnd
}

func (x *room) live(now int64) bool { return x.status(now) == class.RoomLive }

// newRoom makes the k-th class of a track.
func (w *world) newRoom(i, k int, start, end int64) *room {
	t := &w.tracks[i]
	n := uint64(i) + uint64(k)*uint64(len(w.tracks))
	r := w.rng(saltRoom, n)
	x := &room{
		id: w.roomID(n), track: int32(i), k: int32(k), start: start, end: end,
		realStart: start + int64(between(r, -60, 20)), realEnd: end - int64(between(r, 0, 40)),
		name: className(r, t), settings: plainSettings(r, t, w.trackGroup(i)), teacher: person(t.first), spectator: -1,
	}
	if k == 0 && start <= w.now {
		x.realStart = min(x.realStart, w.now-60)
	}
	next := t.first + 1
	for range t.assistants {
		x.assistants = append(x.assistants, person(next))
		next++
	}
	if t.spectator {
		x.spectator = person(next)
		next++
	}
	for ; next < t.first+t.people; next++ {
		x.pupils = append(x.pupils, person(next))
	}
	return x
}

// roomID spreads the numbers over 9 and 10 digits, over 31 and 32 bits too.
func (w *world) roomID(n uint64) uint64 {
	const span = 3_899_999_999
	return 300_000_000 + (n*2_654_435_761+mix(w.seed, saltRoom)%span)%span
}

func className(r *rand.Rand, t *track) string {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	switch {
	case t.lecture || r.IntN(25) == 0:
		return pick(specials)
	case t.english:
		return pick(courses)
	}
	return fmt.Sprintf("%s(%d)班 %s", pick(grades), 1+r.IntN(12), pick(subjects))
}

func plainSettings(r *rand.Rand, t *track, group string) settings {
	s := settings{
		resolution: int64(between(r, 1, 3)), maxMic: []int64{4, 6, 8, 12, 16}[r.IntN(5)], subType: "videodoc", audience: 1,
		autoMic: int64(r.IntN(2)), audioQuality: int64(r.IntN(2)), direct: int64(r.IntN(2)), grading: int64(r.IntN(2)),
		endDelay: []int64{0, 0, 10, 30}[r.IntN(4)], group: group,
	}
	if r.IntN(6) == 0 {
		s.subType = "video"
	}
	if r.IntN(8) == 0 {
		s.disableRecord = 1
	}
	if r.IntN(10) == 0 {
		s.interaction = 1
	}
	s.seats = int(max(s.maxMic, 6))
	if t.lecture {
		s.roomType, s.audience, s.seats = 1, 2, 0
	}
	return s
}
