package views

import (
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"

	"classtop/ui"
	"classtop/ui/uitest"
)

func TestScreenAfterResizesIsTheFrame(t *testing.T) {
	for _, path := range [][][2]int{{{40, 10}, {120, 30}}, {{60, 16}, {40, 10}, {120, 30}}, {{1, 1}, {80, 24}}, {{200, 60}, {80, 24}}, {{0, 0}, {100, 30}}, {{59, 30}, {120, 30}}, {{40, 10}, {121, 31}}} {
		last := path[len(path)-1]
		var want, got string
		play(t, last[0], last[1], func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
			r.Advance(10 * time.Second)
			want = r.Screen()
		})
		play(t, 80, 24, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
			for _, p := range path {
				r.Resize(p[0], p[1])
			}
			r.Advance(10*time.Second - time.Duration(len(path))*100*time.Millisecond)
			got = r.Screen()
		})
		assert.Equal(t, want, got, "%v", path)
	}
}

// TestEveryViewFillsEveryWidth draws each view and each tab from the
// narrowest screen to a wall.
func TestEveryViewFillsEveryWidth(t *testing.T) {
	for _, w := range []int{60, 80, 100, 120, 160, 200, 300} {
		s := newStand(t, w, 24)
		s.Put(updates(school())...)
		for _, d := range All() {
			s.Open(d.Name, ui.Arg{Room: 310048217})
			s.Put(updates(school())...)
			s.Put(membersUpdate(310048217))
			s.Send(tea.WindowSizeMsg{Width: w, Height: 25})
			requireFull(t, s, w, 25)
			s.Send(tea.WindowSizeMsg{Width: w, Height: 24})
			requireFull(t, s, w, 24)
			for i := 1; d.Name == "room" && i <= 8; i++ {
				s.Press(strconv.Itoa(i))
				requireFull(t, s, w, 24)
			}
		}
	}
}
