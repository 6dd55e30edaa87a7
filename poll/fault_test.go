package poll

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// failing makes every request of the action (or of all, if empty) fail until
// it is called back.
func (b *bench) failing(action, code string) (mend func()) {
	b.srv.mu.Lock()
	defer b.srv.mu.Unlock()
	b.srv.fault = func(a string, _ class.RoomID) *class.Error {
		if action != "" && a != action {
			return nil
		}
		b.srv.refused[a]++
		return &class.Error{System: lcic, Action: a, Code: code}
	}
	return func() {
		b.srv.mu.Lock()
		defer b.srv.mu.Unlock()
		b.srv.fault = nil
	}
}

func (b *bench) failures(action string) int {
	b.srv.mu.Lock()
	defer b.srv.mu.Unlock()
	return b.srv.refused[action]
}

func TestErrorsKeepOldDataAndBackOff(t *testing.T) {
	running(t, 1, func(b *bench) {
		s := b.Join()
		s.Want([]Want{{members(1), Focused}})
		time.Sleep(2500 * time.Millisecond)
		mend := b.failing("DescribeCurrentMemberList", "FailedOperation")
		time.Sleep(time.Second)
		got := b.take(s)[members(1)]
		require.Len(t, got, 2, "the data that came before the failure are not lost")
		assert.NotNil(t, got[0].Data)
		assert.Nil(t, got[1].Data)
		assert.Equal(t, "FailedOperation", got[1].Err.Code)
		late := b.Join()
		late.Want([]Want{{members(1), Visible}})
		assert.Len(t, b.take(late)[members(1)], 2, "a late session gets the data and the failure")
		time.Sleep(3 * time.Minute)
		n := b.failures("DescribeCurrentMemberList")
		assert.Less(t, n, 18)
		assert.Greater(t, n, 8, "at least every 30 seconds")
		assert.Equal(t, Degraded, b.Health().State, "an answer is an answer, but no data")
		assert.Empty(t, b.Health().Part)
		assert.Equal(t, "FailedOperation", b.Health().Err.Code)
		mend()
		time.Sleep(30 * time.Second)
		b.take(s)
		time.Sleep(time.Second)
		assert.NotNil(t, b.take(s)[members(1)][0].Data)
	})
}

func TestWhatOneClassLacksIsNoTroubleOfTheService(t *testing.T) {
	for _, code := range []string{"ResourceNotFound.Room", "FailedOperation.ClassEnded"} {
		running(t, 2, func(b *bench) {
			s := b.Join()
			s.Want([]Want{{members(1), Focused}})
			time.Sleep(2500 * time.Millisecond)
			b.failing("DescribeCurrentMemberList", code)
			time.Sleep(3 * time.Minute)
			assert.Greater(t, b.failures("DescribeCurrentMemberList"), 3)
			assert.Equal(t, Connected, b.Health().State)
			assert.Nil(t, b.Health().Err)
		})
	}
}

func TestOutageAndRecovery(t *testing.T) {
	running(t, 50, func(b *bench) {
		s := b.Join()
		s.Want([]Want{all(Visible), {members(1), Focused}})
		assert.Equal(t, Connecting, b.Health().State)
		time.Sleep(20 * time.Second)
		assert.Equal(t, Connected, b.Health().State)
		mend := b.failing("", class.CodeNetwork)
		time.Sleep(5 * time.Second)
		health := b.Health()
		assert.Equal(t, Down, health.State)
		assert.Equal(t, class.CodeNetwork, health.Err.Code)
		assert.WithinDuration(t, time.Now(), health.OK, 6*time.Second)
		before := b.tries()
		time.Sleep(10 * time.Minute)
		assert.InDelta(t, 300, b.tries()-before, 2, "one request every two seconds")
		b.take(s)
		mend()
		time.Sleep(2100 * time.Millisecond)
		assert.Equal(t, Connected, b.Health().State)
		assert.Nil(t, b.Health().Err)
		time.Sleep(time.Second)
		got := b.take(s)
		assert.NotNil(t, got[members(1)][0].Data, "back within one interval")
		assert.NotNil(t, got[Topic{Kind: Rooms}][0].Data)
	})
}

// tries returns how many requests failed.
func (b *bench) tries() int {
	b.srv.mu.Lock()
	defer b.srv.mu.Unlock()
	n := 0
	for _, r := range b.srv.refused {
		n += r
	}
	return n
}

func TestBlackHoleIsProbedByFewRequests(t *testing.T) {
	running(t, 20, func(b *bench) {
		s := b.Join()
		s.Want([]Want{all(Visible), {members(1), Focused}})
		time.Sleep(5 * time.Second)
		mend := b.failing("", class.CodeTimeout)
		b.srv.slow(12 * time.Second)
		time.Sleep(time.Minute)
		require.Equal(t, Down, b.Health().State)
		b.mu.Lock()
		assert.LessOrEqual(t, b.systems[lcic].probes, maxProbes)
		b.mu.Unlock()
		mend()
		b.srv.slow(roundTrip / 2)
		time.Sleep(26 * time.Second)
		assert.Equal(t, Connected, b.Health().State)
	})
}

func TestFatalErrorStopsPollingUntilResumed(t *testing.T) {
	running(t, 5, func(b *bench) {
		mend := b.failing("", "AuthFailure.SecretIdNotFound")
		s := b.Join()
		s.Want([]Want{all(Visible)})
		time.Sleep(time.Hour)
		assert.Equal(t, 1, b.tries(), "no storm of retries")
		health := b.Health()
		assert.Equal(t, Stopped, health.State)
		assert.Equal(t, "AuthFailure.SecretIdNotFound", health.Err.Code)
		late := b.Join()
		late.Want([]Want{{members(2), Focused}})
		assert.Equal(t, health.Err, b.take(late)[members(2)][0].Err, "says why nothing comes")
		mend()
		b.Resume()
		time.Sleep(31 * time.Second)
		assert.Equal(t, Connected, b.Health().State)
		assert.NotEmpty(t, b.take(s)[Topic{Kind: Card, Room: 5}])
	})
}

func TestOneForbiddenActionDoesNotStopTheOthers(t *testing.T) {
	running(t, 1, func(b *bench) {
		mend := b.failing("DescribeQuestionList", "UnauthorizedOperation.CamNoAuth")
		s := b.Join()
		questions := Topic{Kind: Questions, Room: 1}
		s.Want([]Want{{members(1), Focused}, {questions, Focused}})
		time.Sleep(time.Minute)
		assert.Equal(t, 1, b.tries())
		assert.Equal(t, Degraded, b.Health().State)
		assert.Equal(t, "DescribeQuestionList", b.Health().Part)
		assert.Equal(t, 60, b.requests("DescribeCurrentMemberList"))
		mend()
		b.Poke(questions)
		time.Sleep(100 * time.Millisecond)
		assert.NotNil(t, b.take(s)[questions][0].Data)
		assert.Equal(t, Connected, b.Health().State)
	})
}

func TestRoomEngineFailsOnItsOwn(t *testing.T) {
	running(t, 1, func(b *bench) {
		b.failing("get_seat_list", class.CodeNetwork)
		s := b.Join()
		s.Want([]Want{{members(1), Focused}, {Topic{Kind: Seats, Room: 1}, Focused}})
		time.Sleep(time.Minute)
		assert.Equal(t, Degraded, b.Health().State)
		assert.Equal(t, "room engine", b.Health().Part, "it says which one")
		assert.Equal(t, 60, b.requests("DescribeCurrentMemberList"))
		assert.NotNil(t, b.take(s)[members(1)][0].Data)
		s.Want([]Want{{members(1), Focused}})
		assert.Equal(t, Connected, b.Health().State, "nobody wants the seats any more")
	})
}

func TestAnUnsetRoomEngineIsNoTrouble(t *testing.T) {
	running(t, 1, func(b *bench) {
		b.failing("get_seat_list", class.CodeConfig)
		s := b.Join()
		s.Want([]Want{{members(1), Focused}, {Topic{Kind: Seats, Room: 1}, Focused}})
		time.Sleep(10 * time.Second)
		assert.Equal(t, Connected, b.Health().State)
		assert.Nil(t, b.Health().Err)
		assert.Equal(t, 1, b.failures("get_seat_list"), "what is missing is not asked for again")
	})
}
