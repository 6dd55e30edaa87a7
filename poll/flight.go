package poll

import (
	"container/heap"
	"context"
	"errors"
	"time"

	"classtop/class"
	"classtop/class/rescue"
)

// far is when the dispatcher looks again where nothing is due.
const far = time.Minute

// slip is how late a topic may be before its phase moves. Small waits for the
// budget must not add up to a longer cadence; bursts must drift apart.
const slip = 300 * time.Millisecond

// flight is one fetch under way.
type flight struct {
	ticket   ticket
	line     *line
	due      time.Time // when it was to be
	launched time.Time
	cancel   context.CancelFunc
	probe    bool
}

// sent returns when the flight's first request left; data are not newer.
func (f *flight) sent() time.Time {
	if at := f.ticket.left(); !at.IsZero() {
		return at
	}
	return f.launched
}

// dispatch launches what is due and returns how long nothing else will be.
func (h *Hub) dispatch(now time.Time) time.Duration {
	next := far
	if h.following {
		return next
	}
	if h.cards {
		next = min(next, h.lookAgain(now))
	}
	for _, s := range h.systems {
		if s.down() {
			next = min(next, h.probe(s, now))
		}
	}
	for _, q := range h.order {
		if q.system.down() || q.system.stoppedFor(q.key.action) != nil {
			continue
		}
		for len(q.entries) > 0 && q.running < q.flights() {
			wait := q.entries[0].due.Sub(now)
			if wait > 0 {
				next = min(next, wait)
				break
			}
			h.launch(heap.Pop(q).(*entry), q, now, false)
		}
	}
	return next
}

func (h *Hub) launch(e *entry, q *line, now time.Time, probe bool) {
	ctx, cancel := context.WithCancel(h.ctx)
	f := &flight{line: q, due: e.due, launched: now, cancel: cancel, probe: probe}
	f.ticket.tier.Store(uint32(e.tier()))
	f.ticket.polled = true
	e.flight = f
	q.running++
	if probe {
		q.system.probes++
	}
	ask := query{Topic: e.topic}
	if e.topic.Kind == Rooms {
		ask.from, ask.to = h.cfg.Window(h.cfg.Now())
		if len(h.rooms) == 0 {
			ask.soFar = func(list []class.Room) { h.begun(e, f, list) }
		}
	}
	row := e.row
	h.wait.Go(rescue.Func("reading "+row.action, func() {
		defer cancel()
		data, err := row.fetch(withTicket(ctx, &f.ticket), h.cfg.Source, ask)
		h.land(e, f, data, err)
	}))
}

// abandon gives a flight up: it is called back and what it brings is dropped.
func (h *Hub) abandon(e *entry) {
	e.flight.cancel()
	e.flight = nil
}

// begun takes the first pages of the first list of classes, so that a large
// school is on the screen before its last page came. Nobody but the sessions
// is told: a recording has no use for half a list.
func (h *Hub) begun(e *entry, f *flight, list []class.Room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.flight != f || h.ctx.Err() != nil || len(list) <= len(h.rooms) {
		return
	}
	u := Update{Topic: e.topic, Data: list, Started: f.sent(), At: time.Now(), More: true}
	h.hand(u)
	h.takeIn(e, u)
	h.nudge()
}

// land takes what a flight brought.
func (h *Hub) land(e *entry, f *flight, data any, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f.line.running--
	if f.probe {
		f.line.system.probes--
	}
	defer h.nudge()
	if e.flight != f || h.ctx.Err() != nil {
		return
	}
	e.flight = nil
	now := time.Now()
	u := Update{Topic: e.topic, Started: f.sent(), At: now}
	if err != nil {
		u.Err = asError(e, err)
		h.failed(e, f, u)
	} else {
		u.Data = data
		h.fetched(e, f, u)
	}
	if h.entries[e.topic] == e {
		h.settle(e)
	}
}

// fetched keeps and hands out good data and plans the next fetch.
func (h *Hub) fetched(e *entry, f *flight, u Update) {
	h.answered(f.line.system)
	every := h.lull(e, u)
	e.fails, e.err, e.sent = 0, nil, u.Started
	if e.direct {
		e.last = &u
	}
	e.due = f.due.Add(every)
	if u.Started.Sub(f.due) > slip {
		e.due = u.Started.Add(every - slip/2)
	}
	h.publish(u) // a list before its cards
	h.takeIn(e, u)
}

// lull returns how long the topic rests after a good fetch.
func (h *Hub) lull(e *entry, u Update) time.Duration {
	e.poked = false
	every := e.every()
	switch {
	case e.topic.Kind == Rooms:
		return max(every, 2*u.At.Sub(u.Started)) // long lists must not eat their whole share
	case e.topic.Kind != Members || e.tier() != Background:
		return every
	}
	if !e.sent.IsZero() {
		h.lap += (u.Started.Sub(e.sent) - h.lap) / 32
	}
	if r := h.rooms[e.topic.Room]; r != nil && r.card.Score >= troubling {
		return every
	}
	// Where the background's line is longer than its cadence, calm classes
	// rest for most of a lap, and so those with problems pass them.
	return max(every, h.lap*4/5)
}

// failed tells those who look, and plans another try.
func (h *Hub) failed(e *entry, f *flight, u Update) {
	e.fails++
	e.poked = false
	e.err = &u
	e.due = u.At.Add(h.backOff(e))
	h.troubled(e, f, u)
	h.cardFailed(e, u)
	h.publish(u)
}

// settle queues the entry again, or forgets it when nobody needs it.
func (h *Hub) settle(e *entry) {
	if e.base && !e.wanted && (e.topic.Kind == Detail || e.topic.Kind == Name) && e.fails == 0 && !e.sent.IsZero() && !e.poked {
		e.base = false // the cards need it only once
	}
	if !e.demanded() {
		h.forget(e)
		return
	}
	h.enqueue(e)
}

// forget drops the entry and calls back a flight that has not left yet.
func (h *Hub) forget(e *entry) {
	h.dequeue(e)
	if e.flight != nil {
		h.abandon(e)
	}
	delete(h.entries, e.topic)
}

// every returns the entry's cadence.
func (e *entry) every() time.Duration { return e.row.every[e.tier()] }

// The bounds of the time between two tries after failures.
const (
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

// backOff returns how long to wait after the entry's latest failure: twice as
// long each time, with jitter, so that many topics do not come back at once.
func (h *Hub) backOff(e *entry) time.Duration {
	if e.topic.Kind == Name {
		e.base = e.fails < mostAsks // remembered, whoever stops looking
		return askAgain
	}
	wait := lastRetry
	if e.fails < 6 {
		wait = firstRetry << (e.fails - 1)
	}
	return wait/2 + time.Duration(h.cfg.Rand()*float64(wait/2))
}

// asError makes sure that an error has words for a person.
func asError(e *entry, err error) *class.Error {
	var known *class.Error
	if errors.As(err, &known) {
		return known
	}
	code := class.CodeNetwork
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		code = class.CodeTimeout
	case errors.Is(err, context.Canceled):
		code = class.CodeCancelled
	}
	return &class.Error{System: e.row.system, Action: e.row.action, Code: code,
		Meaning: "the request was not answered", Cause: err}
}
