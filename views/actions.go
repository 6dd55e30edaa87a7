package views

import (
	"slices"
	"strings"
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
		{Key: keymap.Unkick, Title: "Let the member in again", Ways: only(ops.Unkick)},
		{Key: keymap.Mute, Title: "Mute the member in the chat", Pick: 1, Ways: muteWays},
		{Key: keymap.Unmute, Title: "Unmute the member in the chat", Ways: only(ops.Unmute)},
		{Key: keymap.Notice, Title: "Send a notice to the class", Ways: only(ops.Notice), Ask: askNotice},
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

func muteWays(t ops.Target) []ui.Way {
	mute := func(label string, d time.Duration) ui.Way {
		return ui.Way{Label: label, Op: ops.Op{Action: ops.Mute, Target: t, Duration: d}}
	}
	return []ui.Way{
		mute("1 min", time.Minute), mute("10 min", 10*time.Minute), mute("1 hour", time.Hour),
		mute("24 hours", 24*time.Hour), mute("for good", ops.ForGood),
	}
}

// askNotice asks what the notice says.
func askNotice(_ ui.Host, t ops.Target) ui.Question {
	return &ui.Form{
		Title:  "A notice to everybody in " + t.RoomName.String(),
		Fields: []ui.Field{{Label: "notice", Hint: "what everybody in the class is told", Check: ops.NoticeFault}},
		Ways: func(values []string) []ui.Way {
			return []ui.Way{{Op: ops.Op{Action: ops.Notice, Target: t, Text: strings.TrimSpace(values[0])}}}
		},
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
	t.User, t.UserName, t.Role, t.State, t.Muted = m.ID, m.Name, m.Role, m.State, m.Muted
	return t
}

// teacher is the teacher's name, or the id while the name is not known.
func teacher(c class.Card) class.Text {
	if c.TeacherName.IsZero() {
		return c.Teacher
	}
	return c.TeacherName
}
