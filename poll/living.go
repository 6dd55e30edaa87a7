package poll

import (
	"time"

	"classtop/class"
)

// living is what the hub keeps of the members of a running class: numbers, and
// the few people whom a rule names. It is one object without the list.
type living struct {
	history    History
	groups     [maxGroups]group
	mics       int                     // of those who are not teachers: the limit does not count teachers
	kicked     map[class.Text]struct{} // who was seen kicked; nil if nobody
	back       person                  // one of them who is here
	twice      person                  // who is in another class too
	elsewhere  class.RoomID            // that class
	failed     class.Text              // name of a document that failed
	unanswered bool                    // the last question has no answer
}

// person is somebody whom a rule names.
type person struct{ id, name class.Text }

func personOf(m *class.Member) person { return person{m.ID.Clone(), m.Name.Clone()} }

// String is the name with the id, or the id where the name is not known.
func (p person) String() string {
	if p.name.IsZero() || p.name == p.id {
		return p.id.String()
	}
	return p.name.String() + " (" + p.id.String() + ")"
}

// observe takes from a member list what the rules need.
func (h *Hub) observe(r *room, members []class.Member, at time.Time) {
	l := r.living
	l.mics, l.back, l.twice, l.elsewhere = 0, person{}, person{}, 0
	l.groups = [maxGroups]group{}
	for i := range members {
		m := &members[i]
		l.meet(m)
		h.alarms.groups.join(l, m, h.cfg.Now())
		if m.Role != class.RoleStudent && m.Role != class.RoleTeacher {
			continue // assistants and supervisors go from class to class
		}
		if other := h.alarms.seen.see(m, r.card.Room.ID, at); other != 0 {
			l.twice, l.elsewhere = personOf(m), other
		}
	}
}

// meet notes one member's microphone and whether a kicked one is back.
func (l *living) meet(m *class.Member) {
	if m.State.Kicked() {
		if l.kicked == nil {
			l.kicked = map[class.Text]struct{}{}
		}
		if _, known := l.kicked[m.ID]; !known {
			l.kicked[m.ID.Clone()] = struct{}{}
		}
		return
	}
	if !m.State.Here() {
		return
	}
	if m.Mic && m.Role != class.RoleTeacher {
		l.mics++
	}
	if _, was := l.kicked[m.ID]; was {
		l.back = personOf(m)
	}
}

// question notes whether the last question is without an answer.
func (l *living) question(all []class.Question) {
	l.unanswered = false
	if len(all) == 0 {
		return
	}
	l.unanswered = true
	for _, s := range all[len(all)-1].Stats {
		if s.Count > 0 {
			l.unanswered = false
		}
	}
}

// document notes a document that could not be transcoded.
func (l *living) document(all []class.Document) {
	l.failed = class.Text{}
	for i := range all {
		if all[i].State == class.TranscodeFail {
			l.failed = all[i].Name.Clone()
		}
	}
}
