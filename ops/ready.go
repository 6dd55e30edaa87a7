package ops

import (
	"fmt"
	"time"

	"classtop/class"
)

// Ready says why an operation is not possible on what is known of its target,
// in a sentence that names the way out. It is empty when nothing speaks
// against it; the service may still refuse.
func Ready(o Op, readOnly bool) string {
	if readOnly {
		return "This session is read-only. To act, start without --read-only, and with read_only: false in the profile."
	}
	r, ok := rowOf(o.Action)
	switch {
	case !ok:
		return "There is no such action. Press x to see what is possible here."
	case o.Target.Room == 0 && r.scope != onCall:
		return "No class is chosen. Put the cursor on one first."
	case r.scope == onUser && o.Target.User.IsZero():
		return "No member is chosen. Put the cursor on one first."
	}
	return r.why(o)
}

// Askable says why there is no use in asking for what an operation still lacks:
// its member, its seat, its document. It is Ready as if all that were there.
func Askable(o Op, readOnly bool) string {
	if o.Target.User.IsZero() {
		o.Target.User, o.Target.State = class.NewText("member", "member"), class.Online
	}
	if o.Target.Seat < 0 || o.Action == SeatMove {
		o.Target.Seat, o.Target.Seated, o.Target.Locks = 0, false, class.SeatLocks{}
	}
	if o.Action == Notice {
		o.Text = "notice"
	}
	if r, _ := rowOf(o.Action); r.scope == onDraft || o.Action == DocBind {
		some := class.NewText("document", "document")
		o.Target.Document, o.Draft = some, Draft{URL: some, Name: some, Owner: some}
	}
	return Ready(o, readOnly)
}

// Warning says what the operator should think of before confirming, such as
// that the member is the teacher. It is empty when there is nothing.
func (o Op) Warning() string {
	r, _ := rowOf(o.Action)
	switch {
	case o.Action == DocDelete:
		return "It goes from every class that uses it, not only from this one, and cannot be brought back."
	case o.Action == SeatLock && o.locks().Taken && !o.Target.Locks.Taken && o.Target.Seated:
		return o.Target.person() + " is on the seat: locking it takes the member off."
	case r.scope != onUser || o.Action == Unkick || o.Action == Unmute:
		return ""
	}
	switch o.Target.Role {
	case class.RoleTeacher:
		return o.Target.person() + " is the teacher: the class may stop."
	case class.RoleAssistant:
		return o.Target.person() + " is an assistant of this class."
	case class.RoleSupervisor:
		return o.Target.person() + " is a supervisor."
	}
	return ""
}

// over says that a class is no longer there to act in.
func over(t Target) string {
	switch t.Status {
	case class.RoomEnded:
		return t.place() + " has ended: nobody is in it any more."
	case class.RoomExpired:
		return t.place() + " has expired without being held: nobody is in it."
	}
	return ""
}

// away says that a member is not in the class.
func away(t Target) string {
	switch {
	case t.State.Here():
		return ""
	case t.State.Kicked():
		return t.person() + " is " + t.State.String() + " already."
	}
	return t.person() + " is not in the class now (" + t.State.String() + "). Wait until the member comes back."
}

func kickWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	if o.Target.State == class.Kicked {
		return o.Target.person() + " is kicked already. To keep the member out for ever, choose \"for good\"."
	}
	if why := away(o.Target); why != "" {
		return why
	}
	if o.Duration < time.Second {
		return "No time is chosen. Say for how long the member is kicked, at least one second."
	}
	return ""
}

// banWhy lets a member be banned who is not there: it keeps him from coming
// back.
func banWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	if o.Target.State == class.KickedForGood {
		return o.Target.person() + " is banned already."
	}
	return ""
}

func endWhy(o Op) string {
	switch o.Target.Status {
	case class.RoomUpcoming:
		return o.Target.place() + " has not started: there is nothing to end."
	case class.RoomEnded:
		return o.Target.place() + " has ended already."
	case class.RoomExpired:
		return o.Target.place() + " has expired: there is nothing to end."
	}
	return ""
}

func startWhy(o Op) string {
	switch o.Target.Status {
	case class.RoomLive:
		return o.Target.place() + " is live already."
	case class.RoomEnded:
		return o.Target.place() + " has ended. A class cannot be started twice: create a new one."
	case class.RoomExpired:
		return o.Target.place() + " has expired. It can no longer be started: create a new one."
	}
	return ""
}

func pickWhy(o Op) string {
	if why := offWhy(o); why != "" {
		return why
	}
	switch {
	case o.Target.Seated && o.Action == SeatMove:
		return fmt.Sprintf("%s sits on seat %d now. Choose the new seat first.", o.Target.person(), o.Target.Seat)
	case o.Target.Seated:
		return fmt.Sprintf("%s is on seat %d already. Choose a free seat, or take the member off this one first (x).", o.Target.person(), o.Target.Seat)
	case o.Target.Locks.Taken && o.Target.Seat >= 0:
		return fmt.Sprintf("Seat %d is locked. Unlock it first (x).", o.Target.Seat)
	}
	return lockWhy(o)
}

func offWhy(o Op) string {
	if why := over(o.Target); why != "" || o.Target.Seated {
		return why // who sits can be taken off, connected or not
	}
	return away(o.Target)
}

func lockWhy(o Op) string {
	if why := over(o.Target); why != "" {
		return why
	}
	if o.Target.Seat < 0 {
		return "No seat is chosen. Choose one on the seats tab first."
	}
	switch added := minus(o.locks(), o.Target.Locks); {
	case !o.Target.SeatSeen:
	case o.Action == SeatLock && !o.Target.Seated && (added.Video || added.Audio):
		// The service would say yes and do nothing.
		return fmt.Sprintf("Nobody is on seat %d: video and audio are locked for whoever sits there, and only while they do.", o.Target.Seat)
	case o.locks() != o.Target.Locks:
	case o.Action == SeatLock:
		return fmt.Sprintf("That of seat %d is locked already.", o.Target.Seat)
	case o.Action == SeatUnlock:
		return fmt.Sprintf("That of seat %d is not locked.", o.Target.Seat)
	}
	return ""
}
