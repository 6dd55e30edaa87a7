package screen

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/bench/data"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

const width, height = 120, 40

// play runs the whole program on a virtual terminal in fake time.
func play(t *testing.T, story func(r *uitest.Rig, s *uitest.Session, now func() time.Time)) {
	synctest.Test(t, func(t *testing.T) {
		start, session := time.Now(), uitest.NewSession()
		now := func() time.Time { return data.Now.Add(time.Since(start)) }
		session.Put(data.Cards(60, now())...)
		story(uitest.Start(t, ui.Deps{
			Session: session, Runner: &uitest.Runner{}, Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home,
			Poke: func(...poll.Topic) {}, Status: func() ui.Status { return ui.Status{Used: 7, Limit: 10} },
			Now: now, Location: data.Now.Location(), Profile: ui.Profile{Name: "bench"},
		}, width, height), session, now)
	})
}

func look(r *uitest.Rig) Cells { return Look(width, height, r.Cell) }

// watch measures what happens in a second after the screen came to rest.
func watch(t *testing.T, name string, r *uitest.Rig, happen func()) (written, minimum int) {
	before, sent := look(r), r.Written()
	happen()
	r.Advance(300 * time.Millisecond)
	after := look(r)
	written = r.Written() - sent
	minimum, changed := Least(before, after)
	t.Logf("figure: %s-bytes %d", name, written)
	t.Logf("figure: %s-least %d", name, minimum)
	t.Logf("figure: %s-repaint %d", name, Repaint(after))
	t.Logf("figure: %s-changed %.1f", name, 100*float64(changed)/(width*height))
	require.Positive(t, changed)
	return written, minimum
}

// atRest lets time pass until just after the whole second, when the clock has
// been drawn.
func atRest(r *uitest.Rig, now func() time.Time) {
	at := now()
	r.Advance(at.Truncate(time.Second).Add(1500 * time.Millisecond).Sub(at))
}

func TestClockTick(t *testing.T) {
	play(t, func(r *uitest.Rig, s *uitest.Session, now func() time.Time) {
		atRest(r, now)
		// New data of the same content, so that no age changes with the clock.
		s.Put(data.Cards(60, now().Add(900*time.Millisecond))...)
		r.Advance(400 * time.Millisecond)
		written, _ := watch(t, "clock", r, func() { r.Advance(400 * time.Millisecond) })
		assert.LessOrEqual(t, written, 40)
	})
}

func TestFivePercent(t *testing.T) {
	play(t, func(r *uitest.Rig, s *uitest.Session, now func() time.Time) {
		r.Press("enter")
		s.Put(data.Members(10_000, 1, 2, now()))
		atRest(r, now)
		written, minimum := watch(t, "cells", r, func() { s.Put(data.Members(10_000, 12, 2, now())) })
		assert.LessOrEqual(t, float64(written), 1.25*float64(minimum))
	})
}

// TestScroll moves the cursor below the last row, and a page on.
func TestScroll(t *testing.T) {
	play(t, func(r *uitest.Rig, s *uitest.Session, now func() time.Time) {
		r.Press("enter")
		s.Put(data.Members(10_000, 1, 3, now()))
		for range 50 {
			r.Press("j")
		}
		atRest(r, now)
		written, minimum := watch(t, "line", r, func() { r.Press("j") })
		assert.Less(t, written, minimum)
		atRest(r, now)
		written, minimum = watch(t, "page", r, func() { r.Press("pgdown") })
		assert.LessOrEqual(t, float64(written), 1.25*float64(minimum))
	})
}

func TestNothing(t *testing.T) {
	play(t, func(r *uitest.Rig, s *uitest.Session, now func() time.Time) {
		atRest(r, now)
		r.Advance(200 * time.Millisecond)
		sent := r.Written()
		s.Put(data.Cards(60, now())...)
		r.Advance(200 * time.Millisecond)
		t.Logf("figure: nothing-bytes %d", r.Written()-sent)
		assert.Zero(t, r.Written()-sent, "the same data again are no reason to write")
	})
}
