package views

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/sim"
	"classtop/ui/uitest"
)

// The write rows that are not in school_flow_test.go: refused, lost answers,
// double Enter and paste are there.

func TestNothingIsSentWithoutAudit(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.BreakAudit()
		s.Press("y")
		s.Until("failed: Not sent", 5*time.Second)
		assert.True(t, s.Has("audit file cannot be"), s.Screen())
		s.Advance(5 * time.Second)
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		assert.True(t, s.Has("● live"), "watching goes on: "+s.Screen())
	})
}

// endDialog opens the dialog that ends the first live class and returns the
// class's id.
func endDialog(t *testing.T, s *uitest.School) (id, digits string) {
	t.Helper()
	s.Press("1")
	s.Advance(2 * time.Second)
	s.Press("c")
	found := regexp.MustCompile(`copied room id (\d+)(\d{4})`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, found, s.Screen())
	s.Press("E")
	s.Advance(500 * time.Millisecond)
	return found[1] + found[2], found[2]
}

// While the dialog is open somebody else ends the class: the program reads it
// again before it sends anything, and says what changed.
func TestRoomEndedMeanwhile(t *testing.T) {
	live(t, func(s *uitest.School) {
		id, digits := endDialog(t, s)
		n, err := strconv.ParseUint(id, 10, 64)
		require.NoError(t, err)
		s.EndElsewhere(class.RoomID(n))
		require.Equal(t, 1, writes(s, "EndRoom"))
		s.Advance(15 * time.Second)
		s.Press(digits, "enter")
		s.Until("failed: Not sent", 10*time.Second)
		assert.True(t, s.Has("The target has changed"), s.Screen())
		assert.True(t, s.Has("is now ended"), s.Screen())
		assert.Equal(t, 1, writes(s, "EndRoom"), "nothing was sent from here")
		assert.Empty(t, s.Audit())
	})
}

// A dialog whose data are old and cannot be read again sends nothing.
func TestStaleDialogWithoutConnection(t *testing.T) {
	live(t, func(s *uitest.School) {
		_, digits := endDialog(t, s)
		s.Faults(sim.Fault{Action: "DescribeRoom", Code: "InternalError"})
		s.Advance(30 * time.Second)
		assert.True(t, s.Has("old"), s.Screen())
		s.Press(digits, "enter")
		s.Until("failed: Not sent", 30*time.Second)
		assert.True(t, s.Has("could not be read again"), s.Screen())
		assert.Zero(t, writes(s, "EndRoom"))
		assert.Empty(t, s.Audit())
	})
}
