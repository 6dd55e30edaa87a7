package views

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// console plays a story in the API console over a simulated school.
func console(t *testing.T, readOnly bool, story func(s *uitest.School)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 6, Members: 10}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
			Profile: ui.Profile{Name: "demo", ReadOnly: readOnly},
		}, 100, 30)
		s.Until("live", 5*time.Second)
		goTo(s, "api")
		story(s)
	})
}

// goTo opens a view by the palette.
func goTo(s *uitest.School, view string) {
	s.Press(":")
	s.Press(spell(view)...)
	s.Press("enter")
}

func spell(text string) []string {
	var out []string
	for _, r := range text {
		out = append(out, string(r))
	}
	return out
}

// lastFour are the digits that confirm what concerns no class.
func lastFour(s *uitest.School) string {
	app := strconv.FormatUint(s.Sim.Credentials().SdkAppID, 10)
	return app[len(app)-4:]
}

// form opens the form of an action.
func form(s *uitest.School, action string) {
	s.Press("/")
	s.Press(spell("action:" + action)...)
	s.Press("enter", "enter")
	s.Until("[ send ]", time.Second)
}

func TestReadFromTheConsoleByKeyboardAlone(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		form(s, "DescribeSdkAppIdUsers")
		assert.Regexp(t, `SdkAppId +\d{7}`, s.Screen(), "the profile's")
		s.Press("down", "x")
		assert.True(t, s.Has("must be a whole number"), s.Screen())
		s.Press("backspace", "1", "enter")
		s.Press("2", "ctrl+s")
		require.True(t, s.Has("canonical request"), s.Screen())
		assert.True(t, s.Has(`"Limit":2`), s.Screen())
		assert.NotContains(t, s.Screen(), s.Sim.Credentials().SecretKey)
		s.Press("enter")
		assert.True(t, s.Has("canonical request"), "too soon: the key that opened it, twice")
		s.Advance(time.Second)
		s.Press("enter")
		s.Until("RequestId", 3*time.Second)
		assert.True(t, s.Has(`"Total":`), s.Screen())
		assert.True(t, s.Has("done in"), s.Screen())
		s.Press("esc", "esc", "tab")
		assert.Contains(t, s.Line("DescribeSdkAppIdUsers"), "done", s.Screen())
		s.Press("enter")
		assert.True(t, s.Has(`"Total":`), "the answer is kept")
		assert.Empty(t, s.Audit(), "reading is not audited")
	})
}

func TestAWriteIsRefusedInAReadOnlyConsole(t *testing.T) {
	console(t, true, func(s *uitest.School) {
		form(s, "SetWatermark")
		assert.True(t, s.Has("read-only session"), s.Screen())
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Advance(time.Second)
		assert.True(t, s.Has("This session is read-only"), s.Screen())
		s.Press("y", "y")
		s.Advance(3 * time.Second)
		assert.Zero(t, writes(s, "SetWatermark"))
		assert.Empty(t, s.Audit())
	})
}

func TestAGraveWriteAsksForDigits(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		form(s, "ModifyApp")
		s.Press("down")
		s.Press(spell("https://x.cn/cb")...)
		s.Press("down")
		s.Press(spell("canarykey")...)
		s.Press("ctrl+s")
		s.Advance(time.Second)
		assert.False(t, s.Has("canarykey"), s.Screen())
		s.Press("enter")
		require.True(t, s.Has("writes, level 3"), s.Screen())
		s.Advance(time.Second)
		s.Press("y", "enter")
		assert.Zero(t, writes(s, "ModifyApp"))
		s.Press("backspace")
		s.Press(spell(lastFour(s))...)
		s.Press("enter")
		s.Until("done in", 3*time.Second)
		assert.Equal(t, 1, writes(s, "ModifyApp"))
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.Equal(t, "call", lines[1]["action"])
		assert.Equal(t, "ModifyApp", lines[1]["api"])
		assert.Contains(t, lines[1]["params"], "https://x.cn/cb")
		assert.NotContains(t, lines[1]["params"], "canarykey")
		s.Press("esc", "esc", "tab")
		assert.Contains(t, s.Line("ModifyApp"), "done")
		assert.NotContains(t, s.Screen(), "canarykey")
	})
}

func TestARefusedRequestShowsCodeAndRequestId(t *testing.T) {
	console(t, false, func(s *uitest.School) {
		form(s, "DescribeUser")
		s.Press(spell("nobody-knows")...)
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("enter")
		s.Until("refused in", 3*time.Second)
		assert.True(t, s.Has("RequestId"), s.Screen())
		assert.True(t, s.Has("DescribeUser: "), s.Screen())
		s.Press("esc")
		s.Press("enter", "ctrl+s")
		assert.True(t, s.Has("UserId is required"), s.Screen())
	})
}
