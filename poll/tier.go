package poll

import (
	"context"
	"sync/atomic"
	"time"
)

// ticket travels with a flight's context through the client to the budget. It
// carries the tier down, which may rise while the flight waits, and brings
// back when the first request was let go.
type ticket struct {
	tier   atomic.Uint32
	sent   atomic.Pointer[time.Time]
	polled bool // for a hub
}

type ticketKey struct{}

// WithTier returns a context whose requests wait in the budget's queue of that
// tier. Requests of a context without a tier count as Focused: a person or a
// script waits for them.
func WithTier(ctx context.Context, tier Tier) context.Context {
	t := new(ticket)
	t.tier.Store(uint32(tier))
	return withTicket(ctx, t)
}

func withTicket(ctx context.Context, t *ticket) context.Context {
	return context.WithValue(ctx, ticketKey{}, t)
}

// ticketOf returns the context's ticket, or a new one for Focused.
func ticketOf(ctx context.Context) *ticket {
	if t, ok := ctx.Value(ticketKey{}).(*ticket); ok {
		return t
	}
	return new(ticket)
}

// leave notes when the flight's first request was let go; later pages of the
// same flight change nothing.
func (t *ticket) leave(now time.Time) { t.sent.CompareAndSwap(nil, &now) }

// left returns when the first request was let go, or the zero time.
func (t *ticket) left() time.Time {
	if at := t.sent.Load(); at != nil {
		return *at
	}
	return time.Time{}
}

func (t *ticket) now() Tier { return min(Tier(t.tier.Load()), Background) }

// Polled tells whether a request is the hub's own, and not one that a person or
// a script waits for.
func Polled(ctx context.Context) bool {
	t, ok := ctx.Value(ticketKey{}).(*ticket)
	return ok && t.polled
}
