package ops

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"classtop/class"
)

// freshFor is the age up to which data are good enough for a level 3 action.
const freshFor = 10 * time.Second

// recheck reads the target again and says what is not as it was when the
// operator confirmed.
func recheck(ctx context.Context, r Reader, o Op) *class.Error {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	room, err := r.Room(ctx, o.Target.Room)
	if err != nil {
		return unread(o, err)
	}
	changes := roomChanges(o.Target, room)
	teacherOpen := !o.Target.Teacher.IsZero() && room.Teacher != o.Target.Teacher
	if room.Status != o.Target.Status {
		return changed(o, changes) // a class that has ended has no lists to read any more
	}
	if teacherOpen || !o.Target.User.IsZero() {
		members, err := r.Members(ctx, o.Target.Room)
		if err != nil {
			return unread(o, err)
		}
		if teacherOpen {
			changes = append(changes, teacherChange(o.Target, room.Teacher, members)...)
		}
		changes = append(changes, userChanges(o.Target, members)...)
	}
	if !o.Target.Document.IsZero() {
		documents, err := r.Documents(ctx, o.Target.Room)
		if err != nil {
			return unread(o, err)
		}
		changes = append(changes, documentChanges(o.Target, documents)...)
	}
	if len(changes) == 0 {
		return nil
	}
	return changed(o, changes)
}

// changed says that the target is not what the operator saw.
func changed(o Op, changes []string) *class.Error {
	return &class.Error{
		Action: o.API(), On: o.Target.place(), Code: class.CodeStale,
		Meaning: "The target has changed: " + strings.Join(changes, "; "),
		Hint:    "Look at it again, then decide.",
	}
}

// unread says that the target could not be read again, so nothing was sent.
func unread(o Op, err error) *class.Error {
	e := &class.Error{
		Action: o.API(), On: o.Target.place(), Code: class.CodeStale, Cause: err,
		Meaning: "The data are older than 10 seconds and could not be read again",
		Hint:    "Try again when the connection is back.",
	}
	var why *class.Error
	if errors.As(err, &why) {
		e.Code, e.RequestID = why.Code, why.RequestID
		e.Meaning += ": " + strings.TrimSuffix(words(why), ".")
	}
	return e
}

func roomChanges(t Target, now class.RoomDetail) []string {
	var out []string
	if now.Status != t.Status {
		out = append(out, t.place()+" is now "+now.Status.String()+", it was "+t.Status.String())
	}
	if !t.RoomName.IsZero() && !now.Name.IsZero() && now.Name != t.RoomName {
		out = append(out, "the class is now called "+now.Name.String()+", it was "+t.RoomName.String())
	}
	return out
}

// teacherChange compares the teacher's id of now with what the dialog showed,
// which may have been a name.
func teacherChange(t Target, id class.Text, members []class.Member) []string {
	shown := id.String()
	if i := slices.IndexFunc(members, func(m class.Member) bool { return m.ID == id }); i >= 0 {
		if members[i].Name == t.Teacher {
			return nil
		}
		shown = named(members[i].Name.String(), shown)
	}
	if shown == "" {
		shown = "nobody"
	}
	return []string{"the teacher is now " + shown + ", it was " + t.Teacher.String()}
}

func userChanges(t Target, members []class.Member) []string {
	if t.User.IsZero() {
		return nil
	}
	i := slices.IndexFunc(members, func(m class.Member) bool { return m.ID == t.User })
	if i < 0 {
		return []string{t.person() + " is no longer in the list of members"}
	}
	m, out := &members[i], []string(nil)
	if m.State.Here() != t.State.Here() || m.State.Kicked() != t.State.Kicked() {
		out = append(out, t.person()+" is now "+m.State.String()+", was "+t.State.String())
	}
	if m.Role != t.Role {
		out = append(out, t.person()+" is now "+m.Role.String()+", was "+t.Role.String())
	}
	if !t.UserName.IsZero() && m.Name != t.UserName {
		out = append(out, t.User.String()+" is now called "+m.Name.String()+", was "+t.UserName.String())
	}
	return out
}

// sharedReads gives the operations of one batch one read of each class for as
// long as it is fresh, instead of one each.
type sharedReads struct {
	Reader
	now   func() time.Time
	mu    sync.Mutex
	rooms map[class.RoomID]*sharedRoom
}

type sharedRoom struct {
	gate      gate
	roomAt    time.Time
	room      class.RoomDetail
	membersAt time.Time
	members   []class.Member
}

func newSharedReads(r Reader, now func() time.Time) *sharedReads {
	return &sharedReads{Reader: r, now: now, rooms: make(map[class.RoomID]*sharedRoom)}
}

func (s *sharedReads) of(id class.RoomID) *sharedRoom {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms[id] == nil {
		s.rooms[id] = &sharedRoom{gate: newGate()}
	}
	return s.rooms[id]
}

// Room reads a class unless that was done within the last 10 seconds.
func (s *sharedReads) Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error) {
	r := s.of(id)
	if err := r.gate.enter(ctx); err != nil {
		return class.RoomDetail{}, err
	}
	defer r.gate.leave()
	began := s.now()
	if !r.roomAt.IsZero() && began.Sub(r.roomAt) < freshFor {
		return r.room, nil
	}
	room, err := s.Reader.Room(ctx, id)
	if err == nil {
		r.room, r.roomAt = room, began
	}
	return room, err
}

// Members reads the members unless that was done within the last 10 seconds.
func (s *sharedReads) Members(ctx context.Context, id class.RoomID) ([]class.Member, error) {
	r := s.of(id)
	if err := r.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer r.gate.leave()
	began := s.now()
	if !r.membersAt.IsZero() && began.Sub(r.membersAt) < freshFor {
		return r.members, nil
	}
	members, err := s.Reader.Members(ctx, id)
	if err == nil {
		r.members, r.membersAt = members, began
	}
	return members, err
}
