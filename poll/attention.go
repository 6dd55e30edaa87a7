package poll

import (
	"slices"
	"time"

	"classtop/class"
)

// memoryOf is what a rule remembers of one class, in seconds since 1970.
type memoryOf struct {
	since  int64 // since when the condition holds; 0: it does not
	ceased int64 // since when it does not, while it is still a problem
	raised bool
}

// watch is what all rules remember of one class.
type watch [len(ruleTable)]memoryOf

// assess applies the rules to a scene and returns the problems, the worst
// first. It is a pure function of the scene and of what the watch remembers.
func assess(s *scene, w *watch) []class.Problem {
	var problems []class.Problem
	for i := range ruleTable {
		rule, m := &ruleTable[i], &w[i]
		s.standing = m.raised
		m.step(!s.rules.Off[rule.name] && rule.holds(s), s.now.Unix(), rule.raise(s.rules), rule.hold)
		if !m.raised {
			continue
		}
		p := class.Problem{
			Rule: rule.name, Severity: rule.severity, Room: s.card.Room.ID,
			Since: time.Unix(m.since, 0), Sentence: rule.sentence(s),
		}
		if rule.user != nil {
			p.User = rule.user(s)
		}
		if rule.since != nil {
			p.Since = rule.since(s)
		}
		if m.ceased != 0 { // its reason may be gone from the scene: keep the words
			p = s.before(p)
		}
		problems = append(problems, p)
	}
	return problems
}

// step moves a rule's memory on: a condition must last to raise a problem and
// be gone for a while to clear it.
func (m *memoryOf) step(holds bool, now int64, raise, hold time.Duration) {
	switch {
	case holds:
		if m.since == 0 {
			m.since = now
		}
		m.ceased = 0
		m.raised = m.raised || now-m.since >= int64(raise/time.Second)
	case !m.raised:
		m.since = 0
	case m.ceased == 0 && hold > 0:
		m.ceased = now
	case now-m.ceased >= int64(hold/time.Second):
		*m = memoryOf{}
	}
}

// before returns the card's former words for the problem.
func (s *scene) before(p class.Problem) class.Problem {
	for i := range s.card.Problems {
		if s.card.Problems[i].Rule == p.Rule {
			return s.card.Problems[i]
		}
	}
	return p
}

// lookEvery is how often the rules that go by time alone are applied.
const lookEvery = 5 * time.Second

// staleEach is what each running class adds to the age that is normal: a class
// in the background waits for all others.
const staleEach = 500 * time.Millisecond

// troubling is the score from which a class is read more often than others.
const troubling = 10

// alarms is what the rules remember across classes.
type alarms struct {
	next    time.Time // when all classes are looked at again
	running int       // classes that run
	seen    sightings
	groups  groups
	exodus  map[uint32]string // places and devices that many left from, with the words
}

// lookAgain applies the rules to all classes if it is time, and returns how
// long until the next time.
func (h *Hub) lookAgain(now time.Time) time.Duration {
	if wait := h.alarms.next.Sub(now); wait > 0 {
		return wait
	}
	h.alarms.next = now.Add(lookEvery)
	h.alarms.running = 0
	for _, r := range h.rooms {
		if r.live() {
			h.alarms.running++
		}
	}
	h.alarms.exodus = h.exoduses()
	for _, r := range h.rooms {
		if h.reckon(r) {
			h.show(r)
		}
	}
	return lookEvery
}

// reckon applies the rules to one class and tells whether its problems changed.
func (h *Hub) reckon(r *room) bool {
	s := scene{
		card: &r.card, live: r.living, rules: &h.cfg.Rules, now: time.Now(), school: h.cfg.Now(),
		stale: h.cfg.Rules.Stale + time.Duration(h.alarms.running)*staleEach,
	}
	if r.living != nil {
		s.exodus = r.living.exodus(h.alarms.exodus)
	}
	problems := assess(&s, &r.watch)
	if slices.Equal(problems, r.card.Problems) {
		return false
	}
	r.card.Problems = problems
	r.card.Score = class.Score(problems)
	return true
}
