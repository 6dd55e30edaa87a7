package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

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
