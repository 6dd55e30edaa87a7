package poll

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// bench is a hub that runs over a simulated school in a bubble.
type bench struct {
	*Hub
	t   *testing.T
	src *school
	srv *server
	end func() // stops the hub and waits for all it started
}

// running runs a test on a hub over so many running classes; at the bubble's
// end no goroutine may be left.
func running(t *testing.T, rooms int, test func(b *bench)) { tapped(t, rooms, nil, test) }

// tapped is running with somebody who sees every update.
func tapped(t *testing.T, rooms int, tap func(Update), test func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(20, roundTrip)
		budget := NewBudget(BudgetConfig{})
		src := &school{server: srv, budget: budget}
		src.live(rooms)
		h := NewHub(Config{Source: src, Budget: budget, Tap: tap})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.Run(ctx) }()
		b := &bench{Hub: h, t: t, src: src, srv: srv, end: sync.OnceFunc(func() {
			cancel()
			assert.ErrorIs(t, <-done, context.Canceled)
		})}
		test(b)
		b.end()
	})
}

// take returns what is in the mailbox now, by topic.
func (b *bench) take(s *Session) map[Topic][]Update {
	got := map[Topic][]Update{}
	synctest.Wait()
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Nanosecond)
	defer cancel()
	updates, _ := s.Wait(ctx)
	for _, u := range updates {
		got[u.Topic] = append(got[u.Topic], u)
	}
	return got
}

func (b *bench) requests(action string) int {
	b.srv.mu.Lock()
	defer b.srv.mu.Unlock()
	return b.srv.accepted[action]
}

func members(id class.RoomID) Topic { return Topic{Kind: Members, Room: id} }

func all(tier Tier) Want { return Want{Topic{Kind: Cards}, tier} }

func someone(id string, role class.Role, state class.Presence) class.Member {
	return class.Member{ID: class.NewText(id, id), Name: class.NewText("name of "+id, "name of "+id), Role: role, State: state}
}

func TestCardsArePutTogether(t *testing.T) {
	running(t, 3, func(b *bench) {
		b.src.setStatus(1, class.RoomUpcoming)
		b.src.setStatus(2, class.RoomEnded)
		b.src.members = func(id class.RoomID) []class.Member {
			assert.EqualValues(t, 1, id, "members are read of running classes only")
			return []class.Member{someone("t1", class.RoleTeacher, class.Online), someone("s", class.RoleStudent, class.Offline)}
		}
		s := b.Join()
		s.Want([]Want{all(Visible)})
		time.Sleep(4 * time.Second)
		got := b.take(s)
		assert.Len(t, got[Topic{Kind: Rooms}][0].Data, 3)
		card := got[Topic{Kind: Card, Room: 1}][0].Data.(class.Card)
		assert.Equal(t, "t1", card.Teacher.String())
		assert.Equal(t, "name of t1", card.TeacherName.String())
		assert.Equal(t, class.Counts{Online: 1, Expected: 2, Teachers: 1}, card.Counts)
		assert.WithinDuration(t, time.Now(), card.MembersAt, 5*time.Second)
		assert.Equal(t, "t2", got[Topic{Kind: Card, Room: 2}][0].Data.(class.Card).Teacher.String())
		time.Sleep(6 * time.Second)
		assert.Equal(t, "name of t3", b.take(s)[Topic{Kind: Card, Room: 3}][0].Data.(class.Card).TeacherName.String())
		time.Sleep(time.Minute)
		assert.Equal(t, 3, b.requests("DescribeRoom"), "the detail is read once")
		assert.NotContains(t, b.take(s), Topic{Kind: Card, Room: 3}, "nothing changed")
		assert.Len(t, b.History(1), 14)
		assert.Empty(t, b.History(2))
	})
}

func TestClassesBeginEndAndVanish(t *testing.T) {
	running(t, 2, func(b *bench) {
		s := b.Join()
		s.Want([]Want{all(Visible), {Topic{Kind: Card, Room: 2}, Visible}})
		b.src.setStatus(1, class.RoomUpcoming)
		time.Sleep(10 * time.Second)
		b.take(s)
		b.src.setStatus(0, class.RoomEnded)
		b.src.setStatus(1, class.RoomLive)
		time.Sleep(6 * time.Second)
		got := b.take(s)
		assert.Equal(t, class.RoomEnded, got[Topic{Kind: Card, Room: 1}][0].Data.(class.Card).Room.Status)
		before := b.requests("DescribeCurrentMemberList")
		time.Sleep(30 * time.Second)
		assert.InDelta(t, 10, b.requests("DescribeCurrentMemberList")-before, 1, "class 2 every 3 s, class 1 no more")
		b.src.mu.Lock()
		b.src.rooms = b.src.rooms[:1]
		b.src.mu.Unlock()
		time.Sleep(6 * time.Second)
		assert.Len(t, b.take(s)[Topic{Kind: Rooms}][0].Data, 1)
		assert.Nil(t, b.History(2), "a class that vanished is forgotten")
	})
}

// TestALargeSchoolIsShownWhileItIsRead: the first list is given page by page,
// and never again; who records has no use for half a list.
func TestALargeSchoolIsShownWhileItIsRead(t *testing.T) {
	var mu sync.Mutex
	var whole []int
	tap := func(u Update) {
		mu.Lock()
		defer mu.Unlock()
		if list, ok := u.Data.([]class.Room); ok {
			whole = append(whole, len(list))
		}
	}
	tapped(t, 350, tap, func(b *bench) {
		s := b.Join()
		s.Want([]Want{{Topic{Kind: Rooms}, Visible}})
		var sizes []int
		for more := true; more; {
			us, err := s.Wait(b.t.Context())
			require.NoError(t, err)
			for _, u := range us {
				sizes, more = append(sizes, len(u.Data.([]class.Room))), u.More
			}
		}
		assert.Equal(t, []int{100, 200, 300, 350}, sizes)
		mu.Lock()
		assert.Equal(t, []int{350}, whole)
		mu.Unlock()
		time.Sleep(30 * time.Second)
		for _, u := range b.take(s)[Topic{Kind: Rooms}] {
			assert.False(t, u.More)
			assert.Len(t, u.Data, 350)
		}
	})
}

func TestTwoSessionsCostOneAndLateOnesCatchUp(t *testing.T) {
	running(t, 1, func(b *bench) {
		b.src.members = func(class.RoomID) []class.Member { return []class.Member{someone("a", 0, class.Online)} }
		first, second := b.Join(), b.Join()
		first.Want([]Want{{members(1), Focused}})
		time.Sleep(10*time.Second + 500*time.Millisecond)
		alone := b.requests("DescribeCurrentMemberList")
		assert.Equal(t, 11, alone)
		second.Want([]Want{{members(1), Visible}})
		got := b.take(second)[members(1)]
		require.Len(t, got, 1, "the latest is there at once")
		assert.Len(t, got[0].Data, 1)
		time.Sleep(10 * time.Second)
		assert.Equal(t, alone+10, b.requests("DescribeCurrentMemberList"))
		first.Want(nil)
		before := b.requests("DescribeCurrentMemberList")
		time.Sleep(30 * time.Second)
		assert.InDelta(t, 10, b.requests("DescribeCurrentMemberList")-before, 1, "only the visible tier is left")
		second.Close()
		before = b.requests("DescribeCurrentMemberList")
		time.Sleep(30 * time.Second)
		assert.Equal(t, before, b.requests("DescribeCurrentMemberList"), "nobody looks")
		_, err := second.Wait(b.t.Context())
		assert.ErrorIs(t, err, ErrClosed)
		assert.Empty(t, b.entries)
	})
}

func TestStalledSessionSeesTheLatestAndBlocksNobody(t *testing.T) {
	running(t, 1, func(b *bench) {
		var n atomic.Int64
		b.src.members = func(class.RoomID) []class.Member { return make([]class.Member, n.Add(1)) }
		stalled, awake := b.Join(), b.Join()
		stalled.Want([]Want{{members(1), Focused}})
		awake.Want([]Want{{members(1), Focused}})
		time.Sleep(500 * time.Millisecond)
		for range 60 {
			time.Sleep(time.Second)
			require.Len(t, b.take(awake)[members(1)], 1)
		}
		got := b.take(stalled)[members(1)]
		require.Len(t, got, 1, "one update a topic, however many came")
		assert.Len(t, got[0].Data, int(n.Load()))
	})
}

func TestWantedAnewIsFetchedAtOnce(t *testing.T) {
	running(t, 200, func(b *bench) {
		s := b.Join()
		s.Want([]Want{all(Visible)})
		time.Sleep(20 * time.Second) // the background's line is long now
		b.take(s)
		s.Want([]Want{all(Visible), {members(200), Focused}})
		time.Sleep(300 * time.Millisecond)
		assert.Len(t, b.take(s)[members(200)], 1)
		s.Want([]Want{all(Visible), {Topic{Kind: Card, Room: 199}, Visible}})
		time.Sleep(400 * time.Millisecond)
		assert.NotEmpty(t, b.take(s)[Topic{Kind: Card, Room: 199}])
	})
}

func TestPokeDropsWhatWasAskedBefore(t *testing.T) {
	running(t, 1, func(b *bench) {
		var kicked atomic.Bool
		b.src.members = func(class.RoomID) []class.Member {
			if kicked.Load() {
				return []class.Member{someone("a", 0, class.Kicked)}
			}
			return []class.Member{someone("a", 0, class.Online)}
		}
		b.srv.slow(400 * time.Millisecond)
		s := b.Join()
		s.Want([]Want{{members(1), Visible}})
		time.Sleep(3*time.Second + 100*time.Millisecond) // the second fetch is on its way
		kicked.Store(true)
		b.Poke(members(1))
		poked := time.Now()
		time.Sleep(time.Second)
		got := b.take(s)[members(1)]
		require.Len(t, got, 1, "what was in the box and in the air is void")
		assert.Equal(t, class.Kicked, got[0].Data.([]class.Member)[0].State)
		assert.False(t, got[0].Started.Before(poked))
		assert.Equal(t, 2, b.requests("DescribeCurrentMemberList"), "the fetch in the air was called back")
	})
}

func TestPokeOfACardReadsItsParts(t *testing.T) {
	running(t, 2, func(b *bench) {
		s := b.Join()
		s.Want([]Want{all(Visible)})
		time.Sleep(11 * time.Second)
		before := fmt.Sprint(b.requests("GetRooms"), b.requests("DescribeRoom"))
		require.Equal(t, "3 2", before)
		b.Poke(Topic{Kind: Card, Room: 2}, Topic{Kind: Answers}) // nobody looks at answers
		time.Sleep(200 * time.Millisecond)
		assert.Equal(t, "4 3", fmt.Sprint(b.requests("GetRooms"), b.requests("DescribeRoom")))
		assert.Zero(t, b.requests("DescribeAnswerList"))
	})
}

func TestEveryKindIsFetched(t *testing.T) {
	running(t, 1, func(b *bench) {
		s := b.Join()
		var wants []Want
		for kind := range table {
			wants = append(wants, Want{Topic{Kind: kind, Room: 1}, Focused})
		}
		s.Want(wants)
		time.Sleep(time.Second)
		got := b.take(s)
		for _, w := range wants {
			if assert.Len(t, got[w.Topic], 1, "kind %d", w.Topic.Kind) {
				assert.Nil(t, got[w.Topic][0].Err)
			}
		}
	})
}
