package ops

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"classtop/class"
)

// claimFor is how long a claim lasts that nobody gives back.
const claimFor = 30 * time.Minute

// Person is somebody who is here now, in one session.
type Person struct {
	ID       uint64 // of the session
	Name     string
	Role     Role
	From     string // address; only leads are told
	Since    time.Time
	View     string
	Room     class.RoomID // the class on screen; 0: none
	RoomName class.Text
	Doing    string // "ending 高二物理 (331450358)"; empty: nothing
}

// Claim says that somebody takes care of a class and nobody else shall act in
// it.
type Claim struct {
	Room     class.RoomID
	RoomName class.Text
	By       string
	Since    time.Time
	Turn     uint64 // how often somebody took it over
	place    uint64 // session; the claim ends with it
}

func (c Claim) until() time.Time { return c.Since.Add(claimFor) }

// crew knows who is here, who takes care of which class and what waits for a
// second person. All operators of one process share it.
type crew struct {
	mu     sync.Mutex
	last   uint64 // number given out
	people map[uint64]*Person
	claims map[class.RoomID]Claim
	asked  map[uint64]*Proposal
	away   map[string]awayCrowd // other hosts
}

func newCrew() *crew {
	return &crew{people: map[uint64]*Person{}, claims: map[class.RoomID]Claim{}, asked: map[uint64]*Proposal{}, away: map[string]awayCrowd{}}
}

// Place is one session among the people here.
type Place struct {
	runner *Runner
	id     uint64
}

// Enter tells the others that this operator is here, until Leave.
func (r *Runner) Enter(from string) *Place {
	c := r.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	c.people[c.last] = &Person{ID: c.last, Name: r.cfg.Operator, Role: r.cfg.Role, From: from, Since: r.cfg.Now()}
	return &Place{r, c.last}
}

// Leave ends the session's presence and its claims.
func (p *Place) Leave() {
	c := p.runner.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.people, p.id)
	for room, claim := range c.claims {
		if claim.place == p.id {
			delete(c.claims, room)
		}
	}
}

// Look says what is on screen.
func (p *Place) Look(view string, room class.RoomID, name class.Text) {
	c := p.runner.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	if one := c.people[p.id]; one != nil {
		one.View, one.Room, one.RoomName = view, room, name
	}
}

// Me is the number of this session among People.
func (p *Place) Me() uint64 { return p.id }

// People lists who is here, the first to come first.
func (p *Place) People() []Person {
	doing := p.runner.claims.doing()
	c := p.runner.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Person, 0, len(c.people))
	for _, one := range c.people {
		who := *one
		who.Doing = doing[who.Name]
		if p.runner.cfg.Role != Lead {
			who.From = ""
		}
		out = append(out, who)
	}
	c.expire(p.runner.cfg.Now())
	for _, a := range c.away {
		for _, who := range a.People {
			if p.runner.cfg.Role != Lead {
				who.From = ""
			}
			out = append(out, who)
		}
	}
	slices.SortFunc(out, func(a, b Person) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Claims lists who takes care of which class.
func (p *Place) Claims() []Claim {
	c := p.runner.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(p.runner.cfg.Now())
	out := make([]Claim, 0, len(c.claims))
	for _, claim := range c.claims {
		out = append(out, claim)
	}
	for _, a := range c.away {
		out = append(out, a.Claims...)
	}
	slices.SortFunc(out, func(a, b Claim) int { return a.Since.Compare(b.Since) })
	return out
}

// Claim takes care of a class, or gives it back. It says what happened; ok is
// false where somebody else has it. A lead takes it over.
func (p *Place) Claim(room class.RoomID, name class.Text) (said string, ok bool) {
	c, cfg := p.runner.crew, &p.runner.cfg
	if cfg.Role == Viewer {
		return Viewer.forbids(1), false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := cfg.Now()
	c.expire(now)
	where := Target{Room: room, RoomName: name}.place()
	old, own, taken := c.claimOn(Target{Room: room})
	switch {
	case own && old.By == cfg.Operator:
		delete(c.claims, room)
		return where + " is given back: everybody may act in it", true
	case taken && old.By != cfg.Operator && cfg.Role != Lead:
		return old.sentence(now), false
	}
	c.claims[room] = Claim{Room: room, RoomName: name, By: cfg.Operator, Since: now, place: p.id}
	if taken {
		mine := c.claims[room]
		mine.Turn = old.Turn + 1
		c.claims[room] = mine
	}
	said = fmt.Sprintf("%s is yours for %s: nobody else acts in it", where, Span(claimFor))
	if taken {
		said += ". It was " + old.By + "'s"
	}
	return said, true
}

func (c Claim) sentence(now time.Time) string {
	return fmt.Sprintf("%s takes care of %s, taken %s ago. Ask, or wait until it is given back.",
		c.By, Target{Room: c.Room, RoomName: c.RoomName}.place(), Span(max(time.Second, now.Sub(c.Since).Truncate(time.Second))))
}

func (c *crew) expire(now time.Time) {
	for room, claim := range c.claims {
		if !now.Before(claim.until()) {
			delete(c.claims, room)
		}
	}
	for host, a := range c.away {
		if now.Sub(a.heard) >= awayFor {
			delete(c.away, host)
		}
	}
}

// claimed says who else takes care of the class that an operation is about, or
// "".
func (r *Runner) claimed(o Op) string {
	c, now := r.crew, r.cfg.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(now)
	if claim, _, ok := c.claimOn(o.Target); ok && o.Target.Room != 0 && claim.By != r.cfg.Operator {
		return claim.sentence(now)
	}
	return ""
}
