package views

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/ops"
)

func TestActionGoesToAllMarked(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "space", "space", "space", "K")
	assert.Contains(t, s.Text(), "Kick the member: 3 targets")
	assert.Contains(t, s.Text(), "刘洋 (a_liu)")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 3)
	assert.Contains(t, s.Text(), "3 of 3 done")
	assert.Contains(t, s.Text(), "target by target")
	s.Press("esc")
	assert.NotContains(t, s.Text(), "marked", "marks go with the action")
}

func TestFiveOrMoreWantTheirNumber(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "space", "space", "space", "space", "space", "K")
	assert.Contains(t, s.Text(), "Type 5 and enter")
	s.yes("y")
	s.yes("enter")
	assert.Empty(t, s.runner.Ran())
	s.press("5")
	s.yes("enter")
	assert.Len(t, s.runner.Ran(), 5)
}

func TestImpossibleTargetsAreLeftOut(t *testing.T) {
	s := inMembers(t)
	s.Press("G", "v", "k", "k", "v", "K") // kicked, absent and offline
	assert.Contains(t, s.Text(), "for good", "kicking for a time is possible for none, for good for all")
	s.press("esc")
	s.Press("esc", "g", "j", "space", "G", "space", "K")
	assert.Contains(t, s.Text(), "1 left out: 捣蛋鬼")
}

func TestPartOfABatchFails(t *testing.T) {
	s := inMembers(t)
	s.runner.Result = func(op ops.Op) ops.Result {
		if op.Target.User.String() == "a_liu" {
			return ops.Result{Op: op, State: ops.Refused, RequestID: "rid-9"}
		}
		return ops.Result{Op: op, State: ops.Done}
	}
	s.Press("j", "space", "space", "K")
	s.yes("y")
	assert.Contains(t, s.Text(), "failed: Kick the member: 1 of 2 done")
	assert.Contains(t, s.Text(), "rid-9")
}

func TestBatchUnderWayCanBeStopped(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "space", "space", "K")
	s.press("y") // not run: it stays under way
	assert.Contains(t, s.Text(), "0 of 2")
	s.Press("x")
	assert.Contains(t, s.Text(), "send nothing more of")
	s.Press("X")
	assert.Contains(t, s.Text(), "stopping")
	s.Send(tea.WindowSizeMsg{Width: 90, Height: 30})
}
