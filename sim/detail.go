package sim

import (
	"math/rand/v2"

	"classtop/class"
)

// detail is what goes on in a class. It is worked out second by second from
// the class's own dice, so it does not depend on who looks when.
type detail struct {
	x         *room
	dice      *rand.Rand
	at        int64 // worked out up to here
	base      int64 // where the short times count from
	closed    bool
	filmed    bool // RecordFinish was told
	members   []member
	events    []event
	chat      []message
	questions []question
	seats     []seat
	online    int
	mics      int
	cameras   int
	peak      int
	size      int // people who are expected
	nextQuiz  int64
	notices   []string // that were sent to the class, for its chat
	english   bool
}

// member is one person in a class.
type member struct {
	who       person
	id        string
	role      class.Role
	device    class.Device
	state     class.Presence
	camera    bool
	mic       bool
	silenced  bool
	screen    bool
	hidden    bool // the page is not in front
	steady    bool // never leaves by itself
	stays     bool // does not come back
	local     bool // lives at exodusPlace
	seat      int8 // -1 is none
	picked    bool // was put there, so stays there
	hands     int32
	rewards   int32
	micTimes  int32
	messages  int32
	firstJoin int64
	lastQuit  int64
	since     int64 // online since
	present   int64 // seconds online before that
	next      int64 // when something happens
	until     int64 // kicked until
	silent    int64 // silenced until
	applied   int64 // queues for a seat until
}

func (m *member) here() bool { return m.state.Here() }

// event is an entry of the log, kept small.
type event struct {
	at     int32 // seconds after base
	who    int16 // member, -1 is none
	kind   uint8
	reason uint8
}

// The kinds of events, in the order of eventNames.
const (
	roomStart uint8 = iota
	roomEnd
	memberJoin
	memberQuit
	recordFinish
	cameraOn
	cameraOff
	micOn
	micOff
	screenOn
	screenOff
	visibleOn
	visibleOff
)

var eventNames = []string{"RoomStart", "RoomEnd", "MemberJoin", "MemberQuit", "RecordFinish", "CameraOn", "CameraOff", "MicOn", "MicOff", "ScreenOn", "ScreenOff", "VisibleOn", "VisibleOff"}

// look returns what goes on in a class now.
func (w *world) look(x *room) *detail {
	if x.detail == nil {
		x.detail = w.newDetail(x)
	}
	x.detail.advance(w)
	return x.detail
}

func (w *world) newDetail(x *room) *detail {
	d := &detail{x: x, dice: w.rng(saltPeople, x.id), base: min(x.start, x.realStart) - early}
	if x.realStart == 0 || x.track < 0 {
		d.base = x.start - early
	}
	d.base = max(d.base, x.created)
	d.at, d.english = d.base, x.track >= 0 && w.tracks[x.track].english
	d.seats = make([]seat, x.settings.seats)
	for i := range d.seats {
		d.seats[i].who = -1
	}
	if x.teacher >= 0 {
		d.enrol(w, x.teacher, class.RoleTeacher, -300, -60)
	}
	for _, a := range x.assistants {
		d.enrol(w, a, class.RoleAssistant, -400, -100)
	}
	if x.spectator >= 0 {
		d.enrol(w, x.spectator, class.RoleSupervisor, -30, 120)
	}
	d.size = len(d.members) + len(x.pupils)
	for _, p := range x.pupils {
		d.enrol(w, p, class.RoleStudent, -500, -20)
	}
	if x.realStart > 0 {
		d.nextQuiz = x.realStart + int64(between(d.dice, 200, 500))
	}
	d.prepare(w)
	return d
}

// enrol adds a member who comes between two moments around the start.
func (d *detail) enrol(w *world, p person, role class.Role, from, to int) {
	d.admitMember(w, p, role, max(d.x.start+int64(between(d.dice, from, to)), d.base+1))
	m := &d.members[len(d.members)-1]
	if d.size >= 8 && role == class.RoleStudent && d.dice.IntN(100) < 4 {
		m.next, m.stays = 0, true // ill today
	}
}

func (d *detail) admitMember(w *world, p person, role class.Role, at int64) {
	h := mix(w.seed, saltLook, uint64(p))
	d.members = append(d.members, member{
		who: p, id: w.userID(p), role: role, device: class.Device(1 + h%7), seat: -1, next: at,
		steady: role != class.RoleStudent,
	})
}

// advance works the class out up to now or to its end.
func (d *detail) advance(w *world) {
	x, limit := d.x, w.now
	end := x.closing()
	if end > 0 {
		limit = min(limit, end)
	}
	for d.at < limit {
		d.at++
		d.tick(d.at)
	}
	if end > 0 && w.now >= end && !d.closed {
		d.close(end)
	}
	if d.closed && !d.filmed && x.recorded() && w.now >= end+30 {
		d.filmed = true
		d.log(end+30, recordFinish, -1, 0)
	}
}

// recorded tells whether the class is filmed.
func (x *room) recorded() bool { return x.settings.disableRecord == 0 && x.realStart > 0 }

func (d *detail) tick(t int64) {
	x := d.x
	if t == x.realStart {
		d.log(t, roomStart, -1, 0)
	}
	if x.script != nil {
		d.play(x.script, t)
	}
	for i := range d.members {
		if next := d.members[i].next; next > 0 && next <= t {
			d.step(i, t)
		}
	}
	if d.nextQuiz > 0 && t >= d.nextQuiz && x.live(t) && d.led() {
		d.ask(t)
	}
}

// led tells whether a teacher is here.
func (d *detail) led() bool {
	for i := range d.members {
		if d.members[i].role == class.RoleTeacher && d.members[i].here() {
			return true
		}
	}
	return false
}

func (d *detail) log(t int64, kind uint8, who int, reason uint8) {
	d.events = append(d.events, event{int32(t - d.base), int16(who), kind, reason})
}

// close sends everybody home.
func (d *detail) close(t int64) {
	d.closed = true
	for i := range d.members {
		if d.members[i].here() {
			d.quit(i, t, class.Offline, leftOver)
		}
		d.members[i].next = 0
	}
	if d.x.realStart > 0 {
		d.log(t, roomEnd, -1, 0)
	}
}

// find returns the index of a member, -1 if there is none.
func (d *detail) find(id string) int {
	for i := range d.members {
		if d.members[i].id == id {
			return i
		}
	}
	return -1
}
