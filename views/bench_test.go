package views

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"

	"classtop/class"
)

// manyMembers is a class of n.
func manyMembers(n int) []class.Member {
	few := crowd()
	out := make([]class.Member, n)
	for i := range out {
		out[i] = few[i%len(few)]
		out[i].ID = text(fmt.Sprintf("u%06d", i))
	}
	return out
}

func manyStand(t testing.TB, n int) *stand {
	s := newStand(t, 200, 60)
	s.Put(updates(school())...)
	s.Press("enter")
	u := membersUpdate(310048240)
	u.Data = manyMembers(n)
	s.Put(u)
	return s
}

func TestAFrameReadsVisibleRowsOnly(t *testing.T) {
	s := manyStand(t, 10_000)
	allocs := testing.AllocsPerRun(20, func() {
		s.Press("j")
		s.Press("k")
	})
	assert.Less(t, allocs, 2_000.0, "moving the cursor costs the same with 10,000 members behind it")
}

func TestANewListOfTheSamePeopleCostsFewAllocations(t *testing.T) {
	s := manyStand(t, 10_000)
	u := membersUpdate(310048240)
	u.Data = manyMembers(10_000)
	s.Put(u)
	assert.Less(t, testing.AllocsPerRun(3, func() { s.Put(u) }), 2_000.0, "not one for each of them")
}

func TestThePaneSortsOnlyWhatIsNew(t *testing.T) {
	u := membersUpdate(310048240)
	all := manyMembers(10_000)
	u.Data = all
	sorted := make([]*class.Member, len(all))
	for i := range all {
		sorted[i] = &all[i]
	}
	sortMembers(sorted)
	p := pane{room: 310048240}
	p.apply(u)
	assert.Equal(t, sorted[:30], p.here(30))
	assert.Equal(t, sorted[:50], p.here(50), "a higher screen")
	assert.Zero(t, testing.AllocsPerRun(10, func() { p.here(30) }), "the next frame finds them")
	assert.Empty(t, p.here(-1))
	p.apply(u)
	assert.Nil(t, p.first, "new ones are looked at again")
}

// BenchmarkFrame is a key and its frame, at 200x60 with so many members.
func BenchmarkFrame(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := manyStand(b, n)
			keys := []tea.Msg{keyMsg("j"), keyMsg("k")}
			i := 0
			for b.Loop() {
				s.Send(keys[i%2])
				i++
			}
		})
	}
}

// BenchmarkTick is a second that passes, with every age on screen changing.
func BenchmarkTick(b *testing.B) {
	s := manyStand(b, 10_000)
	for b.Loop() {
		s.now = s.now.Add(time.Second)
		s.Send(keyMsg("j"))
	}
}

// BenchmarkUpdate is a new list of 10,000 members.
func BenchmarkUpdate(b *testing.B) {
	s := manyStand(b, 10_000)
	u := membersUpdate(310048240)
	u.Data = manyMembers(10_000)
	for b.Loop() {
		s.Put(u)
	}
}
