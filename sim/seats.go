package sim

import "classtop/class"

// place checks a seat's number.
func (d *detail) place(n int64) (int, *refusal) {
	if len(d.seats) == 0 {
		return 0, refuse("100211", "the room has no seats")
	}
	if n < 0 || n >= int64(len(d.seats)) {
		return 0, refuse("100002", "Index %d: the seats are 0 to %d", n, len(d.seats)-1)
	}
	return int(n), nil
}

func getSeatList(_ *world, _ *engineRoom, d *detail, _ params) (obj, *refusal) {
	list := []obj{}
	for i, s := range d.seats {
		one := obj{"Index": i, "IsTakenDisabled": s.taken, "IsVideoDisabled": s.video, "IsAudioDisabled": s.audio}
		if s.who >= 0 {
			one["Member_Account"] = d.members[s.who].id
		}
		list = append(list, one)
	}
	return obj{"SeatList": list}, nil
}

// pickUserOnSeat puts a member on a free seat.
func pickUserOnSeat(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	n, bad := d.place(p.num("Index"))
	if bad != nil {
		return nil, bad
	}
	i, bad := d.present(p.str("Member_Account"))
	if bad != nil {
		return nil, bad
	}
	m := &d.members[i]
	free := false
	for _, s := range d.seats {
		free = free || s.who < 0
	}
	switch {
	case m.seat >= 0:
		return nil, refuse("100203", "the user is on seat %d already", m.seat)
	case m.applied > w.now:
		return nil, refuse("100202", "the user is queueing for a seat")
	case !free:
		return nil, refuse("100205", "no seat is left")
	case d.seats[n].taken:
		return nil, refuse("100200", "the seat %d is locked", n)
	case d.seats[n].who >= 0:
		return nil, refuse("100210", "somebody is on seat %d already", n)
	}
	e.x.touched = true
	d.sit(i, n, w.now)
	m.picked = true
	return nil, nil
}

func kickUserOffSeat(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	i, bad := d.present(p.str("Member_Account"))
	if bad != nil {
		return nil, bad
	}
	if d.members[i].seat < 0 {
		return nil, refuse("100206", "the user is not on a seat")
	}
	e.x.touched = true
	d.leaveSeat(i)
	if d.members[i].role == class.RoleStudent {
		d.setMic(i, w.now, false)
	}
	return nil, nil
}

// lockSeat locks or unlocks; what is not given stays as it is.
func lockSeat(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	n, bad := d.place(p.num("Index"))
	if bad != nil {
		return nil, bad
	}
	e.x.touched = true
	s := &d.seats[n]
	if p.has("ForbidTaken") {
		s.taken = p.yes("ForbidTaken")
		if s.taken && s.who >= 0 {
			d.leaveSeat(int(s.who))
		}
	}
	if s.who < 0 {
		return nil, nil // the locks of sound and picture do nothing on an empty seat
	}
	if p.has("ForbidVideo") {
		s.video = p.yes("ForbidVideo")
	}
	if p.has("ForbidAudio") {
		s.audio = p.yes("ForbidAudio")
	}
	if s.audio {
		d.setMic(int(s.who), w.now, false)
	}
	if s.video {
		d.setCamera(int(s.who), w.now, false)
	}
	return nil, nil
}

// switchSeat moves a member who sits to an empty seat.
func switchSeat(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	n, bad := d.place(p.num("ToIndex"))
	if bad != nil {
		return nil, bad
	}
	i, bad := d.present(p.str("Member_Account"))
	switch {
	case bad != nil:
		return nil, bad
	case d.members[i].seat < 0:
		return nil, refuse("100206", "the user is not on a seat")
	case d.seats[n].who >= 0:
		return nil, refuse("100210", "somebody is on seat %d already", n)
	case d.seats[n].taken:
		return nil, refuse("100200", "the seat %d is locked", n)
	}
	e.x.touched = true
	d.sit(i, n, w.now)
	return nil, nil
}

// moveUserToSeat moves a member to any seat; Policy says what becomes of who
// sits there: 0 give up, 1 take him off, 2 swap.
func moveUserToSeat(w *world, e *engineRoom, d *detail, p params) (obj, *refusal) {
	n, bad := d.place(p.num("SeatIndex"))
	if bad != nil {
		return nil, bad
	}
	i, bad := d.present(p.str("Member_Account"))
	if bad != nil {
		return nil, bad
	}
	from, other := int(d.members[i].seat), int(d.seats[n].who)
	if other >= 0 && other != i && p.num("Policy") == 0 {
		return nil, refuse("100210", "somebody is on seat %d already", n)
	}
	e.x.touched = true
	d.seats[n].taken = false
	if other >= 0 {
		d.leaveSeat(other)
	}
	d.sit(i, n, w.now)
	if p.num("Policy") == 2 && other >= 0 && other != i && from >= 0 {
		d.sit(other, from, w.now)
	}
	return nil, nil
}
