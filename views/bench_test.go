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
