package poll

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// greedy sends requests of one tier, as many at once as workers, until the
// context ends.
func greedy(ctx context.Context, wait *sync.WaitGroup, s *school, workers int, tier Tier) {
	for range workers {
		wait.Go(func() {
			for ctx.Err() == nil {
				s.call(WithTier(ctx, tier), "A", 0)
			}
		})
	}
}

// stranger is another client of the same account: steadily so many requests a
// second, whatever the answer.
func stranger(ctx context.Context, wait *sync.WaitGroup, s *server, perSecond int) {
	wait.Go(func() {
		tick := time.NewTicker(time.Second / time.Duration(perSecond))
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				s.arrive("A")
			}
		}
	})
}

// around returns a latency of one way between low and high, and in one case of
// a hundred ten times as much.
func around(low, high time.Duration) func() time.Duration {
	rnd := rand.New(rand.NewPCG(1, 2))
	return func() time.Duration {
		d := low + time.Duration(rnd.Int64N(int64(high-low)))
		if rnd.IntN(100) == 0 {
			d *= 10
		}
		return d
	}
}

func TestBudgetNeverExceedsItsShareInAnHourOfJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(10, 0) // as strict as our share
		srv.latency = around(time.Millisecond, 120*time.Millisecond)
		s := &school{server: srv, budget: NewBudget(BudgetConfig{})}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		var wait sync.WaitGroup
		for _, tier := range []Tier{Focused, Visible, Background} {
			greedy(ctx, &wait, s, 5, tier)
		}
		wait.Wait()
		assert.Zero(t, srv.refused["A"])
		assert.LessOrEqual(t, srv.peak["A"], 10)
		assert.Greater(t, srv.accepted["A"], 8*3600, "the budget is used all the same")
		t.Logf("%d accepted, at most %d in a second", srv.accepted["A"], srv.peak["A"])
	})
}

func TestBudgetIsUsedUpWhereMoreIsWanted(t *testing.T) {
	for _, tier := range []Tier{Focused, Visible, Background} {
		synctest.Test(t, func(t *testing.T) {
			srv := newServer(10, 0)
			rnd := rand.New(rand.NewPCG(3, 4))
			srv.latency = func() time.Duration { return 4*time.Millisecond + time.Duration(rnd.Int64N(int64(time.Millisecond))) }
			s := &school{server: srv, budget: NewBudget(BudgetConfig{})}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			var wait sync.WaitGroup
			greedy(ctx, &wait, s, 12, tier)
			wait.Wait()
			use := float64(srv.accepted["A"]) / (10 * 600)
			t.Logf("tier %d: %.1f %% of the budget used", tier, 100*use)
			assert.GreaterOrEqual(t, use, 0.98)
			assert.Zero(t, srv.refused["A"])
		})
	}
}

func TestBudgetSharesWithAStranger(t *testing.T) {
	for _, foreign := range []int{12, 15, 18} {
		synctest.Test(t, func(t *testing.T) {
			srv := newServer(20, 0)
			srv.latency = around(4*time.Millisecond, 8*time.Millisecond)
			s := &school{server: srv, budget: NewBudget(BudgetConfig{})}
			ctx, cancel := context.WithCancel(t.Context())
			var wait sync.WaitGroup
			greedy(ctx, &wait, s, 12, Background)
			other, stop := context.WithCancel(ctx)
			stranger(other, &wait, srv, foreign)
			time.Sleep(30 * time.Second)
			ours := func(d time.Duration) float64 {
				before := s.accepted()
				time.Sleep(d)
				return float64(s.accepted()-before) / d.Seconds()
			}
			got, fair := ours(5*time.Minute), float64(20-foreign)
			use := s.budget.Gauge()[0]
			t.Logf("stranger %d/s: we get %.2f/s of %.0f fair, gauge says others use %.1f, refused %d", foreign, got, fair, use.Foreign, use.Refused)
			assert.GreaterOrEqual(t, got, 0.9*fair)
			assert.InDelta(t, foreign, use.Foreign, 2)
			stop()
			time.Sleep(10 * time.Second)
			back := ours(20 * time.Second)
			t.Logf("10 s after the stranger of %d/s left: %.2f/s", foreign, back)
			assert.GreaterOrEqual(t, back, 9.6, "back to full")
			assert.InDelta(t, 10, s.budget.Gauge()[0].Share, 0)
			assert.Zero(t, s.budget.Gauge()[0].Foreign)
			cancel()
			wait.Wait()
		})
	}
}

func TestBudgetFallsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBudget(BudgetConfig{})
		b.Limited("A")
		use := b.Gauge()[0]
		assert.Less(t, use.Share, 2.0, "nothing of ours was accepted, so all was foreign")
		assert.InDelta(t, 20, use.Foreign, 0.01)
		assert.EqualValues(t, 1, use.Refused)
		time.Sleep(5 * time.Second)
		half := b.Gauge()[0].Share
		assert.Greater(t, half, use.Share)
		time.Sleep(5 * time.Second)
		assert.InDelta(t, 10, b.Gauge()[0].Share, 0)
	})
}

// waitIn starts a Take and returns when it is in the queue.
func waitIn(ctx context.Context, b *Budget, tier Tier, name string, got chan<- string) {
	go func() {
		if done, err := b.Take(WithTier(ctx, tier), "A"); err == nil {
			got <- name
			done(false)
		} else {
			got <- "gave up"
		}
	}()
	synctest.Wait()
}

func TestBudgetServesByTierThenInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBudget(BudgetConfig{Rate: func(string) int { return 2 }})
		hold, err := b.Take(t.Context(), "A")
		require.NoError(t, err)
		got := make(chan string, 9)
		waitIn(t.Context(), b, Background, "b", got)
		waitIn(t.Context(), b, Visible, "v1", got)
		waitIn(t.Context(), b, Visible, "v2", got)
		waitIn(t.Context(), b, Focused, "f", got)
		assert.Equal(t, 4, b.Gauge()[0].Waiting)
		time.Sleep(time.Hour)
		assert.Empty(t, got, "no answer has begun: the request may still arrive")
		hold(false)
		hold(false)
		start := time.Now()
		for i, want := range []string{"f", "v1", "v2", "b"} {
			assert.Equal(t, want, <-got)
			assert.GreaterOrEqual(t, time.Since(start), time.Duration(i+1)*time.Second)
		}
	})
}

func TestBudgetStarvesNoTier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBudget(BudgetConfig{})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
		defer cancel()
		var wait sync.WaitGroup
		var count [Background + 1]int
		var mu sync.Mutex
		for tier := range count {
			for range 12 {
				wait.Go(func() {
					for {
						done, err := b.Take(WithTier(ctx, Tier(tier)), "A")
						if err != nil {
							return
						}
						mu.Lock()
						count[tier]++
						mu.Unlock()
						done(false)
					}
				})
			}
		}
		wait.Wait()

		all := count[Focused] + count[Visible] + count[Background]
		assert.GreaterOrEqual(t, count[Visible], all/11)
		assert.GreaterOrEqual(t, count[Background], all/11)
		assert.Greater(t, count[Focused], all*3/4)
	})
}

func TestBudgetTakeGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBudget(BudgetConfig{Rate: func(string) int { return 2 }})
		_, err := b.Take(t.Context(), "A")
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		got := make(chan string, 1)
		waitIn(ctx, b, Focused, "a", got)
		cancel()
		assert.Equal(t, "gave up", <-got)
		assert.Zero(t, b.Gauge()[0].Waiting)
		_, err = b.Take(ctx, "B")
		assert.ErrorIs(t, err, context.Canceled)
	})
}

func TestBudgetFasterAndSlower(t *testing.T) {
	b := NewBudget(BudgetConfig{Rate: func(a string) int { return map[string]int{"DescribeRoom": 50}[a] }})
	b.Observe("DescribeRoom", 80*time.Millisecond, "r1")
	for _, id := range []string{"r2", "r3", "r4", "r5", "r6"} {
		b.Observe("DescribeRoom", 80*time.Millisecond, id)
	}
	use := b.Gauge()[0]
	assert.InDelta(t, 25, use.Share, 0)
	assert.Equal(t, 80*time.Millisecond, use.Latency)
	assert.Equal(t, []string{"r6", "r5", "r4", "r3", "r2"}, use.RequestIDs)
	assert.InDelta(t, 0.625, b.Faster(), 1e-9)
	assert.InDelta(t, 0.5, b.Slower(), 1e-9)
	b.SetShare(9)
	assert.InDelta(t, 50, b.Gauge()[0].Share, 0, "never more than the account has")
	b.SetShare(0)
	assert.InDelta(t, 2.5, b.Gauge()[0].Share, 1e-9)
}
