package engine

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"classtop/class"
	"classtop/ops"
	"classtop/poll"

	"github.com/stretchr/testify/assert"
)

// school counts what all hosts together ask of one account.
type school struct {
	mu    sync.Mutex
	seen  map[string][]time.Time
	peak  int
	last  time.Time
	by    map[string]int // host → requests
	rooms int
	page  time.Duration // for each class of a list that is read for the first time
}

func (s *school) arrive(host, action string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	seen := append(s.seen[action], now)
	for now.Sub(seen[0]) >= time.Second {
		seen = seen[1:]
	}
	s.seen[action], s.last = seen, now
	s.peak = max(s.peak, len(seen))
	s.by[host]++
}

func (s *school) asked() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]int{}
	for host, n := range s.by {
		out[host] = n
	}
	clear(s.by)
	return out
}

// source is how one host asks the school.
type source struct {
	poll.Source
	school *school
	host   string
	gate   *Gate
}

func (s *source) ask(ctx context.Context, action string) error {
	done, err := s.gate.Take(ctx, action)
	if err != nil {
		return err
	}
	defer done(false)
	s.school.arrive(s.host, action)
	time.Sleep(20 * time.Millisecond)
	return nil
}

func (s *source) RoomsAsTheyCome(ctx context.Context, _, _ time.Time, soFar func([]class.Room)) ([]class.Room, error) {
	rooms := make([]class.Room, s.school.rooms)
	for i := range rooms {
		rooms[i] = class.Room{ID: class.RoomID(i + 1), Name: class.NewText("␛", "\x1b"), Status: class.RoomLive}
	}
	for n := 1; n < len(rooms) && soFar != nil && s.school.page > 0; n++ {
		time.Sleep(s.school.page)
		soFar(rooms[:n])
	}
	return rooms, s.ask(ctx, "GetRooms")
}

func (s *source) Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error) {
	return class.RoomDetail{Room: class.Room{ID: id}, Teacher: class.NewText("t", "t")}, s.ask(ctx, "DescribeRoom")
}

func (s *source) Members(ctx context.Context, id class.RoomID) ([]class.Member, error) {
	m := class.Member{ID: class.NewText("u", "u"), Name: class.NewText(fmt.Sprint("of ", id), fmt.Sprint("of ", id)), Role: class.RoleTeacher, State: class.Online}
	return []class.Member{m}, s.ask(ctx, "DescribeCurrentMemberList")
}

func (s *source) User(ctx context.Context, id class.Text) (class.Person, error) {
	return class.Person{ID: id, Name: class.NewText("Ada", "Ada")}, s.ask(ctx, "DescribeUser")
}

// host is one process of classtop serve.
type host struct {
	*Node
	hub    *poll.Hub
	bus    *memBus
	budget *poll.Budget
	sees   *poll.Session
	runner *ops.Runner
	read   atomic.Int64               // how often it read back
	state  class.Presence             // that it reads then
	acts   atomic.Pointer[ops.Runner] // the same, for the node
	kill   func()                     // its requests and its part on the bus end at once
	stop   func()                     // it ends as it should
	end    chan struct{}              // closed when all has ended
}

type rig struct {
	t      *testing.T
	school *school
	field  *field
	hosts  []*host
	second []ops.Action
}

// together runs a test on so many hosts.
func together(t *testing.T, hosts, rooms int, test func(t *testing.T, r *rig)) {
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, field: newField(), school: &school{seen: map[string][]time.Time{}, by: map[string]int{}, rooms: rooms}}
		for i := range hosts {
			r.add(fmt.Sprint("host", i), 0)
		}
		defer func() {
			for _, h := range r.hosts {
				h.kill()
				<-h.end
			}
		}()
		test(t, r)
		assert.LessOrEqual(t, r.school.peak, 20, "requests in a second")
	})
}

// add starts a host whose clock is wrong by so much.
func (r *rig) add(name string, wrong time.Duration) *host {
	h := &host{bus: r.field.join(), budget: poll.NewBudget(poll.BudgetConfig{Share: 0.6}), end: make(chan struct{})}
	gate := &Gate{Budget: h.budget}
	h.hub = poll.NewHub(poll.Config{Source: &source{school: r.school, host: name, gate: gate}, Budget: h.budget, Follow: true})
	h.Node = NewNode(Config{Bus: h.bus, Hub: h.hub, Budget: h.budget, Host: name, Runner: h.acts.Load, Now: func() time.Time { return time.Now().Add(wrong) }})
	gate.Guard(h.Node)
	ctx, cancel := context.WithCancel(r.t.Context())
	h.kill = func() { h.bus.set(true); cancel() }
	h.stop = cancel
	go func() {
		defer close(h.end)
		var wait sync.WaitGroup
		wait.Go(func() { _ = h.hub.Run(ctx) })
		wait.Go(func() { _ = h.Run(ctx) })
		wait.Wait()
	}()
	h.sees = h.hub.Join()
	r.hosts = append(r.hosts, h)
	return h
}

// leader is the host that leads, if exactly one does.
func (r *rig) leader() (found *host) {
	for _, h := range r.hosts {
		if h.Standing().Mode != Leading {
			continue
		}
		if found != nil {
			r.t.Fatal("two hosts lead")
		}
		found = h
	}
	return found
}

func (r *rig) other(than *host) *host {
	for _, h := range r.hosts {
		if h != than {
			return h
		}
	}
	return nil
}

// news is what came for a host's session lately, the newest of each topic.
func (h *host) news(t *testing.T) map[poll.Topic]poll.Update {
	synctest.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	out := map[poll.Topic]poll.Update{}
	us, _ := h.sees.Wait(ctx)
	for _, u := range us {
		out[u.Topic] = u
	}
	return out
}
