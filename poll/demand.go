package poll

import (
	"time"

	"classtop/class"
)

// demand is what all sessions together want of a topic.
type demand struct {
	tier   Tier
	direct bool // the data themselves, not only the class's card
}

// add joins another want to the demand.
func (d demand) add(o demand, known bool) demand {
	if !known {
		return o
	}
	return demand{min(d.tier, o.tier), d.direct || o.direct}
}

// rebuild puts the wants of all sessions together and changes what differs.
// The caller holds the lock.
func (h *Hub) rebuild() {
	wanted, cards := h.union()
	old := h.demand
	h.demand = wanted
	changed := cards != h.cards
	h.cards = cards
	if changed {
		for _, r := range h.rooms {
			h.needs(r)
		}
	}
	for t := range old {
		if _, still := wanted[t]; !still {
			h.unwant(t)
		}
	}
	for t, d := range wanted {
		if before, known := old[t]; !known || before != d || h.entries[t] == nil {
			h.setWant(t, d)
		}
	}
	select {
	case h.news <- struct{}{}:
	default:
	}
	h.nudge()
}

// union returns the demand of all sessions, and whether any wants all cards.
func (h *Hub) union() (wanted map[Topic]demand, cards bool) {
	wanted = make(map[Topic]demand, len(h.demand))
	add := func(t Topic, d demand) {
		have, known := wanted[t]
		wanted[t] = have.add(d, known)
	}
	for s := range h.sessions {
		for t, tier := range s.wants {
			switch t.Kind {
			case Cards:
				cards = true
				add(Topic{Kind: Rooms}, demand{tier, true})
			case Card:
				add(Topic{Kind: Rooms}, demand{Visible, true})
				if r := h.rooms[t.Room]; r != nil && r.live() {
					add(Topic{Kind: Members, Room: t.Room}, demand{tier, false})
				}
			default:
				add(t, demand{tier, true})
			}
		}
	}
	return wanted, cards
}

// setWant makes the topic's entry follow the demand: new or more urgent
// topics are fetched at once if what is known is too old.
func (h *Hub) setWant(t Topic, d demand) {
	if rowOf(t) == nil || t.Kind == Name && !h.names[t.ID].IsZero() {
		return
	}
	e := h.entry(t)
	wasDirect := e.wanted && e.direct
	e.wanted, e.want, e.direct = true, d.tier, d.direct
	if !d.direct {
		e.last = nil
	}
	if e.flight != nil {
		h.raise(e)
		return
	}
	if e.fails == 0 {
		e.due = h.dueNow(e, d.direct && !wasDirect && e.last == nil)
	}
	h.enqueue(e)
}

// dueNow returns when the entry is due under its present tier. Data that were
// read before anybody asked for them are gone, so they are read anew.
func (h *Hub) dueNow(e *entry, fresh bool) time.Time {
	if e.sent.IsZero() || fresh {
		return time.Now()
	}
	return e.sent.Add(e.every())
}

// raise tells a flight that still waits for the budget how urgent it is now.
func (h *Hub) raise(e *entry) {
	tier := uint32(e.tier())
	if e.flight.ticket.tier.Swap(tier) > tier && h.cfg.Budget != nil && e.flight.ticket.left().IsZero() {
		h.cfg.Budget.hurry(e.row.action)
	}
}

// unwant makes the topic's entry follow the end of all demand.
func (h *Hub) unwant(t Topic) {
	e := h.entries[t]
	if e == nil {
		return
	}
	e.wanted, e.direct, e.last = false, false, nil
	if !e.demanded() {
		h.forget(e)
		return
	}
	if e.flight != nil {
		h.raise(e)
		return
	}
	if e.fails == 0 && !e.poked {
		e.due = h.dueNow(e, false)
	}
	h.enqueue(e)
}

// needs makes the background topics of a class follow its state: members (and
// what the rules want) only while it runs, the detail once.
func (h *Hub) needs(r *room) {
	id := r.card.Room.ID
	h.setBase(Topic{Kind: Members, Room: id}, h.cards && r.live(), 0)
	h.setBase(Topic{Kind: Questions, Room: id}, h.cards && r.live() && h.cfg.Rules.Questions, 0)
	h.setBase(Topic{Kind: Documents, Room: id}, h.cards && r.live() && h.cfg.Rules.Documents, 0)
	h.setBase(Topic{Kind: Detail, Room: id}, h.cards && !r.detailed, r.detailDelay())
	h.needName(r)
}

// setBase says whether the cards need the topic.
func (h *Hub) setBase(t Topic, need bool, delay time.Duration) {
	e := h.entries[t]
	switch {
	case need && (e == nil || !e.base):
		e = h.entry(t)
		e.base = true
		if e.flight == nil && !e.wanted && e.sent.IsZero() {
			e.due = time.Now().Add(delay)
		}
	case !need && e != nil && e.base:
		e.base = false
		if !e.demanded() {
			h.forget(e)
			return
		}
	default:
		return
	}
	h.enqueue(e)
}

// dropRoom forgets a class that is no longer in the list.
func (h *Hub) dropRoom(id class.RoomID) {
	delete(h.rooms, id)
	for _, k := range []Kind{Members, Detail, Questions, Documents} {
		h.setBase(Topic{Kind: k, Room: id}, false, 0)
	}
}
