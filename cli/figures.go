package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"classtop/client"
	"classtop/ops"
	"classtop/poll"
	"classtop/serve"
)

// tallies count requests and operations since the start.
type tallies struct {
	mu    sync.Mutex
	calls map[[2]string]float64 // action, code
	ops   map[[2]string]float64 // action, outcome
}

func newTallies() *tallies {
	return &tallies{calls: map[[2]string]float64{}, ops: map[[2]string]float64{}}
}

func (t *tallies) call(c client.Call) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls[[2]string{c.Action, cmp.Or(c.Code, "ok")}]++
}

func (t *tallies) ended(res ops.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ops[[2]string{string(res.Op.Action), res.State.String()}]++
}

// values lists counts under two labels.
func (t *tallies) values(counts map[[2]string]float64, label string) []serve.Value {
	t.mu.Lock()
	defer t.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	out := make([]serve.Value, 0, len(keys))
	for _, k := range keys {
		out = append(out, serve.Value{Labels: []string{"action", k[0], label, k[1]}, N: counts[k]})
	}
	return out
}

// figures are those of polling, budget and operations.
func (s *shared) figures() []serve.Figure {
	use := func(name, help string, counter bool, n func(poll.ActionUse) float64) serve.Figure {
		f := serve.Figure{Name: name, Help: help, Counter: counter}
		for _, u := range s.l.budget.Gauge() {
			f.Values = append(f.Values, serve.Value{Labels: []string{"action", u.Action}, N: n(u)})
		}
		return f
	}
	health, t := s.hub.Health(), s.l.tallies
	state := serve.Figure{Name: "classtop_poll_state", Help: "1 for the state of polling.", Values: oneOf("state", poll.Connecting, poll.Stopped, health.State)}
	age := serve.Figure{Name: "classtop_poll_age_seconds", Help: "Since the last good answer."}
	if !health.OK.IsZero() {
		age.Values = serve.One(time.Since(health.OK).Seconds())
	}
	return append(s.hostFigures(), []serve.Figure{
		state, age,
		{Name: "classtop_requests_total", Help: "Requests to the services, by answer.", Counter: true, Values: t.values(t.calls, "code")},
		use("classtop_requests_refused_total", "Requests refused for the account's rate.", true, func(u poll.ActionUse) float64 { return float64(u.Refused) }),
		use("classtop_budget_per_second", "Requests a second that are allowed now.", false, func(u poll.ActionUse) float64 { return u.Share }),
		use("classtop_budget_used", "Requests of the last second.", false, func(u poll.ActionUse) float64 { return float64(u.Used) }),
		use("classtop_budget_waiting", "Requests that wait for their turn.", false, func(u poll.ActionUse) float64 { return float64(u.Waiting) }),
		{Name: "classtop_operations_total", Help: "What operators did, by outcome.", Counter: true, Values: t.values(t.ops, "outcome")},
	}...)
}

// healthy says why the school is not watched, or nothing.
func (s *shared) healthy() error {
	h := s.hub.Health()
	switch {
	case h.State == poll.Stopped || h.State == poll.Down:
		return fmt.Errorf("polling is %s since %s: %w", h.State, h.Since.UTC().Format(time.RFC3339), h.Err)
	case h.OK.IsZero():
		return errors.New("nothing was answered yet")
	}
	return nil
}

// oneOf makes the values of a figure that is 1 for what is, and 0 for everything
// else that could be, from first to last.
func oneOf[S interface {
	~uint8
	String() string
}](label string, first, last, is S) (values []serve.Value) {
	for s := first; s <= last; s++ {
		n := 0.0
		if s == is {
			n = 1
		}
		values = append(values, serve.Value{Labels: []string{label, s.String()}, N: n})
	}
	return values
}
