package engine

import (
	"encoding/json"
	"time"

	"classtop/class"
	"classtop/ops"
	"classtop/tape"
)

// crowdEvery is how often a host repeats who is there.
const crowdEvery = 2 * time.Second

// crowd is an ops.Crowd on its way: moments in milliseconds of the sender's
// clock, texts with what the wire said.
type crowd struct {
	People    []person   `json:",omitempty"`
	Claims    []claim    `json:",omitempty"`
	Proposals []proposal `json:",omitempty"`
}

type person struct {
	ops.Person
	RoomName string
	Since    int64
}

type claim struct {
	Room         class.RoomID
	RoomName, By string
	Since        int64
	Turn         uint64
}

type proposal struct {
	ID                  uint64
	Op                  op
	By, Second, End     string
	Seen                int64
	Asked, Until, Ended int64
}

// here tells the other hosts of the people here, when that changed and from
// time to time.
func (n *Node) here(leads bool) {
	runner := n.runner()
	if runner == nil {
		return
	}
	c, now := runner.Here(), n.cfg.Now()
	var out crowd
	for _, p := range c.People {
		name := tape.Exact(p.RoomName)
		p.RoomName = class.Text{}
		out.People = append(out.People, person{p, name, milli(p.Since)})
	}
	for _, x := range c.Claims {
		out.Claims = append(out.Claims, claim{x.Room, tape.Exact(x.RoomName), x.By, milli(x.Since), x.Turn})
	}
	for _, p := range c.Proposals {
		if leads {
			out.Proposals = append(out.Proposals, proposal{p.ID, packOp(p.Op), p.By, p.Second, p.End, milli(p.Op.Target.SeenAt), milli(p.Asked), milli(p.Until), milli(p.Ended)})
		}
	}
	body, err := json.Marshal(out)
	n.mu.Lock()
	same := err != nil || string(body) == n.crowd && passed(n.crowdAt, now) < crowdEvery
	if !same {
		n.crowd, n.crowdAt = string(body), now
	}
	n.mu.Unlock()
	if !same {
		n.send("here", head{From: n.id, Host: n.cfg.Host, Now: now.UnixMilli()}, body)
	}
}

// met hears who is at another host.
func (n *Node) met(h head, body []byte) {
	var in crowd
	runner := n.runner()
	if runner == nil || json.Unmarshal(body, &in) != nil {
		return
	}
	now := n.cfg.Now()
	at := func(ms int64) time.Time {
		if ms == 0 {
			return time.Time{}
		}
		return now.Add(time.Duration(ms-h.Now) * time.Millisecond)
	}
	var c ops.Crowd
	for _, p := range in.People {
		p.Person.RoomName, p.Person.Since = tape.OfExact(p.RoomName), at(p.Since)
		c.People = append(c.People, p.Person)
	}
	for _, x := range in.Claims {
		c.Claims = append(c.Claims, ops.Claim{Room: x.Room, RoomName: tape.OfExact(x.RoomName), By: x.By, Since: at(x.Since), Turn: x.Turn})
	}
	for _, p := range in.Proposals {
		c.Proposals = append(c.Proposals, ops.Proposal{ID: p.ID, Op: p.Op.unpack(at(p.Seen)), By: p.By, Second: p.Second, End: p.End,
			Asked: at(p.Asked), Until: at(p.Until), Ended: at(p.Ended)})
	}
	runner.Meet(h.From, c, n.lease.following().ID == h.From && !n.lease.leads())
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
