package views

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/ui/uitest"
)

// offer chooses a row of the x menu by its title.
func offer(t *testing.T, s *uitest.School, title string) {
	t.Helper()
	s.Press("x")
	for range 40 {
		if l := s.Line(title); l != "" && strings.Contains(l, "▌") {
			s.Press("enter")
			return
		}
		s.Press("down")
	}
	t.Fatalf("%q is not in the menu:\n%s", title, s.Screen())
}

func TestUsersAreListedAndChanged(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		goTo(s, "users")
		s.Until("User id", 3*time.Second)
		s.Advance(3 * time.Second)
		require.Regexp(t, `1/\d{2,} `, s.Screen())
		s.Press("enter")
		s.Until(`"UserId":`, 3*time.Second)
		s.Press("esc", "d")
		assert.True(t, s.Has("data age"), s.Screen())
		s.Press("esc")
		offer(t, s, "Change the user's profile")
		s.Press("down", "ctrl+u")
		s.Press(spell("Renamed")...)
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Advance(time.Second)
		s.Press("y")
		s.Until("done in", 3*time.Second)
		s.Press("esc")
		s.Until("Renamed", 5*time.Second)
		assert.Equal(t, 1, writes(s, "ModifyUserProfile"))
		require.Len(t, s.Audit(), 2)
	})
}

func TestAGroupIsOpenedAndDeleted(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		goTo(s, "groups")
		s.Until("ordinary", 5*time.Second)
		s.Press("enter")
		s.Until("Group ", 2*time.Second)
		s.Advance(2 * time.Second)
		require.Regexp(t, `1/\d+ `, s.Screen(), "its members")
		assert.Regexp(t, `\S+ \(\w+\)`, s.Screen(), "by name too")
		s.Press("esc")
		s.Press("space", "space")
		offer(t, s, "Delete groups")
		assert.Regexp(t, `GroupIds +\S+,\S+`, s.Screen())
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		assert.True(t, s.Has("writes, level 3"), s.Screen())
	})
}

func TestTheOtherListsAreRead(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		for view, want := range map[string]string{"courseware": "Transcoding", "supervisors": "User id", "application": "DeveloperId", "recordings": "Recording"} {
			goTo(s, view)
			s.Until(want, 5*time.Second)
			s.Advance(2 * time.Second)
			assert.False(t, s.Has("cannot be read"), s.Screen())
			s.Press("x")
			assert.False(t, s.Has("Kick the member"), "only what belongs here")
			s.Press("esc", "esc")
		}
	})
}

func TestCallParametersStayMasked(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		goTo(s, "calls")
		assert.True(t, s.Has("No call parameters"), s.Screen())
		offer(t, s, "Create call parameters")
		s.Press(spell("u1,u2,u1")...)
		assert.True(t, s.Has("is in the list twice"), s.Screen())
		s.Press("backspace", "3", "down")
		s.Press(spell("class-7")...)
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Advance(time.Second)
		s.Press("y")
		s.Until("secrets are masked", 3*time.Second)
		assert.True(t, s.Has(`"UserSig": "****"`), s.Screen())
		s.Press("esc")
		s.Advance(time.Second)
		row := s.Line("u2")
		assert.Contains(t, row, "****")
		s.Press("m")
		assert.NotContains(t, s.Line("u1"), "****", "shown for the row under the cursor")
		assert.Contains(t, s.Line("u2"), "****")
		s.Press("m", "c")
		assert.True(t, s.Has("copied the call parameters: secret"), s.Screen())
		assert.Contains(t, s.Line("u1"), "****")
	})
}

func TestASessionIsStartedAndDestroyed(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		goTo(s, "sessions")
		offer(t, s, "Start a session")
		s.Press(spell("u1")...)
		s.Press("down")
		s.Press(spell("125.127.178.228")...)
		s.Press("ctrl+s")
		assert.True(t, s.Has("ClientSession is required unless"), s.Screen())
		s.Press("down", "down", "right")
		assert.True(t, s.Has("RunWithoutClient"), s.Screen())
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Advance(time.Second)
		s.Press("y")
		s.Until("done in", 3*time.Second)
		s.Press("esc")
		assert.Contains(t, s.Line("u1"), "started")
		assert.Contains(t, s.Line("u1"), "****")
		offer(t, s, "Destroy the session")
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Advance(time.Second)
		s.Press(spell(lastFour(s))...)
		s.Press("enter")
		s.Until("done in", 3*time.Second)
		s.Press("esc")
		assert.Contains(t, s.Line("u1"), "destroyed")
	})
}

func TestMarkedMembersFillInCallParameters(t *testing.T) {
	live(t, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("space", "space")
		offer(t, s, "Call parameters")
		assert.Regexp(t, `TRTCUserIds +\S+,\S+`, s.Screen())
		assert.Regexp(t, `RoomId +\d+`, s.Screen())
		s.Press("esc")
		s.Press("x")
		assert.True(t, s.Has("Actions on 2 marked"), s.Screen())
		s.Press("esc")
		s.Advance(time.Second)
		s.Press("esc")
		offer(t, s, "Start a cloud application")
		assert.Regexp(t, `UserIp +\d+\.\d+`, s.Screen())
		s.Press("esc")
		s.Advance(time.Second)
		offer(t, s, "Change the class")
		assert.Regexp(t, `StartTime +\d+ \(2000-01-01 `, s.Screen(), "seconds, and what they mean")
	})
}
