package views

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

	"classtop/keymap"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// liveWith is live with changed deps.
func liveWith(t *testing.T, o sim.Options, change func(*ui.Deps), story func(s *uitest.School)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := ui.Deps{Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai, Profile: ui.Profile{Name: "demo"}}
		change(&d)
		s := uitest.StartSchool(t, o, d, 100, 30)
		s.Until("live", 5*time.Second)
		story(s)
	})
}

var small = sim.Options{Seed: 7, Rooms: 12, Members: 20}

func graceOf(d time.Duration) func(*ui.Deps) {
	return func(deps *ui.Deps) { deps.Grace = [4]time.Duration{2: d, 3: d} }
}

func TestGraceCountsDownAndSends(t *testing.T) {
	liveWith(t, small, graceOf(5*time.Second), func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		assert.True(t, s.Has("Kick the member in 5s, u cancels: "), s.Screen())
		s.Advance(2 * time.Second)
		assert.Regexp(t, "in [34]s, u cancels", s.Screen())
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		assert.Empty(t, s.Audit(), "nothing is sent, so nothing is audited")
		s.Press("K")
		assert.True(t, s.Has("waits to be sent"), "no second dialog on the same member: "+s.Screen())
		s.Until("RequestId", 5*time.Second)
		assert.Equal(t, 1, writes(s, "KickUserFromRoom"))
		assert.Len(t, s.Audit(), 2)
	})
}

func TestGraceIsCancelled(t *testing.T) {
	liveWith(t, small, graceOf(5*time.Second), func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		s.Advance(4 * time.Second)
		s.Press("u")
		assert.True(t, s.Has("cancelled, nothing was sent: Kick"), s.Screen())
		s.Advance(20 * time.Second)
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		assert.Empty(t, s.Audit())
		s.Press("u")
		assert.True(t, s.Has("nothing waits to be sent"), s.Screen())
	})
}

func TestQuittingCancelsAndSaysSo(t *testing.T) {
	liveWith(t, small, graceOf(5*time.Second), func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y", "ctrl+c")
		s.Advance(10 * time.Second)
		ended, err := s.Ended()
		assert.True(t, ended)
		require.NoError(t, err)
		assert.True(t, s.Has("Cancelled, nothing was sent: Kick"), s.Screen())
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		assert.Empty(t, s.Audit())
	})
}

func TestReasonIsRequired(t *testing.T) {
	liveWith(t, small, func(d *ui.Deps) { d.Profile.Reasons = true }, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		assert.True(t, s.Has("wants a reason first"), s.Screen())
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		s.Press("r", "noise", "enter", "y")
		s.Until("RequestId", 5*time.Second)
		assert.Equal(t, "noise", s.Audit()[0]["reason"])
	})
}

// A crowd of which some fail and some hang: each target has its own end, none
// is sent twice, and only those that surely failed are tried again.
func TestBulkWithFailuresAndHangs(t *testing.T) {
	var saved []string
	o := sim.Options{Seed: 7, Rooms: 3, Members: 260}
	save := func(d *ui.Deps) {
		d.Save = func(name string, data []byte) (string, error) {
			saved = append(saved, string(data))
			return "/exports/" + name, nil
		}
	}
	liveWith(t, o, save, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("/", "role:student", "space", "presence:online", "enter")
		s.Faults(
			sim.Fault{Action: "KickUserFromRoom", Every: 31, LatencyMS: 60_000, Drop: sim.DropBefore},
			sim.Fault{Action: "KickUserFromRoom", Every: 7, Code: "FailedOperation.ClassEnded"},
		)
		s.Press("*", "K")
		n := digits(t, s)
		assert.True(t, s.Has("[10 min]"), s.Screen())
		first := s.Screen()
		s.Press("pgdown")
		assert.NotEqual(t, first, s.Screen(), "the dialog shows the targets further down")
		s.Press(fmt.Sprint(n), "enter")
		s.Until("target by target", 90*time.Second)
		assert.False(t, s.Has("marked"), s.Screen())
		ends := endsOf(s.Audit())
		assert.GreaterOrEqual(t, n, 200)
		assert.InDelta(t, n, len(ends), 3, "who changed meanwhile is not sent")
		for user, end := range ends {
			assert.Len(t, end, 1, "%s is sent once", user)
		}

		s.Press("e", "1")
		s.Until("rows written to", time.Second)
		require.Len(t, saved, 1)
		assert.Equal(t, n+1, strings.Count(saved[0], "\n"))
		assert.Contains(t, saved[0], "refused,kick")
		assert.Contains(t, saved[0], "not applied,kick")

		s.Faults()
		s.Press("R")
		failed := digits(t, s)
		assert.Equal(t, strings.Count(saved[0], "\nrefused,")+strings.Count(saved[0], "\nnot "), failed)
		s.Press(fmt.Sprint(failed), "enter")
		s.Until("target by target", 90*time.Second)
		for user, end := range endsOf(s.Audit()) {
			assert.LessOrEqual(t, strings.Count(strings.Join(end, " "), "done"), 1, "%s: %v", user, end)
		}
	})
}

// digits is the number that the dialog wants.
func digits(t *testing.T, s *uitest.School) int {
	t.Helper()
	s.Advance(500 * time.Millisecond)
	found := regexp.MustCompile(`Type (\d+) and`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, found, s.Screen())
	n, err := strconv.Atoi(found[1])
	require.NoError(t, err)
	return n
}

// endsOf collects the outcomes of each user.
func endsOf(lines []map[string]any) map[string][]string {
	out := map[string][]string{}
	for _, l := range lines {
		if l["phase"] == "outcome" {
			user, _ := l["user"].(string)
			end, _ := l["outcome"].(string)
			out[user] = append(out[user], end)
		}
	}
	return out
}
