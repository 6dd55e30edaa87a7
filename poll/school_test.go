package poll

import (
	"context"
	"fmt"
	"sync"
	"time"

	"classtop/class"
)

// server is a strict service: it refuses what exceeds an action's limit in any
// sliding second and remembers the most it saw.
type server struct {
	mu       sync.Mutex
	limit    map[string]int
	all      int
	seen     map[string][]time.Time // accepted in the last second
	peak     map[string]int
	accepted map[string]int
	refused  map[string]int
	latency  func() time.Duration // of one way, asked twice a request
	fault    func(action string, id class.RoomID) *class.Error
}

func newServer(limit int, roundTrip time.Duration) *server {
	return &server{
		all: limit, limit: map[string]int{}, seen: map[string][]time.Time{}, peak: map[string]int{},
		accepted: map[string]int{}, refused: map[string]int{},
		latency: func() time.Duration { return roundTrip / 2 },
	}
}

// slow changes the latency of one way.
func (s *server) slow(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = func() time.Duration { return d }
}

// oneWay returns how long a request or an answer travels.
func (s *server) oneWay() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.latency()
}

// fails returns the fault that meets a request, or nil.
func (s *server) fails(action string, id class.RoomID) *class.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault == nil {
		return nil
	}
	return s.fault(action, id)
}

// arrive is a request's arrival; false is a refusal.
func (s *server) arrive(action string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	seen := s.seen[action]
	for len(seen) > 0 && now.Sub(seen[0]) >= time.Second {
		seen = seen[1:]
	}
	limit := s.all
	if own, ok := s.limit[action]; ok {
		limit = own
	}
	if len(seen) >= limit {
		s.seen[action] = seen
		s.refused[action]++
		return false
	}
	seen = append(seen, now)
	s.seen[action] = seen
	s.accepted[action]++
	s.peak[action] = max(s.peak[action], len(seen))
	return true
}

// school is a Source over a server, through a budget as the client does it.
type school struct {
	server *server
	budget *Budget

	mu      sync.Mutex
	rooms   []class.Room
	members func(id class.RoomID) []class.Member
	good    int // requests that were accepted
}

func (s *school) accepted() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.good
}

// live fills the school with running classes numbered from 1.
func (s *school) live(n int) {
	for i := range n {
		s.rooms = append(s.rooms, class.Room{
			ID: class.RoomID(i + 1), Name: class.NewText(fmt.Sprint("class ", i+1), fmt.Sprint("class ", i+1)),
			Status: class.RoomLive, Start: class.UnixOf(time.Now()), End: class.UnixOf(time.Now().Add(24 * time.Hour)),
		})
	}
}

// setStatus changes the state of the class at that place of the list.
func (s *school) setStatus(i int, status class.RoomStatus) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rooms[i].Status = status
}

// call is one request and its answer.
func (s *school) call(ctx context.Context, action string, id class.RoomID) error {
	done := func(bool) {}
	if s.budget != nil {
		var err error
		if done, err = s.budget.Take(ctx, action); err != nil {
			return &class.Error{System: lcic, Action: action, Code: class.CodeCancelled, Cause: err}
		}
	}
	if err := pause(ctx, s.server.oneWay()); err != nil {
		done(false)
		return err
	}
	if err := s.server.fails(action, id); err != nil {
		pause(ctx, s.server.oneWay())
		done(false)
		return err
	}
	ok := s.server.arrive(action)
	if ok {
		s.mu.Lock()
		s.good++
		s.mu.Unlock()
	}
	err := pause(ctx, s.server.oneWay())
	done(!ok)
	if !ok {
		return &class.Error{System: lcic, Action: action, Code: "RequestLimitExceeded"}
	}
	return err
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return &class.Error{Code: class.CodeCancelled, Cause: ctx.Err()}
	}
}

func (s *school) RoomsAsTheyCome(ctx context.Context, from, to time.Time, soFar func([]class.Room)) ([]class.Room, error) {
	s.mu.Lock()
	rooms := append([]class.Room(nil), s.rooms...)
	s.mu.Unlock()
	for page := range max(1, (len(rooms)+99)/100) {
		if page > 0 && soFar != nil {
			soFar(rooms[:100*page])
		}
		if err := s.call(ctx, "GetRooms", 0); err != nil {
			return nil, err
		}
	}
	return rooms, nil
}

func (s *school) Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error) {
	teacher := fmt.Sprint("t", id)
	return class.RoomDetail{Teacher: class.NewText(teacher, teacher)}, s.call(ctx, "DescribeRoom", id)
}

func (s *school) Members(ctx context.Context, id class.RoomID) ([]class.Member, error) {
	list := []class.Member{}
	if s.members != nil {
		list = s.members(id)
	}
	return list, s.call(ctx, "DescribeCurrentMemberList", id)
}

func (s *school) Questions(ctx context.Context, id class.RoomID) ([]class.Question, error) {
	return []class.Question{}, s.call(ctx, "DescribeQuestionList", id)
}

func (s *school) Answers(ctx context.Context, q class.Text) ([]class.Answer, error) {
	return nil, s.call(ctx, "DescribeAnswerList", 0)
}

func (s *school) Documents(ctx context.Context, id class.RoomID) ([]class.Document, error) {
	return nil, s.call(ctx, "DescribeDocumentsByRoom", id)
}

func (s *school) Seats(ctx context.Context, id class.RoomID) ([]class.Seat, error) {
	return nil, s.call(ctx, "get_seat_list", id)
}

func (s *school) Messages(ctx context.Context, id class.RoomID, before int64) ([]class.Message, error) {
	return nil, s.call(ctx, "GetRoomMessage", id)
}

func (s *school) Events(ctx context.Context, id class.RoomID) ([]class.Event, error) {
	return nil, s.call(ctx, "GetRoomEvent", id)
}

func (s *school) Report(ctx context.Context, id class.RoomID) (class.Report, error) {
	return class.Report{}, s.call(ctx, "DescribeRoomStatistics", id)
}

func (s *school) User(ctx context.Context, id class.Text) (class.Person, error) {
	return class.Person{ID: id, Name: class.NewText("name of "+id.String(), "name of "+id.String())}, s.call(ctx, "DescribeUser", 0)
}

func (s *school) List(ctx context.Context, action string, _ map[string]string) ([]class.Record, error) {
	return nil, s.call(ctx, action, 0)
}
