package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client/spec"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
)

// stage is the seats of one class, with a gap in the numbers.
func stage() []class.Seat {
	list := []class.Seat{
		{Index: 0, User: text("t_wang")},
		{Index: 1, User: text("s_10231"), AudioLocked: true},
		{Index: 2, Locked: true},
		{Index: 3},
		{Index: 4, User: text("s_99999"), VideoLocked: true, AudioLocked: true},
		{Index: 5, VideoLocked: true},
		{Index: 7, User: text("a_liu"), Locked: true},
	}
	for i := range int64(10) {
		list = append(list, class.Seat{Index: 8 + i})
	}
	return list
}

func seatsUpdate(list []class.Seat) poll.Update {
	return talkUpdate(poll.Seats, "", list)
}

func seatsError(e *class.Error) poll.Update {
	u := talkUpdate(poll.Seats, "", nil)
	u.Err = e
	return u
}

// inSeats opens the map of the class.
func inSeats(t *testing.T, w, h int) *stand {
	s := inTab(t, w, h, "5")
	s.Put(seatsUpdate(stage()))
	return s
}

func TestFramesOfSeats(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inSeats(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameOfSeatsInASCII(t *testing.T) {
	s := newStand(t, 80, 24, onlyTabs("2", "5"), ascii)
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter", "5")
	s.Put(membersUpdate(talkRoom), seatsUpdate(stage()))
	s.Press("down", "space")
	requireFull(t, s, 80, 24)
	golden.RequireEqual(t, s.Text()+"\n")
	for _, r := range "…│─●→╭╮╰╯▌━·–›↑↓✓" {
		assert.NotContains(t, s.Text(), string(r))
	}
}

func TestFrameOfSeatsWithoutColour(t *testing.T) {
	s := inSeats(t, 80, 24)
	s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	golden.RequireEqual(t, s.Frame()+"\n")
	for _, want := range []string{"3 free", "2 LOCKED", "0 taken", "7 taken, LOCKED"} {
		assert.Contains(t, s.Text(), want, "states are words")
	}
}

func TestTheMapMovesInBothDirections(t *testing.T) {
	s := inSeats(t, 80, 24) // four side by side
	at := func(want string) {
		t.Helper()
		assert.Contains(t, s.Text(), "▌ "+want)
	}
	at("0 taken")
	s.Press("right", "right")
	at("2 LOCKED")
	s.Press("j")
	at("7 taken")
	s.Press("left", "k")
	at("1 taken")
	s.Press("k")
	at("1 taken")
	s.Press("right", "right", "down", "down", "down", "down")
	at("17 free")
	s.Press("j")
	at("17 free")
	s.Press("g")
	at("0 taken")
	s.Press("left")
	at("0 taken")
	s.Press("pgdown", "pgup")
	at("0 taken")
}

func TestThreeHundredSeatsScroll(t *testing.T) {
	var list []class.Seat
	for i := range int64(300) {
		list = append(list, class.Seat{Index: i * 3, User: text(strings.Repeat("很长的名字", int(i%40)))})
	}
	s := inSeats(t, 80, 24)
	s.Put(seatsUpdate(list))
	requireFull(t, s, 80, 24)
	s.Press("G")
	assert.Contains(t, s.Text(), "▌ 897 ")
	assert.Contains(t, s.Text(), "300/300")
	s.Press("/", "s", "e", "a", "t", ":", "4", "5", "0", "enter")
	assert.Contains(t, s.Text(), "▌ 450 ")
	requireFull(t, s, 80, 24)
	s.Send(tea.WindowSizeMsg{Width: 61, Height: 16})
	requireFull(t, s, 61, 16)
}

func TestSeatsThatAreNotThere(t *testing.T) {
	s := inTab(t, 80, 24, "5")
	assert.Contains(t, s.Text(), "Reading")
	s.Put(seatsUpdate(nil))
	assert.Contains(t, s.Text(), "This class has no seats")
	s.Press("P", "x")
	requireFull(t, s, 80, 24)
	s.Press("esc", "d", "y", "c", "left", "right", "j", "k", "space", "v", "*")
	requireFull(t, s, 80, 24)
	assert.Empty(t, s.runner.Ran())
}

func TestTheHeaderSaysWhichSystemIsOut(t *testing.T) {
	for _, w := range []int{60, 80, 200} {
		s := inSeats(t, w, 24)
		s.status.Part, s.status.Partly = "room engine", &class.Error{Action: "get_seat_list", Code: class.CodeNetwork, Meaning: "no answer came"}
		s.Press("?", "esc")
		assert.Contains(t, s.Lines()[0], "live, without room engine", "the classes come all the same")
		assert.NotContains(t, s.Text(), "no data")
		assert.Equal(t, w == 200, strings.Contains(s.Lines()[1], "get_seat_list"), "what exactly, where there is room")
		requireFull(t, s, w, 24)
	}
}

func TestOldSeatsStayWithTheReason(t *testing.T) {
	s := inSeats(t, 80, 24)
	s.Put(seatsError(&class.Error{Code: "100001", Meaning: "The room engine failed inside."}))
	assert.Contains(t, s.Text(), "not fresh: 100001: The room engine failed inside.")
	assert.Contains(t, s.Text(), "欧阳娜娜")
}

// engineError is what the client makes of a code of the room engine.
func engineError(code string) *class.Error {
	info := spec.Code(spec.RoomEngine, code).For("pick_user_on_seat")
	return &class.Error{System: spec.RoomEngine, Action: "pick_user_on_seat", Code: code, Meaning: info.Meaning, Hint: info.Hint, RequestID: "req-9"}
}

// plain is the frame as one line, without borders.
func plain(s *stand) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\n", " ", "│", " ", "▌", " ").Replace(s.Text())), " ")
}

// boxed is the frame without its footer, which is about the view behind.
func boxed(s *stand) string { return strings.Join(s.Lines()[:len(s.Lines())-1], "\n") + "\n" }

// seedCodes are the private codes of the page of pick_user_on_seat.
var seedCodes = []string{"100001", "100002", "100004", "100005", "100200", "100202", "100203", "100205", "100210", "100211"}

func TestEveryCodeOfTheSeedIsASentence(t *testing.T) {
	for _, code := range seedCodes {
		e := engineError(code)
		require.NotEmpty(t, e.Hint, code)
		s := inTab(t, 80, 24, "5")
		s.Put(seatsError(e))
		requireFull(t, s, 80, 24)
		for _, want := range []string{e.Meaning, code, "req-9"} {
			assert.Contains(t, plain(s), want)
		}
		sameRoom := code == "100004" || code == "100211"
		assert.Equal(t, sameRoom, strings.Contains(plain(s), "under room_ids in the profile"), code)

		s = inSeats(t, 200, 60)
		s.runner.Result = func(op ops.Op) ops.Result {
			return ops.Result{Op: op, State: ops.Refused, Err: e, RequestID: e.RequestID}
		}
		s.pick()
		for _, want := range []string{"Refused: Put", strings.TrimSuffix(e.Meaning, "."), e.Hint} {
			assert.Contains(t, plain(s), want, code)
		}
	}
}

// pick puts the first free member on seat 3 from the map.
func (s *stand) pick() {
	s.Press("right", "right", "right", "P")
	s.press("enter")
	s.yes("y")
}

func TestSeatsThatAreNotConfigured(t *testing.T) {
	e := &class.Error{Code: class.CodeConfig, Meaning: "A setting is missing.", Message: "no usersig_key"}
	for _, size := range sizes[:3] {
		s := inTab(t, size.w, size.h, "5")
		s.Put(seatsError(e))
		requireFull(t, s, size.w, size.h)
		for _, want := range []string{"sdk_app_id", "admin", "usersig_key", "room_engine_endpoint", "room_ids", "no usersig_key", "all else works"} {
			assert.Contains(t, s.Text(), want)
		}
		s.Press("2")
		assert.Contains(t, s.Text(), "王建国")
	}
}

func TestPickOnAMapOfThreeHundredSeats(t *testing.T) {
	var list []class.Seat
	for i := range int64(300) {
		list = append(list, class.Seat{Index: i, Locked: i%2 == 0})
	}
	s := inSeats(t, 80, 24)
	s.Put(seatsUpdate(list))
	s.Press("G", "P")
	assert.Contains(t, s.Text(), "Who is put on seat 299")
	requireFull(t, s, 80, 24)
	s.press("b", "o", "b")
	s.Press("enter")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, int64(299), s.runner.Ran()[0].Target.Seat)

	m := inMembers(t)
	m.Press("j", "j", "j", "P")
	m.Put(seatsUpdate(list))
	requireFull(t, m, 80, 24)
	assert.Contains(t, m.Text(), "of 300")
	m.press("2", "9", "9")
	m.Press("enter")
	m.yes("y")
	require.Len(t, m.runner.Ran(), 1)
	assert.Equal(t, int64(299), m.runner.Ran()[0].Target.Seat)
}

func TestPickFromTheMap(t *testing.T) {
	s := inSeats(t, 80, 24)
	s.Press("right", "right", "right", "P")
	assert.Contains(t, s.Text(), "Who is put on seat 3")
	assert.Contains(t, s.line("刘洋"), "on seat 7 already")
	s.Press("enter", "x", "y") // too early
	assert.Contains(t, s.Text(), "search: ▌")
	s.press("王")
	assert.Contains(t, s.Text(), "1 of 37")
	s.Press("enter")
	assert.Contains(t, s.Text(), "王建国: the member is on seat 0 already")
	s.Press("backspace", "b", "o", "b")
	golden.RequireEqual(t, boxed(s))
	s.Press("enter")
	assert.Contains(t, s.Text(), "Put Bobby Tables (s_10240) on seat 3 in")
	s.Press("y")
	assert.Empty(t, s.runner.Ran(), "the dialog is deaf at first")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	op := s.runner.Ran()[0]
	assert.Equal(t, ops.SeatPick, op.Action)
	assert.Equal(t, "s_10240", op.Target.User.String())
	assert.Equal(t, int64(3), op.Target.Seat)
	assert.Equal(t, talkRoom, op.Target.Room)
}

func TestPickFromTheMembers(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "j", "P") // 学生00
	assert.Contains(t, s.Text(), "Reading what can be chosen")
	topics := map[poll.Kind]bool{}
	for _, w := range s.session.Wants() {
		topics[w.Topic.Kind] = true
	}
	assert.True(t, topics[poll.Seats], "the seats are asked for")
	s.press("enter")
	s.Put(seatsUpdate(stage()))
	golden.RequireEqual(t, boxed(s))
	assert.Contains(t, s.line("seat 0"), "no: taken by 王建国")
	assert.Contains(t, s.line("seat 2"), "no: locked")
	s.Press("up", "enter")
	assert.Contains(t, s.Text(), "seat 2: locked, unlock it first")
	s.Press("down")
	s.Put(seatsUpdate([]class.Seat{{Index: 3, User: text("t_wang")}}))
	s.Press("enter")
	assert.Contains(t, s.Text(), "on seat 3 in", "the list stood still")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, int64(3), s.runner.Ran()[0].Target.Seat)
}

func TestChooserShowsWhyThereIsNothing(t *testing.T) {
	s := inMembers(t)
	s.Press("P")
	s.Put(seatsError(engineError("100004")))
	assert.Contains(t, s.Text(), "does not exist in the room engine")
	s.Put(seatsUpdate(nil))
	assert.Contains(t, s.Text(), "This class has no seats")
	s.press("enter", "esc")
	assert.Contains(t, s.Text(), "not done: Put a member on a seat")
	s.Press("j")
	assert.Empty(t, s.runner.Ran())
}

func TestSeatedMembersMoveAndAreTakenOff(t *testing.T) {
	s := inSeats(t, 80, 24)
	s.Press("right", "P")
	assert.Contains(t, s.Text(), "is on seat 1 already")
	s.choose("Move the member")
	assert.Contains(t, s.Text(), "A new seat for 欧阳娜娜")
	assert.Contains(t, s.line("seat 1 "), "no: the member sits here now")
	s.press("5", "enter")
	assert.Contains(t, s.Text(), "Move 欧阳娜娜 (s_10231) to seat 5")
	s.yes("y")
	s.choose("Take the member off")
	s.yes("y")
	ran := s.runner.Ran()
	require.Len(t, ran, 2)
	assert.Equal(t, ops.SeatMove, ran[0].Action)
	assert.Equal(t, int64(5), ran[0].Target.Seat)
	assert.Equal(t, ops.SeatOff, ran[1].Action)
	assert.Equal(t, "s_10231", ran[1].Target.User.String())
}

// choose takes an entry of the menu of actions.
func (s *stand) choose(label string) {
	s.now = s.now.Add(time.Second)
	s.Press("x")
	for range 40 {
		l := s.line("▌   ")
		if strings.Contains(l, label) {
			break
		}
		s.Press("down")
	}
	s.Press("enter")
}

func TestLocksAreAddedAndTakenAway(t *testing.T) {
	s := inSeats(t, 120, 40)
	s.Press("right") // seat 1: audio locked
	s.choose("Lock the seat")
	assert.Contains(t, s.Text(), "Lock seat 1 in")
	assert.Contains(t, s.Text(), "is on the seat: locking it takes")
	s.press("right", "right")
	s.yes("y")
	assert.Contains(t, s.Text(), "That of seat 1 is locked already")
	s.press("left")
	assert.Contains(t, s.Text(), "Lock the video of seat 1")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, class.SeatLocks{Video: true, Audio: true}, s.runner.Ran()[0].Locks, "the audio stays locked")
	s.choose("Unlock the seat")
	assert.Contains(t, s.Text(), "Unlock the audio of seat 1")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 2)
	assert.Equal(t, class.SeatLocks{}, s.runner.Ran()[1].Locks)
	s.Press("left")
	s.choose("Unlock the seat")
	assert.Contains(t, s.Text(), "That of seat 0 is not locked")
}

func TestSeatsAreDescribed(t *testing.T) {
	s := inSeats(t, 120, 40)
	s.Press("right", "d")
	for _, want := range []string{"欧阳娜娜", "taken", "audio", "locked", "广州"} {
		assert.Contains(t, s.Text(), want)
	}
	s.Press("esc", "y")
	assert.Contains(t, s.Text(), `"audio_locked": true`)
	var _ ui.View = &seats{}
}
