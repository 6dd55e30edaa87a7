package views

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/keymap"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

func TestProfilesAreMarkedInWordsAndGoneToByEnter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 4, Members: 4}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
			Accounts: func() ([]ui.Account, error) {
				return []ui.Account{
					{Name: "broken", Wrong: "it names no application: set sdk_app_id"},
					{Name: "day", App: 1400000001, Share: 0.5, Now: true},
					{Name: "night", App: 1400000002, Share: 0.5, Protected: true},
					{Name: "watch", App: 1400000003, Share: 0.5, ReadOnly: true},
				}, nil
			},
		}, 120, 24)
		s.Press(":", "profiles", "enter")
		s.Advance(2 * time.Second)
		assert.Contains(t, s.Line(" night "), "PROTECTED")
		assert.Contains(t, s.Line(" watch "), "READ-ONLY")
		assert.Contains(t, s.Line(" day "), "on screen")
		s.Press("g", "enter")
		assert.True(t, s.Has("note: it names no application"), s.Screen())
		s.Press("j", "enter")
		assert.True(t, s.Has("this is the profile on screen"))
		ended, _ := s.Ended()
		assert.False(t, ended)
		s.Press("j", "enter")
		s.Advance(time.Second)
		ended, err := s.Ended()
		assert.True(t, ended)
		to, ok := ui.AsSwitched(err)
		assert.True(t, ok, "%v", err)
		assert.Equal(t, "night", to.Profile)
	})
}
