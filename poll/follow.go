package poll

import (
	"time"

	"classtop/class"
)

// A hub that follows fetches nothing: another host's hub does, and Feed takes
// in what that one brings. Sessions notice nothing of it. When the other host
// is gone, Lead(true) goes on from what is known.

// Lead makes the hub fetch by itself, or follow. A hub that begins to follow
// calls back what is under way.
func (h *Hub) Lead(lead bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.following != lead {
		return
	}
	h.following = !lead
	now := time.Now()
	for _, e := range h.entries {
		if e.flight != nil {
			h.abandon(e)
		}
		e.fails, e.due = 0, now
		h.enqueue(e)
	}
	for _, s := range h.systems {
		h.resume(s)
		s.fails, s.refusals = 0, 0
	}
	h.nudge()
}

// Told sets the health of a hub that follows: what the leader says of its own.
func (h *Hub) Told(health Health) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = health
}

// Wants returns what all sessions want, each topic once: the demand of this
// host.
func (h *Hub) Wants() []Want {
	h.mu.Lock()
	defer h.mu.Unlock()
	tiers := map[Topic]Tier{}
	for s := range h.sessions {
		for t, tier := range s.wants {
			if old, known := tiers[t]; !known || tier < old {
				tiers[t] = tier
			}
		}
	}
	wants := make([]Want, 0, len(tiers))
	for t, tier := range tiers {
		wants = append(wants, Want{t, tier})
	}
	return wants
}

// Demanded has a token after what the sessions want has changed.
func (h *Hub) Demanded() <-chan struct{} { return h.news }

// Feed takes in what the leader's hub brought. A hub that leads drops it.
func (h *Hub) Feed(us []Update) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.following {
		return
	}
	for _, u := range us {
		h.feed(u)
	}
}

func (h *Hub) feed(u Update) {
	if c, ok := u.Data.(class.Card); ok {
		h.feedCard(c, u)
		return
	}
	if e := h.entries[u.Topic]; e != nil {
		switch {
		case u.Err != nil:
			e.err = &u
		default:
			e.err, e.sent = nil, u.Started
			if e.direct {
				e.last = &u
			}
		}
	}
	h.publish(u)
	if list, ok := u.Data.([]class.Room); ok {
		h.feedRooms(list)
	}
}

// feedRooms follows the list; the cards come by themselves.
func (h *Hub) feedRooms(list []class.Room) {
	h.round++
	for i := range list {
		r := h.known(list[i].ID)
		r.round = h.round
		if r.card.Room != list[i] {
			r.card.Room = list[i]
			h.needs(r)
		}
	}
	for id, r := range h.rooms {
		if r.round != h.round {
			h.dropRoom(id)
		}
	}
}

func (h *Hub) feedCard(c class.Card, u Update) {
	r := h.known(c.Room.ID)
	r.card, r.started, r.round = c, u.Started, h.round
	r.detailed = r.detailed || !c.Teacher.IsZero()
	r.watch = watchOf(c.Problems)
	if !c.MembersAt.IsZero() {
		if r.living == nil {
			r.living = new(living)
		}
		r.living.history.Add(c.MembersAt, c.Counts)
	}
	h.needs(r)
	h.publish(u)
}

// known returns what the hub keeps of a class, made if need be.
func (h *Hub) known(id class.RoomID) *room {
	r := h.rooms[id]
	if r == nil {
		r = h.newRooms.one()
		h.rooms[id] = r
	}
	return r
}

// watchOf is what the rules remember where these problems are raised, so that
// they stay when this host goes on.
func watchOf(problems []class.Problem) (w watch) {
	for _, p := range problems {
		for i := range ruleTable {
			if ruleTable[i].name == p.Rule {
				w[i] = memoryOf{since: p.Since.Unix(), raised: true}
			}
		}
	}
	return w
}
