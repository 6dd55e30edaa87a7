package poll

import (
	"context"
	"sync"
	"time"
)

// window is the time in which the server counts requests, with a little room
// for clocks that do not run quite alike.
const window = time.Second + 2*time.Millisecond

// The limits where nothing else is said, and the bounds of the share.
const (
	defaultRate  = 20
	defaultShare = 0.5
	minShare     = 0.05
	maxShare     = 1.0
)

// BudgetConfig says what the budget may spend.
type BudgetConfig struct {
	Rate  func(action string) int // requests a second that the account is allowed; nil or 0: 20
	Share float64                 // part of it that is ours, 0.05 to 1; 0: 0.5
}

// Budget lets requests go so that the server never sees more than our share of
// an action's rate in any one-second window, whatever the network does.
//
// A request that left at T and whose answer began at T2 reached the server
// somewhere in between. So its place is taken from T until one second after
// T2: whoever gets the place next cannot meet it in one window.
//
// It is safe for concurrent use.
type Budget struct {
	mu    sync.Mutex
	rates func(action string) int
	share float64
	lanes map[string]*lane
}

// NewBudget returns a budget that nothing was spent of.
func NewBudget(cfg BudgetConfig) *Budget {
	if cfg.Share == 0 {
		cfg.Share = defaultShare
	}
	return &Budget{rates: cfg.Rate, share: clampShare(cfg.Share), lanes: map[string]*lane{}}
}

// Take waits for a place in the action's share; the context's tier says how
// urgently, and its end gives up with its error. The caller sends one request
// and calls done on the first byte of the answer, or when there will be none;
// limited says that the server answered RequestLimitExceeded. A second call of
// done does nothing.
func (b *Budget) Take(ctx context.Context, action string) (done func(limited bool), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := &waiter{ticket: ticketOf(ctx), ready: make(chan struct{})}
	b.mu.Lock()
	l := b.lane(action)
	l.queue = append(l.queue, w)
	l.pump(time.Now())
	b.mu.Unlock()
	select {
	case <-w.ready:
		return b.doneFunc(l), nil
	case <-ctx.Done():
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.granted {
		l.open-- // let go but never sent: the server will not count it
	} else {
		l.remove(w)
	}
	l.pump(time.Now())
	return nil, ctx.Err()
}

func (b *Budget) doneFunc(l *lane) func(bool) {
	var once sync.Once
	return func(limited bool) {
		once.Do(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			now := time.Now()
			l.open--
			l.ended = append(l.ended, now)
			if limited {
				l.cut(now)
			}
			l.pump(now)
		})
	}
}

// Limited says that the server answered RequestLimitExceeded: somebody else
// spends of the same rate. Our rate falls at once and recovers within ten
// seconds of the last refusal.
func (b *Budget) Limited(action string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lane(action).cut(time.Now())
}

// Share returns the part of each action's rate that is ours, 0.05 to 1.
func (b *Budget) Share() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.share
}

// SetShare changes the part of each action's rate that is ours; it is kept
// between 0.05 and 1, and one request a second always remains.
func (b *Budget) SetShare(share float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.share = clampShare(share)
	now := time.Now()
	for _, l := range b.lanes {
		l.pump(now)
	}
}

// Faster raises the share by a quarter and returns the new one.
func (b *Budget) Faster() float64 { b.SetShare(b.Share() * 1.25); return b.Share() }

// Slower lowers the share by a fifth and returns the new one.
func (b *Budget) Slower() float64 { b.SetShare(b.Share() / 1.25); return b.Share() }

// hurry looks again whether a waiter can go, after its tier has risen.
func (b *Budget) hurry(action string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lane(action).pump(time.Now())
}

// lane returns the action's lane; the caller holds the lock.
func (b *Budget) lane(action string) *lane {
	l := b.lanes[action]
	if l == nil {
		l = &lane{budget: b, action: action, limit: defaultRate}
		if b.rates != nil {
			if rate := b.rates(action); rate > 0 {
				l.limit = rate
			}
		}
		b.lanes[action] = l
	}
	return l
}

func clampShare(share float64) float64 { return min(max(share, minShare), maxShare) }
