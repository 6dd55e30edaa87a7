package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"classtop/poll"
	"classtop/tape"
)

// wantEvery is how often demand is repeated, and usesEvery how often it is told
// what that takes of the budget.
const (
	wantEvery = time.Second
	usesEvery = time.Second
)

// want tells the leader what the sessions here want, if that changed or it is
// time.
func (n *Node) want(changed bool) {
	leader, now := n.lease.following(), n.cfg.Now()
	n.mu.Lock()
	if n.mode != Following || leader.ID == "" || leader.ID == n.id {
		n.mu.Unlock()
		return
	}
	if n.source != leader.ID {
		n.source, changed = leader.ID, true
		n.anew()
	}
	if !changed && passed(n.asked, now) < wantEvery {
		n.mu.Unlock()
		return
	}
	n.asked = now
	h := head{From: n.id, Host: n.cfg.Host, To: leader.ID, Epoch: n.epoch}
	n.mu.Unlock()
	n.send("want", h, packWants(n.cfg.Hub.Wants()))
}

// anew begins a new epoch; the caller holds the lock.
func (n *Node) anew() { n.epoch, n.seq, n.asked = n.epoch+1, 0, time.Time{} }

// given takes in what the leader read. Where a message is missing, all is sent
// anew.
func (n *Node) given(h head, body []byte) {
	n.mu.Lock()
	if n.mode != Following || h.From != n.source || h.Epoch != n.epoch {
		n.mu.Unlock()
		return
	}
	if h.Seq != n.seq+1 {
		n.anew()
		n.mu.Unlock()
		n.nudge()
		return
	}
	n.seq = h.Seq
	n.mu.Unlock()
	us, err := tape.Unpack(body)
	if err != nil {
		n.cfg.Log.Warn("what the leader sent cannot be read", "err", err)
		return
	}
	by := n.cfg.Now().Sub(time.UnixMilli(h.Now))
	for i := range us {
		tape.Shift(&us[i], by)
	}
	n.cfg.Hub.Feed(us)
}

// beaten hears that the leader is there.
func (n *Node) beaten(h head, body []byte) {
	var uses []poll.ActionUse
	use := len(body) > 0 && json.Unmarshal(body, &uses) == nil
	n.mu.Lock()
	ours := n.mode == Following && h.From == n.source && h.State != nil
	if ours {
		n.told = n.cfg.Now()
	}
	if ours && use {
		n.uses, n.usesAt = plainUses(uses), n.told
	}
	n.mu.Unlock()
	if ours {
		n.cfg.Hub.Told(h.State.at(n.cfg.Now()))
	}
}

// Gauge is the use of the account's budget: this host's, or where another one
// polls what that one tells.
func (n *Node) Gauge() []poll.ActionUse {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.mode == Following && n.uses != nil && passed(n.usesAt, n.cfg.Now()) < leaseFor {
		return slices.Clone(n.uses)
	}
	return n.cfg.Budget.Gauge()
}

// plainUses keeps of what came from another host what may be shown: names and
// ids are plain words.
func plainUses(uses []poll.ActionUse) []poll.ActionUse {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r
			}
			return -1
		}, s)
	}
	for i := range uses {
		uses[i].Action = plain(uses[i].Action)
		for j, id := range uses[i].RequestIDs {
			uses[i].RequestIDs[j] = plain(id)
		}
	}
	return uses
}
