package sim

// seat is one place on the stage of a class.
type seat struct {
	who                 int16 // member; -1 is free
	taken, video, audio bool  // locked for taking, video, audio
}

// sit puts a member on a free seat.
func (d *detail) sit(i, n int, t int64) {
	d.leaveSeat(i)
	d.seats[n].who, d.members[i].seat = int16(i), int8(n)
	if d.seats[n].audio {
		d.setMic(i, t, false)
	}
	if d.seats[n].video {
		d.setCamera(i, t, false)
	}
}

// leaveSeat takes a member off his seat, if he has one.
func (d *detail) leaveSeat(i int) {
	if n := d.members[i].seat; n >= 0 {
		d.seats[n].who, d.members[i].seat, d.members[i].picked = -1, -1, false
	}
}

// strollToSeat lets a pupil take a free seat or leave his. Some seats stay
// free, so that there is room for whom a supervisor picks.
func (d *detail) strollToSeat(i int, t int64) {
	if m := &d.members[i]; m.picked {
		return
	} else if m.seat >= 0 {
		d.leaveSeat(i)
		return
	}
	var free []int
	for n := 1; n < len(d.seats); n++ {
		if s := &d.seats[n]; s.who < 0 && !s.taken {
			free = append(free, n)
		}
	}
	if len(free) > 2 {
		d.sit(i, free[d.dice.IntN(len(free))], t)
	}
}
