package poll

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"classtop/class"
)

// Config says what the hub works with. Only Source is required.
type Config struct {
	Source Source
	Budget *Budget // the one that Source's client asks; nil: unlimited

	// Now is the school's clock, for the window of rooms and the rules of
	// attention. Updates and the cadence go by the real time. Nil: time.Now.
	Now func() time.Time
	// Window is the span of classes that are watched. Nil: 12 hours each way.
	Window func(now time.Time) (from, to time.Time)
	// Rand returns a number in [0, 1) for the jitter. Nil: math/rand.
	Rand func() float64
	// Tap sees every update, whoever wants it, before the sessions do. It must
	// neither block nor change what it is given. Nil: nobody does.
	Tap func(Update)
	// Rules are the thresholds of attention; the zero value has the defaults.
	Rules Rules
	// Follow begins as a hub that fetches nothing; see Lead.
	Follow bool
}

// Hub fetches what its sessions want. It is safe for concurrent use; no method
// blocks on the network or on a session.
type Hub struct {
	cfg  Config
	wake chan struct{}
	wait sync.WaitGroup

	mu         sync.Mutex
	ctx        context.Context // Run's; nil while it does not run
	sessions   map[*Session]struct{}
	demand     map[Topic]demand
	cards      bool // some session wants all cards
	entries    map[Topic]*entry
	lines      map[lineKey]*line
	order      []*line // the same, in the order of their making
	systems    map[string]*system
	rooms      map[class.RoomID]*room
	names      names
	round      uint64 // of the list of rooms
	alarms     alarms
	newEntries slab[entry]
	newRooms   slab[room]
	following  bool          // another host fetches
	told       Health        // by that host
	news       chan struct{} // see Demanded
	lap        time.Duration // how long a class in the background waits for its turn, about
}

// NewHub returns a hub; Run makes it work.
func NewHub(cfg Config) *Hub {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Window == nil {
		cfg.Window = func(now time.Time) (from, to time.Time) {
			return now.Add(-12 * time.Hour), now.Add(12 * time.Hour)
		}
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Float64
	}
	cfg.Rules = cfg.Rules.withDefaults()
	return &Hub{
		cfg: cfg, wake: make(chan struct{}, 1), news: make(chan struct{}, 1), following: cfg.Follow,
		sessions: map[*Session]struct{}{}, demand: map[Topic]demand{},
		entries: map[Topic]*entry{}, lines: map[lineKey]*line{},
		systems: map[string]*system{}, rooms: map[class.RoomID]*room{}, names: names{},
		alarms: alarms{groups: groups{within: cfg.Rules.DropWithin}},
	}
}

// Run fetches until the context ends. It returns when all that it started has
// ended, with the context's error.
func (h *Hub) Run(ctx context.Context) error {
	h.mu.Lock()
	h.ctx = ctx
	h.mu.Unlock()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		timer.Reset(h.look())
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-h.wake:
		}
	}
	h.wait.Wait()
	return ctx.Err()
}

// look launches what is due. It lets go of the lock even if it panics: the
// screen asks for the hub's health until it has ended.
func (h *Hub) look() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.dispatch(time.Now())
}

// nudge makes Run look again.
func (h *Hub) nudge() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// Poke fetches the topics now, ahead of the cadence, and voids what was asked
// for before: after a write, nobody is shown the state of before. A class's
// Card stands for its list entry, detail and members; Cards for the list. It
// also ends the stop of the topics' systems after a fatal error.
func (h *Hub) Poke(topics ...Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	for _, t := range topics {
		switch t.Kind {
		case Cards:
			h.poke(Topic{Kind: Rooms}, now)
		case Card:
			h.poke(Topic{Kind: Rooms}, now)
			h.poke(Topic{Kind: Detail, Room: t.Room}, now)
			h.poke(Topic{Kind: Members, Room: t.Room}, now)
		default:
			h.poke(t, now)
		}
	}
	h.nudge()
}

func (h *Hub) poke(t Topic, now time.Time) {
	row := rowOf(t)
	if row == nil || t.Kind == Name {
		return // no write of a class changes a name
	}
	h.resume(h.systemOf(row))
	e := h.entries[t]
	if e == nil {
		if t.Kind != Detail || h.rooms[t.Room] == nil {
			return // nobody looks at it
		}
		e = h.entry(t)
	}
	e.after = now
	e.last = nil
	for s := range h.sessions {
		s.void(e)
	}
	e.poked = true
	e.fails = 0
	e.due = now
	if e.flight != nil {
		h.abandon(e)
	}
	h.enqueue(e)
}

// Resume ends every stop after a fatal error: the person says that the
// credentials or permissions are mended.
func (h *Hub) Resume() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.systems {
		h.resume(s)
	}
	h.nudge()
}

// entry returns the topic's entry, made if need be; it is not queued yet.
func (h *Hub) entry(t Topic) *entry {
	e := h.entries[t]
	if e == nil {
		e = h.newEntries.one()
		e.topic, e.row, e.due = t, rowOf(t), time.Now()
		h.entries[t] = e
	}
	return e
}
