package engine

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"classtop/class"
	"classtop/class/rescue"
	"classtop/ops"
	"classtop/poll"
)

// Config is what a Node needs.
type Config struct {
	Bus    Bus
	Hub    *poll.Hub // made with Follow
	Budget *poll.Budget
	Runner func() *ops.Runner // carries out what other hosts ask for; nil, or while it gives nil: nothing is
	Host   string             // name of this host, for people
	Log    *slog.Logger       // nil: none
	Now    func() time.Time   // nil: time.Now
}

// The parts of the share.
const (
	careful   = time.Second // a new leader does not know what the old one sent last
	lonePart  = 4           // a host that cannot see the others takes this part
	leastPart = 0.05        // below this it polls nothing
)

// Node is one host among others.
type Node struct {
	cfg   Config
	id    string
	lease *lease
	share float64 // of the account's rate, for all hosts together
	wake  chan struct{}

	mu      sync.Mutex
	mode    Mode
	since   time.Time
	full    bool // the share is the leader's
	told    time.Time
	epoch   uint64 // of what the leader sends; a new one begins anew
	seq     uint64 // of the last message in it
	source  string // id of the leader that the epoch is for
	asked   time.Time
	guests  map[string]*guest
	errands errands
	crowd   string    // what the others were last told of the people here
	crowdAt time.Time // when
	usesAt  time.Time // when the leader's use of the budget was told
	uses    []poll.ActionUse
}

// NewNode makes the engine of a host; Run makes it work.
func NewNode(cfg Config) *Node {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	n := &Node{cfg: cfg, id: rand.Text(), share: cfg.Budget.Share(), wake: make(chan struct{}, 1), guests: map[string]*guest{}}
	n.lease = newLease(holder{n.id, cfg.Host}, cfg.Now)
	n.since, n.told = cfg.Now(), cfg.Now()
	cfg.Budget.SetShare(n.part())
	return n
}

// part is what a host may spend that does not lead: so little that a few of
// them beside a leader stay within the rate. What people read by name comes out
// of it.
func (n *Node) part() float64 { return max(leastPart, min(n.share, 1-n.share)/lonePart) }

// polls tells whether it may poll when it is alone.
func (n *Node) polls() bool { return min(n.share, 1-n.share)/lonePart >= leastPart }

// May says why the hub may not send a request now. A host that slept finds its
// lease over before it sends anything.
func (n *Node) May() error {
	if n.lease.leads() {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.mode == Lone {
		return nil
	}
	return errFollows
}

// Poke fetches topics now, here or at the leader.
func (n *Node) Poke(topics ...poll.Topic) {
	if n.Standing().Mode != Following {
		n.cfg.Hub.Poke(topics...)
		return
	}
	wants := make([]poll.Want, len(topics))
	for i, t := range topics {
		wants[i].Topic = t
	}
	n.send("poke", head{From: n.id}, packWants(wants))
}

// Standing is this host's place among the hosts.
func (n *Node) Standing() Standing {
	n.mu.Lock()
	defer n.mu.Unlock()
	return Standing{Mode: n.mode, Host: n.cfg.Host, Leader: n.lease.following().Host, Since: n.since, Hosts: len(n.guests)}
}

// Run works until the context ends. What it holds runs out by itself, so that
// the next leader begins no earlier than after a failure.
func (n *Node) Run(ctx context.Context) error {
	var wait sync.WaitGroup
	defer wait.Wait()
	defer n.errands.finish()
	wait.Go(rescue.Func("the lease", func() { n.elect(ctx) }))
	tick := time.NewTicker(beat)
	defer tick.Stop()
	var stops []func()
	defer func() {
		for _, stop := range stops {
			stop()
		}
		n.dismiss()
	}()
	for ctx.Err() == nil {
		if stops == nil {
			stops = n.listen(ctx)
		}
		n.turn()
		select {
		case <-ctx.Done():
		case <-n.wake:
		case <-tick.C:
		case <-n.cfg.Hub.Demanded():
			n.want(true)
		}
	}
	return ctx.Err()
}

// elect looks after the lease.
func (n *Node) elect(ctx context.Context) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for ctx.Err() == nil {
		led := n.lease.leads()
		if err := n.lease.step(ctx, n.cfg.Bus); err != nil {
			n.cfg.Log.Debug("the lease", "err", err)
		}
		if led != n.lease.leads() {
			n.nudge()
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

func (n *Node) nudge() {
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// runner carries out what other hosts ask for; nil while there is none.
func (n *Node) runner() *ops.Runner {
	if n.cfg.Runner == nil {
		return nil
	}
	return n.cfg.Runner()
}

// turn makes hub and budget follow the lease, and does what is due.
func (n *Node) turn() {
	mode := Following
	switch {
	case n.lease.leads():
		mode = Leading
	case n.lease.lost() && n.polls():
		mode = Lone
	}
	n.become(mode)
	n.here(mode == Leading)
	if mode == Leading {
		n.spend()
		n.sweep()
		n.beat()
		return
	}
	n.dismiss()
	n.want(false)
	n.doubt()
}

// become changes the mode.
func (n *Node) become(mode Mode) {
	now := n.cfg.Now()
	n.mu.Lock()
	before := n.mode
	n.mode = mode
	if before != mode {
		n.since, n.full, n.told, n.uses = now, false, now, nil
	}
	n.mu.Unlock()
	if before == mode {
		return
	}
	n.cfg.Budget.SetShare(n.part())
	n.cfg.Hub.Lead(mode != Following)
	n.cfg.Log.Info("polling", "mode", mode.String(), "host", n.cfg.Host, "leader", n.lease.following().Host)
}

// spend raises a new leader's share after its first second.
func (n *Node) spend() {
	n.mu.Lock()
	raise := !n.full && passed(n.since, n.cfg.Now()) >= careful
	n.full = n.full || raise
	n.mu.Unlock()
	if raise {
		n.cfg.Budget.SetShare(n.share)
	}
}

// doubt says so where nothing has come from a leader for a while.
func (n *Node) doubt() {
	n.mu.Lock()
	told, mode := n.told, n.mode
	n.mu.Unlock()
	if mode != Following || passed(told, n.cfg.Now()) < leaseFor {
		return
	}
	why := "No host polls for this one now: what is shown grows old."
	if n.lease.lost() {
		why = "The other hosts are out of reach: what is shown grows old."
	}
	n.cfg.Hub.Told(poll.Health{State: poll.Down, Since: told, OK: told, Err: &class.Error{
		System: "engine", Code: class.CodeNetwork, Meaning: why, Hint: "It goes on by itself when they are back.",
	}})
}
