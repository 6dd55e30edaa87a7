package tape

import (
	"context"

	"classtop/class"
	"classtop/poll"
)

// session is the one dashboard that watches a player. It is guarded by the
// player's lock.
type session struct {
	player *Player
	wants  map[poll.Topic]bool
	given  map[poll.Topic]bool // what the dashboard has data of
	news   []poll.Topic        // wanted only now
	box    map[poll.Topic][]poll.Update
	order  []poll.Topic // of box
	full   chan struct{}
	closed bool
}

// Session returns the place of the dashboard that watches.
func (p *Player) Session() *session { return p.session }

// Want replaces what is asked for.
func (s *session) Want(wants []poll.Want) {
	p := s.player
	p.mu.Lock()
	before := s.wants
	s.wants = make(map[poll.Topic]bool, len(wants))
	for _, w := range wants {
		s.wants[w.Topic] = true
		if !before[w.Topic] {
			s.news = append(s.news, w.Topic)
		}
	}
	p.mu.Unlock()
	p.nudge()
}

// Wait blocks until something was played, and returns all of it.
func (s *session) Wait(ctx context.Context) ([]poll.Update, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.full:
		}
		s.player.mu.Lock()
		var us []poll.Update
		for _, t := range s.order {
			us = append(us, s.box[t]...)
		}
		closed := s.closed
		s.empty()
		s.player.mu.Unlock()
		if closed {
			return nil, poll.ErrClosed
		}
		if len(us) > 0 {
			return us, nil
		}
	}
}

// Close ends Wait.
func (s *session) Close() {
	s.player.mu.Lock()
	s.closed = true
	s.player.mu.Unlock()
	s.signal()
}

func (s *session) signal() {
	select {
	case s.full <- struct{}{}:
	default:
	}
}

func (s *session) empty() {
	clear(s.box)
	s.order = s.order[:0]
}

// jumped makes the session forget what it was given.
func (s *session) jumped() {
	s.empty()
	s.news = s.news[:0]
	for t := range s.wants {
		s.news = append(s.news, t)
	}
}

// give leaves in the box what changed and what is newly wanted.
func (s *session) give(touched []poll.Topic) {
	cards := s.wants[poll.Topic{Kind: poll.Cards}]
	put := map[poll.Topic]bool{}
	for _, t := range touched {
		put[t] = s.wants[t] || cards && (t.Kind == poll.Card || t.Kind == poll.Rooms)
	}
	for _, t := range s.news {
		put[t] = put[t] || t.Kind != poll.Card || !cards // all cards are given anyway
		if t.Kind == poll.Cards {
			put[poll.Topic{Kind: poll.Rooms}] = true
			for known := range s.player.dec.entries {
				put[known] = put[known] || known.Kind == poll.Card
			}
		}
	}
	s.news = s.news[:0]
	list := poll.Topic{Kind: poll.Rooms}
	last := put[list]
	delete(put, list)
	for t := range put {
		s.put(t, put)
	}
	put[list] = last
	s.put(list, put) // it drops classes that the recording still knew, and its age is that of all
	if len(s.order) > 0 {
		s.signal()
	}
}

// put leaves a topic's state in the box.
func (s *session) put(t poll.Topic, which map[poll.Topic]bool) {
	if !which[t] || t.Kind == poll.Cards {
		return
	}
	delete(which, t)
	us, err := s.player.dec.updates(plain(t))
	if err != nil {
		s.player.stop(err)
		return
	}
	if len(us) == 0 && t.Kind != poll.Card && t.Kind != poll.Rooms {
		us = s.nothing(t)
	}
	if len(us) == 0 {
		return
	}
	for i := range us {
		us[i].Topic = t
		s.given[t] = s.given[t] || us[i].Err == nil
	}
	if s.box[t] == nil {
		s.order = append(s.order, t)
	}
	s.box[t] = us
}

// nothing says that a topic is not in the recording yet, and takes back what
// the dashboard was given of it from later.
func (s *session) nothing(t poll.Topic) (us []poll.Update) {
	if k := kinds[t.Kind]; k != nil && s.given[t] {
		if empty, err := k.build(k.none()); err == nil {
			us = append(us, poll.Update{Topic: t, Data: empty})
		}
	}
	return append(us, poll.Update{Topic: t, At: s.player.now(), Err: &class.Error{System: "recording", Action: "replay", Code: class.CodeNotReady,
		Meaning: "Nobody looked at this when it was recorded."}})
}
