package ops

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// crowd makes a class of n students and a kick for each.
func crowd(n int) (*school, []Op) {
	members := []class.Member{{ID: text("t1"), Name: text("王老师"), Role: class.RoleTeacher, State: class.Online}}
	batch := make([]Op, n)
	for i := range n {
		id := text(fmt.Sprintf("u%03d", i+1))
		members = append(members, class.Member{ID: id, State: class.Online})
		batch[i] = kick()
		batch[i].Target.User, batch[i].Target.UserName = id, class.Text{}
	}
	return newSchool(members...), batch
}

func TestTwoHundredWithFailuresAndHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, batch := crowd(200)
		s.delay = 100 * time.Millisecond
		number := func(user string) int {
			n, _ := strconv.Atoi(strings.TrimPrefix(user, "u"))
			return n
		}
		s.fault = func(_ int, user string) (bool, bool, error) {
			switch n := number(user); {
			case n%31 == 0:
				return n%2 == 0, true, nil
			case n%7 == 0:
				return false, false, &class.Error{Code: "InternalError", RequestID: "req-7"}
			}
			return true, false, nil
		}
		r := newRig(t, s)
		told := map[int]State{}
		results := r.RunAll(t.Context(), batch, func(i int, res Result) {
			_, twice := told[i]
			assert.False(t, twice)
			told[i] = res.State
		})
		require.Len(t, results, 200)
		for i, res := range results {
			want := Done
			switch n := i + 1; {
			case n%31 == 0 && n%2 == 0:
				want = Confirmed
			case n%31 == 0:
				want = NotApplied
			case n%7 == 0:
				want = Refused
			}
			assert.Equal(t, want, res.State, "%d: %s", i+1, res.Sentence())
			assert.Equal(t, batch[i], res.Op)
			assert.Equal(t, want, told[i])
		}
		assert.Equal(t, 200, s.count())
		assert.Len(t, unique(s.calls), 200, "no target is sent twice")
		assert.Equal(t, 1, ExitStatus(results))
		assert.Len(t, r.lines(t), 400)

		s.fault = nil
		failed := Again(results)
		assert.Len(t, failed, 28+3, "28 refused and 3 not applied")
		for i := range failed {
			failed[i].Target.SeenAt = time.Now()
		}
		assert.Zero(t, ExitStatus(r.RunAll(t.Context(), failed, nil)))
	})
}

func unique(calls []string) map[string]bool {
	out := map[string]bool{}
	for _, c := range calls {
		out[c] = true
	}
	return out
}

func TestBatchOnOldDataReadsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, batch := crowd(50)
		time.Sleep(freshFor + time.Second)
		s.setState(physics, text("u020"), class.Offline)
		results := newRig(t, s).RunAll(t.Context(), batch, nil)
		for i, res := range results {
			if i == 19 {
				assert.Equal(t, class.CodeStale, res.Err.Code)
				continue
			}
			assert.Equal(t, Done, res.State, res.Sentence())
		}
		assert.Equal(t, 2, s.reads, "one read of the class and one of its members for all")
	})
}

func TestSameTargetTwiceInABatch(t *testing.T) {
	s, batch := crowd(3)
	batch = append(batch, batch[1])
	results := newRig(t, s).RunAll(t.Context(), batch, nil)
	assert.Equal(t, Done, results[1].State)
	assert.Equal(t, NotSent, results[3].State)
	assert.Contains(t, results[3].Sentence(), "twice")
	assert.Equal(t, 3, s.count())
}

func TestOperatorStopsABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, batch := crowd(100)
		s.fault = func(n int, _ string) (bool, bool, error) { return true, n == 3, nil }
		s.delay = time.Second
		r := newRig(t, s)
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(1500*time.Millisecond, func() { stop(ErrStop) })
		states := map[State]int{}
		for _, res := range r.RunAll(ctx, batch, nil) {
			states[res.State]++
		}
		assert.Equal(t, map[State]int{Done: 14, Confirmed: 1, NotSent: 85}, states, "what was in flight came to its end")
		assert.Equal(t, 15, s.count())
	})
}

func TestProgramEndsDuringABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, batch := crowd(100)
		s.fault = func(int, string) (bool, bool, error) { return true, true, nil }
		r := newRig(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, cancel)
		began := time.Now()
		results := r.RunAll(ctx, batch, nil)
		assert.LessOrEqual(t, time.Since(began), 3*time.Second)
		assert.Equal(t, 3, ExitStatus(results))
		assert.Equal(t, atOnce, s.count())
		assert.Zero(t, s.reads)
		assert.Empty(t, Unfinished(r.lines(t)), "each has its outcome line")
		assert.Len(t, Again(results), 100-atOnce)
	})
}

func TestEmptyBatch(t *testing.T) {
	assert.Empty(t, newRig(t, newSchool()).RunAll(t.Context(), nil, nil))
	assert.Zero(t, ExitStatus(nil))
}
