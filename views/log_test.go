package views

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/keymap"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// cutCable answers nothing.
type cutCable struct{}

func (cutCable) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("the cable is cut")
}

func TestLogKeepsWhatWasSaidAndHowTheConnectionWent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 8, Members: 6}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
		}, 120, 30)
		s.Advance(3 * time.Second)
		s.Press("c")
		s.Net.Break(func(http.RoundTripper) http.RoundTripper { return cutCable{} })
		s.Advance(20 * time.Second)
		s.Net.Mend()
		s.Advance(20 * time.Second)
		s.Press(":", "log", "enter")
		assert.Contains(t, s.Line("copied"), "info", "what was said, long after it went")
		assert.Contains(t, s.Line("Client.Network"), "failed")
		s.Until("the connection is well", 10*time.Second)
		s.Press("d")
		assert.True(t, s.Has("message"), s.Screen())
	})
}
