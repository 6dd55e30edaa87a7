package ops

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

func TestTwoOperatorsOneTarget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.delay = 5 * time.Second
		first := newRig(t, s)
		second := first.As("李四", Operator)
		o := kick()
		var won Result
		var wait sync.WaitGroup
		wait.Go(func() { won = first.Run(t.Context(), o) })
		time.Sleep(2 * time.Second)
		res := second.Run(t.Context(), o)
		assert.Equal(t, NotSent, res.State)
		assert.Equal(t, class.CodeBusy, res.Err.Code)
		assert.Contains(t, res.Sentence(), "张三 is kicking 李雷 (u123) from 高二物理 (331450358) for 10 minutes, begun 2 seconds ago.")
		assert.Contains(t, second.Busy(o.Target), "张三 is kicking")
		assert.Empty(t, second.Busy(end().Target), "the class itself is free")
		wait.Wait()
		assert.Equal(t, Done, won.State)
		assert.Equal(t, 1, s.count())
		assert.Empty(t, second.Busy(o.Target))
		assert.Len(t, first.lines(t), 2, "who had to wait leaves no line")
	})
}

func TestDoubleEnter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSchool())
		r.school.delay = time.Second
		o := kick()
		results := make(chan Result, 50)
		for range cap(results) {
			go func() { results <- r.Run(t.Context(), o) }()
		}
		states := map[State]int{}
		for range cap(results) {
			states[(<-results).State]++
		}
		assert.Equal(t, map[State]int{Done: 1, NotSent: 49}, states)

		again := r.Run(t.Context(), o)
		assert.Equal(t, class.CodeStale, again.Err.Code, "the screen is older than the kick")
		assert.Contains(t, again.Sentence(), "Look again once they are fresh")
		assert.Equal(t, 1, r.school.count())

		time.Sleep(time.Second)
		assert.Equal(t, Done, r.Run(t.Context(), kick()).State, "on fresh data it is a new decision")
		time.Sleep(remember + freshFor)
		assert.Equal(t, Done, r.Run(t.Context(), kick()).State)
		assert.Len(t, r.claims.past, 1)
	})
}

func TestBusyNamesTheClass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSchool())
		r.school.delay = time.Second
		go r.Run(t.Context(), end())
		synctest.Wait()
		assert.Equal(t, "张三 is ending 高二物理 (331450358), begun 1 second ago.", r.Busy(kick().Target))
		time.Sleep(2 * time.Second)
	})
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSchool())
		r.school.delay = time.Second
		lock := with(SeatLock, 1)
		lock.Target.User = class.Text{}
		go r.Run(t.Context(), lock)
		synctest.Wait()
		assert.Contains(t, r.Busy(lock.Target), "locking seat 1")
		lock.Target.Seat = 0
		assert.Empty(t, r.Busy(lock.Target))
		time.Sleep(2 * time.Second)
	})
}

func TestReadOnlyIsKept(t *testing.T) {
	r := newRig(t, newSchool())
	r.cfg.ReadOnly = true
	res := r.As("lead", Lead).Run(t.Context(), kick())
	assert.Equal(t, class.CodeReadOnly, res.Err.Code)
	assert.Contains(t, res.Sentence(), "read-only")
	assert.Zero(t, r.school.count())
}
