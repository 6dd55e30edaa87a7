package cli

import (
	"context"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
)

// kind is one thing that get can read.
type kind struct {
	name  string
	id    string // what its argument is: ROOM or QUESTION; "" for none
	about string
	read  func(ctx context.Context, l *link, id string) (sheet, error)
}

var kinds = []kind{
	{"rooms", "", "the classes of the window", getRooms},
	{"room", "ROOM", "one class", getRoom},
	{"members", "ROOM", "who is or was in a class", ofRoom(func(ctx context.Context, l *link, id class.RoomID) ([]class.Member, error) {
		return l.client.Members(ctx, id)
	}, memberCols)},
	{"questions", "ROOM", "the quiz of a class with its tallies", ofRoom(func(ctx context.Context, l *link, id class.RoomID) ([]class.Question, error) {
		return l.client.Questions(ctx, id)
	}, questionCols)},
	{"answers", "QUESTION", "who answered what", getAnswers},
	{"documents", "ROOM", "the courseware of a class", ofRoom(func(ctx context.Context, l *link, id class.RoomID) ([]class.Document, error) {
		return l.client.Documents(ctx, id)
	}, documentCols)},
	{"seats", "ROOM", "the seats of a class", ofRoom(func(ctx context.Context, l *link, id class.RoomID) ([]class.Seat, error) {
		return l.client.Seats(ctx, id)
	}, seatCols)},
	{"messages", "ROOM", "the chat of a class", ofRoom(allMessages, messageCols)},
	{"events", "ROOM", "what happened in a class", ofRoom(func(ctx context.Context, l *link, id class.RoomID) ([]class.Event, error) {
		return l.client.Events(ctx, id)
	}, eventCols)},
	{"report", "ROOM", "the attendance of an ended class", getReport},
	{"users", "", "the application's users", listed("DescribeSdkAppIdUsers", "Users", "UserId", "Name", "OriginId")},
	{"groups", "", "the application's groups", listed("DescribeGroupList", "GroupInfos", "GroupId", "GroupName", "TeacherId", "GroupType")},
	{"supervisors", "", "the application's supervisors", listed("DescribeSupervisors", "UserIds", "UserId")},
}

// ofRoom reads a list that belongs to a class.
func ofRoom[T any](read func(context.Context, *link, class.RoomID) ([]T, error), cols func(*time.Location) []col[T]) func(context.Context, *link, string) (sheet, error) {
	return func(ctx context.Context, l *link, id string) (sheet, error) {
		room, err := roomID(id)
		if err != nil {
			return sheet{}, err
		}
		items, err := read(ctx, l, room)
		return sheetOf(items, cols(l.cfg.Profile.TimeZone)), err
	}
}

func getRooms(ctx context.Context, l *link, _ string) (sheet, error) {
	from, to := l.cfg.Profile.Window(l.now())
	rooms, err := l.client.Rooms(ctx, from, to)
	zone, now := l.cfg.Profile.TimeZone, l.now()
	return sheetOf(rooms, []col[class.Room]{
		{"ID", func(r *class.Room) string { return r.ID.String() }},
		{"STATE", func(r *class.Room) string { return r.Status.String() }},
		{"NAME", func(r *class.Room) string { return r.Name.String() }},
		{"START", func(r *class.Room) string { return moment(r.Start, zone) }},
		{"END", func(r *class.Room) string { return moment(r.End, zone) }},
		{"OVERRUN", func(r *class.Room) string { return r.Overrun(now).Round(time.Second).String() }},
	}), err
}

func getRoom(ctx context.Context, l *link, id string) (sheet, error) {
	room, err := roomID(id)
	if err != nil {
		return sheet{}, err
	}
	d, err := l.client.Room(ctx, room)
	if err != nil {
		return sheet{}, err
	}
	zone := l.cfg.Profile.TimeZone
	assistants := make([]string, len(d.Assistants))
	for i, a := range d.Assistants {
		assistants[i] = a.String()
	}
	return facts(d, "id", d.ID.String(), "name", d.Name.String(), "state", d.Status.String(),
		"teacher", d.Teacher.String(), "assistants", strings.Join(assistants, " "), "group", d.GroupID.String(),
		"start", moment(d.Start, zone), "end", moment(d.End, zone),
		"real start", moment(d.RealStart, zone), "real end", moment(d.RealEnd, zone),
		"mic limit", number(d.MicLimit), "recording", d.RecordURL.String()), nil
}

func getAnswers(ctx context.Context, l *link, id string) (sheet, error) {
	items, err := l.client.Answers(ctx, clean.Text(id))
	return sheetOf(items, []col[class.Answer]{
		{"USER", func(a *class.Answer) string { return a.UserID.String() }},
		{"NAME", func(a *class.Answer) string { return a.Name.String() }},
		{"ANSWER", func(a *class.Answer) string { return a.Options.String() }},
		{"RIGHT", func(a *class.Answer) string { return yes(a.Right) }},
		{"TOOK", func(a *class.Answer) string { return span(a.Took) }},
	}), err
}

// getReport shows the people of the report as rows; JSON has the totals too.
func getReport(ctx context.Context, l *link, id string) (sheet, error) {
	room, err := roomID(id)
	if err != nil {
		return sheet{}, err
	}
	report, err := l.client.Report(ctx, room)
	s := sheetOf(report.Members, memberCols(l.cfg.Profile.TimeZone))
	s.data = report
	return s, err
}

// allMessages walks the chat back to its beginning, oldest first.
func allMessages(ctx context.Context, l *link, id class.RoomID) ([]class.Message, error) {
	var all []class.Message
	before := int64(0)
	for {
		page, err := l.client.Messages(ctx, id, before)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 || before != 0 && page[0].Seq >= before {
			return all, nil
		}
		all = append(page, all...)
		before = page[0].Seq
		if before <= 1 {
			return all, nil
		}
	}
}
