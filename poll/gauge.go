package poll

import (
	"slices"
	"strings"
	"time"
)

// keptIDs is how many RequestIds the gauge remembers of each action.
const keptIDs = 5

// ActionUse is what the gauge shows of one action.
type ActionUse struct {
	Action     string
	Limit      int           // requests a second that the account is allowed
	Full       float64       // our share of it, a second
	Share      float64       // what we allow ourselves now; below Full after refusals
	Used       int           // requests let go in the last second
	Waiting    int           // requests that wait for a place
	Refused    int64         // RequestLimitExceeded answers ever
	Recent     int           // of these, in the last ten seconds
	Foreign    float64       // what somebody else seems to use a second; 0: nobody noticed
	Latency    time.Duration // of late, from Observe; 0: unknown
	RequestIDs []string      // the last ones, newest first, from Observe
}

// Observe feeds the gauge with an answer's time and RequestId.
func (b *Budget) Observe(action string, took time.Duration, requestID string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.lane(action)
	if l.latency == 0 {
		l.latency = took
	}
	l.latency += (took - l.latency) / 8
	if requestID == "" {
		return
	}
	l.ids = slices.Insert(l.ids, 0, requestID)
	l.ids = l.ids[:min(len(l.ids), keptIDs)]
}

// Gauge returns the use of every action that was asked for so far, by name.
func (b *Budget) Gauge() []ActionUse {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	uses := make([]ActionUse, 0, len(b.lanes))
	for _, l := range b.lanes {
		uses = append(uses, ActionUse{
			Action: l.action, Limit: l.limit,
			Full:  max(1, float64(l.limit)*b.share),
			Share: l.rate(now),
			Used:  l.granted.count(now, time.Second), Waiting: len(l.queue),
			Refused: l.total, Recent: l.refused.count(now, forget),
			Foreign: l.others(now), Latency: l.latency, RequestIDs: slices.Clone(l.ids),
		})
	}
	slices.SortFunc(uses, func(a, b ActionUse) int { return strings.Compare(a.Action, b.Action) })
	return uses
}
