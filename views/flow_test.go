package views

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/uitest"
)

// play runs a story with a whole program in fake time and a poller that the
// story feeds.
func play(t *testing.T, w, h int, story func(r *uitest.Rig, s *uitest.Session, run *uitest.Runner)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		session, runner := uitest.NewSession(), &uitest.Runner{}
		session.Put(updates(school())...)
		r := uitest.Start(t, ui.Deps{
			Session: session, Runner: runner, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
			Now: func() time.Time { return now.Add(time.Since(epoch)) }, Location: shanghai, Profile: ui.Profile{Name: "demo"},
		}, w, h)
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
