package tape_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/poll"
	"classtop/sim"
	"classtop/tape"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

// shot is what the screen showed at a moment.
type shot struct {
	at     time.Time
	screen string
}

// body is the screen without the first line, which tells live from replay,
// and without the last, whose keys differ.
func body(screen string) string {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	return strings.Join(lines[1:len(lines)-1], "\n")
}

// taken is the recording of shift, made once.
var taken struct {
	data  []byte
	shots map[string]shot
}

// shift records a school while somebody looks around, and returns the file and
// what the screen showed.
func shift(t *testing.T) (file string, shots map[string]shot) {
	file, shots = filepath.Join(t.TempDir(), "shift.tape"), map[string]shot{}
	if taken.data != nil {
		require.NoError(t, os.WriteFile(file, taken.data, 0o600))
		return file, taken.shots
	}
	synctest.Test(t, func(t *testing.T) {
		rec, err := tape.Create(file, tape.About{Version: "test", Profile: "school"})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, rec.Close()) }) // after the poller has ended
		deps := ui.Deps{Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home}
		s := uitest.StartSchool(t, sim.Options{Rooms: 20, Members: 12, Seed: 7}, deps, 130, 30, func(c *poll.Config) { c.Tap = rec.Note })
		take := func(name string) {
			// A little after a whole second: the clock has been drawn.
			s.Advance(time.Until(time.Now().Truncate(time.Second).Add(1200 * time.Millisecond)))
			shots[name] = shot{time.Now(), s.Screen()}
		}
		s.Advance(70 * time.Second)
		take("rooms")
		s.Press("enter")
		s.Advance(5 * time.Second)
		take("members")
		s.Press("esc", ":")
		s.Rush("a", "t", "t", "e", "n", "t", "i", "o", "n", "enter")
		s.Advance(4 * time.Minute)
		take("attention")
		s.Press("esc")
		s.Advance(60 * time.Second)
		take("late rooms")
	})
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	taken.data, taken.shots = data, shots
	return file, shots
}

// watch plays a file on a terminal, paused.
func watch(t *testing.T, file string) (*uitest.Rig, *tape.Player) {
	t.Helper()
	p, err := tape.Load(file)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = p.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	p.Toggle()
	return uitest.Start(t, ui.Deps{
		Session: p.Session(), Trend: p.Trend, Now: p.Now, Wall: time.Now, Player: reels{p},
		Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Window: func(now time.Time) (from, to time.Time) { return now.Add(-3 * time.Hour), now.Add(3 * time.Hour) },
	}, 130, 30), p
}

type reels struct{ *tape.Player }

func (r reels) Reel() ui.Reel { return ui.Reel(r.Player.Reel()) }

func TestAReplayShowsWhatTheScreenShowed(t *testing.T) {
	file, shots := shift(t)
	synctest.Test(t, func(t *testing.T) {
		r, p := watch(t, file)
		see := func(name string) {
			t.Helper()
			at := func(moment time.Time) []string {
				p.Jump(moment.Sub(p.Now()))
				r.Advance(time.Second)
				r.Press("g") // the top row, as it was
				r.Advance(time.Second)
				return strings.Split(body(r.Screen()), "\n")
			}
			// Live ages are of the last whole second, what came since is newer.
			whole, now := at(shots[name].at.Truncate(time.Second)), at(shots[name].at)
			for i, line := range strings.Split(body(shots[name].screen), "\n") {
				if line != whole[i] {
					assert.Equal(t, line, now[i], "%s, line %d", name, i)
				}
			}
		}
		see("late rooms")
		see("rooms")
		r.Press("enter")
		see("members")
		r.Press("esc", ":")
		r.Rush("a", "t", "t", "e", "n", "t", "i", "o", "n", "enter")
		see("attention")
	})
}

// replayed is a short recording of a school with problems.
func replayed(t *testing.T, do func(r *uitest.Rig, p *tape.Player)) {
	file, _ := shift(t)
	synctest.Test(t, func(t *testing.T) {
		r, p := watch(t, file)
		r.Advance(time.Second)
		do(r, p)
	})
}

func TestTheKeysOfAReplay(t *testing.T) {
	replayed(t, func(r *uitest.Rig, p *tape.Player) {
		assert.Regexp(t, `REPLAY +○ paused 1x ─+ 0:00:00/0:0\d:\d\d 2000-01-01 00:00:0\d`, r.Line("REPLAY"))
		begin := p.Now()
		r.Advance(time.Minute)
		assert.Equal(t, begin, p.Now(), "a pause is one")
		r.Press("l", "L", "l", "h")
		assert.Equal(t, begin.Add(70*time.Second), p.Now())
		r.Press("H", "H")
		assert.Equal(t, begin, p.Now(), "not before the beginning")
		r.Press(">", ">", ">", "<", ";")
		r.Advance(10 * time.Second)
		assert.InDelta(t, 40, p.Now().Sub(begin).Seconds(), 2, "four times as fast")
		assert.Contains(t, r.Line("REPLAY"), "playing 4x")
		r.Advance(5 * time.Minute)
		assert.Contains(t, r.Line("REPLAY"), "end 4x")
		r.Press(";")
		assert.Less(t, p.Now().Sub(begin), time.Second, "from the end it begins anew")
	})
}

func TestToTheNextProblemAndBack(t *testing.T) {
	replayed(t, func(r *uitest.Rig, p *tape.Player) {
		r.Press("f")
		r.Advance(time.Second)
		assert.True(t, r.Has("NO TEACHER") || r.Has("LATE"), r.Screen())
		for range 40 {
			r.Press("f")
		}
		assert.True(t, r.Has("no problem was raised after this"))
		for range 40 {
			r.Press("b")
		}
		assert.True(t, r.Has("no problem was raised before this"))
		assert.Contains(t, r.Line("REPLAY"), " 0:00:0")
	})
}

func TestThePulseIsTheOneOfTheMoment(t *testing.T) {
	replayed(t, func(r *uitest.Rig, _ *tape.Player) {
		r.Press(":")
		r.Rush("p", "u", "l", "s", "e", "enter")
		r.Press("L", "L", "L", "L")
		r.Advance(2 * time.Second)
		assert.Regexp(t, `[▁▂▃▄▅▆▇█]{10}`, r.Line("Online"), "the levels before the moment are there:\n%s", r.Screen())
	})
}

func TestNothingCanBeChangedInAReplay(t *testing.T) {
	replayed(t, func(r *uitest.Rig, _ *tape.Player) {
		r.Press("L", "enter", "K")
		assert.True(t, r.Has("This is a recording"), r.Screen())
		r.Press("x")
		assert.True(t, r.Has("This is a recording"), "the menu says why")
		r.Press("esc", "r")
		assert.True(t, r.Has("there is nothing to fetch"))
		r.Press("6")
		r.Advance(time.Second)
		assert.True(t, r.Has("Nobody looked at this"), r.Screen())
	})
}

func TestLiveKnowsNoReplayKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		deps := ui.Deps{Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home}
		s := uitest.StartSchool(t, sim.Options{Rooms: 3, Members: 5, Seed: 7}, deps, 100, 30)
		before := s.Screen()
		s.Press(";", "l", "L", "f", ">")
		assert.Equal(t, before[strings.Index(before, "\n"):], s.Screen()[strings.Index(before, "\n"):])
		s.Press("?")
		s.Rush("r", "e", "p", "l", "a", "y")
		assert.False(t, s.Has("In a replay"))
	})
}

func TestARecordingHoldsNoSecretAndOfMaskedNamesOnlyPseudonyms(t *testing.T) {
	file := filepath.Join(t.TempDir(), "masked.tape")
	var secrets, names []string
	synctest.Test(t, func(t *testing.T) {
		rec, err := tape.Create(file, tape.About{Version: "test", Profile: "masked"})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, rec.Close()) })
		deps := ui.Deps{Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home}
		s := uitest.StartSchool(t, sim.Options{Rooms: 4, Members: 8, Seed: 7}, deps, 120, 30, func(c *poll.Config) {
			c.Tap, c.Source = rec.Note, poll.Mask(c.Source, "key")
		})
		hello := s.Sim.Credentials()
		secrets = []string{hello.SecretKey, hello.SecretID, hello.UserSigKey}
		s.Press("enter", "4")
		s.Advance(8 * time.Second)
		s.Press("5")
		s.Advance(8 * time.Second)
		rooms, err := s.Client.Rooms(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
		require.NoError(t, err)
		for i := range rooms {
			list, err := s.Client.Members(t.Context(), rooms[i].ID)
			if err != nil {
				continue // it is over
			}
			for j := range list {
				names = append(names, list[j].ID.String(), list[j].Name.String(), list[j].IP.String())
			}
		}
	})
	require.NotEmpty(t, names)
	p, err := tape.Load(file)
	require.NoError(t, err)
	plain := p.Plain()
	require.Contains(t, plain, "user-", "pseudonyms are there")
	for _, s := range append(secrets, names...) {
		if len(s) > 3 {
			assert.NotContains(t, plain, s)
		}
	}
}
