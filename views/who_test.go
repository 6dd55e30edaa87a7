package views

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/ops"
	"classtop/ui"
)

// office is a school with several people in it.
type office struct {
	now    time.Time
	runner *ops.Runner
}

func newOffice() *office {
	o := &office{now: now.Add(-20 * time.Minute)}
	o.runner = ops.New(ops.Config{Now: func() time.Time { return o.now }})
	return o
}

// enter lets somebody come in.
func (o *office) enter(name string, role ops.Role) *ops.Place {
	return o.runner.As(name, role).Enter("10.0.0.7:50022")
}

// sits makes a dashboard somebody's.
func (o *office) sits(name string, role ops.Role) func(*ui.Deps) {
	return func(d *ui.Deps) {
		d.Crew, d.Runner = o.enter(name, role), o.runner.As(name, role)
	}
}

func TestWhoIsHere(t *testing.T) {
	o := newOffice()
	han := o.enter("韩梅", ops.Operator)
	han.Look("room", 310048240, text("Chemistry 9A"))
	han.Claim(310048240, text("Chemistry 9A"))
	o.enter("wall", ops.Viewer).Look("pulse", 0, text(""))
	o.now = now
	s := newStand(t, 120, 24, o.sits("李雷", ops.Lead))
	s.Put(updates(school())...)
	assert.Contains(t, s.Lines()[1], "3 here")
	s.Press(":")
	s.Press("w", "h", "o", "enter")
	golden.RequireEqual(t, []byte(s.Text()))
	s.Press("enter")
	assert.NotContains(t, s.Lines()[2], "韩梅 is here", "who takes care of it is named once")
	assert.Contains(t, s.Lines()[2], "Chemistry 9A")
	assert.Contains(t, s.Lines()[2], "taken by 韩梅, who is here")
	assert.EqualValues(t, 310048240, han.People()[2].Room, "the others see where it went")
}

func TestTakeCareOfAClass(t *testing.T) {
	o := newOffice()
	o.now = now
	han := o.enter("韩梅", ops.Operator)
	han.Claim(310048240, text("Chemistry 9A"))
	s := newStand(t, 120, 24, o.sits("李雷", ops.Operator))
	s.Put(updates(school())...)
	s.Press("t")
	assert.Contains(t, s.Text(), "韩梅 takes care of Chemistry 9A (310048240)", "the first row is hers")
	s.Press("S")
	assert.NotContains(t, s.Text(), "y yes", "no dialog opens")
	assert.Contains(t, s.Text(), "[韩梅] Chemistry 9A", "the list says whose it is")
	assert.Contains(t, s.Text(), "taken by 韩梅", "the preview too")
	han.Claim(310048240, text(""))
	s.Press("t")
	assert.Contains(t, s.Text(), "Chemistry 9A (310048240) is yours for 30 minutes")
	assert.Equal(t, "李雷", han.Claims()[0].By)
	s.Press("enter")
	assert.Contains(t, s.Lines()[2], "taken by you")
	s.Press("esc", "t")
	assert.Empty(t, han.Claims())
	s.Put(updates(school())...)
	assert.NotContains(t, s.Text(), "[李雷]")
	assert.NotContains(t, s.Text(), "[韩梅]")
}

// A long name takes few cells of a narrow list, and the filter finds it whole.
func TestClaimsInANarrowList(t *testing.T) {
	o := newOffice()
	o.now = now
	han := o.enter("Bartholomew Higginbotham", ops.Operator)
	han.Claim(310048240, text("Chemistry 9A"))
	s := newStand(t, 60, 16, o.sits("李雷", ops.Operator))
	s.Put(updates(school())...)
	requireFull(t, s, 60, 16)
	assert.Contains(t, s.Text(), "[Barth…] Chemist")
	s.Press("/")
	s.Press(strings.Split("taken:higgin", "")...)
	assert.Contains(t, s.Text(), "1/1 of 7")
}

// Who reads what is wrong sees at once that somebody is on it already, and when
// he no longer is.
func TestClaimsAmongTheProblems(t *testing.T) {
	o := newOffice()
	o.now = now
	han := o.enter("韩梅", ops.Operator)
	s := newStand(t, 100, 16, o.sits("李雷", ops.Operator))
	s.Put(updates(troubled())...)
	openView(s, "attention")
	require.NotContains(t, s.Text(), "[韩梅] ")
	worst := troubled()[3]
	han.Claim(worst.Room.ID, worst.Room.Name)
	s.Put(updates(troubled())...)
	assert.Contains(t, s.Text(), "[韩梅] ")
	han.Claim(worst.Room.ID, worst.Room.Name) // gives it back
	s.Put(updates(troubled())...)
	assert.NotContains(t, s.Text(), "[韩梅] ")
}

// A claim touches no row that is frozen, or that lies under a dialog.
func TestClaimsMoveNoFrozenRow(t *testing.T) {
	for _, view := range []string{"rooms", "attention"} {
		o := newOffice()
		o.now = now
		han := o.enter("韩梅", ops.Operator)
		s := newStand(t, 100, 16, o.sits("李雷", ops.Operator))
		s.Put(updates(troubled())...)
		openView(s, view)
		s.Press("z")
		worst := troubled()[3]
		han.Claim(worst.Room.ID, worst.Room.Name)
		s.Press("j", "k")
		assert.NotContains(t, s.Text(), "[韩梅] ", view)
		s.Press("z")
		assert.Contains(t, s.Text(), "[韩梅] ", view)
	}
}

func TestNobodyElseIsHere(t *testing.T) {
	s := newStand(t, 80, 24)
	s.Put(updates(school())...)
	s.Press("t")
	assert.Contains(t, s.Text(), "nobody else is here")
	s.Press(":")
	s.Press("w", "h", "o", "enter")
	assert.Contains(t, s.Text(), "Nobody shares this dashboard")
	assert.NotContains(t, s.Lines()[1], "here")
}
