package engine

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"classtop/class/rescue"
	"classtop/poll"
	"classtop/tape"
)

// demandFor is how long a host's demand stands that does not repeat it.
const demandFor = 5 * time.Second

// mostGuests bounds the hosts that a leader serves.
const mostGuests = 64

// chunk is how many updates go into one message, and chunkBytes how long it
// may get; a longer one is sent in parts.
const (
	chunk      = 200
	chunkBytes = 900 << 10 // NATS takes a MiB
)

// guest is a host that follows this one: to the hub it is one more session.
type guest struct {
	session *poll.Session
	epoch   uint64
	heard   time.Time
	end     context.CancelFunc
}

// listen hears what the other hosts say. Without a bus it is tried again.
func (n *Node) listen(ctx context.Context) []func() {
	var stops []func()
	for subject, take := range map[string]func(head, []byte){
		"want":         func(h head, body []byte) { n.wanted(ctx, h, body) },
		"poke":         n.poked,
		"beat":         n.beaten,
		"here":         n.met,
		"data." + n.id: n.given,
	} {
		stop, err := n.cfg.Bus.Listen(subject, func(data []byte, _ func([]byte)) {
			if h, body, ok := parse(data); ok && h.From != n.id {
				take(h, body)
			}
		})
		if err != nil {
			n.cfg.Log.Debug("listening", "subject", subject, "err", err)
			for _, stop := range stops {
				stop()
			}
			return nil
		}
		stops = append(stops, stop)
	}
	for subject, take := range map[string]func(context.Context, []byte, func([]byte)){"act.": n.act, "end.": n.tell} {
		if stop, err := n.cfg.Bus.Listen(subject+n.id, func(data []byte, answer func([]byte)) { take(ctx, data, answer) }); err == nil {
			stops = append(stops, stop)
		}
	}
	return stops
}

// wanted joins a host's demand to this one's, if this one leads.
func (n *Node) wanted(ctx context.Context, h head, body []byte) {
	if h.To != n.id || !n.lease.leads() {
		return
	}
	wants, err := tape.UnpackWants(body)
	if err != nil {
		n.cfg.Log.Warn("a host cannot be served", "host", h.Host, "err", err)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	g := n.guests[h.From]
	if g != nil && g.epoch != h.Epoch {
		n.drop(h.From)
		g = nil
	}
	if g == nil {
		if len(n.guests) >= mostGuests {
			return
		}
		g = &guest{session: n.cfg.Hub.Join(), epoch: h.Epoch}
		ctx, g.end = context.WithCancel(ctx)
		n.guests[h.From] = g
		rescue.Go("serving a host", func() { n.serve(ctx, h.From, g) })
	}
	g.heard = n.cfg.Now()
	g.session.Want(wants)
}

// serve sends a host what its sessions want.
func (n *Node) serve(ctx context.Context, to string, g *guest) {
	seq := uint64(0)
	for {
		us, err := g.session.Wait(ctx)
		if err != nil {
			return
		}
		us = slices.DeleteFunc(us, func(u poll.Update) bool { return u.More }) // they would take half a list for the whole
		for len(us) > 0 {
			part := us[:min(chunk, len(us))]
			us = us[len(part):]
			for _, body := range n.packed(part) {
				seq++
				n.send("data."+to, head{From: n.id, Epoch: g.epoch, Seq: seq, Now: n.cfg.Now().UnixMilli()}, body)
			}
		}
	}
}

// packed packs updates into messages that the bus takes. One update alone that
// is too long is left out: its topic stays as it was, and grows old.
func (n *Node) packed(us []poll.Update) [][]byte {
	body, err := tape.Pack(us)
	if err != nil {
		return nil
	}
	if len(body) <= chunkBytes {
		return [][]byte{body}
	}
	if len(us) == 1 {
		n.cfg.Log.Warn("too long for the other hosts", "kind", us[0].Topic.Kind, "room", us[0].Topic.Room, "bytes", len(body))
		return nil
	}
	return append(n.packed(us[:len(us)/2]), n.packed(us[len(us)/2:])...)
}

// drop ends a host's demand; the caller holds the lock.
func (n *Node) drop(id string) {
	if g := n.guests[id]; g != nil {
		g.end()
		g.session.Close()
		delete(n.guests, id)
	}
}

// sweep ends the demand of hosts that are gone.
func (n *Node) sweep() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for id, g := range n.guests {
		if passed(g.heard, n.cfg.Now()) >= demandFor {
			n.drop(id)
		}
	}
}

// dismiss ends all demand of others: this host does not lead.
func (n *Node) dismiss() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for id := range n.guests {
		n.drop(id)
	}
}

// beat tells all hosts that this one leads, how polling goes, and once a second
// how much of the budget it takes.
func (n *Node) beat() {
	var uses []byte
	now := n.cfg.Now()
	n.mu.Lock()
	due := passed(n.usesAt, now) >= usesEvery
	if due {
		n.usesAt = now
	}
	n.mu.Unlock()
	if due {
		uses, _ = json.Marshal(n.cfg.Budget.Gauge())
	}
	n.send("beat", head{From: n.id, Host: n.cfg.Host, Now: now.UnixMilli(), State: healthOf(n.cfg.Hub.Health(), now)}, uses)
}

// poked fetches what a host that follows wants anew.
func (n *Node) poked(_ head, body []byte) {
	if !n.lease.leads() {
		return
	}
	wants, err := tape.UnpackWants(body)
	if err != nil {
		return
	}
	topics := make([]poll.Topic, len(wants))
	for i, w := range wants {
		topics[i] = w.Topic
	}
	n.cfg.Hub.Poke(topics...)
}
