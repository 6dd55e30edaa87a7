package views

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/uitest"
)

// play runs a story with a whole program in fake time and a poller that the
// story feeds.
func play(t *testing.T, w, h int, story func(r *uitest.Rig, s *uitest.Session, run *uitest.Runner), change ...func(*ui.Deps)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		session, runner := uitest.NewSession(), &uitest.Runner{}
		session.Put(updates(school())...)
		d := ui.Deps{
			Session: session, Runner: runner, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
			Now: func() time.Time { return now.Add(time.Since(epoch)) }, Location: shanghai, Profile: ui.Profile{Name: "demo"},
		}
		for _, f := range change {
			f(&d)
		}
		r := uitest.Start(t, d, w, h)
		story(r, session, runner)
	})
}

// epoch is when every synctest bubble begins.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func TestTheProgramShowsTheSchool(t *testing.T) {
	play(t, 80, 24, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
		assert.Contains(t, r.Line("Chemistry 9A"), "NO TEACHER")
		assert.NotEmpty(t, s.Wants())
		r.Press("q")
		assert.True(t, r.Has("press q again to quit"), r.Screen())
		r.Press("q")
		ended, err := r.Ended()
		assert.True(t, ended)
		require.NoError(t, err)
		assert.True(t, s.Closed())
	})
}

func TestKickWithAFakeRunner(t *testing.T) {
	play(t, 80, 24, func(r *uitest.Rig, s *uitest.Session, run *uitest.Runner) {
		r.Press("j", "j", "j", "enter")
		s.Put(membersUpdate(310048217))
		r.Advance(time.Second)
		r.Press("j", "j", "K")
		require.True(t, r.Has("[10 min]"), r.Screen())
		r.Advance(time.Second)
		r.Press("y")
		require.Len(t, run.Ran(), 1)
		op := run.Ran()[0]
		assert.Equal(t, ops.Kick, op.Action)
		assert.Equal(t, "s_10240", op.Target.User.String())
		assert.True(t, r.Has("req-1"), r.Screen())
	})
}

func TestAClockTickCostsFewBytes(t *testing.T) {
	play(t, 120, 40, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
		s.Put(membersUpdate(310048240))
		r.Advance(20*time.Second - 107*time.Millisecond)
		fresh := updates(school())
		for i := range fresh {
			fresh[i].At = now.Add(20 * time.Second)
			if c, ok := fresh[i].Data.(class.Card); ok {
				c.MembersAt = fresh[i].At
				fresh[i].Data = c
			}
		}
		m := membersUpdate(310048240)
		m.At = now.Add(20 * time.Second)
		s.Put(append(fresh, m)...)
		r.Advance(200 * time.Millisecond)
		before := r.Written()
		r.Advance(time.Second)
		assert.Positive(t, r.Written()-before)
		assert.LessOrEqual(t, r.Written()-before, 40, "only the clock changed")
	})
}

// TestASlowLinkIsSpared counts the bytes of a minute in which data come every
// second, and what a key costs then.
func TestASlowLinkIsSpared(t *testing.T) {
	minute := func(slow bool) (bytes int, prompt bool) {
		play(t, 120, 40, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
			r.Advance(5 * time.Second)
			before := r.Written()
			for i := range 60 {
				fresh, at := updates(school()), now.Add(time.Since(epoch))
				for j := range fresh {
					fresh[j].At = at
					if c, ok := fresh[j].Data.(class.Card); ok {
						c.MembersAt, c.Counts.Online = at, 10+i%7
						fresh[j].Data = c
					}
				}
				s.Put(fresh...)
				r.Advance(time.Second)
			}
			bytes = r.Written() - before
			r.Press("?")
			prompt = r.Has("esc")
		}, func(d *ui.Deps) { d.LowBandwidth = slow })
		return bytes, prompt
	}
	usual, _ := minute(false)
	slow, prompt := minute(true)
	t.Logf("figure: minute-usual %d", usual)
	t.Logf("figure: minute-slow %d", slow)
	assert.Less(t, 3*slow, usual, "a third of the bytes or less")
	assert.True(t, prompt)
}

func TestHangUpEndsTheProgram(t *testing.T) {
	play(t, 80, 24, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
		r.HangUp()
		r.Advance(time.Second)
		ended, err := r.Ended()
		assert.True(t, ended)
		require.NoError(t, err)
		assert.True(t, s.Closed())
	})
}

func TestResizesOfAProgram(t *testing.T) {
	play(t, 80, 24, func(r *uitest.Rig, _ *uitest.Session, _ *uitest.Runner) {
		for i := range 300 {
			r.Resize((i*37)%210, (i*17)%61)
		}
		r.Resize(0, 0)
		r.Resize(1, 1)
		r.Resize(70, 12)
		assert.True(t, r.Has("too small: needs 60x16, this is 70x12"), r.Screen())
		r.Resize(100, 20)
		assert.Contains(t, r.Line("Chemistry 9A"), "NO TEACHER")
		assert.Contains(t, r.Line("? help"), "enter open")
	})
}

func TestSuspiciousKeysInARush(t *testing.T) {
	play(t, 80, 24, func(r *uitest.Rig, s *uitest.Session, run *uitest.Runner) {
		r.Press("j", "j", "j", "enter")
		s.Put(membersUpdate(310048217))
		r.Advance(time.Second)
		r.Rush("j", "j", "K", "y", "enter", "y")
		assert.Empty(t, run.Ran(), "typed within the first 400 ms")
		r.Paste("y\r")
		r.Advance(time.Second)
		r.Paste("y\r")
		assert.Empty(t, run.Ran())
		assert.True(t, r.Has("[10 min]"))
		r.Rush("y", "y", "enter")
		assert.Len(t, run.Ran(), 1, "asked for twice, done once")
	})
}
