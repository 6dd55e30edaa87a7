package views

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/uitest"
)

func TestExportWritesWhatIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var name, data string
		fail := true
		session := uitest.NewSession()
		session.Put(updates(school())...)
		r := uitest.Start(t, ui.Deps{
			Session: session, Runner: &uitest.Runner{}, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
			Now: func() time.Time { return now.Add(time.Since(epoch)) }, Location: shanghai,
			Save: func(n string, d []byte) (string, error) {
				if fail {
					return "", os.ErrPermission
				}
				name, data = n, string(d)
				return "/home/sue/" + n, nil
			},
		}, 100, 24)
		r.Press("6", "e", "j", "enter")
		require.True(t, r.Has("nothing was exported: permission denied"), r.Screen())
		fail = false
		r.Press("e", "1")
		require.True(t, r.Has("1 row written to /home/sue/classtop-rooms-20260302-0941"), r.Screen())
		assert.Regexp(t, `^classtop-rooms-20260302-0941\d\d\.csv$`, name)
		assert.Contains(t, data, "state,name,id,teacher")
		assert.Contains(t, data, "OVERRUN,物理实验 初二（1）班,310048233")
		assert.NotContains(t, data, "Chemistry", "the lens hides it")

		r.Press("0", "g", "j", "j", "j", "enter", "2")
		session.Put(membersUpdate(310048217))
		r.Advance(time.Second)
		require.True(t, r.Has("王建国"), r.Screen())
		r.Press("e", "1")
		require.Regexp(t, `^classtop-room-310048217-members-20260302-0941\d\d\.csv$`, name)
	})
}
