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
	by map[class.Text]class.Member
	at time.Time
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
	changed := false
	by := make(map[class.Text]class.Member, len(members))
	for i := range members {
		m := &members[i]
		changed = changed || p.by[m.ID].Name != m.Name
		by[m.ID] = *m
	}
	p.by, p.at = by, u.At
	return changed
}

// name is the name of a user, or the id while the name is not known.
func (p *people) name(id class.Text) string {
	if m, ok := p.by[id]; ok && !m.Name.IsZero() {
		return m.Name.String()
	}
	return id.String()
}

// target aims at a user who is in the member list.
func (p *people) target(c class.Card, id class.Text) (ops.Target, bool) {
	m, ok := p.by[id]
	if !ok {
		return ops.Target{}, false
	}
	return memberTarget(c, &m, p.at), true
}
