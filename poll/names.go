package poll

import (
	"time"

	"classtop/class"
)

// The name book knows who leads, for classes whose members cannot be read and
// for lists that give ids only.
const (
	mostNames = 20_000
	nameDelay = 5 * time.Second // a member list may tell it for nothing
	askAgain  = time.Hour       // after an answer, and after a refusal
	mostAsks  = 24              // that may be refused in a row
)

// names are the names of users by their ids, at most mostNames.
type names map[class.Text]class.Text

func nameTopic(id class.Text) Topic { return Topic{Kind: Name, ID: id} }

// learn keeps a name; where the book is full, some other one goes.
func (n names) learn(id, name class.Text) {
	known, ok := n[id]
	if id.IsZero() || name.IsZero() || known == name {
		return
	}
	if !ok && len(n) >= mostNames {
		for other := range n {
			delete(n, other)
			break
		}
	}
	p := class.Person{ID: id, Name: name}.Clone()
	delete(n, id) // the key shares its memory with the name
	n[p.ID] = p.Name
}

// learnLeaders takes the names of those in a member list who lead. Students
// are nowhere shown by their ids alone but in a group, which asks.
func (n names) learnLeaders(members []class.Member) {
	for i := range members {
		if m := &members[i]; m.Role != class.RoleStudent {
			n.learn(m.ID, m.Name)
		}
	}
}

// nameTeacher gives a card its teacher's name, or sees that somebody asks for
// it.
func (h *Hub) nameTeacher(r *room) {
	r.card.TeacherName = h.names[r.card.Teacher]
	h.needName(r)
}

// needName has a teacher's name asked for as long as it is not known. A
// refusal is remembered, whoever stops looking.
func (h *Hub) needName(r *room) {
	t, unknown := nameTopic(r.card.Teacher), !r.card.Teacher.IsZero() && r.card.TeacherName.IsZero()
	if e := h.entries[t]; unknown && e != nil && e.fails > 0 {
		return
	}
	h.setBase(t, h.cards && unknown, nameDelay)
}

// takeName puts an answer into the book and on the cards of the teacher.
func (h *Hub) takeName(id, name class.Text) {
	h.names.learn(id, name)
	for _, r := range h.rooms {
		if r.card.Teacher == id && r.card.TeacherName != name && !name.IsZero() {
			r.card.TeacherName = h.names[id]
			h.show(r)
		}
	}
}

// tellName gives a session a name that the book has already.
func (h *Hub) tellName(s *Session, t Topic) bool {
	name, ok := h.names[t.ID]
	if !ok {
		return false
	}
	now := time.Now()
	u := Update{Topic: t, Data: class.Person{ID: t.ID, Name: name}, Started: now, At: now}
	if h.cfg.Tap != nil {
		h.cfg.Tap(u) // a recording has it too
	}
	s.put(&u)
	return true
}
