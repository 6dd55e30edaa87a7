package engine

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"classtop/class"
	"classtop/poll"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	cards    = poll.Want{Topic: poll.Topic{Kind: poll.Cards}, Tier: poll.Visible}
	membersX = poll.Topic{Kind: poll.Members, Room: 2}
)

// A host that follows is shown what the leader reads, without a request of its
// own.
func TestFollowersSeeWhatOneReads(t *testing.T) {
	together(t, 3, 4, func(t *testing.T, r *rig) {
		for _, h := range r.hosts {
			h.sees.Want([]poll.Want{cards})
		}
		time.Sleep(8 * time.Second)
		leader := r.leader()
		require.NotNil(t, leader)
		assert.Equal(t, 2, leader.Standing().Hosts)
		f := r.other(leader)
		got := f.news(t)
		assert.Len(t, got[poll.Topic{Kind: poll.Rooms}].Data, 4)
		card := got[poll.Topic{Kind: poll.Card, Room: 3}].Data.(class.Card)
		assert.Equal(t, "\x1b", card.Room.Name.Raw(), "what the wire said is not lost on the way")
		assert.Equal(t, 1, card.Counts.Online)
		assert.Equal(t, poll.Connected, f.hub.Health().State)
		assert.NotEmpty(t, f.hub.History(3))
		assert.Len(t, r.school.asked(), 1, "one host polls")
		require.NotEmpty(t, f.Gauge())
		assert.InDelta(t, 12, f.Gauge()[0].Full, 0.1, "the gauge is that of all")
		assert.Less(t, f.budget.Share(), 0.2, "of which this host has little")

		f.sees.Want([]poll.Want{cards, {Topic: membersX, Tier: poll.Focused}})
		time.Sleep(1500 * time.Millisecond)
		seen := f.news(t)[membersX]
		require.IsType(t, []class.Member{}, seen.Data)
		assert.WithinDuration(t, time.Now(), seen.Started, 2*time.Second)
		f.sees.Want(nil)
		time.Sleep(2 * time.Second)
		assert.NotContains(t, leader.hub.Wants(), membersX)
	})
}

// A list that is read for the first time comes to the other hosts as a whole:
// they would drop the classes that they know and that are on a later page.
func TestFollowersGetNoHalfList(t *testing.T) {
	together(t, 2, 4, func(t *testing.T, r *rig) {
		r.school.page = time.Second
		for _, h := range r.hosts {
			h.sees.Want([]poll.Want{cards})
		}
		sizes := func(h *host) (out []int) {
			if u, ok := h.news(t)[poll.Topic{Kind: poll.Rooms}]; ok {
				out = append(out, len(u.Data.([]class.Room)))
			}
			return out
		}
		var led, followed []int
		for range 100 {
			time.Sleep(100 * time.Millisecond)
			if leader := r.leader(); leader != nil {
				led, followed = append(led, sizes(leader)...), append(followed, sizes(r.other(leader))...)
			}
		}
		assert.Subset(t, led, []int{1, 2, 3, 4}, "the leader shows what there is so far")
		assert.Equal(t, []int{4}, slices.Compact(followed))
	})
}

// The demand of a host that is gone goes away with it.
func TestDemandOfADeadHostEnds(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		f.sees.Want([]poll.Want{{Topic: membersX, Tier: poll.Focused}})
		time.Sleep(2 * time.Second)
		r.school.asked()
		time.Sleep(5 * time.Second)
		assert.GreaterOrEqual(t, r.school.asked()[leader.cfg.Host], 4)
		f.kill()
		time.Sleep(6 * time.Second)
		r.school.asked()
		time.Sleep(5 * time.Second)
		assert.Zero(t, r.school.asked()[leader.cfg.Host])
	})
}

// When the leader is gone, another polls within five seconds.
func TestAnotherHostGoesOn(t *testing.T) {
	together(t, 3, 60, func(t *testing.T, r *rig) {
		for _, h := range r.hosts {
			h.sees.Want([]poll.Want{cards, {Topic: membersX, Tier: poll.Focused}})
		}
		time.Sleep(20 * time.Second)
		leader := r.leader()
		leader.kill()
		dead := time.Now()
		r.school.asked()
		require.Zero(t, len(r.school.asked()))
		for len(r.school.asked()) == 0 {
			require.Less(t, time.Since(dead), 5*time.Second)
			time.Sleep(50 * time.Millisecond)
		}
		t.Logf("polling is back after %v", time.Since(dead))
		time.Sleep(3 * time.Second)
		asked := r.school.asked()
		assert.Len(t, asked, 1)
		assert.NotContains(t, asked, leader.cfg.Host)
		for _, h := range r.hosts {
			if h != leader {
				assert.WithinDuration(t, time.Now(), h.news(t)[membersX].Started, 2*time.Second)
			}
		}
	})
}

// A leader that was stopped for a while sends nothing when it goes on.
func TestAPausedLeaderFindsItsLeaseOver(t *testing.T) {
	for _, away := range []time.Duration{2 * time.Second, time.Hour} {
		now := time.Now()
		l := newLease(holder{ID: "a"}, func() time.Time { return now })
		f := newField()
		require.NoError(t, l.step(t.Context(), f.join()))
		now = now.Add(leaseFor)
		require.NoError(t, l.step(t.Context(), f.join()))
		require.True(t, l.leads())
		now = now.Add(away)
		assert.False(t, l.leads())
		_, err := f.join().Store(t.Context(), nil, 1) // another took it meanwhile
		require.NoError(t, err)
		require.NoError(t, l.step(t.Context(), f.join()))
		assert.False(t, l.leads())
	}
}

// A machine that slept has a monotonic clock that stood still.
func TestASleepingMachineFindsItsLeaseOver(t *testing.T) {
	from := time.Now()
	assert.GreaterOrEqual(t, passed(from, from.Round(0).Add(time.Hour)), time.Hour)
	assert.Equal(t, 2*time.Second, passed(from, from.Add(2*time.Second)))
}

// The holder stops a second before anybody else can begin, whatever the order
// of steps.
func TestLeasesDoNotOverlap(t *testing.T) {
	now, f := time.Now(), newField()
	clock := func() time.Time { return now }
	a, b := newLease(holder{ID: "a"}, clock), newLease(holder{ID: "b"}, clock)
	busA, busB := f.join(), f.join()
	led := map[*lease]time.Time{}
	for i := range 4000 {
		busA.set(i/97%3 == 1)
		busB.set(i/131%4 == 1)
		_ = a.step(t.Context(), busA)
		_ = b.step(t.Context(), busB)
		for one, other := range map[*lease]*lease{a: b, b: a} {
			if one.leads() {
				led[one] = now
				assert.False(t, other.leads(), "step %d", i)
				if last, did := led[other]; did {
					assert.GreaterOrEqual(t, now.Sub(last), margin-beat, "step %d", i)
				}
			}
		}
		now = now.Add(100 * time.Millisecond)
	}
	assert.Len(t, led, 2, "both led at some time")
}

// What time a host thinks it is does not matter, and ages are right on it.
func TestAHostWithAWrongClock(t *testing.T) {
	together(t, 2, 3, func(t *testing.T, r *rig) {
		wrong := r.add("wrong", -time.Hour)
		for _, h := range r.hosts {
			h.sees.Want([]poll.Want{cards})
		}
		time.Sleep(10 * time.Second)
		leader := r.leader()
		require.NotNil(t, leader)
		if leader != wrong {
			card := wrong.news(t)[poll.Topic{Kind: poll.Card, Room: 1}].Data.(class.Card)
			assert.WithinDuration(t, time.Now().Add(-time.Hour), card.MembersAt, 10*time.Second)
		}
		assert.Len(t, r.school.asked(), 1)
	})
}

// Without the bus each host goes on with a part of the rate; with it again one
// polls for all.
func TestTheBusIsLostAndComesBack(t *testing.T) {
	together(t, 3, 40, func(t *testing.T, r *rig) {
		for _, h := range r.hosts {
			h.sees.Want([]poll.Want{cards})
		}
		time.Sleep(10 * time.Second)
		for _, h := range r.hosts {
			h.bus.set(true)
		}
		time.Sleep(15 * time.Second)
		r.school.asked()
		time.Sleep(10 * time.Second)
		asked := r.school.asked()
		for host, n := range asked {
			assert.LessOrEqual(t, n, 30, host)
		}
		assert.Len(t, asked, 3)
		for _, h := range r.hosts {
			assert.Equal(t, Lone, h.Standing().Mode)
			h.bus.set(false)
		}
		time.Sleep(8 * time.Second)
		r.school.asked()
		time.Sleep(5 * time.Second)
		assert.Len(t, r.school.asked(), 1)
		assert.NotNil(t, r.leader())
	})
}

// A message that got lost is noticed, and all is sent anew.
func TestALostMessageIsMadeGood(t *testing.T) {
	together(t, 2, 3, func(t *testing.T, r *rig) {
		time.Sleep(6 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		f.sees.Want([]poll.Want{cards})
		time.Sleep(3 * time.Second)
		f.news(t)
		f.mu.Lock()
		f.seq-- // as if the next one came too early
		epoch := f.epoch
		f.mu.Unlock()
		time.Sleep(12 * time.Second)
		assert.Len(t, f.news(t)[poll.Topic{Kind: poll.Rooms}].Data, 3)
		assert.Greater(t, f.epoch, epoch)
	})
}

// What is wrong with polling is told to the other hosts as it is here.
func TestHealthOnItsWay(t *testing.T) {
	now := time.Now()
	h := poll.Health{State: poll.Degraded, Since: now.Add(-time.Minute), OK: now.Add(-time.Second), Part: "DescribeDocumentsByRoom",
		Err: &class.Error{Action: "DescribeDocumentsByRoom", Code: "AuthFailure.UnauthorizedOperation", Meaning: "not permitted"}}
	data, err := json.Marshal(healthOf(h, now))
	require.NoError(t, err)
	var there health
	require.NoError(t, json.Unmarshal(data, &there))
	assert.Equal(t, h, there.at(now))
}

// What another host says of the budget cannot write to a terminal.
func TestUsesFromAnotherHostArePlain(t *testing.T) {
	uses := plainUses([]poll.ActionUse{{Action: "GetRooms\x1b]0;x\a", RequestIDs: []string{"a-1", "\u202eb\n"}}})
	assert.Equal(t, []poll.ActionUse{{Action: "GetRooms]0;x", RequestIDs: []string{"a-1", "b"}}}, uses)
}
