package engine

import (
	"encoding/json"
	"testing"
	"time"

	"classtop/class"
	"classtop/ops"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who is here and who takes care of what is known on all hosts, and holds there.
func TestPeopleAndClaimsOnAllHosts(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		s := &sender{}
		r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		li := leader.runner.Enter("here")
		mei := f.runner.As("mei", ops.Operator).Enter("there")
		li.Look("room", 2, class.NewText("c", "c"))
		_, ok := li.Claim(2, class.Text{})
		require.True(t, ok)
		time.Sleep(time.Second)
		require.Len(t, mei.People(), 2)
		assert.Len(t, li.People(), 2)
		require.Len(t, mei.Claims(), 1)
		said, ok := mei.Claim(2, class.Text{})
		assert.False(t, ok, said)
		assert.Contains(t, f.runner.As("mei", ops.Operator).May(kick()), "li takes care")
		_, ok = f.runner.As("chen", ops.Lead).Enter("").Claim(2, class.Text{})
		require.True(t, ok, "a lead takes it over")
		time.Sleep(time.Second)
		require.Len(t, li.Claims(), 1)
		assert.Equal(t, "chen", li.Claims()[0].By)
		f.kill()
		time.Sleep(awayOver)
		assert.Len(t, li.People(), 1)
		assert.Empty(t, li.Claims())
	})
}

const awayOver = 10 * time.Second

// What waits for a second person can be confirmed on another host.
func TestASecondPersonOnAnotherHost(t *testing.T) {
	together(t, 3, 2, func(t *testing.T, r *rig) {
		s := &sender{}
		r.second = []ops.Action{ops.Kick, ops.End}
		r.acting(s)
		time.Sleep(5 * time.Second)
		f := r.other(r.leader())
		var g *host
		for _, h := range r.hosts {
			if h != f && h != r.leader() {
				g = h
			}
		}
		res := f.runner.Run(t.Context(), kick())
		require.Equal(t, ops.Asked, res.State, res.Sentence())
		time.Sleep(time.Second)
		mei := g.runner.As("mei", ops.Operator)
		waits := mei.Enter("").Proposals()
		require.Len(t, waits, 1)
		res = mei.Run(t.Context(), waits[0].Seconding())
		require.Equal(t, ops.Done, res.State, res.Sentence())
		assert.EqualValues(t, 1, s.sent.Load())

		params := map[string]any{"RoomId": json.Number("2"), "Token": "canary"}
		named := ops.NewCall(ops.Call{API: "EndRoom", Level: 2, Params: params, Shown: `{"RoomId":2}`}, ops.Target{SeenAt: time.Now()})
		require.Equal(t, ops.Asked, f.runner.Run(t.Context(), named).State)
		time.Sleep(time.Second)
		waits = mei.Enter("").Proposals()
		require.Len(t, waits, 2)
		assert.Contains(t, g.runner.Run(t.Context(), waits[1].Op).Sentence(), "it waits for a second person", "the same again is one")
		res = mei.Run(t.Context(), waits[1].Seconding())
		require.Equal(t, ops.Done, res.State, res.Sentence())
		assert.Equal(t, params, s.params)
	})
}
