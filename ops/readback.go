package ops

import (
	"context"
	"slices"
	"time"

	"classtop/class"
)

// Times of reading back after a write whose answer never came.
const (
	readBackFor   = 10 * time.Second
	readBackFirst = 500 * time.Millisecond
	readBackEvery = time.Second
	// readBackLast is how near to the end of the wait the last look must be
	// to say that a write was not applied: one that comes late could still be
	// on its way earlier on.
	readBackLast = 3 * time.Second
)

// seen is what one look at the target tells of the write.
type seen int

const (
	unclear seen = iota
	applied
	unchanged
)

// sight is one look: what it tells, and a sentence for the operator.
type sight struct {
	seen  seen
	found string
}

// readBack looks at the target until it shows that the write was carried out,
// for up to 10 seconds. Only what the end of that time shows counts as not
// applied.
func readBack(ctx context.Context, r Reader, o Op) (State, string) {
	row, _ := rowOf(o.Action)
	if row.look == nil {
		return StillUnknown, "what it changed cannot be read back"
	}
	began := time.Now()
	look, cancel := context.WithTimeout(ctx, readBackFor)
	defer cancel()
	last, at := sight{found: "the target could not be read"}, time.Duration(0)
	for wait := readBackFirst; sleep(look, wait); wait = readBackEvery {
		now, err := row.look(look, r, o)
		if err != nil {
			continue
		}
		last, at = now, time.Since(began)
		if now.seen == applied {
			return Confirmed, now.found
		}
	}
	switch {
	case ctx.Err() != nil:
		return StillUnknown, last.found + " before classtop was stopped"
	case last.seen == unchanged && at >= readBackFor-readBackLast:
		return NotApplied, last.found
	case at > 0 && at < readBackFor-readBackLast:
		return StillUnknown, last.found + ", but that could not be read to the end of the wait"
	}
	return StillUnknown, last.found
}

// sleep waits and tells whether the time is not over yet.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func lookKick(ctx context.Context, r Reader, o Op) (sight, error) {
	members, err := r.Members(ctx, o.Target.Room)
	if err != nil {
		return sight{}, err
	}
	i := slices.IndexFunc(members, func(m class.Member) bool { return m.ID == o.Target.User })
	if i < 0 {
		return sight{applied, o.Target.person() + " is no longer in the list of members"}, nil
	}
	state := members[i].State
	found := o.Target.person() + " is " + state.String()
	switch {
	case state == class.KickedForGood, state == class.Kicked && o.Action == Kick:
		return sight{applied, found}, nil
	case state.Here(), state == o.Target.State:
		return sight{unchanged, found}, nil
	}
	return sight{unclear, found}, nil
}

func lookEnd(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookRoom(ctx, r, o, func(s class.RoomStatus) seen {
		switch s {
		case class.RoomEnded, class.RoomExpired:
			return applied
		case class.RoomLive:
			return unchanged
		}
		return unclear
	})
}

func lookStart(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookRoom(ctx, r, o, func(s class.RoomStatus) seen {
		switch s {
		case class.RoomLive:
			return applied
		case class.RoomUpcoming:
			return unchanged
		}
		return unclear
	})
}

func lookRoom(ctx context.Context, r Reader, o Op, judge func(class.RoomStatus) seen) (sight, error) {
	room, err := r.Room(ctx, o.Target.Room)
	if err != nil {
		return sight{}, err
	}
	return sight{judge(room.Status), o.Target.place() + " is " + room.Status.String()}, nil
}

func lookSeated(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookSeats(ctx, r, o, func(s class.Seat) bool { return s.User == o.Target.User && s.Index == o.Target.Seat },
		sight{applied, o.Target.person() + " is on the seat"},
		sight{unchanged, o.Target.person() + " is not on the seat"})
}

func lookOff(ctx context.Context, r Reader, o Op) (sight, error) {
	return lookSeats(ctx, r, o, func(s class.Seat) bool { return s.User == o.Target.User },
		sight{unchanged, o.Target.person() + " is still on a seat"},
		sight{applied, o.Target.person() + " is on no seat"})
}

func lookLock(ctx context.Context, r Reader, o Op) (sight, error) {
	want := o.locks()
	return lookSeats(ctx, r, o, func(s class.Seat) bool {
		return s.Index == o.Target.Seat && class.SeatLocks{Taken: s.Locked, Video: s.VideoLocked, Audio: s.AudioLocked} == want
	}, sight{applied, "the seat's locks are as wanted"}, sight{unchanged, "the seat's locks are as before"})
}

// lookSeats tells whether some seat matches.
func lookSeats(ctx context.Context, r Reader, o Op, match func(class.Seat) bool, yes, no sight) (sight, error) {
	seats, err := r.Seats(ctx, o.Target.Room)
	switch {
	case err != nil:
		return sight{}, err
	case slices.ContainsFunc(seats, match):
		return yes, nil
	}
	return no, nil
}
