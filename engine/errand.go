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
	"classtop/tape"
)

// Times of an errand.
const (
	answerFor = 45 * time.Second // a runner takes at most 30
	leaderFor = 6 * time.Second  // how long to wait for a host that polls
	known     = 10 * time.Minute // how long a finished errand is remembered
)

// errand is an ops.Errand on its way.
type errand struct {
	ID, Host, Operator string
	Role               ops.Role
	Level              int
	Reread             bool
	Age                time.Duration // of what the operator saw
	Op                 op
}

// op is an ops.Op whose texts travel beside it, with what the wire said.
type op struct {
	Action                    ops.Action
	Duration                  time.Duration
	Text, Playbook, Reason    string
	Locks, TargetLocks        class.SeatLocks
	Transcode                 int64
	Public                    bool
	Second                    uint64
	Room                      class.RoomID
	Status                    int
	Online                    int
	Role, State               int
	Muted, SeatSeen, IsSeated bool
	Seat                      int64
	Texts                     []string
}

func texts(o *ops.Op) []*class.Text {
	t, d := &o.Target, &o.Draft
	return []*class.Text{&t.RoomName, &t.Teacher, &t.User, &t.UserName, &t.Document, &t.DocName, &d.URL, &d.Name, &d.Owner}
}

func packOp(o ops.Op) op {
	t := &o.Target
	out := op{
		Action: o.Action, Duration: o.Duration, Text: o.Text, Playbook: o.Playbook, Reason: o.Reason, Locks: o.Locks, TargetLocks: t.Locks,
		Transcode: o.Draft.Transcode, Public: o.Draft.Public, Second: o.Second, Room: t.Room, Status: int(t.Status), Online: t.Online,
		Role: int(t.Role), State: int(t.State), Muted: t.Muted, SeatSeen: t.SeatSeen, IsSeated: t.Seated, Seat: t.Seat,
	}
	for _, text := range texts(&o) {
		out.Texts = append(out.Texts, tape.Exact(*text))
	}
	return out
}

func (p op) unpack(seen time.Time) ops.Op {
	o := ops.Op{
		Action: p.Action, Duration: p.Duration, Text: p.Text, Playbook: p.Playbook, Reason: p.Reason, Locks: p.Locks, Second: p.Second,
		Draft: ops.Draft{Transcode: p.Transcode, Public: p.Public},
		Target: ops.Target{
			Room: p.Room, Status: class.RoomStatus(p.Status), Online: p.Online, Role: class.Role(p.Role), State: class.Presence(p.State),
			Muted: p.Muted, SeatSeen: p.SeatSeen, Seated: p.IsSeated, Seat: p.Seat, Locks: p.TargetLocks, SeenAt: seen,
		},
	}
	for i, text := range texts(&o) {
		if i < len(p.Texts) {
			*text = tape.OfExact(p.Texts[i])
		}
	}
	return o
}

// outcome is what answers an errand.
type outcome struct {
	Idle                      bool // this host does not lead: nothing was done
	State                     int  // an ops.State
	RequestID, Found, Warning string
	Err                       *class.Error
}

// Via has the host that polls carry an errand out. It is sent once; only where
// it certainly did not arrive the next leader is asked.
func (n *Node) Via(ctx context.Context, e ops.Errand) (res ops.Result, here bool, err *class.Error) {
	data, _ := json.Marshal(errand{
		ID: e.ID, Host: e.Host, Operator: e.Operator, Role: e.Role, Level: e.Level, Reread: e.Reread,
		Age: n.cfg.Now().Sub(e.Op.Target.SeenAt), Op: packOp(e.Op),
	})
	ctx, cancel := context.WithTimeout(ctx, answerFor)
	defer cancel()
	for begun := n.cfg.Now(); passed(begun, n.cfg.Now()) < leaderFor && ctx.Err() == nil; {
		if n.Standing().Mode != Following {
			return res, true, nil
		}
		leader := n.lease.following()
		if leader.ID != "" && leader.ID != n.id {
			answer, fault := n.cfg.Bus.Ask(ctx, "act."+leader.ID, data)
			var out outcome
			switch {
			case errors.Is(fault, ErrNobody):
			case fault != nil || json.Unmarshal(answer, &out) != nil:
				return res, false, &class.Error{Code: class.CodeNetwork, Maybe: true, Cause: fault, Meaning: "the host that carries it out did not answer"}
			case !out.Idle:
				return ops.Result{State: ops.State(out.State), RequestID: out.RequestID, Found: out.Found, Warning: out.Warning, Err: out.Err}, false, nil
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(beat):
		}
	}
	return res, false, &class.Error{Code: class.CodeNetwork, Meaning: "no host polls now, so nothing was sent", Hint: "Try again in a few seconds."}
}

// errands are those that this host carries out for others.
type errands struct {
	mu   sync.Mutex
	seen map[string]time.Time
}

// first tells whether an errand was not here yet.
func (s *errands) first(id string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, at := range s.seen {
		if passed(at, now) >= known {
			delete(s.seen, old)
		}
	}
	if _, twice := s.seen[id]; twice || id == "" {
		return false
	}
	if s.seen == nil {
		s.seen = map[string]time.Time{}
	}
	s.seen[id] = now
	return true
}

// act carries out what another host asks for, once: a copy gets no answer.
func (n *Node) act(ctx context.Context, data []byte, answer func([]byte)) {
	reply := func(o outcome) {
		text, _ := json.Marshal(o)
		answer(text)
	}
	var e errand
	runner := n.runner()
	if runner == nil || !n.lease.leads() || json.Unmarshal(data, &e) != nil {
		reply(outcome{Idle: true})
		return
	}
	if !n.errands.first(e.ID, n.cfg.Now()) {
		return
	}
	rescue.Go("an action of another host", func() {
		res := runner.Serve(ctx, ops.Errand{
			ID: e.ID, Host: e.Host, Operator: e.Operator, Role: e.Role, Level: e.Level, Reread: e.Reread,
			Op: e.Op.unpack(n.cfg.Now().Add(-e.Age)),
		})
		reply(outcome{State: int(res.State), RequestID: res.RequestID, Found: res.Found, Warning: res.Warning, Err: res.Err})
	})
}
