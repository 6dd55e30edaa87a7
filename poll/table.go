package poll

import (
	"context"
	"strconv"
	"time"

	"classtop/class"
)

// Source is where data come from: the client's reads. An error is a
// *class.Error.
type Source interface {
	// RoomsAsTheyCome gives what it has after each page, where it is asked to.
	RoomsAsTheyCome(ctx context.Context, from, to time.Time, soFar func([]class.Room)) ([]class.Room, error)
	Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error)
	Members(ctx context.Context, id class.RoomID) ([]class.Member, error)
	Questions(ctx context.Context, id class.RoomID) ([]class.Question, error)
	Answers(ctx context.Context, question class.Text) ([]class.Answer, error)
	Documents(ctx context.Context, id class.RoomID) ([]class.Document, error)
	Seats(ctx context.Context, id class.RoomID) ([]class.Seat, error)
	Messages(ctx context.Context, id class.RoomID, before int64) ([]class.Message, error)
	Events(ctx context.Context, id class.RoomID) ([]class.Event, error)
	Report(ctx context.Context, id class.RoomID) (class.Report, error)
	User(ctx context.Context, id class.Text) (class.Person, error)
	List(ctx context.Context, action string, params map[string]string) ([]class.Record, error)
}

// The systems that can fail on their own.
const (
	lcic       = "lcic"
	roomEngine = "roomengine"
)

// query is a topic with what else its fetch may need.
type query struct {
	Topic
	from, to time.Time          // the window of Rooms
	soFar    func([]class.Room) // is given the first pages of Rooms; nil: nobody waits for them
}

// row is one kind of topic: how it is fetched and how often.
type row struct {
	system, action string
	every          [Background + 1]time.Duration // by tier; the background's only if the budget allows
	fetch          func(context.Context, Source, query) (any, error)
}

// table has one row for each kind that is fetched. A new read is one row.
var table = map[Kind]*row{
	Rooms: {lcic, "GetRooms", cadence(5, 5, 10), func(ctx context.Context, s Source, q query) (any, error) {
		return s.RoomsAsTheyCome(ctx, q.from, q.to, q.soFar)
	}},
	Detail: {lcic, "DescribeRoom", cadence(10, 30, 60), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Room(ctx, q.Room)
	}},
	Members: {lcic, "DescribeCurrentMemberList", cadence(1, 3, 5), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Members(ctx, q.Room)
	}},
	Questions: {lcic, "DescribeQuestionList", cadence(2, 3, 30), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Questions(ctx, q.Room)
	}},
	Answers: {lcic, "DescribeAnswerList", cadence(2, 3, 30), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Answers(ctx, q.ID)
	}},
	Documents: {lcic, "DescribeDocumentsByRoom", cadence(10, 20, 60), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Documents(ctx, q.Room)
	}},
	Seats: {roomEngine, "get_seat_list", cadence(1, 3, 15), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Seats(ctx, q.Room)
	}},
	Messages: {lcic, "GetRoomMessage", cadence(2, 3, 30), func(ctx context.Context, s Source, q query) (any, error) {
		before, _ := strconv.ParseInt(q.ID.String(), 10, 64) // empty: the newest
		return s.Messages(ctx, q.Room, before)
	}},
	Events: {lcic, "GetRoomEvent", cadence(5, 10, 60), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Events(ctx, q.Room)
	}},
	Report: {lcic, "DescribeRoomStatistics", cadence(60, 60, 300), func(ctx context.Context, s Source, q query) (any, error) {
		return s.Report(ctx, q.Room)
	}},
	Name: {lcic, "DescribeUser", [...]time.Duration{askAgain, askAgain, askAgain}, func(ctx context.Context, s Source, q query) (any, error) {
		return s.User(ctx, q.ID)
	}},
}

// cadence returns the times between two fetches by tier, given in seconds.
func cadence(focused, visible, background int) [Background + 1]time.Duration {
	return [...]time.Duration{
		Focused:    time.Duration(focused) * time.Second,
		Visible:    time.Duration(visible) * time.Second,
		Background: time.Duration(background) * time.Second,
	}
}
