package ops

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// pair is a school whose profile wants two people for ending and banning.
func pair(t *testing.T) (r *rig, li, han *Runner) {
	r = newRig(t, newSchool())
	r.cfg.Second, r.cfg.Shared = []Action{End, Ban}, true
	return r, r.As("李四", Operator), r.As("韩梅", Operator)
}

func TestTwoPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, han := pair(t)
		assert.Empty(t, li.May(end()), "two operators are as good as a lead")
		o := end()
		o.Reason = "fire drill"
		res := li.Run(t.Context(), o)
		assert.Equal(t, Asked, res.State)
		assert.Equal(t, 1, res.ExitStatus())
		assert.Contains(t, res.Sentence(), "Asked for: End 高二物理 (331450358). It waits for a second person")
		assert.Empty(t, r.lines(t))

		waits := han.Enter("").Proposals()
		require.Len(t, waits, 1)
		assert.Equal(t, "李四", waits[0].By)
		second := waits[0].Seconding()
		res = li.As("李四", Operator).Run(t.Context(), second)
		assert.Equal(t, class.CodeForbidden, res.Err.Code)
		assert.Contains(t, res.Sentence(), "You asked for this yourself")
		res = r.As("wall", Viewer).Run(t.Context(), second)
		assert.Contains(t, res.Sentence(), "as a viewer")
		other := second
		other.Target.Room++
		res = han.Run(t.Context(), other)
		assert.Contains(t, res.Sentence(), "not what was asked for")
		other = second
		other.Action, other.Target.User = Ban, text("u123")
		assert.Contains(t, han.Run(t.Context(), other).Sentence(), "not what was asked for")
		assert.Zero(t, r.school.count())

		time.Sleep(time.Minute) // the data are old by now and read again
		res = han.Run(t.Context(), second)
		assert.Equal(t, Done, res.State, res.Sentence())
		assert.Equal(t, 1, r.school.count())
		lines := r.lines(t)
		require.Len(t, lines, 2)
		for _, line := range lines {
			assert.Equal(t, "李四", line.Operator)
			assert.Equal(t, "韩梅", line.Second)
			assert.Equal(t, "fire drill", line.Reason)
		}
		told := li.Enter("").Proposals()
		require.Len(t, told, 1)
		assert.Equal(t, "韩梅", told[0].Second)
		assert.Contains(t, told[0].End, "Ended 高二物理")
		assert.False(t, told[0].Open())
		assert.Contains(t, han.Run(t.Context(), second).Sentence(), "has confirmed this already")
		time.Sleep(toldFor)
		assert.Empty(t, li.Enter("").Proposals())
		assert.Contains(t, han.Run(t.Context(), second).Sentence(), "no longer asked for")
		assert.Equal(t, 1, r.school.count())
	})
}

// A call by name that comes from another host is a copy; who confirmed it is
// given back what he gave.
func TestASecondPersonForACopyOfACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, han := pair(t)
		asked := NewCall(Call{API: "EndRoom", Level: 3, Params: map[string]any{"RoomId": uint64(physics)}, Shown: `{"RoomId":331450358}`}, end().Target)
		require.Equal(t, Asked, li.Run(t.Context(), asked).State)
		second := han.Enter("").Proposals()[0].Seconding()
		copied := *second.Call
		second.Call = &copied
		res := han.Run(t.Context(), second)
		require.Equal(t, Done, res.State, res.Sentence())
		assert.Equal(t, 1, r.school.count())
		assert.True(t, res.Op == second)
	})
}

func TestTwoSecondsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, han := pair(t)
		r.school.delay = time.Second
		li.Run(t.Context(), end())
		second := han.Enter("").Proposals()[0].Seconding()
		var wait sync.WaitGroup
		states := make([]State, 10)
		for i := range states {
			wait.Go(func() { states[i] = r.As("lead", Lead).Run(t.Context(), second).State })
		}
		wait.Wait()
		done := 0
		for _, s := range states {
			if s.OK() {
				done++
			}
		}
		assert.Equal(t, 1, done)
		assert.Equal(t, 1, r.school.count())
	})
}

func TestNobodySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, han := pair(t)
		li.Run(t.Context(), end())
		assert.Contains(t, han.Run(t.Context(), end()).Sentence(), "李四 has asked for this already")
		p := han.Enter("").Proposals()[0]
		time.Sleep(secondFor)
		res := han.Run(t.Context(), p.Seconding())
		assert.Contains(t, res.Sentence(), "Nobody confirmed it within 5 minutes")
		assert.Equal(t, Asked, li.Run(t.Context(), end()).State, "it can be asked anew")
		assert.Zero(t, r.school.count())
	})
}

func TestWhatTakesTwo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, _ := pair(t)
		named := func(api string, params map[string]any) Op {
			return NewCall(Call{API: api, Level: 3, Params: params}, Target{})
		}
		long := kick()
		long.Duration = 10 * 365 * 24 * time.Hour
		ban := kick()
		ban.Action, ban.Duration = Ban, 0
		room, user := uint64(physics), text("u9")
		for _, o := range []Op{
			end(), ban, long, named("EndRoom", map[string]any{"RoomId": room + 1}), named("DeleteRoom", map[string]any{"RoomId": room + 2}),
			named("KickUserFromRoom", map[string]any{"RoomId": room, "UserId": user, "KickType": uint64(2)}),
		} {
			if o.Action == Ban || o.Action == Kick {
				o.Target.User = text("u" + string(o.Action))
			}
			assert.Equal(t, Asked, r.As("lead", Lead).Run(t.Context(), o).State, o.Sentence())
		}
		assert.Zero(t, r.school.count())
		assert.Equal(t, Done, li.Run(t.Context(), kick()).State, "a kick for a time takes one")
		assert.Contains(t, li.Run(t.Context(), named("ModifyRoom", nil)).Sentence(), "this takes a lead", "and the rest is as it was")
	})
}

func TestSecondPersonWhereNobodyElseCanBe(t *testing.T) {
	r := newRig(t, newSchool())
	r.cfg.Second = []Action{End}
	assert.Contains(t, r.May(end()), "wants a second person to confirm this, and here is nobody else")
	assert.Equal(t, class.CodeForbidden, r.Run(t.Context(), end()).Err.Code)
	assert.Empty(t, r.May(kick()))
	assert.Zero(t, r.school.count())
}
