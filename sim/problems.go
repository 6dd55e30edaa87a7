package sim

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// The kinds of problems that the simulator makes.
const (
	ProblemLate       = "late"                // it should have started
	ProblemNoTeacher  = "no_teacher"          // it runs without a teacher
	ProblemEmpty      = "empty"               // it runs and nobody is in it
	ProblemDrop       = "drop"                // four of ten leave within a minute
	ProblemOverrun    = "overrun"             // it runs past its planned end
	ProblemCameras    = "cameras_off"         // not one camera is on
	ProblemMics       = "mics_over_limit"     // more mics are on than MaxMicNumber
	ProblemKickedBack = "kicked_back"         // somebody who was kicked is in again
	ProblemDocument   = "document_failed"     // courseware could not be transcoded
	ProblemQuestion   = "question_unanswered" // a question is open and nobody answers
	ProblemTwoRooms   = "two_rooms"           // one user is in two classes
	ProblemExodus     = "exodus"              // many leave from one place at once, in several classes
)

// Problem is something that the simulator made go wrong in a class. A class
// that is empty has no teacher and no camera either; only its own kind is
// listed.
type Problem struct {
	Kind  string `json:"kind"`
	Room  uint64 `json:"room"`
	User  string `json:"user,omitempty"`
	From  int64  `json:"from"`            // Unix seconds in the world
	Until int64  `json:"until,omitempty"` // 0 is to the end of the class
}

// script is what goes wrong in a class, and when.
type script struct {
	kind        string
	from, until int64
	guest       person // two_rooms: who is in this class as well; else -1
}

// kinds lists all kinds with the number of classes that each needs.
var kinds = []struct {
	name  string
	rooms int
}{
	{ProblemNoTeacher, 1}, {ProblemOverrun, 1}, {ProblemLate, 1}, {ProblemQuestion, 1}, {ProblemDocument, 1},
	{ProblemCameras, 1}, {ProblemMics, 1}, {ProblemKickedBack, 1}, {ProblemDrop, 1}, {ProblemEmpty, 1},
	{ProblemTwoRooms, 2}, {ProblemExodus, 4},
}

// openScripts hands the problems of the first moment out: one of each kind for
// every 150 classes, and to fewer than 40 classes as many as leave two thirds
// of them in peace. It moves their tracks to the front of order, behind the
// first, which stays plain.
func (w *world) openScripts(order []int) map[int]*script {
	scripts := map[int]*script{}
	free := slices.DeleteFunc(slices.Clone(order[1:]), func(i int) bool { return w.tracks[i].people < 14 || w.tracks[i].lecture })
	budget, rounds := len(order), max(1, len(order)/150)
	if len(order) < 40 {
		budget = len(order) / 3
	}
	for round := range rounds {
		for n, kind := range kinds {
			if kind.rooms > len(free) || len(scripts)+kind.rooms > budget {
				continue
			}
			at := w.now + int64(round*97+n*3)
			guest := person(-1)
			for j, i := range free[:kind.rooms] {
				s := &script{kind: kind.name, from: at, guest: -1}
				if kind.name == ProblemTwoRooms {
					if j == 0 {
						guest = person(w.tracks[i].first + w.tracks[i].people - 1)
					} else {
						s.guest = guest
					}
				}
				scripts[i] = s
			}
			free = free[kind.rooms:]
		}
	}
	slices.SortStableFunc(order[1:], func(a, b int) int { return cmp.Compare(rank(scripts[a]), rank(scripts[b])) })
	return scripts
}

func rank(s *script) int {
	if s != nil {
		return 0
	}
	return 1
}

// openWithProblem makes a class of the first moment that goes wrong. The
// moment of its script spreads the problems a little.
func (w *world) openWithProblem(i int, r *rand.Rand, s *script) *room {
	x := w.openLive(i, r, true)
	at := s.from
	switch s.kind {
	case ProblemLate:
		x.start = (w.now - 360) / 300 * 300
		x.end = x.start + 3600
		x.realStart, x.realEnd = at+1500, x.end
		s.from, s.until = x.start, x.realStart
	case ProblemOverrun:
		x.end = (w.now - 700) / 300 * 300
		x.start = x.end - 3600
		x.realStart, x.realEnd = x.start-20, at+1800
		x.settings.endDelay = 0
		s.from, s.until = x.end, x.realEnd
	case ProblemEmpty:
		s.from, s.until = x.realStart, at+1200
	case ProblemNoTeacher:
		s.from, s.until = at-240, at+1500
	case ProblemCameras, ProblemMics:
		s.from, s.until = at-200, at+1800
	case ProblemQuestion:
		s.from = at - 90
	case ProblemDocument:
		s.from = at + 20
	case ProblemKickedBack:
		s.from = at + 110
	case ProblemDrop:
		s.from, s.until = at+60, at+600
	case ProblemTwoRooms:
		s.from, s.until = at, at+1500
	case ProblemExodus:
		s.from, s.until = at+120, at+450
	}
	w.apply(x, s)
	return x
}

// laterScript decides whether a class that comes later goes wrong.
func laterScript(r *rand.Rand, x *room, t *track) *script {
	if t.people < 14 || t.lecture || r.IntN(10) > 0 {
		return nil
	}
	s := &script{kind: kinds[r.IntN(10)].name, from: x.start + int64(between(r, 420, 900)), guest: -1}
	s.until = s.from + 600
	switch s.kind {
	case ProblemLate:
		x.realStart = x.start + int64(between(r, 600, 1200))
		s.from, s.until = x.start, x.realStart
	case ProblemOverrun:
		x.realEnd = x.end + int64(between(r, 900, 1800))
		x.settings.endDelay = 0
		s.from, s.until = x.end, x.realEnd
	case ProblemEmpty:
		s.from, s.until = x.realStart, x.start+900
	case ProblemQuestion, ProblemDocument, ProblemKickedBack:
		s.until = 0
	}
	return s
}

// apply makes a class follow a script and lists the problem.
func (w *world) apply(x *room, s *script) {
	x.script = s
	p := Problem{Kind: s.kind, Room: x.id, From: s.from, Until: s.until}
	switch s.kind {
	case ProblemMics:
		x.settings.maxMic, x.settings.seats = 4, 6
	case ProblemKickedBack:
		p.User = w.userID(x.pupils[len(x.pupils)-1])
	case ProblemTwoRooms:
		p.User = w.userID(x.pupils[len(x.pupils)-1])
		if s.guest >= 0 {
			p.User = w.userID(s.guest)
		}
	}
	w.problems = append(w.problems, p)
}

func (w *world) problemList() []Problem {
	list := append([]Problem{}, w.problems...)
	slices.SortStableFunc(list, func(a, b Problem) int { return cmp.Compare(a.From, b.From) })
	return list
}

// during tells whether a class goes wrong in this way at a moment.
func (x *room) during(kind string, t int64) bool {
	s := x.script
	return s != nil && s.kind == kind && t >= s.from && (s.until == 0 || t < s.until)
}
