package poll

import (
	"container/heap"
	"time"

	"classtop/class"
)

// How an outage is noticed and how its end is looked for.
const (
	outage     = 3               // so many requests without an answer in a row
	probeEvery = 2 * time.Second // one request then, until one is answered
	maxProbes  = 4               // that may hang at once
)

// State says how well the hub reaches the service.
type State uint8

// The states of a hub's connection.
const (
	Connecting State = iota // nothing was answered yet
	Connected               // all is well
	Degraded                // some requests go unanswered or are refused
	Down                    // nothing is answered; one request tries every two seconds
	Stopped                 // polling has stopped until the person mends the credentials (Resume, Poke)
)

// String names the state as the header shows it.
func (s State) String() string {
	return [...]string{"connecting", "connected", "degraded", "down", "stopped"}[s]
}

// Health is the state of the connection.
type Health struct {
	State State
	Since time.Time    // of the state
	OK    time.Time    // the last good answer; zero if none
	Err   *class.Error // why it is not Connected; nil otherwise
	Part  string       // a system or an action that alone is in trouble, while all else comes; empty: it is the whole
}

// Health returns the state of the connection, for the header.
func (h *Hub) Health() Health {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.following {
		return h.told
	}
	main := h.systemNamed(lcic)
	health := Health{State: main.state, Since: main.since, OK: main.ok, Err: main.why()}
	if main.state == Degraded && main.fails == 0 && main.refusals < outage {
		health.Part = health.Err.Action // it is not permitted; the others are
	}
	if main.state != Connected {
		return health
	}
	for _, s := range h.systems {
		if s.state > Connected && !s.unset() && h.asked(s) {
			health.State, health.Since, health.Err, health.Part = Degraded, s.since, s.why(), s.words()
		}
	}
	return health
}

// asked tells whether anybody wants anything of the system now. What nobody
// wants is not read, so its old trouble would never end.
func (h *Hub) asked(s *system) bool {
	for _, e := range h.entries {
		if h.systemOf(e.row) == s {
			return true
		}
	}
	return false
}

// system is one service that can fail on its own.
type system struct {
	name      string
	state     State
	since     time.Time
	ok        time.Time
	err       *class.Error            // the last request that went unanswered
	fails     int                     // such requests in a row
	refusals  int                     // answers in a row that said no
	no        *class.Error            // the last of them
	stop      *class.Error            // a fatal error: nothing more is asked
	stops     map[string]*class.Error // the same for one action that is not permitted
	probes    int                     // requests out that look for the end of an outage
	nextProbe time.Time
}

func (h *Hub) systemOf(r *row) *system { return h.systemNamed(r.system) }

func (h *Hub) systemNamed(name string) *system {
	s := h.systems[name]
	if s == nil {
		s = &system{name: name, since: time.Now(), stops: map[string]*class.Error{}}
		h.systems[name] = s
	}
	return s
}

// words is what the system is called on screen.
func (s *system) words() string {
	if s.name == roomEngine {
		return "room engine"
	}
	return s.name
}

func (s *system) down() bool { return s.fails >= outage && s.stop == nil }

// unset tells whether this system is not set up: what needs it says so, and
// nothing is wrong with the rest.
func (s *system) unset() bool { return s.stop != nil && s.stop.HasCode(class.CodeConfig) }

// stoppedFor returns the fatal error that keeps the action from being asked.
func (s *system) stoppedFor(action string) *class.Error {
	if s.stop != nil {
		return s.stop
	}
	return s.stops[action]
}

// why returns the error behind the state.
func (s *system) why() *class.Error {
	if s.stop != nil {
		return s.stop
	}
	if s.fails > 0 {
		return s.err
	}
	if s.refusals >= outage {
		return s.no
	}
	for _, err := range s.stops {
		return err
	}
	return nil
}

// restate finds the state anew.
func (s *system) restate(now time.Time) {
	state := Connected
	switch {
	case s.stop != nil:
		state = Stopped
	case s.fails >= outage:
		state = Down
	case s.fails > 0 || s.refusals >= outage || len(s.stops) > 0:
		state = Degraded
	case s.ok.IsZero():
		state = Connecting
	}
	if state != s.state {
		s.state, s.since = state, now
	}
}

// resume ends a stop; what was due in the meantime goes out.
func (h *Hub) resume(s *system) {
	s.stop = nil
	clear(s.stops)
	s.restate(time.Now())
}

// answered notes that the system answered well. After an outage all that
// failed in it is due at once.
func (h *Hub) answered(s *system) {
	now := time.Now()
	wasDown, wasRefused := s.fails >= outage, s.refusals >= outage
	s.ok, s.fails, s.refusals = now, 0, 0
	s.restate(now)
	if !wasDown && !wasRefused {
		return
	}
	for _, e := range h.entries {
		if wasDown && e.flight != nil && h.systemOf(e.row) == s {
			h.abandon(e) // it hangs in the outage: ask anew
			e.fails, e.due = 0, now
			h.enqueue(e)
			continue
		}
		if e.fails > 0 && e.flight == nil && h.systemOf(e.row) == s && e.err != nil && (wasRefused || unanswered(e.err.Err)) {
			e.fails, e.due = 0, now
			h.enqueue(e)
		}
	}
}

// troubled notes a failure in its system's state.
func (h *Hub) troubled(e *entry, f *flight, u Update) {
	s := f.line.system
	switch {
	case e.topic.Kind == Name && !unanswered(u.Err) && (!u.Err.Fatal() || u.Err.HasCode("UnauthorizedOperation")):
		s.fails = 0 // it answered; that a name stays an id is no trouble
	case u.Err.HasCode("UnauthorizedOperation"):
		s.stops[e.row.action] = u.Err // others may be permitted
	case u.Err.Fatal():
		s.stop = u.Err
	case unanswered(u.Err):
		s.fails++
		s.err = u.Err
		if s.fails == outage {
			s.nextProbe = u.At.Add(probeEvery)
		}
	case u.Err.OfTarget() && e.topic.Room != 0:
		s.fails = 0 // of one class; a list has no target, so there the same words mean trouble
	default:
		s.fails = 0 // it answered, if not what we hoped for
		s.refusals++
		s.no = u.Err
	}
	s.restate(u.At)
}

// unanswered tells whether the error means that the service was not reached.
func unanswered(err *class.Error) bool {
	switch err.Code {
	case class.CodeTimeout, class.CodeNetwork, class.CodeTLS, class.CodeHTTPStatus, class.CodeBody, class.CodeTooLarge:
		return true
	}
	return false
}

// probe sends the most urgent request of a system that is down, if it is time,
// and returns how long until the next.
func (h *Hub) probe(s *system, now time.Time) time.Duration {
	if s.probes >= maxProbes {
		return far
	}
	if wait := s.nextProbe.Sub(now); wait > 0 {
		return wait
	}
	var best *line
	for _, q := range h.order {
		if q.system == s && len(q.entries) > 0 && (best == nil || q.key.tier < best.key.tier) {
			best = q
		}
	}
	if best == nil {
		return far
	}
	s.nextProbe = now.Add(probeEvery)
	h.launch(heap.Pop(best).(*entry), best, now, true)
	return probeEvery
}
