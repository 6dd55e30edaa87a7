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

// TestPictures walks through all scenes in one school.
func TestPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := studio(t, 80, 24)
		for _, scene := range scenes {
			goHome(t, s)
			s.Resize(scene.w, scene.h)
			for _, k := range scene.keys {
				s.Press(k)
				s.Advance(time.Second)
			}
			s.Advance(2 * time.Second)
			require.True(t, s.Has(scene.want), "%s:\n%s", scene.name, s.Screen())
			keep(t, scene.name, s.Picture("classtop --demo"))
		}
	})
}

// goHome leaves whatever is open and shows the list of all classes from its top.
func goHome(t *testing.T, s *uitest.School) {
	t.Helper()
	s.Press("esc", "esc", "esc", "esc", "0", "g")
	s.Advance(2 * time.Second)
	require.True(t, s.Has("0 all]"), s.Screen())
}

// studio is the school of the pictures, two minutes on: until problems show
// and reports are made.
func studio(t *testing.T, w, h int) *uitest.School {
	s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 40, Members: 30}, ui.Deps{
		Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
		Profile: ui.Profile{Name: "demo"}, Demo: true, Theme: theme.Dark,
		Look: theme.Options{Colors: theme.TrueColor},
	}, w, h)
	s.Advance(2 * time.Minute)
	return s
}

// keep writes a picture where -pictures asks for it.
func keep(t *testing.T, name, svg string) {
	if *pictures != "" {
		require.NoError(t, os.WriteFile(filepath.Join(*pictures, name+".svg"), []byte(svg), 0o644))
	}
}

// story is the README's moving picture: from the list of classes to a kick.
var story = []struct {
	caption string
	keys    []string
	hold    time.Duration
	want    string
}{
	{"classtop --demo: 44 classes, the ones that need a person first", nil, 3 * time.Second, "NO TEACHER"},
	{"j  each class in the preview as the cursor goes down", []string{"j"}, time.Second, "LATE"},
	{"j", []string{"j"}, time.Second, "FELL"},
	{":attention  what is wrong, since when, the worst first", []string{":", "attention", "enter"}, 4 * time.Second, "no teacher"},
	{"esc  back", []string{"esc"}, time.Second, "Rooms"},
	{"/  filter: everything that matches what you type", []string{"/"}, time.Second, "Rooms"},
	{"/ 高三", []string{"高三"}, 2 * time.Second, "高三"},
	{"enter  go into the class", []string{"enter", "enter", "2"}, 3 * time.Second, "Presence"},
	{"j j j  a member", []string{"j", "j", "j"}, time.Second, "Presence"},
	{"K  kick: the dialog names person, class and consequence", []string{"K"}, 3 * time.Second, "y yes"},
	{"y  sent once, with the RequestId, and written down", []string{"y"}, 3 * time.Second, "kick"},
	{"3  the quiz of the class", []string{"3"}, 2 * time.Second, "Quiz"},
	{"enter  who answered what, and how fast", []string{"enter"}, 4 * time.Second, "right"},
	{"5  who sits on which seat", []string{"esc", "5"}, 3 * time.Second, "taken"},
}

func TestStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := studio(t, 124, 30)
		var film uitest.Film
		for _, scene := range story {
			for _, k := range scene.keys {
				s.Press(k)
				s.Advance(time.Second)
			}
			require.True(t, s.Has(scene.want), "%s\n%s", scene.caption, s.Screen())
			s.Shoot(&film, scene.caption, scene.hold)
		}
		keep(t, "story", film.SVG(0))
	})
}
