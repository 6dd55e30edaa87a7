package sim

import "classtop/class"

// prepare arranges the people of a class for its script.
func (d *detail) prepare(w *world) {
	s := d.x.script
	if s == nil {
		return
	}
	pupils := d.pupils()
	switch s.kind {
	case ProblemEmpty:
		for i := range d.members {
			if d.members[i].next > 0 {
				d.members[i].next = s.until + int64(between(d.dice, 2, 60))
			}
		}
		d.members[0].next = s.until // the teacher first
	case ProblemTwoRooms:
		if s.guest < 0 {
			last := &d.members[pupils[len(pupils)-1]]
			last.steady, last.stays, last.next = true, false, d.x.start-60
			return
		}
		d.admitMember(w, s.guest, class.RoleStudent, s.from)
		d.members[len(d.members)-1].steady = true
	case ProblemKickedBack:
		last := &d.members[pupils[len(pupils)-1]]
		last.steady, last.stays, last.next = true, false, d.x.start-60
	case ProblemExodus:
		for _, i := range pupils[len(pupils)-len(pupils)/5:] {
			m := &d.members[i]
			m.local, m.steady, m.stays, m.next = true, true, false, d.x.start-60
		}
	case ProblemQuestion:
		if d.nextQuiz > s.from-200 {
			d.nextQuiz = s.from
		}
	}
}

func (d *detail) pupils() []int {
	var list []int
	for i := range d.members {
		if d.members[i].role == class.RoleStudent {
			list = append(list, i)
		}
	}
	return list
}

// play lets the script happen at one second.
func (d *detail) play(s *script, t int64) {
	switch s.kind {
	case ProblemNoTeacher:
		if m := &d.members[0]; t == s.from && m.here() {
			d.quit(0, t, class.Offline, leftSelf)
			m.stays, m.next = false, s.until
		}
	case ProblemDrop:
		d.playLeaving(s, t, 60, func(n, all int) bool { return n*100 < all*47 })
	case ProblemExodus:
		d.playLeaving(s, t, 12, func(n, all int) bool { return n >= all-all/5 })
	case ProblemCameras:
		if t == s.from {
			for i := range d.members {
				d.setCamera(i, t, false)
			}
		}
	case ProblemMics:
		d.playMics(s, t)
	case ProblemKickedBack:
		d.playKick(s, t)
	case ProblemTwoRooms:
		if i := len(d.members) - 1; s.guest >= 0 && t == s.until && d.members[i].here() {
			d.quit(i, t, class.Offline, leftSelf)
			d.members[i].next = 0
		}
	case ProblemQuestion:
		if t == s.from {
			d.nextQuiz = t
		}
	}
}

// playLeaving lets some pupils go within so many seconds and return later.
func (d *detail) playLeaving(s *script, t, within int64, goes func(n, all int) bool) {
	if t < s.from || t >= s.from+within {
		return
	}
	pupils := d.pupils()
	for n, i := range pupils {
		m := &d.members[i]
		if goes(n, len(pupils)) && int64(n)%within == t-s.from && m.here() {
			d.quit(i, t, class.Offline, leftLost)
			m.stays, m.next = false, s.until+int64(between(d.dice, 0, 90))
		}
	}
}

// playMics keeps more mics on than the limit allows, and ends it.
func (d *detail) playMics(s *script, t int64) {
	limit := int(d.x.settings.maxMic)
	for i := range d.members {
		switch m := &d.members[i]; {
		case t >= s.from && t < s.until && d.mics < limit+3 && m.here() && !m.mic:
			d.setMic(i, t, true)
		case t == s.until && d.mics > limit-1 && m.role == class.RoleStudent:
			d.setMic(i, t, false)
		}
	}
}

// playKick puts a pupil out two minutes before he is back.
func (d *detail) playKick(s *script, t int64) {
	pupils := d.pupils()
	i := pupils[len(pupils)-1]
	m := &d.members[i]
	switch {
	case t == s.from-100 && m.here():
		d.quit(i, t, class.Kicked, leftKicked)
		m.next = 0
	case t == s.from && m.state == class.Kicked && m.until == 0:
		d.join(i, t)
	}
}
