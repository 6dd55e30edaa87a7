package sim

import "classtop/class"

// Why a member left.
const (
	leftSelf   uint8 = 0
	leftKicked uint8 = 1
	leftBanned uint8 = 2
	leftLost   uint8 = 4
	leftOver   uint8 = 5
)

// step lets what is due with a member happen.
func (d *detail) step(i int, t int64) {
	m := &d.members[i]
	switch m.state {
	case class.Absent:
		d.join(i, t)
	case class.Offline:
		if m.stays {
			m.next = 0
			return
		}
		d.join(i, t)
	case class.Kicked:
		m.state = class.Offline
		m.stays = d.dice.IntN(2) == 0
		m.next = t + int64(between(d.dice, 20, 90))
	case class.KickedForGood:
		m.next = 0
	case class.Reconnecting:
		m.state = class.Online
		m.next = d.soon(t)
	default:
		m.next = d.soon(t)
		if m.silenced && m.silent <= t {
			m.silenced = false
		}
		if m.role == class.RoleTeacher {
			d.teach(i, t)
		} else if m.role == class.RoleStudent {
			d.learn(i, t)
		}
	}
}

// soon is when a member does something again.
func (d *detail) soon(t int64) int64 { return t + int64(between(d.dice, 6, 50)) }

// join brings a member in.
func (d *detail) join(i int, t int64) {
	m := &d.members[i]
	m.state, m.since, m.next = class.Online, t, d.soon(t)
	if m.firstJoin == 0 {
		m.firstJoin = t
	}
	d.online++
	d.peak = max(d.peak, d.online)
	d.log(t, memberJoin, i, 0)
	switch m.role {
	case class.RoleTeacher:
		d.setCamera(i, t, true)
		d.setMic(i, t, true)
		if len(d.seats) > 0 && d.seats[0].who < 0 && !d.seats[0].taken {
			d.sit(i, 0, t)
		}
	case class.RoleStudent:
		if d.dice.IntN(10) < 6 {
			d.setCamera(i, t, true)
		}
	}
}

// quit takes a member out.
func (d *detail) quit(i int, t int64, state class.Presence, reason uint8) {
	m := &d.members[i]
	d.leaveSeat(i)
	d.setMic(i, t, false)
	d.setCamera(i, t, false)
	m.screen = false
	m.present += t - m.since
	m.state, m.lastQuit = state, t
	d.online--
	d.log(t, memberQuit, i, reason)
}

func (d *detail) setMic(i int, t int64, on bool) {
	m := &d.members[i]
	if m.mic == on {
		return
	}
	if on {
		limit := int(d.x.settings.maxMic)
		if d.mics >= limit && !d.x.during(ProblemMics, t) {
			return
		}
		if m.seat >= 0 && d.seats[m.seat].audio {
			return
		}
		d.mics++
		m.micTimes++
		d.log(t, micOn, i, 0)
	} else {
		d.mics--
		d.log(t, micOff, i, 0)
	}
	m.mic = on
}

func (d *detail) setCamera(i int, t int64, on bool) {
	m := &d.members[i]
	if m.camera == on {
		return
	}
	if on {
		if d.x.during(ProblemCameras, t) || (m.seat >= 0 && d.seats[m.seat].video) {
			return
		}
		d.cameras++
		d.log(t, cameraOn, i, 0)
	} else {
		d.cameras--
		d.log(t, cameraOff, i, 0)
	}
	m.camera = on
}

// teach is what a teacher does next.
func (d *detail) teach(i int, t int64) {
	m := &d.members[i]
	switch n := d.dice.IntN(100); {
	case n < 25:
		d.say(i, t, talkLesson)
	case n < 33:
		m.screen = !m.screen
		if m.screen {
			d.log(t, screenOn, i, 0)
		} else {
			d.log(t, screenOff, i, 0)
		}
	case n < 40 && d.online > 1:
		m.state, m.next = class.Reconnecting, t+int64(between(d.dice, 3, 10))
	case n < 70:
		if other := d.somebody(); other >= 0 {
			d.members[other].rewards++
		}
	case !m.mic:
		d.setMic(i, t, true)
	case !m.camera:
		d.setCamera(i, t, true)
	}
}

// learn is what a pupil does next.
func (d *detail) learn(i int, t int64) {
	m := &d.members[i]
	switch n := d.dice.IntN(1000); {
	case n < 170:
		m.hands++
		if len(d.seats) > 0 && m.seat < 0 && d.dice.IntN(25) == 0 {
			m.applied = t + 20 // asks for a seat and waits
		}
	case n < 330:
		d.setMic(i, t, !m.mic && d.spareMic())
	case n < 430:
		d.setCamera(i, t, !m.camera)
	case n < 640 && !m.silenced:
		d.talk(i, t)
	case n < 700:
		m.hidden = !m.hidden
		if m.hidden {
			d.log(t, visibleOff, i, 0)
		} else {
			d.log(t, visibleOn, i, 0)
		}
	case n < 760:
		d.strollToSeat(i, t)
	case n < 800 && !m.steady:
		m.state, m.next = class.Reconnecting, t+int64(between(d.dice, 4, 25))
	case n < 803 && d.mayLeave(i):
		reason := leftSelf
		if d.dice.IntN(2) == 0 {
			reason = leftLost
		}
		d.quit(i, t, class.Offline, reason)
		m = &d.members[i]
		m.next = t + int64(between(d.dice, 45, 240))
		m.stays = d.dice.IntN(8) == 0
	}
}

// spareMic keeps one mic for the teacher.
func (d *detail) spareMic() bool { return d.mics+1 < int(d.x.settings.maxMic) }

// mayLeave keeps ordinary classes full: no more than one in seven is out.
func (d *detail) mayLeave(i int) bool {
	return !d.members[i].steady && d.x.live(d.at) && (d.online-1)*100 >= d.size*86 && d.x.script.calm()
}

// calm tells whether people come and go as they like.
func (s *script) calm() bool {
	return s == nil || (s.kind != ProblemDrop && s.kind != ProblemExodus)
}

// somebody picks a pupil who is here, or -1.
func (d *detail) somebody() int {
	for range 8 {
		if i := d.dice.IntN(len(d.members)); d.members[i].role == class.RoleStudent && d.members[i].state == class.Online {
			return i
		}
	}
	return -1
}

// talk lets a pupil write; now and then one misbehaves and is silenced.
func (d *detail) talk(i int, t int64) {
	if d.dice.IntN(60) > 0 {
		d.say(i, t, talkPupil)
		return
	}
	for range 3 {
		d.say(i, t, talkSpam)
	}
	d.members[i].silenced, d.members[i].silent = true, t+int64(between(d.dice, 120, 300))
}
