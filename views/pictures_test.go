package views

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/ui/uitest"
)

var pictures = flag.String("pictures", "", "folder to write the README's pictures to")

// scenes are the README's pictures: the keys that lead there from the list of
// classes, and a text that must be on the screen. Without -pictures the test
// still plays them, so that the README's tour cannot go stale unseen.
var scenes = []struct {
	name string
	w, h int
	keys []string
	want string
}{
	{"rooms", 132, 30, nil, "live"},
	{"members", 110, 28, []string{"G", "g", "1", "enter", "2"}, "Presence"},
	{"kick", 110, 28, []string{"1", "enter", "2", "j", "j", "j", "j", "K"}, "y yes"},
	{"overview", 132, 34, []string{"1", "enter", "1"}, "Overview"},
	{"quiz", 110, 28, []string{"1", "enter", "3", "enter"}, "Quiz"},
	{"documents", 110, 28, []string{"1", "enter", "4"}, "Documents"},
	{"seats", 110, 28, []string{"1", "enter", "5"}, "Seats"},
	{"report", 110, 28, []string{"3", "enter", "8"}, "Report"},
	{"chat", 110, 28, []string{"1", "enter", "6"}, "Message"},
	{"events", 110, 28, []string{"1", "enter", "7"}, "What"},
	{"help", 110, 34, []string{"?"}, "Keys here"},
}

func TestPictures(t *testing.T) {
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 40, Members: 30}, ui.Deps{
					Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
					Profile: ui.Profile{Name: "demo"}, Demo: true, KeepLook: true,
					Look: theme.Options{Colors: theme.TrueColor},
				}, scene.w, scene.h)
				s.Advance(20 * time.Second)
				for _, k := range scene.keys {
					s.Press(k)
					s.Advance(time.Second)
				}
				s.Advance(2 * time.Second)
				require.True(t, s.Has(scene.want), s.Screen())
				if *pictures != "" {
					file := filepath.Join(*pictures, scene.name+".svg")
					require.NoError(t, os.WriteFile(file, []byte(s.Picture("classtop --demo")), 0o644))
				}
			})
		})
	}
}
