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

// asking makes somebody ask for the end of a class.
func (o *office) asking(t *testing.T, name string) {
	t.Helper()
	op := ops.Op{Action: ops.End, Reason: "fire drill", Target: ops.Target{
		Room: 310048240, RoomName: text("Chemistry 9A"), Status: class.RoomLive, Teacher: text("陈思远"), Online: 18, Seat: -1, SeenAt: o.now,
	}}
	require.Equal(t, ops.Asked, o.runner.As(name, ops.Operator).Run(t.Context(), op).State)
}

// seated runs a whole dashboard of somebody in a school that wants two people.
func seated(t *testing.T, name string, role ops.Role, story func(r *uitest.Rig, o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		clock := func() time.Time { return now.Add(time.Since(epoch)) }
		o := &office{now: now, runner: ops.New(ops.Config{Now: clock, Second: []ops.Action{ops.End}, Shared: true})}
		session := uitest.NewSession()
		session.Put(updates(school())...)
		deps := ui.Deps{
			Session: session, Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home,
			Now: clock, Location: shanghai, Profile: ui.Profile{Name: "demo"},
		}
		o.sits(name, role)(&deps)
		story(uitest.Start(t, deps, 120, 24), o)
	})
}

func TestSecondPersonConfirms(t *testing.T) {
	seated(t, "韩梅", ops.Operator, func(r *uitest.Rig, o *office) {
		li := o.enter("李雷", ops.Operator)
		o.asking(t, "李雷")
		r.Advance(time.Second)
		assert.True(t, r.Has("李雷 asks for a second person: End Chemistry 9A (310048240); :seconds confirms"), r.Screen())
		assert.True(t, r.Has(":seconds 1"), r.Screen())
		r.Press(":", "s", "e", "c", "o", "n", "d", "s", "enter", "enter")
		assert.True(t, r.Has("Second person, for 李雷"), r.Screen())
		assert.True(t, r.Has("fire drill"), "the reason of the one who asked")
		assert.False(t, r.Has("until a second person"), "this is the second")
		r.Advance(time.Second)
		r.Press("y", "enter")
		assert.True(t, li.Proposals()[0].Open(), "level 3 takes the digits")
		r.Press("8", "2", "4", "0", "enter")
		r.Advance(time.Second)
		p := li.Proposals()[0]
		assert.Equal(t, "韩梅", p.Second)
		assert.Contains(t, p.End, "audit file", "as far as it gets without one")
		assert.False(t, r.Has(":seconds 1"), r.Screen())
	})
}

func TestWhoAskedCannotConfirm(t *testing.T) {
	seated(t, "李雷", ops.Lead, func(r *uitest.Rig, o *office) {
		o.asking(t, "李雷")
		r.Advance(time.Second)
		assert.False(t, r.Has("asks for a second person"), r.Screen())
		r.Press(":", "s", "e", "c", "o", "n", "d", "s", "enter", "enter")
		assert.True(t, r.Has("You asked for this yourself. It takes a second person."), r.Screen())
		assert.True(t, r.Has("waits, 4m left"), r.Screen())
		r.Advance(5 * time.Minute)
		assert.True(t, r.Has("End Chemistry 9A (310048240): Nobody confirmed it"), r.Screen())
	})
}

func TestDialogSaysThatASecondPersonIsWanted(t *testing.T) {
	seated(t, "李雷", ops.Lead, func(r *uitest.Rig, _ *office) {
		r.Press("E")
		assert.True(t, r.Has("Nothing is sent until a second person confirms it too."), r.Screen())
		r.Advance(time.Second)
		r.Press("esc", "S")
		assert.False(t, r.Has("second person"), "starting takes one: "+r.Screen())
	})
}

func TestSecondPersonAtOnesOwnDesk(t *testing.T) {
	o := newOffice()
	o.runner = ops.New(ops.Config{Now: func() time.Time { return now }, Second: []ops.Action{ops.End}})
	s := newStand(t, 120, 24, o.sits("李雷", ""))
	s.Put(updates(school())...)
	s.Press("E")
	assert.Contains(t, s.Text(), "This profile wants a second person to confirm this, and here is nobody else.")
}
