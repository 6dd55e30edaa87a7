package views

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func (s *stand) click(x, y int) { s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }

// at finds a text on the screen.
func (s *stand) at(t *testing.T, text string) (x, y int) {
	t.Helper()
	for y, l := range s.Lines() {
		if before, _, ok := strings.Cut(l, text); ok {
			return ansi.StringWidth(before), y
		}
	}
	require.Fail(t, "not on screen", "%s\n%s", text, s.Text())
	return 0, 0
}

func TestTheMouseIsTheTerminalsUntilItIsAskedFor(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Put(updates(school())...)
	assert.Equal(t, tea.MouseModeNone, s.View().MouseMode)
	before := s.Frame()
	s.click(s.at(t, "Chemistry 9A"))
	assert.Equal(t, before, s.Frame())
	s.Press("%")
	assert.Equal(t, tea.MouseModeCellMotion, s.View().MouseMode)
	s.Press("%")
	assert.Equal(t, tea.MouseModeNone, s.View().MouseMode)
}

func TestAClickChoosesARow(t *testing.T) {
	for _, w := range []int{80, 160} {
		s := newStand(t, w, 30)
		s.Put(updates(school())...)
		s.Press("%")
		_, y := s.at(t, "Art club")
		s.click(20, y)
		assert.Contains(t, s.Lines()[y], "▌")
		s.click(20, 20) // below the last row
		s.click(-1, 900)
		assert.Contains(t, s.Lines()[y], "▌")
	}
}

func TestAClickGoesToALensAndATab(t *testing.T) {
	s := newStand(t, 120, 30)
	s.Put(updates(school())...)
	s.Press("%")
	s.click(s.at(t, "upcoming  3"))
	assert.Contains(t, s.Text(), "[2 upcoming]")
	s.click(s.at(t, "0 all"))
	assert.Contains(t, s.Text(), "[0 all]")
	s.click(1, trail)
	assert.Contains(t, s.Text(), "[0 all]", "beside the lenses")
	s.Press("j", "j", "j", "enter")
	s.Put(membersUpdate(310048217))
	x, y := s.at(t, "Documents")
	s.click(x+3, y)
	assert.Contains(t, s.Text(), "[4 Documents]")
	s.click(118, y)
	assert.Contains(t, s.Text(), "[4 Documents]", "beside the tabs")
}

func TestAClickChoosesASeat(t *testing.T) {
	for _, w := range []int{80, 160} {
		s := inSeats(t, w, 30)
		s.Press("%")
		for _, seat := range []string{" 5 free", " 2 LOCKED", " 7 taken"} {
			x, y := s.at(t, seat)
			s.click(x+8, y+2)
			assert.Contains(t, s.Lines()[y], "▌"+seat, "a click into the seat's box")
		}
		before := s.Text()
		s.click(w-1, 29)
		s.click(0, 3)
		assert.Equal(t, before, s.Text(), "beside the map")
		assert.Empty(t, s.runner.Ran())
	}
}

const trail = 2

func TestTheWheelScrolls(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Put(updates(school())...)
	s.Press("%")
	s.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	assert.Contains(t, s.Text(), " 4/7 ")
	s.Send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	assert.Contains(t, s.Text(), " 1/7 ")
}

// TestAClickNeverActs clicks on every cell of the screen in front of which a
// confirmation or a menu of actions stands.
func TestAClickNeverActs(t *testing.T) {
	for _, keys := range [][]string{{"E"}, {"x"}, {":"}, {"/"}, {}} {
		s := newStand(t, 80, 24, onlyTabs("2"))
		s.Put(updates(school())...)
		s.Press(append([]string{"%"}, keys...)...)
		if len(keys) > 0 && keys[0] == "E" {
			s.now = s.now.Add(2e9)
		}
		before := s.Text()
		for y := range 24 {
			for x := range 80 {
				s.click(x, y)
				s.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
			}
		}
		if len(keys) > 0 {
			assert.Equal(t, before, s.Text(), "%v", keys)
		}
		assert.Empty(t, s.runner.Ran())
		s.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		assert.Empty(t, s.runner.Ran())
	}
}
