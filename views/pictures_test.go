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
	{"attention", 110, 24, []string{":", "a", "t", "t", "e", "n", "enter"}, "attention"},
	{"overview", 132, 28, inside("1"), "Settings"},
	{"members", 110, 28, inside("2"), "Presence"},
	{"kick", 110, 28, inside("2", "j", "j", "j", "j", "K"), "y yes"},
	{"quiz", 110, 28, inside("3", "enter"), "right"},
	{"documents", 110, 20, inside("4"), "Transcoding"},
	{"seats", 110, 24, inside("5"), "seats"},
	{"pick", 110, 28, inside("2", "G", "k", "k", "k", "k", "P"), "seat"},
	{"chat", 110, 24, inside("6"), "Message"},
	{"events", 110, 24, inside("7"), "What"},
	{"report", 110, 28, []string{"3", "enter", "8"}, "Report"},
	{"actions", 110, 28, inside("2", "j", "j", "j", "x"), "Actions on"},
	{"api", 110, 28, []string{":", "a", "p", "i", "enter"}, "KickUserFromRoom"},
}

// inside goes into a class that runs as it should, and presses more keys there.
func inside(more ...string) []string {
	return append([]string{"1", "ctrl+d", "ctrl+d", "enter"}, more...)
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
				s.Advance(2 * time.Minute) // until problems show and reports are made
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
