package ops

import (
	"cmp"
	"slices"
	"time"

	"classtop/class"
)

const (
	// secondFor is how long something waits for a second person.
	secondFor = 5 * time.Minute
	// toldFor is how long it is still shown how that ended.
	toldFor = 2 * time.Minute
	// longKick is the longest kick that is not as good as one for good.
	longKick = 24 * time.Hour
)

// Proposal is an operation that somebody confirmed and that waits for a second
// person to confirm it too, or did until lately.
type Proposal struct {
	ID     uint64
	Op     Op // as it was asked for
	By     string
	Asked  time.Time
	Until  time.Time
	Second string // who confirmed it; empty: nobody yet
	Ended  time.Time
	End    string // how it ended, in a sentence; empty: not yet
}

// Open tells whether it still waits.
func (p Proposal) Open() bool { return p.Second == "" && p.End == "" }

// Seconding returns the operation with which a second person confirms it.
func (p Proposal) Seconding() Op {
	o := p.Op
	o.Second = p.ID
	return o
}

// TakesTwo tells whether the profile wants a second person for an operation,
// under whatever name it is sent.
func (r *Runner) TakesTwo(o Op) bool {
	wants := func(a Action) bool { return slices.Contains(r.cfg.Second, a) }
	switch {
	case o.Action == Kick && o.Duration > longKick:
		return wants(Ban)
	case o.Action != Named:
		return wants(o.Action)
	case o.API() == "EndRoom" || o.API() == "DeleteRoom":
		return wants(End)
	}
	return o.API() == "KickUserFromRoom" && wants(Ban)
}

// oneTooFew says that nobody else can be here to confirm.
func (r *Runner) oneTooFew(o Op) string {
	if r.cfg.Shared || !r.TakesTwo(o) {
		return ""
	}
	return "This profile wants a second person to confirm this, and here is nobody else. It goes where several share the school: classtop serve."
}

// propose leaves an operation for a second person.
func (r *Runner) propose(res Result) Result {
	c, now := r.crew, r.cfg.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lapse(now)
	for _, p := range c.asked {
		if p.Open() && claimOf(p.Op) == claimOf(res.Op) && p.Op.Action == res.Op.Action {
			return r.end(res, stop(res.Op, class.CodeBusy, p.By+" has asked for this already; it waits for a second person."))
		}
	}
	c.last++
	c.asked[c.last] = &Proposal{ID: c.last, Op: res.Op, By: r.cfg.Operator, Asked: now, Until: now.Add(secondFor)}
	res.State = Asked
	return r.end(res, nil)
}

// acceptable finds what an operation confirms, or says why this operator
// cannot confirm it. The caller holds the crew's lock.
func (r *Runner) acceptable(o Op) (p *Proposal, code, why string) {
	c := r.crew
	c.lapse(r.cfg.Now())
	p = c.asked[o.Second]
	if p == nil {
		return nil, class.CodeStale, "This is no longer asked for. Ask anew."
	}
	o.Second, o.Reason, o.Target.SeenAt = 0, p.Op.Reason, p.Op.Target.SeenAt // the last may come from another host's clock
	switch {
	case p.By == r.cfg.Operator:
		return nil, class.CodeForbidden, "You asked for this yourself. It takes a second person."
	case p.Second != "":
		return nil, class.CodeBusy, p.Second + " has confirmed this already."
	case p.End != "":
		return nil, class.CodeStale, p.End
	case !o.same(p.Op):
		return nil, class.CodeStale, "This is not what was asked for."
	}
	return p, "", ""
}

// accept makes this operator the second person. It works once: of two who
// confirm together one is told so.
func (r *Runner) accept(o Op) (*Proposal, *class.Error) {
	r.crew.mu.Lock()
	defer r.crew.mu.Unlock()
	p, code, why := r.acceptable(o)
	if p == nil {
		return nil, stop(o, code, why)
	}
	p.Second = r.cfg.Operator
	return p, nil
}

// strange says why this operator cannot be the second person, if that is what
// an operation wants.
func (r *Runner) strange(o Op) (code, why string) {
	if o.Second == 0 {
		return "", ""
	}
	r.crew.mu.Lock()
	defer r.crew.mu.Unlock()
	_, code, why = r.acceptable(o)
	return code, why
}

// settle notes how it ended, for the one who asked.
func (c *crew) settle(p *Proposal, end string, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.End, p.Ended = end, now
}

// lapse ends what waited too long and forgets what was told.
func (c *crew) lapse(now time.Time) {
	for id, p := range c.asked {
		if p.Open() && !now.Before(p.Until) {
			p.End, p.Ended = "Nobody confirmed it within "+Span(secondFor)+".", p.Until
		}
		if p.End != "" && now.Sub(p.Ended) >= toldFor {
			delete(c.asked, id)
		}
	}
}

// Proposals lists what waits for a second person, and what did until lately,
// the oldest first.
func (p *Place) Proposals() []Proposal {
	c := p.runner.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lapse(p.runner.cfg.Now())
	out := make([]Proposal, 0, len(c.asked))
	for _, one := range c.asked {
		out = append(out, *one)
	}
	slices.SortFunc(out, func(a, b Proposal) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// by makes the line say who asked for it and who confirmed it; nil is a write
// that one person may do alone.
func (e Entry) by(asked *Proposal) Entry {
	if asked != nil {
		e.Operator, e.Second = plain(asked.By), e.Operator
	}
	return e
}
