package engine

import (
	"context"
	"sync/atomic"

	"classtop/poll"
)

// Gate is the budget as the client asks it: right before each request of the
// hub it looks whether this host still polls. The zero Gate of a budget lets
// all through.
type Gate struct {
	*poll.Budget
	engine atomic.Pointer[Engine]
}

// Guard makes the gate ask an engine from now on.
func (g *Gate) Guard(e Engine) { g.engine.Store(&e) }

// Take is the budget's Take.
func (g *Gate) Take(ctx context.Context, action string) (done func(limited bool), err error) {
	done, err = g.Budget.Take(ctx, action)
	e := g.engine.Load()
	if err != nil || e == nil || !poll.Polled(ctx) {
		return done, err
	}
	if why := (*e).May(); why != nil {
		done(false)
		return nil, why
	}
	return done, nil
}
