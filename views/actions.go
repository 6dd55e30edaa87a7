package views

import (
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
)

// Actions lists what an operator can do: one row each.
func Actions() []ui.Action {
	acts := []ui.Action{
		{Key: keymap.Kick, Title: "Kick the member", Pick: 1, Ways: kickWays},
		{Key: keymap.Ban, Title: "Kick the member for good", Ways: only(ops.Ban)},
		{Key: keymap.Start, Title: "Start the class", Ways: only(ops.Start)},
		{Key: keymap.End, Title: "End the class", Ways: only(ops.End)},
	}
	return slices.Concat(acts, seatActions(), documentActions())
}

// only is the one way of an action that has no choices.
func only(action ops.Action) func(ops.Target) []ui.Way {
	return func(t ops.Target) []ui.Way { return []ui.Way{{Op: ops.Op{Action: action, Target: t}}} }
}

func kickWays(t ops.Target) []ui.Way {
	kick := func(label string, d time.Duration) ui.Way {
		return ui.Way{Label: label, Op: ops.Op{Action: ops.Kick, Target: t, Duration: d}}
	}
	return []ui.Way{
		kick("1 min", time.Minute),
		kick("10 min", 10*time.Minute),
		kick("1 hour", time.Hour),
		kick("24 hours", 24*time.Hour),
		{Label: "for good", Op: ops.Op{Action: ops.Ban, Target: t}},
	}
}

// roomTarget aims at a class as it is known now.
func roomTarget(c class.Card, seen time.Time) ops.Target {
	return ops.Target{
		Room: c.Room.ID, RoomName: c.Room.Name, Status: c.Room.Status,
		Teacher: teacher(c), Online: c.Counts.Online, Seat: -1, SeenAt: seen,
	}
}

// memberTarget aims at a member of a class.
func memberTarget(c class.Card, m *class.Member, seen time.Time) ops.Target {
	t := roomTarget(c, seen)
	t.User, t.UserName, t.Role, t.State = m.ID, m.Name, m.Role, m.State
	return t
}

// teacher is the teacher's name, or the id while the name is not known.
func teacher(c class.Card) class.Text {
	if c.TeacherName.IsZero() {
		return c.Teacher
	}
	return c.TeacherName
}
