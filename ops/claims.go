package ops

import (
	"fmt"
	"sync"
	"time"

	"classtop/class"
)

// remember is how long a finished operation guards its target against being
// done again on data that are older than it.
const remember = 10 * time.Minute

// claim names what an operation holds while it runs.
type claim struct {
	room class.RoomID
	user class.Text
	seat int64
	doc  class.Text // id, or the URL of one to be created
	call string     // action of the API and what it was given, for a call by name
}

// claimOf returns what an operation holds.
func claimOf(o Op) claim {
	r, _ := rowOf(o.Action)
	switch r.scope {
	case onUser:
		return claim{room: o.Target.Room, user: o.Target.User, seat: -1}
	case onSeat:
		return claim{room: o.Target.Room, seat: o.Target.Seat}
	case onDocument:
		return claim{room: o.Target.Room, seat: -1, doc: o.Target.Document}
	case onDraft:
		return claim{room: o.Target.Room, seat: -1, doc: o.Draft.URL}
	case onCall:
		return claim{room: o.Target.Room, user: o.Target.User, seat: -1, call: o.API() + o.Call.shown()}
	}
	return claim{room: o.Target.Room, seat: -1}
}

// hold is who is on a target since when, or was.
type hold struct {
	op       Op
	operator string
	since    time.Time
	ended    time.Time // zero while it runs
}

// claims knows who acts on what. All operators of one process share it.
type claims struct {
	mu      sync.Mutex
	running map[claim]hold
	past    map[claim]hold
	out     map[*hold]bool // what another host carries out for somebody here
}

func newClaims() *claims {
	return &claims{running: make(map[claim]hold), past: make(map[claim]hold), out: make(map[*hold]bool)}
}

// take claims the target, or says why another one has to wait, with its code.
func (c *claims) take(o Op, operator string, now time.Time) (code, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := claimOf(o)
	if h, busy := c.running[k]; busy {
		return class.CodeBusy, h.sentence(now) + " Wait until that has ended."
	}
	if h, ok := c.past[k]; ok && h.op.Action == o.Action && o.Target.SeenAt.Before(h.ended) && now.Sub(h.ended) < remember {
		return class.CodeStale, fmt.Sprintf("%s asked for this %s ago and your data are older than that. Look again once they are fresh.", h.operator, Span(max(time.Second, now.Sub(h.ended))))
	}
	c.running[k] = hold{op: o, operator: operator, since: now}
	return "", ""
}

// release frees the target; an operation that may have changed it is
// remembered, so that a second Enter on the same old screen does nothing.
func (c *claims) release(o Op, changed bool, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := claimOf(o)
	h := c.running[k]
	delete(c.running, k)
	for p, old := range c.past {
		if now.Sub(old.ended) >= remember {
			delete(c.past, p)
		}
	}
	if changed {
		h.ended = now
		c.past[k] = h
	}
}

// busy says who acts on the target, or on the class that it is in.
func (c *claims) busy(t Target, now time.Time) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	tries := []claim{{room: t.Room, seat: -1}}
	if !t.User.IsZero() {
		tries = append(tries, claim{room: t.Room, user: t.User, seat: -1})
	}
	if t.Seat >= 0 {
		tries = append(tries, claim{room: t.Room, seat: t.Seat})
	}
	if !t.Document.IsZero() {
		tries = append(tries, claim{room: t.Room, seat: -1, doc: t.Document})
	}
	for _, k := range tries {
		if h, ok := c.running[k]; ok {
			return h.sentence(now)
		}
	}
	return ""
}

// doing says what each operator does now.
func (c *claims) doing() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]string, len(c.running))
	for _, h := range c.running {
		out[h.operator] = h.what()
	}
	for h := range c.out {
		out[h.operator] = h.what()
	}
	return out
}

// away notes that another host carries an operation out, until back: who does
// what is seen here, and whether he may is decided there.
func (c *claims) away(o Op, operator string, now time.Time) (back func()) {
	h := &hold{op: o, operator: operator, since: now}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out[h] = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.out, h)
	}
}

// what names what is being done.
func (h hold) what() string {
	r, _ := rowOf(h.op.Action)
	return r.doing + " " + r.rest(h.op)
}

// sentence says who is doing what.
func (h hold) sentence(now time.Time) string {
	return fmt.Sprintf("%s is %s, begun %s ago.", h.operator, h.what(), Span(max(time.Second, now.Sub(h.since))))
}
