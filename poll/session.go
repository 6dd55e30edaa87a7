package poll

import (
	"context"
	"errors"
	"maps"
	"sync"
)

// ErrClosed is what Wait returns after Close.
var ErrClosed = errors.New("poll: the session is closed")

// Session is one dashboard's connection to the hub: what it wants, and a
// mailbox in which a newer update takes the place of an older one. So a
// session that stalls costs the others nothing and sees the latest when it
// comes back.
type Session struct {
	hub   *Hub
	wants map[Topic]Tier // guarded by the hub's lock

	mu     sync.Mutex
	full   chan struct{} // has one token while the box holds something
	box    map[Topic]*letter
	order  []Topic
	closed bool
}

// letter is what waits for a session on one topic: the latest data, and the
// failure that came after them.
type letter struct{ data, failure *Update }

// Join adds a session that wants nothing yet.
func (h *Hub) Join() *Session {
	s := &Session{hub: h, full: make(chan struct{}, 1), box: map[Topic]*letter{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sessions[s] = struct{}{}
	return s
}

// Want replaces what the session wants. What the hub already knows of newly
// wanted topics is in the mailbox when it returns; what it does not is fetched
// at once. It never blocks on the network.
func (s *Session) Want(wants []Want) {
	next := make(map[Topic]Tier, len(wants))
	for _, w := range wants {
		if tier, twice := next[w.Topic]; !twice || w.Tier < tier {
			next[w.Topic] = w.Tier
		}
	}
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, here := h.sessions[s]; !here || maps.Equal(s.wants, next) {
		return
	}
	before := s.wants
	s.wants = next
	h.rebuild()
	for t := range next {
		if _, had := before[t]; !had {
			h.catchUp(s, t)
		}
	}
}

// Wait blocks until the mailbox holds something, then empties it. Of each
// topic there is at most one update with data and, after it, one with an
// error. It returns the context's error, or ErrClosed.
func (s *Session) Wait(ctx context.Context) ([]Update, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.full:
		}
		updates, closed := s.drain()
		if closed {
			s.signal()
			return nil, ErrClosed
		}
		if len(updates) > 0 {
			return updates, nil
		}
	}
}

// Close ends the session's demand and wakes its Wait.
func (s *Session) Close() {
	h := s.hub
	h.mu.Lock()
	delete(h.sessions, s)
	h.rebuild()
	h.mu.Unlock()
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.signal()
}

func (s *Session) signal() {
	select {
	case s.full <- struct{}{}:
	default:
	}
}

func (s *Session) drain() ([]Update, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	updates := make([]Update, 0, len(s.order))
	for _, t := range s.order {
		if l := s.box[t]; l.data != nil {
			updates = append(updates, *l.data)
		}
		if l := s.box[t]; l.failure != nil {
			updates = append(updates, *l.failure)
		}
	}
	clear(s.box)
	s.order = s.order[:0]
	return updates, s.closed
}

// put leaves an update in the mailbox; it takes the place of an older one.
func (s *Session) put(u *Update) {
	s.mu.Lock()
	l := s.box[u.Topic]
	if l == nil {
		l = new(letter)
		s.box[u.Topic] = l
		s.order = append(s.order, u.Topic)
	}
	if u.Err != nil {
		l.failure = u
	} else {
		l.data, l.failure = u, nil
	}
	s.mu.Unlock()
	s.signal()
}

// void takes undelivered data out that were asked for before a Poke.
func (s *Session) void(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.box[e.topic]
	if l == nil {
		return
	}
	if l.data != nil && l.data.Started.Before(e.after) {
		l.data = nil
	}
	if l.failure != nil && l.failure.Started.Before(e.after) {
		l.failure = nil
	}
}

// wantsIt tells whether updates of the topic are for this session.
func (s *Session) wantsIt(t Topic) bool {
	if _, ok := s.wants[t]; ok {
		return true
	}
	if t.Kind != Card && t.Kind != Rooms {
		return false
	}
	_, all := s.wants[Topic{Kind: Cards}]
	return all
}

// publish leaves the update in the mailboxes of those who want it.
func (h *Hub) publish(u Update) {
	if h.cfg.Tap != nil {
		h.cfg.Tap(u)
	}
	h.hand(u)
}

// hand gives an update to the sessions that want it.
func (h *Hub) hand(u Update) {
	for s := range h.sessions {
		if s.wantsIt(u.Topic) {
			s.put(&u)
		}
	}
}

// catchUp gives a session what is known of a topic that it newly wants.
func (h *Hub) catchUp(s *Session, t Topic) {
	switch t.Kind {
	case Cards:
		h.catchUp(s, Topic{Kind: Rooms})
		for _, r := range h.rooms {
			s.put(r.update())
		}
	case Card:
		if r := h.rooms[t.Room]; r != nil {
			s.put(r.update())
		}
	default:
		e := h.entries[t]
		if t.Kind == Name && h.tellName(s, t) || e == nil {
			return
		}
		if e.last != nil {
			s.put(e.last)
		}
		if e.err != nil {
			s.put(e.err)
		} else if why := h.systemOf(e.row).stoppedFor(e.row.action); why != nil {
			s.put(&Update{Topic: t, At: h.systemOf(e.row).since, Err: why})
		}
	}
}
