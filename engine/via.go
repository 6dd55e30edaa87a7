package engine

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"classtop/class"
	"classtop/class/rescue"
	"classtop/ops"
)

// Via has the host that polls carry an errand out. It is sent once; only where
// it certainly did not arrive the next leader is asked.
func (n *Node) Via(ctx context.Context, e ops.Errand) (res ops.Result, here bool, err *class.Error) {
	data, fault := n.packErrand(e)
	if fault != nil || len(data) > chunkBytes {
		return res, false, &class.Error{Code: class.CodeParameter, Cause: fault, Meaning: "this is too long for the host that would send it, so nothing was sent", Hint: "Send it in parts."}
	}
	out, here, fault := n.hand(ctx, "act.", data, answerFor)
	switch {
	case errors.Is(fault, ErrNobody):
		err = &class.Error{Code: class.CodeNetwork, Meaning: "no host polls now, so nothing was sent", Hint: "Try again in a few seconds."}
	case fault != nil:
		err = &class.Error{Code: class.CodeNetwork, Maybe: true, Cause: fault, Meaning: "the host that carries it out did not answer"}
	}
	return out.unpack(), here, err
}

// After asks the host that polls how an errand ended whose answer did not come:
// the one that carried it out tells, another one reads the target back, out of
// the budget of all. It is not known where no host answers, or where this one
// polls now.
func (n *Node) After(ctx context.Context, e ops.Errand) (res ops.Result, told, known bool) {
	data, fault := n.packErrand(e)
	if fault != nil {
		return res, false, false
	}
	out, here, fault := n.hand(ctx, "end.", data, endFor)
	return out.unpack(), !out.Looked, !here && fault == nil
}

func (n *Node) packErrand(e ops.Errand) ([]byte, error) {
	return json.Marshal(errand{
		ID: e.ID, Host: e.Host, Operator: e.Operator, Role: e.Role, Level: e.Level, Reread: e.Reread,
		Age: n.cfg.Now().Sub(e.Op.Target.SeenAt), Op: packOp(e.Op),
	})
}

// hand gives a message to the host that polls and waits so long for its answer.
// Here tells that this one polls. ErrNobody: no host took it.
func (n *Node) hand(ctx context.Context, subject string, data []byte, patience time.Duration) (out outcome, here bool, err error) {
	for begun := n.cfg.Now(); passed(begun, n.cfg.Now()) < leaderFor && ctx.Err() == nil; {
		if n.Standing().Mode != Following {
			return out, true, nil
		}
		if leader := n.lease.following(); leader.ID != "" && leader.ID != n.id {
			out, err = n.ask(ctx, subject+leader.ID, data, patience)
			if err != nil && !errors.Is(err, ErrNobody) || err == nil && !out.Idle {
				return out, false, err
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(beat):
		}
	}
	return outcome{}, false, ErrNobody
}

func (n *Node) ask(ctx context.Context, subject string, data []byte, patience time.Duration) (out outcome, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	answer, err := n.cfg.Bus.Ask(ctx, subject, data)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(answer, &out)
}

// errands are those that this host carries out for others.
type errands struct {
	mu   sync.Mutex
	seen map[string]*carried
	shut bool // none is begun any more
	work sync.WaitGroup
}

// finish waits for what is under way, so that it is written down.
func (s *errands) finish() {
	s.mu.Lock()
	s.shut = true
	s.mu.Unlock()
	s.work.Wait()
}

// carried is an errand that this host carried out, or does.
type carried struct {
	begun time.Time
	over  chan struct{} // closed at its end
	outcome
}

// begin notes an errand, and tells whether it was not here yet; nil: it may not
// begin. Its end is told with work.Done.
func (s *errands) begin(id string, now time.Time) (c *carried, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut || id == "" {
		return nil, false
	}
	for old, c := range s.seen {
		if passed(c.begun, now) >= known {
			delete(s.seen, old)
		}
	}
	if c = s.seen[id]; c != nil {
		return c, false
	}
	s.work.Add(1)
	if s.seen == nil {
		s.seen = map[string]*carried{}
	}
	c = &carried{begun: now, over: make(chan struct{}), outcome: outcome{State: int(ops.StillUnknown)}}
	s.seen[id] = c
	return c, true
}

// find is the errand that was begun here; nil: it was not.
func (s *errands) find(id string) *carried {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[id]
}

// unpackErrand is an errand for this host; nil: it does not lead.
func (n *Node) unpackErrand(data []byte) (*ops.Errand, *ops.Runner) {
	var in errand
	runner := n.runner()
	if runner == nil || !n.lease.leads() || json.Unmarshal(data, &in) != nil {
		return nil, nil
	}
	return &ops.Errand{
		ID: in.ID, Host: in.Host, Operator: in.Operator, Role: in.Role, Level: in.Level, Reread: in.Reread,
		Op: in.Op.unpack(n.cfg.Now().Add(-in.Age)),
	}, runner
}

// act carries out what another host asks for, once: a copy gets no answer.
func (n *Node) act(ctx context.Context, data []byte, answer func([]byte)) {
	e, runner := n.unpackErrand(data)
	if e == nil {
		answer(outcome{Idle: true}.bytes())
		return
	}
	c, first := n.errands.begin(e.ID, n.cfg.Now())
	if c == nil {
		answer(outcome{Idle: true}.bytes())
	}
	if !first {
		return
	}
	rescue.Go("an action of another host", func() {
		defer n.errands.work.Done()
		defer close(c.over)
		c.outcome = packResult(runner.Serve(ctx, *e))
		answer(c.bytes())
	})
}

// tell tells a host how its errand ended. It is another message than the errand
// itself: nobody may take it for one.
func (n *Node) tell(ctx context.Context, data []byte, answer func([]byte)) {
	e, runner := n.unpackErrand(data)
	if e == nil {
		answer(outcome{Idle: true}.bytes())
		return
	}
	rescue.Go("asking after an action", func() { answer(n.ended(ctx, runner, e).bytes()) })
}

// ended is how an errand ended, or what its target shows.
func (n *Node) ended(ctx context.Context, runner *ops.Runner, e *ops.Errand) outcome {
	c := n.errands.find(e.ID)
	if c == nil {
		out := packResult(runner.Look(ctx, e.Op))
		out.Looked = true
		return out
	}
	select {
	case <-c.over:
		return c.outcome
	case <-ctx.Done():
		return outcome{Idle: true}
	}
}
