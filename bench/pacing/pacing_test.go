// Package pacing compares classtop's budget with x/time/rate in simulated
// time.
package pacing

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/time/rate"

	"classtop/poll"
)

const limit = 10 // requests in any sliding second

// server refuses what is over the limit.
type server struct {
	mu               sync.Mutex
	seen             []time.Time
	accepted, beyond int
}

func (s *server) arrive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for len(s.seen) > 0 && now.Sub(s.seen[0]) >= time.Second {
		s.seen = s.seen[1:]
	}
	if len(s.seen) >= limit {
		s.beyond++
		return
	}
	s.seen = append(s.seen, now)
	s.accepted++
}

// hour sends as much as take lets through for an hour over a network that
// takes between low and high each way, ten times as long once in a hundred.
func hour(ctx context.Context, low, high time.Duration, take func(context.Context) (func(bool), error)) *server {
	s := &server{}
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	var wait sync.WaitGroup
	for i := range 24 {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		way := func() {
			d := low + time.Duration(random.Int64N(int64(high-low)))
			if random.IntN(100) == 0 {
				d *= 10
			}
			time.Sleep(d)
		}
		wait.Go(func() {
			for ctx.Err() == nil {
				done, err := take(ctx)
				if err != nil {
					return
				}
				way()
				s.arrive()
				way()
				done(false)
			}
		})
	}
	wait.Wait()
	return s
}

func TestPacing(t *testing.T) {
	for name, jitter := range map[string][2]time.Duration{
		"jitter":    {time.Millisecond, 120 * time.Millisecond},
		"no-jitter": {4 * time.Millisecond, 5 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			budget := poll.NewBudget(poll.BudgetConfig{}) // half of 20
			ours := hour(t.Context(), jitter[0], jitter[1], func(ctx context.Context) (func(bool), error) { return budget.Take(ctx, "A") })
			bucket := rate.NewLimiter(limit, limit)
			theirs := hour(t.Context(), jitter[0], jitter[1], func(ctx context.Context) (func(bool), error) {
				return func(bool) {}, bucket.Wait(ctx)
			})
			t.Logf("figure: %s-ours-beyond %d", name, ours.beyond)
			t.Logf("figure: %s-rate-beyond %.2f", name, 100*float64(theirs.beyond)/float64(theirs.beyond+theirs.accepted))
			t.Logf("figure: %s-use %.1f", name, 100*float64(ours.accepted)/(limit*3600))
			assert.Zero(t, ours.beyond)
			assert.Positive(t, theirs.beyond, "the server is strict enough to tell the two apart")
		})
	}
}
