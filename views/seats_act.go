package views

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// seatActions are the rows of what can be done with seats.
func seatActions() []ui.Action {
	return []ui.Action{
		{Key: keymap.SeatPick, Title: "Put a member on a seat", Ways: only(ops.SeatPick), Ask: askSeat(ops.SeatPick)},
		{Key: keymap.SeatOff, Title: "Take the member off the seat", Ways: only(ops.SeatOff)},
		{Key: keymap.SeatMove, Title: "Move the member to another seat", Ways: only(ops.SeatMove), Ask: askSeat(ops.SeatMove)},
		{Key: keymap.SeatLock, Title: "Lock the seat, or its video or audio", Ways: lockWays},
		{Key: keymap.SeatUnlock, Title: "Unlock the seat, or its video or audio", Ways: unlockWays},
	}
}

// seatPart is what of a seat is locked or unlocked together.
type seatPart struct {
	label string
	locks class.SeatLocks
}

// lockWays adds locks to those that the seat has: the service sets all three
// at once. Taking is by itself, because it takes the member off, and the other
// two are the member's.
func lockWays(t ops.Target) []ui.Way {
	var out []ui.Way
	for _, p := range []seatPart{
		{"taking", class.SeatLocks{Taken: true}}, {"video", class.SeatLocks{Video: true}},
		{"audio", class.SeatLocks{Audio: true}}, {"video and audio", class.SeatLocks{Video: true, Audio: true}},
	} {
		l := class.SeatLocks{Taken: t.Locks.Taken || p.locks.Taken, Video: t.Locks.Video || p.locks.Video, Audio: t.Locks.Audio || p.locks.Audio}
		out = append(out, ui.Way{Label: p.label, Op: ops.Op{Action: ops.SeatLock, Target: t, Locks: l}})
	}
	return out
}

// unlockWays takes locks away, all of them at first.
func unlockWays(t ops.Target) []ui.Way {
	var out []ui.Way
	for _, p := range []seatPart{
		{"all", class.SeatLocks{Taken: true, Video: true, Audio: true}}, {"taking", class.SeatLocks{Taken: true}},
		{"video", class.SeatLocks{Video: true}}, {"audio", class.SeatLocks{Audio: true}},
	} {
		l := class.SeatLocks{Taken: t.Locks.Taken && !p.locks.Taken, Video: t.Locks.Video && !p.locks.Video, Audio: t.Locks.Audio && !p.locks.Audio}
		out = append(out, ui.Way{Label: p.label, Op: ops.Op{Action: ops.SeatUnlock, Target: t, Locks: l}})
	}
	return out
}

// askSeat asks for what is missing to seat somebody: the member, then the
// seat.
func askSeat(action ops.Action) func(ui.Host, ops.Target) ui.Question {
	return func(h ui.Host, t ops.Target) ui.Question {
		switch {
		case t.User.IsZero():
			return chooseMember(h.Theme(), action, t)
		case t.Seat < 0 || t.Seated:
			return chooseSeat(h.Theme(), action, t)
		}
		return nil
	}
}

// onStage is who sits where, as of a time.
type onStage struct {
	seats   []class.Seat
	members []class.Member
	at      time.Time // of the older of the two
}

func (o *onStage) read(data func(poll.Topic) (any, time.Time), room class.RoomID) {
	seats, seatsAt := data(seatsTopic(room))
	members, membersAt := data(membersTopic(room))
	list, _ := seats.([]class.Seat)
	o.seats = slices.Clone(list) // the update belongs to everybody
	o.members, _ = members.([]class.Member)
	o.at = seatsAt
	if o.at.IsZero() || !membersAt.IsZero() && membersAt.Before(o.at) {
		o.at = membersAt
	}
}

// of is the seat of a user.
func (o *onStage) of(user class.Text) (*class.Seat, bool) {
	i := slices.IndexFunc(o.seats, func(s class.Seat) bool { return s.User == user && !user.IsZero() })
	if i < 0 {
		return nil, false
	}
	return &o.seats[i], true
}

func (o *onStage) name(user class.Text) string {
	if i := slices.IndexFunc(o.members, func(m class.Member) bool { return m.ID == user }); i >= 0 && !o.members[i].Name.IsZero() {
		return o.members[i].Name.String()
	}
	return user.String()
}

// chooseSeat asks which seat a member shall have; the cursor starts on the
// first free one.
func chooseSeat(th *theme.Theme, action ops.Action, t ops.Target) *ui.Choice {
	title := "A seat for %s"
	if action == ops.SeatMove {
		title = "A new seat for %s"
	}
	return &ui.Choice{
		Title:  th.Say(title, firstOf(t.UserName, t.User)),
		Topics: []poll.Topic{seatsTopic(t.Room), membersTopic(t.Room)},
		Empty:  "This class has no seats.",
		Options: func(data func(poll.Topic) (any, time.Time)) []ui.Option {
			var now onStage
			now.read(data, t.Room)
			slices.SortFunc(now.seats, func(a, b class.Seat) int { return cmp.Compare(a.Index, b.Index) })
			var out []ui.Option
			for i := range now.seats {
				s := &now.seats[i]
				o := ui.Option{Label: th.Say("seat %d", s.Index), Hint: th.Tell(seatHint(s)), Why: now.refuses(action, t.User, s), Target: onSeat(t, s)}
				o.Target.Seated, o.Target.SeenAt = false, now.at
				out = append(out, o)
			}
			return out
		},
	}
}

func seatHint(s *class.Seat) string {
	if l := seatLocks(s); l != "" {
		return seatWord(s) + ", " + l
	}
	return seatWord(s)
}

// refuses says why a member cannot have a seat.
func (o *onStage) refuses(action ops.Action, user class.Text, s *class.Seat) string {
	if why := o.standing(action, user); why != "" {
		return why
	}
	switch {
	case s.User == user:
		return "the member sits here now"
	case !s.User.IsZero():
		return "taken by " + o.name(s.User)
	case s.Locked:
		return "locked, unlock it first"
	}
	return ""
}

// standing says why a member cannot be picked or moved at all.
func (o *onStage) standing(action ops.Action, user class.Text) string {
	s, sits := o.of(user)
	switch {
	case action == ops.SeatPick && sits:
		return fmt.Sprintf("the member is on seat %d already: move, do not put (x)", s.Index)
	case action == ops.SeatMove && !sits:
		return "the member is on no seat: put, do not move (P)"
	}
	return ""
}

// chooseMember asks who shall sit on a seat.
func chooseMember(th *theme.Theme, action ops.Action, t ops.Target) *ui.Choice {
	title := "Who is put on a seat"
	if t.Seat >= 0 {
		title = th.Say("Who is put on seat %d", t.Seat)
	}
	return &ui.Choice{
		Title:  title,
		Topics: []poll.Topic{membersTopic(t.Room), seatsTopic(t.Room)},
		Empty:  "Nobody is in this class.",
		Options: func(data func(poll.Topic) (any, time.Time)) []ui.Option {
			var now onStage
			now.read(data, t.Room)
			all := make([]*class.Member, 0, len(now.members))
			for i := range now.members {
				all = append(all, &now.members[i])
			}
			sortMembers(all)
			var out []ui.Option
			for _, m := range all {
				o := ui.Option{Label: firstOf(m.Name, m.ID).String(), Hint: fmt.Sprintf("%s, %s, %s", m.ID, th.Tell(m.Role.String()), th.Tell(m.State.String())), Target: t}
				o.Target.User, o.Target.UserName, o.Target.Role, o.Target.State, o.Target.SeenAt = m.ID, m.Name, m.Role, m.State, now.at
				o.Why = now.standing(action, m.ID)
				if !m.State.Here() {
					o.Why = "is not in the class now (" + m.State.String() + ")"
				}
				out = append(out, o)
			}
			return out
		},
	}
}

// firstOf is the name, or the id where no name is known.
func firstOf(name, id class.Text) class.Text {
	if name.IsZero() {
		return id
	}
	return name
}
