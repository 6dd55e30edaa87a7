package views

import (
	"errors"
	"net/http"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"classtop/keymap"
	"classtop/lang"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/ui/uitest"
)

// readers starts the program in Chinese over a small school and reads what the
// screens say.
func readers(t *testing.T, w, h int, change func(*ui.Deps)) *reader {
	deps := ui.Deps{Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: time.UTC, Look: theme.Options{Lang: lang.Chinese}}
	if change != nil {
		change(&deps)
	}
	r := &reader{t: t, School: uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 5, Members: 5}, deps, w, h), known: map[string]bool{"tester": true, "Client": true, "Network": true, "DNS": true, "HTTPS_PROXY": true}, left: map[string]string{}}
	r.learn()
	return r
}

// still is a recording that stands where it is.
type still struct{ err error }

func (s still) Reel() ui.Reel {
	now := time.Now()
	return ui.Reel{Begin: now.Add(-time.Hour), End: now.Add(time.Minute), At: now, Speed: 4, Paused: s.err != nil, Err: s.err}
}
func (still) Toggle()            {}
func (still) Slower()            {}
func (still) Faster()            {}
func (still) Jump(time.Duration) {}
func (still) Problem(bool) bool  { return false }

func TestReplaysAreChinese(t *testing.T) {
	for _, err := range []error{nil, errors.New("the end of the recording is missing: its last block is not whole"), errors.New("the recording is damaged")} {
		synctest.Test(t, func(t *testing.T) {
			w := readers(t, 100, 30, func(d *ui.Deps) { d.Player = still{err} })
			for _, keys := range [][]string{{"?"}, {"x"}, {";"}, {"f"}, {"b"}, {"h"}, {"l"}, {"H"}, {"L"}, {">"}, {"<"}, {"enter"}, {"2", "K"}, {"5", "P"}, {"E"}} {
				w.see("replay", keys...)
				w.Press("esc")
			}
			w.report()
		})
	}
}

func TestTroubleIsChinese(t *testing.T) {
	refuse := func(http.RoundTripper) http.RoundTripper {
		return tripper(func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNREFUSED })
	}
	synctest.Test(t, func(t *testing.T) {
		w := readers(t, 80, 24, nil)
		w.Advance(2 * time.Second)
		w.Net.Break(refuse)
		w.Advance(20 * time.Second)
		w.read("the service is gone")
		for _, keys := range [][]string{{"enter"}, {"1"}, {"3"}, {"4"}, {"5"}, {"6"}, {"7"}, {"8"}, {"2", "g", "K"}, {"d"}} {
			w.see("the service is gone", keys...)
			w.Advance(12 * time.Second)
			w.read("the service is gone")
			w.Press("esc")
		}
		for _, view := range []string{"log", "attention", "requests", "users", "find", "bans"} {
			w.open(view)
			w.Advance(10 * time.Second)
			w.read("the service is gone: " + view)
		}
		w.Net.Mend()
		w.Advance(20 * time.Second)
		w.read("the service is back")
		for _, size := range [][2]int{{59, 16}, {40, 10}, {12, 3}} {
			w.Resize(size[0], size[1])
			w.Advance(time.Second)
			w.read("too small")
		}
		w.report()
	})
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
