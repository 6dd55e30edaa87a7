package ops

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func text(s string) class.Text { return class.NewText(s, s) }

const physics = class.RoomID(331450358)

// school is a small world behind Sender and Reader. Every field that a test
// sets is read under the lock.
type school struct {
	mu        sync.Mutex
	rooms     map[class.RoomID]class.RoomDetail
	members   map[class.RoomID][]class.Member
	seats     map[class.RoomID][]class.Seat
	documents map[class.RoomID][]class.Document
	muted     map[class.RoomID][]class.Mute
	calls     []string                                               // what arrived, in order
	fault     func(n int, user string) (apply, hang bool, err error) // n counts from 1
	reading   func(n int) error
	reads     int
	delay     time.Duration // before an answer
}

func newSchool(members ...class.Member) *school {
	if len(members) == 0 {
		members = []class.Member{
			{ID: text("t1"), Name: text("王老师"), Role: class.RoleTeacher, State: class.Online},
			{ID: text("u123"), Name: text("李雷"), State: class.Online},
		}
	}
	return &school{
		rooms: map[class.RoomID]class.RoomDetail{physics: {
			Room: class.Room{ID: physics, Name: text("高二物理"), Status: class.RoomLive}, Teacher: text("t1"),
		}},
		members: map[class.RoomID][]class.Member{physics: members},
		muted:   map[class.RoomID][]class.Mute{},
		seats:   map[class.RoomID][]class.Seat{physics: {{Index: 0, User: text("u123")}, {Index: 1}}},
	}
}

// write takes one call, applies it unless the fault says otherwise, and
// answers or hangs.
func (s *school) write(ctx context.Context, name, user string, apply func()) (string, error) {
	s.mu.Lock()
	s.calls = append(s.calls, name)
	does, hang, err := true, false, error(nil)
	if s.fault != nil {
		does, hang, err = s.fault(len(s.calls), user)
	}
	if does {
		apply()
	}
	delay := s.delay
	s.mu.Unlock()
	if hang {
		<-ctx.Done()
		return "", &class.Error{Action: name, Code: class.CodeTimeout, Maybe: true, Cause: ctx.Err()}
	}
	if delay > 0 && !sleep(ctx, delay) {
		return "", ctx.Err()
	}
	if err != nil {
		return "", err
	}
	return "req-1", nil
}

func (s *school) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.calls)
}

func (s *school) setState(room class.RoomID, user class.Text, state class.Presence) {
	for i := range s.members[room] {
		if s.members[room][i].ID == user {
			s.members[room][i].State = state
		}
	}
}

func (s *school) setRoom(room class.RoomID, f func(*class.RoomDetail)) {
	r := s.rooms[room]
	f(&r)
	s.rooms[room] = r
}

func (s *school) Kick(ctx context.Context, room class.RoomID, user class.Text, forGood bool, _ time.Duration) (string, error) {
	state := class.Kicked
	if forGood {
		state = class.KickedForGood
	}
	return s.write(ctx, "kick "+user.String(), user.String(), func() { s.setState(room, user, state) })
}

func (s *school) End(ctx context.Context, room class.RoomID) (string, error) {
	return s.write(ctx, "end", "", func() {
		s.setRoom(room, func(r *class.RoomDetail) { r.Status = class.RoomEnded })
	})
}

func (s *school) Start(ctx context.Context, room class.RoomID) (string, error) {
	return s.write(ctx, "start", "", func() {
		s.setRoom(room, func(r *class.RoomDetail) { r.Status = class.RoomLive })
	})
}

func (s *school) sit(room class.RoomID, user class.Text, index int64) {
	for i := range s.seats[room] {
		if seat := &s.seats[room][i]; seat.Index == index {
			seat.User = user
		} else if seat.User == user {
			seat.User = class.Text{}
		}
	}
}

func (s *school) PickOnSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error) {
	return s.write(ctx, "seat", user.String(), func() { s.sit(room, user, index) })
}

func (s *school) MoveToSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error) {
	return s.write(ctx, "move", user.String(), func() { s.sit(room, user, index) })
}

func (s *school) TakeOffSeat(ctx context.Context, room class.RoomID, user class.Text) (string, error) {
	return s.write(ctx, "off", user.String(), func() { s.sit(room, user, -1) })
}

func (s *school) LockSeat(ctx context.Context, room class.RoomID, index int64, l class.SeatLocks) (string, error) {
	return s.write(ctx, "lock", "", func() {
		seat := &s.seats[room][index]
		seat.Locked, seat.VideoLocked, seat.AudioLocked = l.Taken, l.Video, l.Audio
	})
}

func (s *school) MuteInChat(ctx context.Context, room class.RoomID, user class.Text, d time.Duration) (string, error) {
	return s.write(ctx, "mute "+user.String(), user.String(), func() {
		s.muted[room] = slices.DeleteFunc(s.muted[room], func(m class.Mute) bool { return m.User == user })
		if d > 0 {
			s.muted[room] = append(s.muted[room], class.Mute{User: user, Until: class.Unix(time.Now().Add(d).Unix())})
		}
	})
}

func (s *school) SendNotice(ctx context.Context, room class.RoomID, text string) (string, error) {
	return s.write(ctx, "notice "+text, "", func() {})
}

func (s *school) LetIn(ctx context.Context, room class.RoomID, user class.Text) (string, error) {
	return s.write(ctx, "unkick "+user.String(), user.String(), func() { s.setState(room, user, class.Offline) })
}

func (s *school) Muted(_ context.Context, id class.RoomID) ([]class.Mute, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.muted[id]), s.read()
}

// read counts a read and may fail it.
func (s *school) read() error {
	s.reads++
	if s.reading != nil {
		return s.reading(s.reads)
	}
	return nil
}

func (s *school) Room(_ context.Context, id class.RoomID) (class.RoomDetail, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rooms[id], s.read()
}

func (s *school) Members(_ context.Context, id class.RoomID) ([]class.Member, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.members[id]), s.read()
}

func (s *school) Seats(_ context.Context, id class.RoomID) ([]class.Seat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seats[id]), s.read()
}

// rig is a runner over a school with an audit file.
type rig struct {
	*Runner
	school  *school
	audit   *Audit
	mu      sync.Mutex
	changed []Op
}

func newRig(t *testing.T, s *school) *rig {
	t.Helper()
	audit, err := OpenAudit(filepath.Join(t.TempDir(), "state", "audit.jsonl"), nil)
	require.NoError(t, err)
	r := &rig{school: s, audit: audit}
	r.Runner = New(Config{Sender: s, Reader: s, Audit: audit, Operator: "张三", Profile: "demo", Changed: func(o Op) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.changed = append(r.changed, o)
	}})
	return r
}

func kick() Op {
	return Op{Action: Kick, Duration: 10 * time.Minute, Target: Target{
		Room: physics, RoomName: text("高二物理"), Status: class.RoomLive, Teacher: text("王老师"), Online: 2,
		User: text("u123"), UserName: text("李雷"), State: class.Online, Seat: -1, SeenAt: time.Now(),
	}}
}

func end() Op {
	o := kick()
	o.Action, o.Duration = End, 0
	o.Target.User, o.Target.UserName = class.Text{}, class.Text{}
	return o
}

func with(a Action, seat int64) Op {
	o := kick()
	o.Action, o.Target.Seat = a, seat
	return o
}

// lines returns the audit file's entries and checks its chain.
func (r *rig) lines(t *testing.T) []Entry {
	t.Helper()
	entries, err := ReadAudit(r.audit.path)
	require.NoError(t, err)
	n, err := Verify(r.audit.path)
	require.NoError(t, err)
	assert.Len(t, entries, n)
	return entries
}
