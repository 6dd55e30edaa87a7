package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/ui"
)

var sizes = []struct{ w, h int }{{60, 16}, {80, 24}, {120, 40}, {200, 60}, {0, 0}}

// requireFull checks that the frame fills the screen: ragged lines leave wrong
// cells behind in the renderer.
func requireFull(t *testing.T, s *stand, w, h int) {
	t.Helper()
	if w == 0 || h == 0 {
		require.Empty(t, s.Frame())
		return
	}
	lines := strings.Split(s.Frame(), "\n")
	require.Len(t, lines, h)
	for i, l := range lines {
		require.Equal(t, w, ansi.StringWidth(l), "line %d: %q", i, ansi.Strip(l))
	}
}

func TestFramesOfRooms(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newStand(t, size.w, size.h)
			s.Put(updates(school())...)
			if size.w >= paneFrom {
				s.Put(membersUpdate(310048240))
			}
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFramesOfMembers(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newStand(t, size.w, size.h, onlyTabs("2"))
			s.Put(updates(school())...)
			s.Press("j", "j", "j", "enter")
			s.Put(membersUpdate(310048217))
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameInTrouble(t *testing.T) {
	for _, w := range []int{60, 80, 120} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			s := newStand(t, w, 16, func(d *ui.Deps) {
				d.Demo, d.Profile.Protected, d.Profile.ReadOnly = true, true, true
			})
			s.status = ui.Status{Used: 3, Limit: 10, Slowed: true, Offset: -6 * time.Minute}
			s.Put(updates(school())...)
			s.status.Problem = &class.Error{Action: "GetRooms", Code: class.CodeTimeout, Meaning: "No answer came in time."}
			s.status.Since = now
			s.now = now.Add(90 * time.Second)
			s.Press("j", "space", "z", "/", "a", "enter")
			requireFull(t, s, w, 16)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFramesInColour(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, 80, 24)
			s.Send(background(dark))
			s.Put(updates(school())...)
			golden.RequireEqual(t, s.Frame()+"\n")
		})
	}
}

func TestAChosenLookIsKept(t *testing.T) {
	s := newStand(t, 80, 24, func(d *ui.Deps) { d.Theme = "dark" })
	before := s.Frame()
	s.Send(background(false))
	require.Equal(t, before, s.Frame())
}

func background(dark bool) tea.Msg {
	if dark {
		return tea.BackgroundColorMsg{Color: ansi.Black}
	}
	return tea.BackgroundColorMsg{Color: ansi.BrightWhite}
}

func TestFrameInASCII(t *testing.T) {
	s := newStand(t, 120, 24, ascii)
	s.Put(updates(school())...)
	s.Press("?")
	requireFull(t, s, 120, 24)
	golden.RequireEqual(t, s.Text()+"\n")
	for _, r := range s.Text() {
		require.NotContains(t, "…│─●→╭╮╰╯▌━·–›↑↓", string(r))
	}
}
