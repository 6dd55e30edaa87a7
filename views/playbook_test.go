package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// withPlaybooks are a playbook for a member and one for a class.
func withPlaybooks(d *ui.Deps) {
	d.Playbooks = []class.Playbook{
		{Name: "calm", About: "Warn, then act", Steps: []class.Step{
			{Do: "notice", Text: "请安静"}, {Do: "mute", After: 20 * time.Second, For: 10 * time.Minute}, {Do: "kick", After: 30 * time.Second, For: 10 * time.Minute},
		}},
		{Name: "over", Steps: []class.Step{{Do: "notice", Text: "That is all."}, {Do: "end"}}},
	}
}

// openPlaybook opens the dialog of a playbook from the palette.
func openPlaybook(s *uitest.School, name string) {
	s.Press(":")
	for _, r := range "playbook " + name {
		s.Press(string(r))
	}
	s.Press("enter")
	s.Advance(500 * time.Millisecond)
}

func TestPlaybookFromTheMenu(t *testing.T) {
	liveWith(t, small, withPlaybooks, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("x")
		menuTo(s, "Playbook calm")
		s.Press("enter")
		s.Advance(500 * time.Millisecond)
		for _, want := range []string{"3 steps, level 2: notice, wait 20s, mute 10m, wait 30s, kick 10m", "1. Send the notice “请安静”", "2. wait 20 seconds, then: Mute", "3. wait 30 seconds, then: Kick", "level 2, KickUserFromRoom", "teacher"} {
			assert.True(t, s.Has(want), want+" in\n"+s.Screen())
		}
		s.Press("enter")
		assert.True(t, s.Has("enter takes the default, no"), s.Screen())
		openPlaybook(s, "calm")
		s.Paste("y\ny\n")
		s.Press("y", "y", "enter")
		s.Until("Playbook calm: 1 of 3, 0 failed, next in", 5*time.Second)
		s.Press("K")
		assert.True(t, s.Has("a playbook on this is under way"), s.Screen())
		s.Advance(time.Minute)
		assert.True(t, s.Has("Playbook calm: 3 of 3 done, step by step"), s.Screen())
		for _, action := range []string{"SendRoomNotificationMessage", "ForbidSendMsg", "KickUserFromRoom"} {
			assert.Equal(t, 1, writes(s, action), action)
		}
		assert.Equal(t, "calm, step 3 of 3", s.Audit()[5]["playbook"])
		s.Press("esc", "R")
		assert.True(t, s.Has("not tried again in parts"), s.Screen())
	})
}

func TestPlaybookIsStoppedFromTheMenu(t *testing.T) {
	liveWith(t, small, withPlaybooks, func(s *uitest.School) {
		toAStudent(t, s)
		openPlaybook(s, "calm")
		s.Press("y")
		s.Until("next in", 5*time.Second)
		s.Press("x", "X")
		s.Until("1 of 3 done", 5*time.Second)
		assert.True(t, s.Has("stopped before this step"), s.Screen())
		s.Advance(2 * time.Minute)
		assert.Zero(t, writes(s, "ForbidSendMsg"))
		assert.Zero(t, writes(s, "KickUserFromRoom"))
	})
}

// A playbook is as grave as its gravest step: digits, and the grace of level 3.
func TestGravePlaybookWantsDigits(t *testing.T) {
	liveWith(t, small, func(d *ui.Deps) {
		withPlaybooks(d)
		d.Grace = [4]time.Duration{3: 5 * time.Second}
	}, func(s *uitest.School) {
		_, digits := endDialog(t, s)
		s.Press("esc")
		openPlaybook(s, "calm")
		assert.True(t, s.Has("it is for a member"), s.Screen())
		openPlaybook(s, "over")
		assert.True(t, s.Has("Type "+digits), s.Screen())
		s.Press("y", "enter")
		assert.Zero(t, writes(s, "SendRoomNotificationMessage"))
		s.Press("backspace", digits, "enter")
		assert.True(t, s.Has("Playbook over in 5s, u cancels"), s.Screen())
		s.Press("u")
		assert.True(t, s.Has("cancelled, nothing was sent: Playbook over"), s.Screen())
		openPlaybook(s, "over")
		s.Press(digits, "enter")
		s.Until("2 of 2 done", 20*time.Second)
		assert.Equal(t, 1, writes(s, "EndRoom"))
	})
}

func TestPlaybookEndsAtALostAnswer(t *testing.T) {
	liveWith(t, small, withPlaybooks, func(s *uitest.School) {
		toAStudent(t, s)
		openPlaybook(s, "calm")
		s.Faults(sim.Fault{Action: "SendRoomNotificationMessage", Drop: sim.DropAfter})
		s.Press("y")
		s.Until("0 of 3 done", 30*time.Second)
		assert.True(t, s.Has("unknown"), s.Screen())
		assert.True(t, s.Has("The playbook ended at step 1 (unknown)"), s.Screen())
		assert.Zero(t, writes(s, "ForbidSendMsg"))
	})
}

func TestPlaybookSaysWhyNot(t *testing.T) {
	old := small
	old.Edition = sim.Manual
	liveWith(t, old, withPlaybooks, func(s *uitest.School) {
		toAStudent(t, s)
		openPlaybook(s, "calm")
		assert.True(t, s.Has("Step 1: This account's edition"), s.Screen())
		assert.Empty(t, s.Audit())
	})
}

// The dialog of the longest playbook fits into a small terminal, and every
// step can be read.
func TestLongPlaybookIsScrolled(t *testing.T) {
	long := class.Playbook{Name: "long"}
	for range class.MostSteps {
		long.Steps = append(long.Steps, class.Step{Do: "notice", After: time.Minute, Text: "This is one of many notices."})
	}
	liveWith(t, small, func(d *ui.Deps) { d.Playbooks = []class.Playbook{long} }, func(s *uitest.School) {
		s.Resize(80, 24)
		s.Advance(2 * time.Second)
		openPlaybook(s, "long")
		assert.True(t, s.Has("20 steps, level 2"), s.Screen())
		assert.True(t, s.Has("yes"), s.Screen())
		assert.False(t, s.Has("20. wait"), s.Screen())
		for i := 0; i < 60 && !s.Has("20. wait"); i++ {
			s.Press("pgdown")
		}
		assert.True(t, s.Has("20. wait 1 minute"), s.Screen())
	})
}
