package views

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"

	"classtop/class"
	"classtop/ops"
)

// many is a kick of ten of which some fail.
func many(t *testing.T, w, h int) *stand {
	s := newStand(t, w, h, onlyTabs("2"))
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter")
	s.Put(membersUpdate(310048217))
	s.runner.Result = func(op ops.Op) ops.Result {
		switch op.Target.User.String() {
		case "s_20001":
			return ops.Result{Op: op, State: ops.Refused, RequestID: "req-9", Err: &class.Error{Code: "FailedOperation.ClassEnded", Meaning: "The class is over."}}
		case "s_20002":
			return ops.Result{Op: op, State: ops.StillUnknown, Found: "the target could not be read", Err: &class.Error{Code: class.CodeTimeout}}
		}
		return ops.Result{Op: op, State: ops.Done}
	}
	s.Press("*", "K")
	return s
}

func TestFramesOfManyTargets(t *testing.T) {
	for _, size := range sizes[:3] {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := many(t, size.w, size.h)
			s.press("pgdown")
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFramesOfOutcomes(t *testing.T) {
	for _, size := range sizes[:3] {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := many(t, size.w, size.h)
			s.press("3", "4")
			s.yes("enter")
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
			s.Press("R")
			assert.Contains(t, s.Text(), "Kick 学生01", "again for the refused one; what is unknown is not sent twice")
		})
	}
}

func TestResultsStayInTheMenu(t *testing.T) {
	s := many(t, 100, 30)
	s.press("3", "4")
	s.yes("enter")
	s.Press("esc", "x")
	assert.Contains(t, s.Text(), "Results")
}
