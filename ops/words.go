package ops

import (
	"fmt"
	"time"

	"classtop/class"
)

// locks returns what the seat shall forbid after the action.
func (o Op) locks() class.SeatLocks {
	switch {
	case o.Action == SeatUnlock:
		return o.Locks
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
	seat := fmt.Sprintf("seat %d in %s", o.Target.Seat, o.Target.place())
	changed := minus(o.locks(), o.Target.Locks)
	if o.Action == SeatUnlock {
		changed = minus(o.Target.Locks, o.locks())
	}
	return lockedParts(changed) + seat
}

// minus returns the locks of a that b does not have.
func minus(a, b class.SeatLocks) class.SeatLocks {
	return class.SeatLocks{Taken: a.Taken && !b.Taken, Video: a.Video && !b.Video, Audio: a.Audio && !b.Audio}
}

// lockedParts names what of a seat a lock is about: nothing but the seat
// itself needs no word.
func lockedParts(l class.SeatLocks) string {
	switch {
	case l.Taken && l.Video && l.Audio:
		return "taking, video and audio of "
	case l.Taken && l.Video:
		return "taking and video of "
	case l.Taken && l.Audio:
		return "taking and audio of "
	case l.Video && l.Audio:
		return "the video and audio of "
	case l.Video:
		return "the video of "
	case l.Audio:
		return "the audio of "
	}
	return ""
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
