package ops

import (
	"context"
	"fmt"
	"time"

	"classtop/class"
)

// Sender sends one write and waits for its answer. It never sends twice. The
// client's Writer is the one that exists. Errors are *class.Error, with Maybe
// set where the request may have been carried out. The string is the RequestId.
type Sender interface {
	Kick(ctx context.Context, room class.RoomID, user class.Text, forGood bool, d time.Duration) (string, error)
	End(ctx context.Context, room class.RoomID) (string, error)
	Start(ctx context.Context, room class.RoomID) (string, error)
	PickOnSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error)
	TakeOffSeat(ctx context.Context, room class.RoomID, user class.Text) (string, error)
	LockSeat(ctx context.Context, room class.RoomID, index int64, locks class.SeatLocks) (string, error)
	MoveToSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error)
}

// Reader reads back what a write did.
type Reader interface {
	Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error)
	Members(ctx context.Context, id class.RoomID) ([]class.Member, error)
	Seats(ctx context.Context, id class.RoomID) ([]class.Seat, error)
}

// scope says what an action is aimed at.
type scope int

const (
	onRoom scope = iota
	onUser
	onSeat
)

// row is all that ops knows of one action. A new action is one more row.
type row struct {
	api   string // the API's action
	level int
	scope scope
	verb  string // Kick
	past  string // Kicked
	doing string // kicking
	rest  func(Op) string
	why   func(Op) string
	send  func(context.Context, Sender, Op) (string, error)
	look  func(context.Context, Reader, Op) (sight, error)
}

// rowOf returns what is known of an action.
func rowOf(a Action) (row, bool) {
	switch a {
	case Kick:
		return row{"KickUserFromRoom", 2, onUser, "Kick", "Kicked", "kicking", kickRest, kickWhy, sendKick, lookKick}, true
	case Ban:
		return row{"KickUserFromRoom", 3, onUser, "Kick", "Kicked", "kicking", kickRest, banWhy, sendKick, lookKick}, true
	case End:
		return row{"EndRoom", 3, onRoom, "End", "Ended", "ending", roomRest, endWhy, sendEnd, lookEnd}, true
	case Start:
		return row{"StartRoom", 2, onRoom, "Start", "Started", "starting", roomRest, startWhy, sendStart, lookStart}, true
	case SeatPick:
		return row{"pick_user_on_seat", 2, onUser, "Put", "Put", "seating", seatRest, pickWhy, sendPick, lookSeated}, true
	case SeatMove:
		return row{"move_user_to_seat", 2, onUser, "Move", "Moved", "moving", seatRest, pickWhy, sendMove, lookSeated}, true
	case SeatOff:
		return row{"kick_user_off_seat", 2, onUser, "Take", "Took", "taking", offRest, offWhy, sendOff, lookOff}, true
	case SeatLock:
		return row{"lock_seat", 2, onSeat, "Lock", "Locked", "locking", lockRest, lockWhy, sendLock, lookLock}, true
	case SeatUnlock:
		return row{"lock_seat", 2, onSeat, "Unlock", "Unlocked", "unlocking", lockRest, lockWhy, sendLock, lookLock}, true
	}
	return row{}, false
}

func sendKick(ctx context.Context, s Sender, o Op) (string, error) {
	if o.Action == Ban {
		return s.Kick(ctx, o.Target.Room, o.Target.User, true, 0)
	}
	return s.Kick(ctx, o.Target.Room, o.Target.User, false, o.Duration)
}

func sendEnd(ctx context.Context, s Sender, o Op) (string, error) { return s.End(ctx, o.Target.Room) }

func sendStart(ctx context.Context, s Sender, o Op) (string, error) {
	return s.Start(ctx, o.Target.Room)
}

func sendPick(ctx context.Context, s Sender, o Op) (string, error) {
	return s.PickOnSeat(ctx, o.Target.Room, o.Target.User, o.Target.Seat)
}

func sendMove(ctx context.Context, s Sender, o Op) (string, error) {
	return s.MoveToSeat(ctx, o.Target.Room, o.Target.User, o.Target.Seat)
}

func sendOff(ctx context.Context, s Sender, o Op) (string, error) {
	return s.TakeOffSeat(ctx, o.Target.Room, o.Target.User)
}

func sendLock(ctx context.Context, s Sender, o Op) (string, error) {
	return s.LockSeat(ctx, o.Target.Room, o.Target.Seat, o.locks())
}

// locks returns what the seat shall forbid after the action.
func (o Op) locks() class.SeatLocks {
	switch {
	case o.Action == SeatUnlock:
		return class.SeatLocks{}
	case o.Locks == class.SeatLocks{}:
		return class.SeatLocks{Taken: true}
	}
	return o.Locks
}

// person returns "李雷 (u123)", or the id where no name is known.
func (t Target) person() string { return named(t.UserName.String(), t.User.String()) }

// place returns "高二物理 (331450358)", or "room 331450358" where no name is
// known.
func (t Target) place() string {
	if t.RoomName.IsZero() {
		return "room " + t.Room.String()
	}
	return named(t.RoomName.String(), t.Room.String())
}

func named(name, id string) string {
	if name == "" || name == id {
		return id
	}
	return name + " (" + id + ")"
}

func roomRest(o Op) string { return o.Target.place() }

func kickRest(o Op) string {
	from := o.Target.person() + " from " + o.Target.place()
	if o.Action == Ban {
		return from + " for good"
	}
	return from + " for " + Span(o.Duration)
}

func seatRest(o Op) string {
	preposition := "on"
	if o.Action == SeatMove {
		preposition = "to"
	}
	return fmt.Sprintf("%s %s seat %d in %s", o.Target.person(), preposition, o.Target.Seat, o.Target.place())
}

func offRest(o Op) string { return o.Target.person() + " off the seat in " + o.Target.place() }

func lockRest(o Op) string {
	what := fmt.Sprintf("seat %d in %s", o.Target.Seat, o.Target.place())
	l := o.locks()
	switch {
	case o.Action == SeatUnlock || l == class.SeatLocks{Taken: true}:
		return what
	case l.Taken:
		return what + ", its video or audio too"
	case l.Video && l.Audio:
		return "the video and audio of " + what
	case l.Video:
		return "the video of " + what
	}
	return "the audio of " + what
}

// Span writes a length of time as a person says it: "10 minutes", "1 hour 30
// minutes".
func Span(d time.Duration) string {
	if d < time.Second {
		return "no time"
	}
	out := ""
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		n := d / u.size
		if d -= n * u.size; n == 0 {
			continue
		}
		if out != "" {
			out += " "
		}
		out += fmt.Sprintf("%d %s", n, u.name)
		if n > 1 {
			out += "s"
		}
	}
	return out
}
