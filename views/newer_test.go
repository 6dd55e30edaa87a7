package views

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

func noChange(*ui.Deps) {}

func TestMuteAndUnmute(t *testing.T) {
	liveWith(t, small, noChange, func(s *uitest.School) {
		id := toAStudent(t, s)
		s.Press("M")
		assert.True(t, s.Has("[10 min]"), s.Screen())
		s.Advance(500 * time.Millisecond)
		s.Press("enter")
		assert.Zero(t, writes(s, "ForbidSendMsg"), "enter takes No")
		s.Press("M")
		s.Advance(500 * time.Millisecond)
		s.Press("y")
		s.Until("done: Muted", 5*time.Second)
		s.Advance(5 * time.Second)
		s.Press("/", "ctrl+u")
		for _, r := range "id:" + id {
			s.Press(string(r))
		}
		s.Press("enter")
		s.Until("muted", 5*time.Second)
		s.Press("M")
		assert.True(t, s.Has("is muted already"), s.Screen())
		s.Press("x")
		menuTo(s, "Unmute the member")
		s.Press("enter")
		s.Advance(500 * time.Millisecond)
		s.Press("y")
		s.Until("done: Unmuted", 5*time.Second)
		assert.Equal(t, 2, writes(s, "ForbidSendMsg"))
		assert.Len(t, s.Audit(), 4)
	})
}

// menuTo puts the cursor of the x menu on an item.
func menuTo(s *uitest.School, label string) {
	for range 40 {
		if strings.Contains(s.Line(label), "▌") {
			return
		}
		s.Press("j")
	}
}

func TestKickIsUndone(t *testing.T) {
	liveWith(t, small, noChange, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		s.Until("done: Kicked", 5*time.Second)
		s.Press("u")
		assert.True(t, s.Has("nothing waits to be sent"), "u sends nothing: "+s.Screen())
		s.Press(":")
		for _, r := range "bans" {
			s.Press(string(r))
		}
		s.Press("enter")
		s.Until("tester", 10*time.Second)
		s.Press("U")
		s.Advance(500 * time.Millisecond)
		assert.True(t, s.Has("again"), s.Screen())
		s.Press("y")
		s.Until("done: Let", 5*time.Second)
		s.Advance(10 * time.Second)
		assert.True(t, s.Has("Nobody is kicked out now"), "who was let in is out of the list: "+s.Screen())
		assert.Equal(t, 1, writes(s, "UnblockKickedUser"))
	})
}

func TestNoticeIsSentAsTyped(t *testing.T) {
	liveWith(t, small, noChange, func(s *uitest.School) {
		s.Press("1")
		s.Advance(2 * time.Second)
		s.Press("N")
		s.Advance(500 * time.Millisecond)
		s.Press("enter")
		assert.True(t, s.Has("Type what the notice says"), s.Screen())
		for _, r := range "请安静" {
			s.Press(string(r))
		}
		s.Press("enter")
		s.Advance(500 * time.Millisecond)
		assert.True(t, s.Has("Send the notice “请安静”"), s.Screen())
		s.Press("y")
		s.Until("done: Sent the notice", 5*time.Second)
		assert.Equal(t, "请安静", s.Audit()[0]["text"])
		s.Press("enter")
		s.Advance(2 * time.Second)
		s.Press("6")
		s.Until("请安静", 5*time.Second)
	})
}

// An account without the newer actions: they are in the menu with the reason,
// nothing is sent, and one read was enough to know.
func TestOldEditionSaysWhy(t *testing.T) {
	old := small
	old.Edition = sim.Manual
	liveWith(t, old, noChange, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("M")
		assert.True(t, s.Has("does not have ForbidSendMsg (InvalidAction)"), s.Screen())
		s.Press("x")
		menuTo(s, "Let the member in again")
		assert.True(t, s.Has("does not have UnblockKickedUser"), s.Screen())
		s.Press("enter", "esc", "N")
		assert.Empty(t, s.Audit())
		s.Advance(time.Minute)
		assert.Equal(t, 1, s.Sim.Stats()["DescribeRoomForbiddenUser"].Requests, "one question for the whole process")
	})
}
