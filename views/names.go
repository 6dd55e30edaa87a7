package views

import (
	"classtop/class"
	"classtop/poll"
)

// mostNames is how many names a screen asks for: far more than anybody reads.
const mostNames = 300

// names are the names of users of whom a screen has only the ids.
type names struct {
	by   map[class.Text]class.Text
	asks []poll.Want
}

// ask replaces what is asked for.
func (n *names) ask(ids []class.Text) {
	n.asks = n.asks[:0:0]
	for _, id := range ids {
		if !id.IsZero() && len(n.asks) < mostNames {
			n.asks = append(n.asks, poll.Want{Topic: poll.Topic{Kind: poll.Name, ID: id}, Tier: poll.Background})
		}
	}
}

// learn takes a name; it tells whether the update was one that is new.
func (n *names) learn(u poll.Update) bool {
	p, ok := u.Data.(class.Person)
	if !ok || p.Name.IsZero() || n.by[p.ID] == p.Name {
		return false
	}
	if n.by == nil {
		n.by = map[class.Text]class.Text{}
	}
	n.by[p.ID] = p.Name
	return true
}

// of is the name of a user, or the id while the name is not known.
func (n *names) of(id class.Text) class.Text {
	if name, ok := n.by[id]; ok {
		return name
	}
	return id
}
