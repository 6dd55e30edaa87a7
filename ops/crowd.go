package ops

import (
	"hash/fnv"
	"slices"
	"time"
)

// awayFor is how long what another host said of its people stands.
const awayFor = 6 * time.Second

// Crowd is what one host tells the others of its people.
type Crowd struct {
	People    []Person
	Claims    []Claim
	Proposals []Proposal // of the host that carries operations out
}

// awayCrowd is the crowd of another host.
type awayCrowd struct {
	Crowd
	heard time.Time
}

// Here is this host's own crowd.
func (r *Runner) Here() (out Crowd) {
	doing := r.claims.doing()
	c, now := r.crew, r.cfg.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(now)
	c.lapse(now)
	for _, one := range c.people {
		who := *one
		who.Doing = doing[who.Name]
		out.People = append(out.People, who)
	}
	for _, claim := range c.claims {
		out.Claims = append(out.Claims, claim)
	}
	for _, p := range c.asked {
		out.Proposals = append(out.Proposals, *p)
	}
	return out
}

// Meet takes in the crowd of another host, whose times are on this host's
// clock. Where both took care of a class before they heard of each other, the
// later take-over counts, or else the first claim. leads says that it carries
// operations out, so that what waits for a second person is what it says.
func (r *Runner) Meet(host string, crowd Crowd, leads bool) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(host))
	for i := range crowd.People {
		p := &crowd.People[i]
		p.ID = uint64(h.Sum32())<<32 | p.ID&(1<<32-1)
		p.Name, p.From, p.View, p.Doing = plain(p.Name), plain(p.From), plain(p.View), plain(p.Doing)
	}
	c := r.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range crowd.Claims {
		theirs := &crowd.Claims[i]
		theirs.By = plain(theirs.By)
		if ours, both := c.claims[theirs.Room]; both && theirs.beats(ours) {
			delete(c.claims, theirs.Room)
		}
	}
	if leads {
		c.adopt(crowd.Proposals)
	}
	c.away[host] = awayCrowd{crowd, r.cfg.Now()}
}

func (c Claim) beats(o Claim) bool {
	if c.Turn != o.Turn {
		return c.Turn > o.Turn
	}
	return c.Since.Before(o.Since)
}

// adopt replaces what waits for a second person by what the leader says; the
// caller holds the lock.
func (c *crew) adopt(said []Proposal) {
	clear(c.asked)
	for _, p := range said {
		p.By, p.Second, p.End = plain(p.By), plain(p.Second), plain(p.End)
		c.asked[p.ID] = &p
		c.last = max(c.last, p.ID)
	}
}

// claimOn is who takes care of a class, on whatever host; own tells that it is
// on this one. The caller holds the lock.
func (c *crew) claimOn(t Target) (claim Claim, own, taken bool) {
	if claim, own = c.claims[t.Room]; own {
		return claim, true, true
	}
	for _, a := range c.away {
		if i := slices.IndexFunc(a.Claims, func(x Claim) bool { return x.Room == t.Room }); i >= 0 && (!taken || a.Claims[i].beats(claim)) {
			claim, taken = a.Claims[i], true
		}
	}
	return claim, false, taken
}
