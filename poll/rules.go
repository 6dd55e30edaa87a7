package poll

import (
	"time"

	"classtop/class"
)

// Rules are the thresholds of attention. Zero values mean the defaults.
type Rules struct {
	Off map[string]bool // rules by name that are switched off

	Late       time.Duration // past its start without having begun; 2 min
	NoTeacher  time.Duration // running without a teacher; 60 s
	Empty      time.Duration // running with nobody in it; 60 s
	Drop       float64       // part of those online that left; 0.3
	DropWithin time.Duration // in this time; 2 min
	DropLeast  int           // and at least so many people; 3
	Overrun    time.Duration // past its end; 5 min
	Cameras    time.Duration // all cameras off; 2 min
	Unanswered time.Duration // a question without an answer; 60 s
	Stale      time.Duration // age of the member list; 3 min and half a second for each running class
	Leavers    int           // people who left from one place or device in DropWithin, in two or more classes; 8
	LeavePart  float64       // and this part of those who were there from that place; 0.3

	Questions bool // read the questions of every running class, not only of those on screen
	Documents bool // the same for documents
}

// withDefaults fills in what is zero.
func (r Rules) withDefaults() Rules {
	for _, d := range []struct {
		value *time.Duration
		or    time.Duration
	}{
		{&r.Late, 2 * time.Minute}, {&r.NoTeacher, time.Minute}, {&r.Empty, time.Minute},
		{&r.DropWithin, 2 * time.Minute}, {&r.Overrun, 5 * time.Minute}, {&r.Cameras, 2 * time.Minute},
		{&r.Unanswered, time.Minute}, {&r.Stale, 3 * time.Minute},
	} {
		if *d.value == 0 {
			*d.value = d.or
		}
	}
	for _, d := range []struct {
		value *float64
		or    float64
	}{{&r.Drop, 0.3}, {&r.LeavePart, 0.3}} {
		if *d.value == 0 {
			*d.value = d.or
		}
	}
	if r.DropLeast == 0 {
		r.DropLeast = 3
	}
	if r.Leavers == 0 {
		r.Leavers = 8
	}
	return r
}

// scene is all that the rules see of one class at one moment.
type scene struct {
	card     *class.Card
	live     *living // what its member lists told; nil if none was read
	rules    *Rules
	now      time.Time     // by the real clock
	school   time.Time     // by the school's
	stale    time.Duration // age from which the member list is not to be trusted
	exodus   string        // who left several classes at once, this one too; empty if none
	standing bool          // the rule in question holds already: hysteresis
}

// running tells whether the class runs and its members are known.
func (s *scene) running() bool {
	return s.card.Room.Status == class.RoomLive && !s.card.MembersAt.IsZero() && s.live != nil
}

// ending tells whether the class is about to end, when leaving is no wonder.
func (s *scene) ending() bool {
	end := s.card.Room.End
	return end != 0 && s.school.After(end.Time().Add(-5*time.Minute))
}

// RuleNames returns the names of all rules, the gravest first.
func RuleNames() []string {
	names := make([]string, len(ruleTable))
	for i := range ruleTable {
		names[i] = ruleTable[i].name
	}
	return names
}

// fell tells whether the number online fell below what it was in the last two
// minutes. Once it has, it stays so until half of the loss is back or the time
// has passed.
func fell(s *scene) bool {
	if !s.running() || s.ending() {
		return false
	}
	online, from := s.card.Counts.Online, s.now.Add(-s.rules.DropWithin).Unix()
	peak := online
	for n := range int(s.live.history.len) {
		sample := s.live.history.back(n)
		if int64(sample.at) < from {
			break
		}
		peak = max(peak, int(sample.online))
	}
	part := s.rules.Drop
	if s.standing {
		part /= 2
	}
	lost := peak - online
	return lost >= s.rules.DropLeast && float64(lost) >= part*float64(peak)
}
