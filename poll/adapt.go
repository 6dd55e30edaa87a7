package poll

import "time"

// How the rate answers to refusals.
const (
	recovery = 9 * time.Second // from the last fall back to the full share
	memory   = time.Second     // the server's: a fall shows only after that
	fall     = 0.92            // what a fall leaves of what was accepted
	forget   = 10 * time.Second
)

// rate returns how many requests a second may go now. After a fall it creeps
// up near the point where the server refused and hurries beyond it.
func (l *lane) rate(now time.Time) float64 {
	full := max(1, float64(l.limit)*l.budget.share)
	since := now.Sub(l.cutAt)
	if l.cutAt.IsZero() || since >= recovery || l.cutTo >= full {
		return full
	}
	x := float64(since) / float64(recovery)
	return l.cutTo + (full-l.cutTo)*x*x*x
}

// cut lowers the rate after a refusal. Further refusals within the server's
// memory are of the same cause and lower nothing.
func (l *lane) cut(now time.Time) {
	l.total++
	l.refused.add(now, forget)
	if !l.cutAt.IsZero() && now.Sub(l.cutAt) < memory {
		return
	}
	accepted := float64(l.granted.count(now, time.Second) - l.refused.count(now, time.Second))
	l.foreign = max(1, float64(l.limit)-max(0, accepted))
	l.cutTo = max(1, min(l.rate(now), accepted+1)*fall)
	l.cutAt = now
	l.pump(now)
}

// others returns what somebody else seems to use of the rate a second; zero
// when the server has not refused anything for a while.
func (l *lane) others(now time.Time) float64 {
	if l.cutAt.IsZero() || now.Sub(l.cutAt) >= forget {
		return 0
	}
	return l.foreign
}

// timeline holds moments, oldest first.
type timeline []time.Time

// add appends a moment and forgets those that are older than keep.
func (t *timeline) add(now time.Time, keep time.Duration) {
	old := *t
	for len(old) > 0 && now.Sub(old[0]) >= keep {
		old = old[1:]
	}
	*t = append(old, now)
}

// count returns how many moments lie less than the given time back.
func (t timeline) count(now time.Time, back time.Duration) int {
	n := 0
	for i := len(t) - 1; i >= 0 && now.Sub(t[i]) < back; i-- {
		n++
	}
	return n
}
