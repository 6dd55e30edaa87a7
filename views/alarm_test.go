package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
	"classtop/ui"
)

// calls sends the clock's next second to the model and returns what it writes
// past the frame. The clock's own command is left alone: it would wait.
func calls(s *stand) string {
	s.now = s.now.Add(time.Second)
	return s.Alarm()
}

func TestAlarms(t *testing.T) {
	cards := troubled()
	cards[3].Room.Name = text("Chem;istry\x1b]0;evil\a")
	s := newStand(t, 80, 24, func(d *ui.Deps) { d.Alarm = ui.Alarm{Bell: true, Notify: "osc9"} })
	assert.Empty(t, calls(s), "nothing is wrong")
	s.Put(updates(cards)...)
	assert.Equal(t, "\x1b]9;classtop: 2 reasons to look now\a\a", calls(s))
	assert.Empty(t, calls(s), "once is enough")

	clear := troubled()
	clear[3].Problems, clear[3].Score = nil, 0
	s.Put(updates(clear)[4])
	assert.Empty(t, calls(s))
	s.Put(updates(cards)[4])
	assert.Empty(t, calls(s), "not twice within half a minute")
	s.now = s.now.Add(30 * time.Second)
	out := calls(s)
	assert.Contains(t, out, "no teacher is in the class")
	assert.Contains(t, out, "Chem,istry", "a name cannot end the sequence")
	assert.Equal(t, 1, countOf(out, '\x1b'))
	assert.Equal(t, 2, countOf(out, '\a'), "one ends the notification, one rings")
}

func countOf(s string, c rune) (n int) {
	for _, r := range s {
		if r == c {
			n++
		}
	}
	return n
}

func TestAcknowledgedProblemsRingNoBell(t *testing.T) {
	s := newStand(t, 80, 24, func(d *ui.Deps) { d.Alarm = ui.Alarm{Notify: "osc777"} })
	cards := troubled()
	s.Put(updates(cards)...)
	assert.Equal(t, "\x1b]777;notify;classtop;classtop: 2 reasons to look now\a", calls(s))
	s.App.Acknowledge(cards[3].Problems, 10*time.Minute)
	s.now = s.now.Add(time.Minute)
	assert.Empty(t, calls(s))
	again := cards[3]
	again.Problems = append([]class.Problem{{Rule: "kicked is back", Severity: 3, Room: again.Room.ID, Sentence: "x is back"}}, again.Problems...)
	s.Put(updates([]class.Card{again})[1])
	assert.Contains(t, calls(s), "x is back")
}

func TestAlarmsAreOffUnlessAskedFor(t *testing.T) {
	s := newStand(t, 80, 24)
	s.Put(updates(troubled())...)
	assert.Empty(t, calls(s))
	assert.Equal(t, "classtop (5)", s.View().WindowTitle)
	quiet := newStand(t, 80, 24, func(d *ui.Deps) { d.Alarm.NoTitle = true })
	quiet.Put(updates(troubled())...)
	assert.Equal(t, "classtop", quiet.View().WindowTitle)
}
