package poll

import (
	"time"

	"classtop/class"
)

// When the detail of a class is read that nobody looks at: running classes
// first.
const (
	upcomingDelay = time.Second
	endedDelay    = 2 * time.Second
)

// room is what the hub keeps of a class: the card, not the member list.
type room struct {
	card     class.Card
	started  time.Time // start of the latest fetch that went into the card
	detailed bool      // the teacher is known
	living   *living   // nil until its members were read
	round    uint64    // of the list in which it was last seen
	watch    watch     // what the rules of attention remember
}

func (r *room) live() bool { return r.card.Room.Status == class.RoomLive }

func (r *room) detailDelay() time.Duration {
	switch r.card.Room.Status {
	case class.RoomLive:
		return 0
	case class.RoomUpcoming:
		return upcomingDelay
	default:
		return endedDelay
	}
}

// update returns the card as an update.
func (r *room) update() *Update {
	return &Update{
		Topic: Topic{Kind: Card, Room: r.card.Room.ID}, Data: r.card,
		Started: r.started, At: time.Now(),
	}
}

// takeIn puts what a fetch brought into the cards.
func (h *Hub) takeIn(e *entry, u Update) {
	switch data := u.Data.(type) {
	case []class.Room:
		h.takeRooms(data, u)
	case class.RoomDetail:
		if r := h.rooms[e.topic.Room]; r != nil {
			h.takeDetail(r, &data, u)
		}
	case []class.Member:
		if r := h.rooms[e.topic.Room]; r != nil {
			h.takeMembers(r, data, u)
		}
	case class.Person:
		h.takeName(e.topic.ID, data.Name)
	case []class.Question:
		if r := h.rooms[e.topic.Room]; r != nil && r.living != nil {
			r.living.question(data)
		}
	case []class.Document:
		if r := h.rooms[e.topic.Room]; r != nil && r.living != nil {
			r.living.document(data)
		}
	}
}

// takeRooms follows the list: new classes come, others go or change.
func (h *Hub) takeRooms(list []class.Room, u Update) {
	h.round++
	turned := false
	for i := range list {
		r := h.known(list[i].ID)
		r.round = h.round
		before := r.card.Room
		if before == list[i] {
			continue
		}
		turned = turned || before.Status != list[i].Status || before.ID == 0
		r.card.Room = list[i]
		r.started = u.Started
		h.needs(r)
		h.reckon(r)
		h.show(r)
	}
	for id, r := range h.rooms {
		if r.round != h.round {
			h.dropRoom(id)
			turned = true
		}
	}
	if turned {
		h.rebuild() // the members of a class that began or ended
	}
}

func (h *Hub) takeDetail(r *room, d *class.RoomDetail, u Update) {
	r.detailed = true
	if r.card.Teacher == d.Teacher {
		return
	}
	r.card.Teacher = d.Teacher.Clone()
	h.nameTeacher(r)
	r.started = u.Started
	h.show(r)
}

func (h *Hub) takeMembers(r *room, members []class.Member, u Update) {
	r.card.Counts = class.Count(members)
	r.card.MembersAt = u.Started
	r.card.Err = nil
	r.started = u.Started
	h.names.learnLeaders(members)
	if name := h.names[teacherOf(members, r.card.Teacher)]; name != r.card.TeacherName && !name.IsZero() {
		r.card.TeacherName = name
		h.needName(r)
	}
	if r.living == nil {
		r.living = new(living)
	}
	r.living.history.Add(u.Started, r.card.Counts)
	h.observe(r, members, u.Started)
	h.reckon(r)
	h.show(r)
}

// cardFailed marks the card of a class whose members could not be read.
func (h *Hub) cardFailed(e *entry, u Update) {
	r := h.rooms[e.topic.Room]
	if r == nil || e.topic.Kind != Members {
		return
	}
	r.card.Err = u.Err
	r.started = u.Started
	h.show(r)
}

// show hands the card out.
func (h *Hub) show(r *room) { h.publish(*r.update()) }

// teacherOf returns the class's teacher if he is in the list, or any teacher
// in it as long as the detail is not known.
func teacherOf(members []class.Member, teacher class.Text) class.Text {
	for i := range members {
		m := &members[i]
		if m.ID == teacher && !teacher.IsZero() || m.Role == class.RoleTeacher && teacher.IsZero() {
			return m.ID
		}
	}
	return class.Text{}
}
