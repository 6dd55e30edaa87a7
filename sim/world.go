package sim

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// world is the school. Times in it are Unix seconds.
type world struct {
	seed    uint64
	app     uint64
	members int   // of a class, on average
	origin  int64 // the moment it began
	now     int64
	wake    int64 // when the next class is announced

	tracks     []track
	population int // people of all tracks
	rooms      map[uint64]*room
	byStart    []*room // in the order of their planned start
	problems   []Problem
	papers     map[string]*paper
	asked      map[string]*room // classes of questions, by question id

	account
}

// account is what writes have made, besides classes.
type account struct {
	registered  []*profile
	byID        map[string]person
	profiles    map[person]*profile // changed ones
	origins     map[string]person   // registered ones by origin id
	groups      []*group
	supervisors []string
	content     map[string]params // custom content by scene
	settings    params            // ModifyApp
	watermark   params
	sessions    map[string]*session
	engineRooms map[string]*engineRoom
	callRooms   map[string]bool // of CreateTRTCSignaturesWithRoomId
	serial      uint64
}

// track is one timetable: the same teacher and the same people, one class
// after the other.
type track struct {
	first, people int // its people are first, first+1 …
	assistants    int
	spectator     bool
	english       bool
	lecture       bool
	next          int64 // when the next class is announced
	after         int64 // planned end of the last class
	k             int   // number of the next class
}

func newWorld(seed uint64, rooms, members int, origin int64, app uint64) *world {
	w := &world{
		seed: seed, app: app, members: members, origin: origin, now: origin,
		tracks: make([]track, rooms), rooms: make(map[uint64]*room, rooms),
		papers: map[string]*paper{}, asked: map[string]*room{},
		account: account{
			byID: map[string]person{}, profiles: map[person]*profile{}, origins: map[string]person{},
			content: map[string]params{}, settings: params{}, watermark: params{},
			sessions: map[string]*session{}, engineRooms: map[string]*engineRoom{}, callRooms: map[string]bool{},
		},
	}
	for i := range w.tracks {
		w.tracks[i] = w.newTrack(i)
		w.population += w.tracks[i].people
	}
	w.openGroups()
	w.openSupervisors()
	w.openSchool()
	w.wake = w.nextWake()
	return w
}

// rng returns dice of its own for one purpose.
func (w *world) rng(parts ...uint64) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed, mix(parts...)))
}

// between returns a number from low to high, both included.
func between(r *rand.Rand, low, high int) int {
	if high <= low {
		return low
	}
	return low + r.IntN(high-low+1)
}

// newTrack makes a timetable. The first one is plain, so that a school of one
// class is a good one.
func (w *world) newTrack(i int) track {
	r := w.rng(saltTrack, uint64(i))
	t := track{first: w.population, english: r.IntN(4) == 0, assistants: r.IntN(3)}
	kind := r.IntN(100)
	switch {
	case i == 0 || kind < 75 || w.members < 4:
		t.people = between(r, w.members*3/5, w.members*7/5)
	case kind < 88:
		t.people = between(r, 2, 7)
	default:
		t.lecture = true
		t.people = between(r, w.members*3/2, w.members*3)
	}
	t.people = max(t.people, 2)
	if t.people < 8 {
		t.assistants = 0
	}
	t.spectator = t.people >= 10 && i%7 == 3
	return t
}

// openSchool makes the classes of the first moment: of ten, seven are on, the
// others begin soon or are just over. Some of those that are on have problems.
func (w *world) openSchool() {
	n := len(w.tracks)
	r := w.rng(saltPlan)
	order := []int{0}
	for _, i := range r.Perm(n) {
		if i != 0 {
			order = append(order, i)
		}
	}
	live := max(1, n*7/10)
	scripts := w.openScripts(order)
	for pos, i := range order {
		switch {
		case scripts[i] != nil:
			w.add(w.openWithProblem(i, r, scripts[i]))
		case pos < live:
			w.add(w.openLive(i, r, pos == 0))
		case pos < live+(n-live+1)/2:
			start := roundUp(w.now + int64(between(r, 150, 3000)))
			w.add(w.newRoom(i, 0, start, start+lesson(r)))
		default:
			end := w.now - int64(between(r, 70, 1500))
			if pos == n-1 {
				end = w.now - 20
			}
			planned := roundUp(end)
			x := w.newRoom(i, 0, planned-lesson(r), planned)
			x.realStart, x.realEnd = x.start, end
			w.add(x)
		}
	}
}

// openLive makes a class that is on. A long one has most of its time to go.
func (w *world) openLive(i int, r *rand.Rand, long bool) *room {
	length := lesson(r)
	gone := int64(between(r, 300, int(length)-420))
	if long {
		length, gone = 5400, 900
	}
	start := (w.now - gone) / 300 * 300
	return w.newRoom(i, 0, start, start+length)
}

// lesson is the planned length of a class.
func lesson(r *rand.Rand) int64 {
	return []int64{2400, 2700, 3600, 3600, 4500, 5400}[r.IntN(6)]
}

// roundUp gives full five minutes, as timetables have them.
func roundUp(t int64) int64 { return (t + 299) / 300 * 300 }

// add puts a class into the school.
func (w *world) add(x *room) {
	w.rooms[x.id] = x
	at, _ := slices.BinarySearchFunc(w.byStart, x, func(a, b *room) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.id, b.id))
	})
	w.byStart = slices.Insert(w.byStart, at, x)
	if x.track >= 0 {
		t := &w.tracks[x.track]
		t.k, t.after = int(x.k)+1, max(x.end, x.realEnd)
		t.next = t.after + 300 + int64(mix(w.seed, saltTrack, x.id)%300)
	}
}

func (w *world) remove(x *room) {
	delete(w.rooms, x.id)
	w.byStart = slices.DeleteFunc(w.byStart, func(one *room) bool { return one == x })
}

// advance moves the school on. Classes are announced in time; what happens in
// one is worked out when somebody looks.
func (w *world) advance(now int64) {
	if now <= w.now {
		return
	}
	w.now = now
	if now < w.wake {
		return
	}
	for i := range w.tracks {
		for t := &w.tracks[i]; t.next <= now; {
			r := w.rng(saltPlan, uint64(i), uint64(t.k))
			start := roundUp(t.next + int64(between(r, 180, 1500)))
			x := w.newRoom(i, t.k, start, start+lesson(r))
			if script := laterScript(r, x, t); script != nil {
				w.apply(x, script)
			}
			w.add(x)
		}
	}
	w.wake = w.nextWake()
	w.forget()
}

func (w *world) nextWake() int64 {
	wake := w.tracks[0].next
	for i := range w.tracks {
		wake = min(wake, w.tracks[i].next)
	}
	return wake
}

// forget drops the people of classes that are long over and that nobody has
// changed: they can be worked out again.
func (w *world) forget() {
	for _, x := range w.byStart {
		if x.detail != nil && !x.touched && x.status(w.now) >= 2 && w.now > max(x.end, x.realEnd)+3600 {
			x.detail = nil
		}
	}
}
