package poll

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

// ages collects how old data were when newer ones took their place after a
// moment: the greatest age that was on the screen between two updates.
type ages struct {
	last map[Topic]time.Time
	all  []time.Duration
}

func (a *ages) note(u Update, from time.Time) {
	if a.last == nil {
		a.last = map[Topic]time.Time{}
	}
	if before, ok := a.last[u.Topic]; ok && !u.At.Before(from) {
		a.all = append(a.all, u.At.Sub(before))
	}
	a.last[u.Topic] = u.Started
}

func (a *ages) mean() time.Duration {
	var sum time.Duration
	for _, d := range a.all {
		sum += d
	}
	return sum / time.Duration(max(1, len(a.all)))
}

func (a *ages) percentile(p float64) time.Duration {
	slices.Sort(a.all)
	return a.all[int(p*float64(len(a.all)-1))]
}

// watching is a simulated supervisor: one class in focus, twenty on the screen
// and the cards of all.
type watching struct {
	rooms, visible              int
	focused, seen, rest         ages
	requests, refused, mostASec int
	starved                     int // classes whose members were never read
}

const roundTrip = 20 * time.Millisecond

func watch10Minutes(t *testing.T, rooms, visible int) *watching {
	w := &watching{rooms: rooms, visible: visible}
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(10, 0) // one request above our share would be refused
		srv.limit["DescribeRoom"] = 25
		rnd := rand.New(rand.NewPCG(5, 6))
		srv.latency = func() time.Duration {
			return roundTrip/2 - 2*time.Millisecond + time.Duration(rnd.Int64N(int64(4*time.Millisecond)))
		}
		b := NewBudget(BudgetConfig{Rate: func(a string) int { return map[string]int{"DescribeRoom": 50}[a] }})
		src := &school{server: srv, budget: b}
		src.live(rooms)
		h := NewHub(Config{Source: src, Budget: b, Rand: rnd.Float64})
		ctx, cancel := context.WithTimeout(t.Context(), w.warmUp()+measured)
		defer cancel()
		s := h.Join()
		s.Want(w.wants())
		go w.read(ctx, s, time.Now().Add(w.warmUp()))
		_ = h.Run(ctx)
		synctest.Wait()
		w.requests, w.refused = srv.accepted["DescribeCurrentMemberList"], 0
		for action := range srv.accepted {
			w.refused += srv.refused[action]
		}
		w.mostASec = srv.peak["DescribeCurrentMemberList"]
		for _, r := range h.rooms {
			if r.card.MembersAt.IsZero() {
				w.starved++
			}
		}
	})
	return w
}

// warmUp is the time until every class was read about once.
func (w *watching) warmUp() time.Duration {
	return 30*time.Second + time.Duration(w.rooms)*500*time.Millisecond
}

const measured = 10 * time.Minute

func (w *watching) wants() []Want {
	wants := []Want{{Topic{Kind: Cards}, Visible}, {Topic{Kind: Members, Room: 1}, Focused}}
	for i := range w.visible {
		wants = append(wants, Want{Topic{Kind: Card, Room: class.RoomID(i + 2)}, Visible})
	}
	return wants
}

// read notes the ages of what newer data replace after the warm-up. Each of
// them is a whole lap old, so ten minutes are enough for any number of rooms.
func (w *watching) read(ctx context.Context, s *Session, from time.Time) {
	for {
		updates, err := s.Wait(ctx)
		if err != nil {
			return
		}
		for _, u := range updates {
			switch {
			case u.Topic.Kind == Members:
				w.focused.note(u, from)
			case u.Topic.Kind != Card || u.Topic.Room == 1:
			case int(u.Topic.Room) < w.visible+2:
				w.seen.note(u, from)
			default:
				w.rest.note(u, from)
			}
		}
	}
}

// fair is the mean age of the background's classes that the rest of the
// budget allows: ten places a second and a round trip, less what eyes are on.
func (w *watching) fair() time.Duration {
	rate := 10/(window+roundTrip).Seconds() - 1 - float64(w.visible)/3
	return max(table[Members].every[Background], time.Duration(float64(w.rooms-w.visible-1)/rate*float64(time.Second)))
}

func (w *watching) String() string {
	s := fmt.Sprintf("%6d rooms  focused %.3fs p99 %.3fs  visible %.3fs p99 %.3fs", w.rooms,
		w.focused.mean().Seconds(), w.focused.percentile(.99).Seconds(), w.seen.mean().Seconds(), w.seen.percentile(.99).Seconds())
	if len(w.rest.all) > 0 {
		s += fmt.Sprintf("  background %.1fs = %.3f of fair, worst %.1fs", w.rest.mean().Seconds(), float64(w.rest.mean())/float64(w.fair()), w.rest.percentile(1).Seconds())
	}
	return s + fmt.Sprintf("  requests %d, at most %d a second, refused %d, never read %d", w.requests, w.mostASec, w.refused, w.starved)
}

// TestAges holds the ages to their figures; with -v it prints them as a table.
func TestAges(t *testing.T) {
	for _, rooms := range []int{10, 100, 1000, 5000} {
		if rooms > 1000 && testing.Short() {
			continue // takes most of a minute under the race detector
		}
		w := watch10Minutes(t, rooms, min(20, rooms-1))
		t.Log(w)
		assert.LessOrEqual(t, w.focused.mean(), 1025*time.Millisecond)
		assert.LessOrEqual(t, w.focused.percentile(.99), 1250*time.Millisecond)
		assert.LessOrEqual(t, w.seen.mean(), 3050*time.Millisecond)
		assert.LessOrEqual(t, w.seen.percentile(.99), 3500*time.Millisecond)
		if len(w.rest.all) > 0 {
			assert.LessOrEqual(t, float64(w.rest.mean()), 1.05*float64(w.fair()))
			assert.LessOrEqual(t, w.rest.percentile(1), 2*w.fair(), "none waits much longer than the others")
		}
		assert.Zero(t, w.refused)
		assert.LessOrEqual(t, w.mostASec, 10)
		assert.Zero(t, w.starved)
	}
}
