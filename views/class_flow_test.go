package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/ui/uitest"
)

// intoLive goes into the first class that is live.
func intoLive(s *uitest.School) {
	s.Press("1")
	s.Advance(2 * time.Second)
	s.Press("enter")
	s.Until("Presence", 5*time.Second)
}

func TestOverviewOfASimulatedClass(t *testing.T) {
	live(t, func(s *uitest.School) {
		intoLive(s)
		s.Press("1")
		s.Until("on mic besides the teacher", 5*time.Second)
		s.Until("since", 5*time.Second)
		assert.NotContains(t, s.Line("Teacher "), "not known yet", s.Screen())
		assert.Regexp(t, `online +\d+ .*0–\d+`, s.Line(" online   "), s.Screen())
		s.Advance(2 * time.Second)
		assert.False(t, s.Has("reading"), s.Screen())
	})
}

func TestQuizOfASimulatedClass(t *testing.T) {
	live(t, func(s *uitest.School) {
		intoLive(s)
		s.Press("3")
		s.Until("/", 5*time.Second)
		s.Until("Answered", 5*time.Second)
		s.Press("enter")
		s.Until("Question 1 of", 15*time.Minute)
		s.Until("Verdict", 5*time.Second)
		s.Until("✓ right", 2*time.Minute)
		s.Press("esc")
		s.Advance(time.Second)
		assert.False(t, s.Has("Verdict"), s.Screen())
		assert.True(t, s.Has("Answered"), s.Screen())
	})
}

func TestReportOfASimulatedClass(t *testing.T) {
	live(t, func(s *uitest.School) {
		intoLive(s)
		s.Press("8")
		s.Until("The report comes after the class has ended", 5*time.Second)
		s.Press("esc", "3")
		s.Advance(2 * time.Second)
		s.Press("enter", "8")
		s.Until("ABSENT", 10*time.Minute)
		assert.True(t, s.Has("peak"), s.Screen())
		assert.Regexp(t, `yes +\d\d:\d\d:\d\d +\d\d:\d\d:\d\d`, s.Screen())
	})
}
