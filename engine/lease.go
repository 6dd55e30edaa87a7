package engine

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"
)

// Times of the lease. Only spans on a host's own clock are measured, so it does
// not matter what time the hosts think it is.
const (
	// leaseFor is how long a lease must have stood still before another host
	// takes it.
	leaseFor = 3 * time.Second
	// margin is how much earlier its holder stops. It is the second over which
	// the services count requests.
	margin = time.Second
	// beat is the time between two looks at the lease.
	beat = 300 * time.Millisecond
	// patience is how long the bus may take for one.
	patience = 700 * time.Millisecond
	// failures in a row from which on the bus counts as lost, if that lasts.
	lostAfter = 3
	lostFor   = 4 * time.Second
)

// holder is the lease's value.
type holder struct {
	ID   string `json:"id"`   // of the process
	Host string `json:"host"` // its name for people
}

// lease is one host's view of who leads.
type lease struct {
	me  holder
	now func() time.Time

	mu      sync.Mutex
	held    time.Time // since when the lease is good for; zero: not ours
	rev     uint64    // the last revision seen
	seen    time.Time // when it was first seen
	leader  holder    // zero: nobody known
	contact time.Time // the last answer of the bus
	fails   int       // since then
}

func newLease(me holder, now func() time.Time) *lease {
	return &lease{me: me, now: now, contact: now()}
}

// passed is how much time has passed for sure, whichever clock stood still: the
// monotonic one while a machine sleeps, the other when somebody sets it back.
func passed(from, to time.Time) time.Duration {
	return max(to.Sub(from), to.Round(0).Sub(from.Round(0)))
}

// leads tells whether this host may poll at this moment. No other can.
func (l *lease) leads() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.good(l.now())
}

func (l *lease) good(now time.Time) bool {
	return !l.held.IsZero() && passed(l.held, now) < leaseFor-margin
}

// lost tells whether the bus has been out of reach for long.
func (l *lease) lost() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fails >= lostAfter && passed(l.contact, l.now()) >= lostFor
}

// following is who leads as far as this host knows.
func (l *lease) following() holder {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.leader
}

// step renews the lease, or looks at it and takes it when its holder is gone.
func (l *lease) step(ctx context.Context, bus Bus) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	begun := l.now()
	l.mu.Lock()
	renew, rev := l.good(begun), l.rev
	l.mu.Unlock()
	if renew {
		return l.store(ctx, bus, begun, rev)
	}
	value, rev, err := bus.Load(ctx)
	if err != nil {
		return l.failed(err)
	}
	if !l.look(value, rev) {
		return nil
	}
	return l.store(ctx, bus, l.now(), rev)
}

// look takes in what the bus says of the lease, and tells whether nobody holds
// it any more. Its age counts from the end of the look that first saw it; that
// there is none must stand as long, because a bus that lost its memory forgets
// a leader who still polls.
func (l *lease) look(value []byte, rev uint64) (free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	l.contact, l.fails, l.held = now, 0, time.Time{}
	if rev != l.rev || l.seen.IsZero() {
		l.rev, l.seen, l.leader = rev, now, holder{}
		if rev != 0 {
			_ = json.Unmarshal(value, &l.leader)
		}
	}
	return now.Sub(l.seen) >= leaseFor
}

// store writes the lease; it is good from the moment before.
func (l *lease) store(ctx context.Context, bus Bus, begun time.Time, rev uint64) error {
	value, _ := json.Marshal(l.me)
	next, err := bus.Store(ctx, value, rev)
	if err != nil && !errors.Is(err, ErrMoved) {
		return l.failed(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.contact, l.fails = l.now(), 0
	if err != nil {
		l.held, l.seen = time.Time{}, time.Time{}
		return nil
	}
	l.held, l.rev, l.leader, l.seen = begun, next, l.me, time.Time{}
	return nil
}

func (l *lease) failed(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fails++
	return err
}

// Leader is the name of the host that held the lease last, as it came; empty:
// none did.
func Leader(ctx context.Context, bus Bus) (host string, err error) {
	value, rev, err := bus.Load(ctx)
	var last holder
	if err == nil && rev != 0 {
		err = json.Unmarshal(value, &last)
	}
	return last.Host, err
}
