package poll

import (
	"math"
	"slices"
	"time"

	"classtop/class/rescue"
)

// patience is how many requests of higher tiers go before one of a tier that
// waits: so one place in ten is the background's.
const patience = 9

// spread is the least time between two requests, as a part of the time that
// one request has at the lane's rate. Without it a burst would take all places
// at once and the next focused request would wait a whole second for them.
var spread = [...]float64{Focused: 0, Visible: 0.7, Background: 0.9}

// waiter is one call of Take that waits.
type waiter struct {
	ticket  *ticket
	ready   chan struct{}
	granted bool
}

// lane is one action's share. The budget's lock guards it.
type lane struct {
	budget *Budget
	action string
	limit  int // of the account, a second

	queue  []*waiter
	open   int         // requests whose answer has not begun
	ended  []time.Time // when answers began, oldest first, while they hold a place
	passed [Background + 1]int
	last   time.Time // when a request was last let go
	timer  *time.Timer

	cutAt   time.Time // when the rate last fell; zero: never
	cutTo   float64   // to what
	foreign float64   // what others seemed to use then, a second

	granted timeline // requests let go in the last second
	refused timeline // refusals in the last ten
	total   int64    // refusals ever
	latency time.Duration
	ids     []string // the last RequestIds, newest first
}

// pump lets waiters go while there are places, and sets the timer for the next
// chance.
func (l *lane) pump(now time.Time) {
	if l.timer != nil {
		l.timer.Stop()
	}
	for len(l.queue) > 0 {
		wait, timed := l.free(now)
		if wait == 0 && timed {
			var w *waiter
			if w, wait = l.pick(now); wait == 0 {
				l.grant(w, now)
				continue
			}
		}
		if timed {
			l.wakeIn(wait)
		}
		return
	}
}

// free returns how long it takes until a place is free. Where only an answer
// can free one, timed is false.
func (l *lane) free(now time.Time) (wait time.Duration, timed bool) {
	places, hold := l.places(now)
	for len(l.ended) > 0 && !now.Before(l.ended[0].Add(hold)) {
		l.ended = l.ended[1:]
	}
	over := l.open + len(l.ended) - places
	if over < 0 {
		return 0, true
	}
	if over >= len(l.ended) {
		return 0, false
	}
	return l.ended[over].Add(hold).Sub(now), true
}

// places returns how many requests may hold a place at once and for how long
// after their answer began. A rate of 4.5 is five places held 1.11 seconds.
func (l *lane) places(now time.Time) (int, time.Duration) {
	rate := l.rate(now)
	places := math.Ceil(rate - 1e-9)
	return int(places), time.Duration(float64(window) * places / rate)
}

// pick chooses who goes next, or says how long to wait to keep requests apart.
func (l *lane) pick(now time.Time) (*waiter, time.Duration) {
	var first [Background + 1]*waiter
	for _, w := range slices.Backward(l.queue) {
		first[w.ticket.now()] = w
	}
	for tier := Visible; tier <= Background; tier++ {
		if first[tier] != nil && l.passed[tier] >= patience {
			return first[tier], 0
		}
	}
	for tier, w := range first {
		if w == nil {
			continue
		}
		gap := time.Duration(spread[tier] / l.rate(now) * float64(time.Second))
		return w, max(0, l.last.Add(gap).Sub(now))
	}
	return nil, 0
}

func (l *lane) grant(w *waiter, now time.Time) {
	tier := w.ticket.now()
	l.remove(w)
	l.passed[tier] = 0
	var waits [Background + 1]bool
	for _, other := range l.queue {
		waits[other.ticket.now()] = true
	}
	for t := tier + 1; t <= Background; t++ {
		if waits[t] {
			l.passed[t]++
		}
	}
	l.open++
	l.last = now
	l.granted.add(now, time.Second)
	w.granted = true
	w.ticket.leave(now)
	close(w.ready)
}

func (l *lane) remove(w *waiter) {
	if i := slices.Index(l.queue, w); i >= 0 {
		l.queue = slices.Delete(l.queue, i, i+1)
	}
}

func (l *lane) wakeIn(wait time.Duration) {
	if l.timer != nil {
		l.timer.Reset(wait)
		return
	}
	l.timer = time.AfterFunc(wait, rescue.Func("the budget", func() {
		l.budget.mu.Lock()
		defer l.budget.mu.Unlock()
		l.pump(time.Now())
	}))
}
