package ops

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestWhoIsHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.delay = 5 * time.Second
		r := newRig(t, s)
		li, wall := r.As("李四", Lead), r.As("wall", Viewer)
		a, b := li.Enter("10.0.0.7:1234"), wall.Enter("10.0.0.8:1234")
		a.Look("room", physics, text("高二物理"))
		b.Look("rooms", 0, class.Text{})
		go li.Run(t.Context(), kick())
		synctest.Wait()

		people := b.People()
		require.Len(t, people, 2)
		assert.Equal(t, "李四", people[0].Name)
		assert.Equal(t, physics, people[0].Room)
		assert.Equal(t, "kicking 李雷 (u123) from 高二物理 (331450358) for 10 minutes", people[0].Doing)
		assert.Empty(t, people[0].From, "addresses are for leads")
		assert.Equal(t, "10.0.0.8:1234", a.People()[1].From)
		assert.Equal(t, people[1].ID, b.Me())

		time.Sleep(10 * time.Second)
		assert.Empty(t, b.People()[0].Doing)
		a.Leave()
		a.Look("rooms", 0, class.Text{})
		assert.Len(t, b.People(), 1)
	})
}

func TestClaimOfAClass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSchool())
		li, han, lead, wall := r.As("李四", Operator), r.As("韩梅", Operator), r.As("王", Lead), r.As("wall", Viewer)
		a, b, c := li.Enter(""), han.Enter(""), lead.Enter("")

		said, ok := a.Claim(physics, text("高二物理"))
		assert.True(t, ok)
		assert.Contains(t, said, "高二物理 (331450358) is yours for 30 minutes")
		assert.Empty(t, li.May(kick()))
		time.Sleep(2 * time.Minute)
		const his = "李四 takes care of 高二物理 (331450358), taken 2 minutes ago. Ask, or wait until it is given back."
		assert.Equal(t, his, han.May(kick()))
		res := han.Run(t.Context(), kick())
		assert.Equal(t, class.CodeBusy, res.Err.Code)
		assert.Contains(t, res.Sentence(), his)
		named := NewCall(Call{API: "EndRoom", Level: 3, Params: map[string]any{"RoomId": uint64(physics)}}, Target{})
		assert.Equal(t, his, r.Runner.May(named), "by name too")
		assert.Zero(t, r.school.count())

		said, ok = b.Claim(physics, class.Text{})
		assert.False(t, ok)
		assert.Equal(t, his, said)
		_, ok = wall.Enter("").Claim(physics, class.Text{})
		assert.False(t, ok, "a viewer would only be in the way")

		said, ok = c.Claim(physics, text("高二物理"))
		assert.True(t, ok, "a lead takes it over")
		assert.Contains(t, said, "It was 李四's")
		assert.Contains(t, li.May(kick()), "王 takes care of")
		c.Claim(physics, class.Text{})
		assert.Empty(t, han.May(kick()), "given back")

		b.Claim(physics, class.Text{})
		again := han.Enter("")
		assert.Len(t, again.Claims(), 1)
		b.Leave()
		assert.Empty(t, again.Claims(), "a claim ends with its session")
		again.Claim(physics, class.Text{})
		time.Sleep(claimFor)
		assert.Empty(t, li.May(kick()), "and after a time")
	})
}
