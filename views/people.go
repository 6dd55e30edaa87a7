package views

import (
	"time"

	"classtop/class"
	"classtop/ops"
	"classtop/poll"
)

// people knows the members of a class by their ids, for lists in which the API
// gives ids only.
type people struct {
	by  map[class.Text]int // the place in all
	all []class.Member     // of the last list; never written to
	at  time.Time
}

// want is the demand that keeps them known.
func (p *people) want(room class.RoomID) poll.Want {
	return poll.Want{Topic: poll.Topic{Kind: poll.Members, Room: room}, Tier: poll.Visible}
}

// learn takes a member list; it tells whether any name is new.
func (p *people) learn(u poll.Update) bool {
	members, ok := u.Data.([]class.Member)
	if !ok {
		return false
	}
	before, changed := *p, false
	same := len(members) == len(p.all) // the same people in the same places, as almost always
	for i := range members {
		m := &members[i]
		same = same && p.all[i].ID == m.ID
		old, known := before.find(m.ID)
		changed = changed || !known && !m.Name.IsZero() || known && old.Name != m.Name
	}
	p.all, p.at = members, u.At
	if !same {
		p.by = make(map[class.Text]int, len(members))
		for i := range members {
			p.by[members[i].ID] = i
		}
	}
	return changed
}

// find is the member of an id.
func (p *people) find(id class.Text) (*class.Member, bool) {
	i, ok := p.by[id]
	if !ok {
		return nil, false
	}
	return &p.all[i], true
}

// name is the name of a user, or the id while the name is not known.
func (p *people) name(id class.Text) string {
	if m, ok := p.find(id); ok && !m.Name.IsZero() {
		return m.Name.String()
	}
	return id.String()
}

// target aims at a user who is in the member list.
func (p *people) target(c class.Card, id class.Text) (ops.Target, bool) {
	m, ok := p.find(id)
	if !ok {
		return ops.Target{}, false
	}
	return memberTarget(c, m, p.at), true
}
