package sim

import (
	"maps"
	"slices"
	"time"
)

// meter counts the calls of every action.
type meter struct{ actions map[string]*activity }

func newMeter() meter { return meter{map[string]*activity{}} }

// activity is what is known of the calls of one action.
type activity struct {
	requests, refused, peak int
	arrivals                []time.Time // of the last second, refused ones too
	accepted                []time.Time // of the last second
}

// Stats are the counters of one action.
type Stats struct {
	Requests int `json:"requests"` // all that arrived
	Refusals int `json:"refusals"` // for being too many
	Peak     int `json:"peak"`     // most arrivals within any one second
}

// arrive counts a request.
func (m *meter) arrive(action string, now time.Time) *activity {
	a := m.actions[action]
	if a == nil {
		a = &activity{}
		m.actions[action] = a
	}
	a.requests++
	a.arrivals = append(lastSecond(a.arrivals, now), now)
	a.peak = max(a.peak, len(a.arrivals))
	return a
}

// admit lets a request in unless that makes more than limit within a second.
// Somebody else's steady calls take their share of the limit.
func (a *activity) admit(now time.Time, limit, stranger int) (count, allowed int, ok bool) {
	a.accepted = lastSecond(a.accepted, now)
	count = len(a.accepted) + stranger + 1
	if count > limit {
		return count, limit, false
	}
	a.accepted = append(a.accepted, now)
	return count, limit, true
}

// lastSecond drops what is a second old or older.
func lastSecond(times []time.Time, now time.Time) []time.Time {
	return slices.DeleteFunc(times, func(t time.Time) bool { return now.Sub(t) >= time.Second })
}

// Stats returns the counters of every action that was called, by name.
// Requests for what is no action count as "unknown".
func (s *Server) Stats() map[string]Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.meter.stats()
}

func (m *meter) stats() map[string]Stats {
	out := make(map[string]Stats, len(m.actions))
	for _, name := range slices.Sorted(maps.Keys(m.actions)) {
		a := m.actions[name]
		out[name] = Stats{a.requests, a.refused, a.peak}
	}
	return out
}
