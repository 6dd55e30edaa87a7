//go:build unix

package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/lang"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/ui/uitest"
	"classtop/views"
)

var frames = flag.String("frames", "", "folder to write the text of the pictures' frames to, instead of checking it")

// TestFrames plays the scenes of all pictures on a simulated terminal with a
// simulated clock. What they show must be what was there when the pictures
// were drawn.
func TestFrames(t *testing.T) {
	for _, s := range sessions {
		t.Run(s.name(0), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &rehearsal{t: t, session: &s, frames: map[string]string{}}
				require.NoError(t, s.play(r))
				for _, name := range s.pictures() {
					checkFrame(t, name, r.frames[name])
				}
			})
		})
	}
}

func checkFrame(t *testing.T, name, text string) {
	if *frames != "" {
		require.NoError(t, os.WriteFile(filepath.Join(*frames, name+".txt"), []byte(text), 0o644))
		return
	}
	drawn, err := os.ReadFile(filepath.Join("frames", name+".txt"))
	require.NoError(t, err)
	assert.Equal(t, words(string(drawn)), words(text),
		"docs/pictures shows %s as it was. If this frame is what you want, draw it: make pictures\n%s", name, text)
}

func TestWordsAreWhatStays(t *testing.T) {
	one := "live ━━── 9/10 per s 10:23:08\n╭─ Kick ───╮\n李雷  29/33   3  1h12  <5s"
	assert.Equal(t, words(one), words("live ──── 10/10 per s 10:23:09\n╭─ Kick ───╮\n李雷   8/33  12  1h11  <5s"))
	assert.Equal(t, words(one), words("李雷  29/33   3  1h12  <5s\nlive ━━── 9/10 per s 10:23:08\n╭─ Kick ───╮"), "in any order")
	assert.NotEqual(t, words(one), words("live ━━── 9/10 per s 10:23:08\n╭─ Mute ───╮\n李雷  29/33   3  1h12  <5s"))
}

// TestPicturesAreShown keeps the table, the folder and the README together.
func TestPicturesAreShown(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	var files []string
	for _, s := range sessions {
		for _, name := range s.pictures() {
			files = append(files, filepath.Base(s.file(name)))
			assert.Contains(t, string(readme), "(docs/pictures/"+filepath.Base(s.file(name))+")")
		}
	}
	there, err := os.ReadDir(to)
	require.NoError(t, err)
	for _, f := range there {
		assert.Contains(t, files, f.Name(), "no scene draws it")
	}
}

// rehearsal is the stage with a simulated terminal.
type rehearsal struct {
	t       *testing.T
	session *session
	school  *uitest.School
	frames  map[string]string // by the picture's name
}

func (r *rehearsal) warm() error {
	time.Sleep(time.Until(morning))
	spoken, known := lang.Named(r.session.lang)
	require.True(r.t, known)
	look := theme.Options{Lang: spoken, Colors: theme.TrueColor}
	r.school = uitest.StartSchool(r.t, sim.Options{Seed: seed, Rooms: rooms, Members: members}, ui.Deps{
		Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home, Location: morning.Location(),
		Profile: ui.Profile{Name: "demo"}, Demo: true, Theme: r.session.theme, Look: look,
	}, 100, 30, func(c *poll.Config) { c.Rand = func() float64 { return 0.5 } })
	r.school.Advance(warmUp)
	return nil
}

func (r *rehearsal) press(key string) error {
	r.school.Press(key)
	r.school.Advance(time.Second)
	return nil
}

func (r *rehearsal) resize(w, h int) error {
	r.school.Resize(w, h)
	return nil
}

func (r *rehearsal) await(text string) error {
	r.school.Until(text, 10*time.Second)
	r.school.Advance(time.Second)
	return nil
}

func (r *rehearsal) shoot(s scene) error {
	name := s.name
	if r.session.film != "" {
		name = r.session.film
		r.frames[name] += s.title + "\n\n"
	}
	r.frames[name] += r.school.Screen()
	return nil
}
