package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/poll"
	"classtop/ui"
)

// over is the school after the class has ended.
func over() []class.Card {
	cards := school()
	cards[0].Room.Status, cards[0].Room.RealEnd = class.RoomEnded, unix(-1)
	return cards
}

// attendance is a report in which some never came.
func attendance() class.Report {
	r := class.Report{Peak: 39, People: 41, RealStart: unix(-40), RealEnd: unix(-1), Messages: 128, Mics: 7, Members: crowd()}
	for i := range r.Members {
		m := &r.Members[i]
		m.State = class.Absent // the report does not tell
		if m.Present > 0 {
			m.FirstJoin, m.LastQuit = unix(-39), unix(-1)
		}
	}
	r.Members[2].MicTimes, r.Members[2].Messages = 3, 12
	return r
}

func inReport(t *testing.T, w, h int, change ...func(*ui.Deps)) *stand {
	s := inRoomTab(t, w, h, "8", change...)
	s.Put(updates(over())...)
	s.Put(talkUpdate(poll.Report, "", attendance()))
	return s
}

func TestFramesOfReport(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inReport(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameOfReportInASCII(t *testing.T) {
	s := inReport(t, 80, 24, ascii)
	requireFull(t, s, 80, 24)
	requireASCII(t, s)
	golden.RequireEqual(t, s.Text()+"\n")
}

func TestFrameOfReportWithoutColour(t *testing.T) {
	s := inReport(t, 80, 24)
	noColour(s)
	golden.RequireEqual(t, s.Frame()+"\n")
}

func wantsReport(s *stand) bool {
	for _, w := range s.session.Wants() {
		if w.Topic.Kind == poll.Report {
			return true
		}
	}
	return false
}

func TestReportIsAskedForOnlyAfterTheEnd(t *testing.T) {
	s := inRoomTab(t, 80, 24, "8")
	assert.Contains(t, s.Text(), "comes after the class has ended")
	assert.False(t, wantsReport(s))
	s.Put(updates(over())...)
	assert.True(t, wantsReport(s))
	assert.Contains(t, s.Text(), "Reading the report")
	s.Press("2")
	assert.False(t, wantsReport(s))
}

func TestReportThatIsNotReadyIsQuiet(t *testing.T) {
	s := inRoomTab(t, 80, 24, "8")
	s.Put(updates(over())...)
	fail := func(code string) {
		s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Report, Room: talkRoom}, Started: now, At: now,
			Err: &class.Error{Action: "DescribeRoomStatistics", Code: code, RequestID: "r-7"}})
	}
	fail("ResourceUnavailable.RoomStatistics")
	assert.Contains(t, s.Text(), "not ready yet")
	assert.NotContains(t, s.Text(), "RoomStatistics")
	fail("FailedOperation.RoomNotEnd")
	assert.Contains(t, s.Text(), "comes after the class has ended")
	assert.NotContains(t, s.Text(), "RoomNotEnd")
	fail("InternalError")
	assert.Contains(t, s.Text(), "r-7")
	s.Put(talkUpdate(poll.Report, "", attendance()))
	assert.Contains(t, s.Text(), "peak 39 online")
}

func TestReportMarksWhoNeverCame(t *testing.T) {
	s := inReport(t, 80, 24)
	assert.Contains(t, s.line("Wei Zhang"), "ABSENT")
	assert.NotContains(t, s.line("王建国  "), "ABSENT")
	assert.Contains(t, s.Text(), "1 ABSENT")
	s.Press("/")
	s.Press(strings.Split("came:absent", "")...)
	s.Press("enter", "d")
	assert.Contains(t, s.Text(), "never came")
}

func TestReportOfNobody(t *testing.T) {
	s := inRoomTab(t, 60, 16, "8")
	s.Put(updates(over())...)
	s.Put(talkUpdate(poll.Report, "", class.Report{}))
	requireFull(t, s, 60, 16)
	assert.Contains(t, s.Text(), "names no members")
	assert.Contains(t, s.Text(), "0 came")
}

func TestReportOfHugeNames(t *testing.T) {
	s := inRoomTab(t, 80, 24, "8")
	s.Put(updates(over())...)
	r := class.Report{Peak: 1 << 60, People: -1, RealStart: 5, RealEnd: 1, Messages: 1 << 62}
	for i := range 2000 {
		r.Members = append(r.Members, class.Member{ID: text(fmt.Sprint(i)), Name: text(strings.Repeat("龙", 200)), Role: 77,
			Present: class.Seconds(1 << 40), Answers: 1 << 50, FirstJoin: unix(-9)})
	}
	s.Put(talkUpdate(poll.Report, "", r))
	requireFull(t, s, 80, 24)
	s.Press("G")
	s.now = s.now.Add(time.Second)
	requireFull(t, s, 80, 24)
	require.Contains(t, s.Text(), "2000/2000")
}

func TestAClassThatIsOverOpensWithItsReport(t *testing.T) {
	s := newStand(t, 80, 24)
	s.Put(updates(school())...)
	s.Press("3", "enter")
	assert.Contains(t, s.Text(), "[8 Report]")
	s.Press("2")
	assert.Contains(t, s.Text(), "members not read yet")
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Members, Room: endedRoom(t)}, Err: &class.Error{Code: "FailedOperation.ClassEnded"}})
	assert.NotContains(t, s.Text(), "cannot be read", "nothing is wrong")
	assert.Contains(t, s.Text(), "The class is over")
	assert.Contains(t, s.Text(), "8 shows who was there")
}

func TestAClassThatIsOverHasNoSeatMap(t *testing.T) {
	s := newStand(t, 120, 24)
	s.Put(updates(school())...)
	gone := &class.Error{System: "roomengine", Action: "get_seat_list", Code: "100004", Meaning: "The room does not exist."}
	s.Press("3", "enter", "5")
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Seats, Room: endedRoom(t)}, Err: gone})
	assert.Contains(t, s.Text(), "The class is over")
	assert.NotContains(t, s.Text(), "does not exist")
	assert.NotContains(t, s.Text(), "enter open", "there is nothing to open")
}

// endedRoom is the first class of the fixture that is over.
func endedRoom(t *testing.T) class.RoomID {
	for _, c := range school() {
		if c.Room.Status == class.RoomEnded {
			return c.Room.ID
		}
	}
	t.Fatal("no class is over")
	return 0
}
