package faults

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/sim"
	"classtop/ui/uitest"
)

const kick = "KickUserFromRoom"

// TestStories plays the faults that need people: a second client, writes
// whose answer is lost, hasty fingers, two operators, a full disk. Each
// returns how long it took until the screen said so, and the words.
func TestStories(t *testing.T) {
	for _, story := range []struct {
		name  string
		rooms int
		proof string
		play  func(t *testing.T, s *uitest.School) (time.Duration, string)
	}{
		{"second client", 60, "own rate falls at once and is back within 30 s", secondClient},
		{"answer of a write lost", 8, "sent once, read back", answerLost},
		{"write that never arrived", 8, "not sent again, read back", neverArrived},
		{"Enter twice, y thrice", 8, "one call", hasty},
		{"pasted text", 8, "no call", pasted},
		{"two operators, one person", 8, "one call, the second sees who", twoOperators},
		{"audit file not writable", 8, "nothing sent, watching goes on", noAudit},
	} {
		t.Run(story.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := school(t, story.rooms)
				peak := watch()
				took, words := story.play(t, s)
				used := peak()
				assert.LessOrEqual(t, took, clearWithin+time.Second, "reading back may take its 10 s")
				assert.LessOrEqual(t, len(words), messageBytes, words)
				assert.LessOrEqual(t, used, memory)
				tell(story.name, took, used, words, story.proof)
			})
		})
	}
}

// sees waits for a text and returns what its line says.
func (p *person) sees(text string, within time.Duration) (time.Duration, string) {
	start := time.Now()
	p.s.Until(text, within)
	return time.Since(start), strings.TrimSpace(p.s.Line(text))
}

// person sits before the screen, with the cursor on a student who is online.
type person struct {
	t    *testing.T
	s    *uitest.School
	room class.RoomID
	id   string
}

func sit(t *testing.T, s *uitest.School) *person {
	room, err := strconv.ParseUint(firstRoom(t, s), 10, 64)
	require.NoError(t, err)
	s.Press("enter")
	s.Advance(2 * time.Second)
	s.Press("/")
	s.Press("role:student", "space", "presence:online", "enter")
	s.Until("student", 5*time.Second)
	s.Press("c")
	found := regexp.MustCompile(`copied user id (\S+)`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, found, s.Screen())
	s.Press("esc")
	return &person{t, s, class.RoomID(room), found[1]}
}

// dialog opens the dialog that kicks and waits until it listens.
func (p *person) dialog() {
	p.s.Press("K")
	require.True(p.t, p.s.Has("("+p.id+")"), p.s.Screen())
	p.s.Advance(500 * time.Millisecond)
}

// sent counts the kicks that reached the school.
func (p *person) sent() (n int) {
	for _, e := range p.s.Sim.Journal() {
		if e.Action == kick {
			n++
		}
	}
	return n
}

// outcomes lists how the lines of the audit file end.
func (p *person) outcomes() (out []string) {
	for _, line := range p.s.Audit() {
		if line["phase"] == "outcome" {
			out = append(out, fmt.Sprint(line["outcome"]))
		}
	}
	return out
}

func answerLost(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	s.Faults(sim.Fault{Action: kick, Drop: sim.DropAfter})
	p.dialog()
	s.Press("y")
	took, words := p.sees("done: ", 20*time.Second)
	assert.LessOrEqual(t, took, 10*time.Second)
	assert.Equal(t, 1, p.sent(), "sent once, whatever happened to the answer")
	assert.Equal(t, []string{"confirmed"}, p.outcomes())
	return took, words
}

func neverArrived(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	s.Faults(sim.Fault{Action: kick, Drop: sim.DropBefore})
	p.dialog()
	s.Press("y")
	took, words := p.sees("failed: ", 30*time.Second)
	assert.Zero(t, p.sent(), "and not tried again")
	assert.Equal(t, []string{"not applied"}, p.outcomes())
	return took, words
}

func hasty(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	p.dialog()
	s.Rush("enter", "enter")
	s.Advance(time.Second)
	assert.Zero(t, p.sent(), "Enter never confirms")
	s.Press("esc")
	p.dialog()
	s.Rush("y", "y", "y")
	took, words := p.sees("done: Kicked", 5*time.Second)
	s.Advance(3 * time.Second)
	assert.Equal(t, 1, p.sent())
	return took, words
}

func pasted(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	p.dialog()
	s.Paste("y\ny\r\ny")
	s.Advance(3 * time.Second)
	assert.Zero(t, p.sent(), "pasted text confirms nothing")
	s.Press("n")
	took, words := p.sees("not done", time.Second)
	return took, words
}

// twoOperators sit before two screens over one poller and one runner.
func twoOperators(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	two := s.Beside("韩梅", 120, 30)
	two.Until("live", 5*time.Second)
	two.Press(":", "room", "space", p.room.String(), "enter")
	other := &person{t, two, p.room, p.id}
	two.Until("student", 5*time.Second)
	two.Press("/", p.id, "enter")
	s.Faults(sim.Fault{Action: kick, LatencyMS: 4000})
	p.dialog()
	s.Press("y")
	s.Advance(time.Second)
	two.Press("K")
	took, words := other.sees("tester is kicking", time.Second)
	assert.False(t, two.Has("y yes"), "no dialog opens: "+two.Screen())
	two.Press("y")
	two.Press(":", "w", "h", "o", "enter")
	two.Until("kicking", time.Second)
	s.Until("done: Kicked", 6*time.Second)
	s.Advance(3 * time.Second)
	assert.Equal(t, 1, p.sent())
	assert.Equal(t, []string{"done"}, p.outcomes())
	return took, words
}

func noAudit(t *testing.T, s *uitest.School) (time.Duration, string) {
	p := sit(t, s)
	p.dialog()
	s.BreakAudit()
	s.Press("y")
	took, words := p.sees("failed: Not sent", 5*time.Second)
	s.Advance(5 * time.Second)
	assert.Zero(t, p.sent())
	assert.True(t, s.Has("● live"), "watching goes on: "+s.Screen())
	return took, words
}

// secondClient uses up most of the account's rate for a while.
func secondClient(t *testing.T, s *uitest.School) (time.Duration, string) {
	const action = "DescribeCurrentMemberList"
	rate := func(d time.Duration) float64 {
		before := s.Sim.Stats()[action].Requests
		s.Advance(d)
		return float64(s.Sim.Stats()[action].Requests-before) / d.Seconds()
	}
	s.Advance(3 * time.Second)
	full := rate(5 * time.Second)
	refused := s.Sim.Stats()[action].Refusals
	s.Faults(sim.Fault{Action: action, Stranger: 18})
	took, _ := (&person{t: t, s: s}).sees("SLOWED", clearWithin)
	slowed := rate(5 * time.Second)
	assert.Greater(t, full, 5.0)
	assert.Less(t, slowed, 4.0, "the account has room for 2 a second")
	s.Advance(10 * time.Second)
	s.Faults()
	s.Advance(30 * time.Second)
	back := rate(5 * time.Second)
	assert.GreaterOrEqual(t, back, 0.9*full, "recovered within 30 s")
	assert.NotContains(t, s.Screen(), "SLOWED")
	assert.NotContains(t, s.Screen(), "s !", "nothing is lost")
	s.Advance(5 * time.Second)
	last := s.Sim.Stats()[action].Refusals
	s.Advance(20 * time.Second)
	assert.Equal(t, last, s.Sim.Stats()[action].Refusals, "nothing more is refused")
	return took, fmt.Sprintf("SLOWED; %.1f a second before, %.1f beside the other, %.1f after; %d refused", full, slowed, back, last-refused)
}
