package views

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/sim"
	"classtop/ui/uitest"
)

// toSeats goes to the map of the class that the program is in.
func toSeats(t *testing.T, s *uitest.School) {
	t.Helper()
	s.Press("5")
	s.Until(" seats ", 5*time.Second)
	s.Advance(time.Second)
}

// toFree puts the cursor on the first free seat and returns its number.
func toFree(t *testing.T, s *uitest.School) string {
	t.Helper()
	number := regexp.MustCompile(`[╭▌] (\d+) free`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, number, s.Screen())
	for range 50 {
		if s.Has("▌ " + number[1] + " free") {
			return number[1]
		}
		s.Press("right")
	}
	t.Fatalf("the cursor does not come to seat %s:\n%s", number[1], s.Screen())
	return ""
}

// menu takes an entry of the menu of actions.
func menu(t *testing.T, s *uitest.School, label string) {
	t.Helper()
	s.Press("x")
	for range 40 {
		for l := range strings.Lines(s.Screen()) {
			if strings.Contains(l, "│ ▌") && strings.Contains(l, label) {
				s.Press("enter")
				s.Advance(500 * time.Millisecond)
				return
			}
		}
		s.Press("down")
	}
	t.Fatalf("%q is not in the menu:\n%s", label, s.Screen())
}

func TestPickFromTheMembersOfTheSchool(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		s.Press("P")
		s.Until("free", 5*time.Second)
		seat := regexp.MustCompile(`▌ seat (\d+) +free`).FindStringSubmatch(s.Screen())
		require.NotEmpty(t, seat, "the first free one is suggested:\n%s", s.Screen())
		require.True(t, s.Has("no: taken by"), s.Screen())
		s.Advance(500 * time.Millisecond)
		s.Press("enter")
		require.True(t, s.Has("on seat "+seat[1]+" in"), s.Screen())
		s.Press("y")
		require.Zero(t, writes(s, "pick_user_on_seat"), "the dialog is deaf at first")
		s.Advance(500 * time.Millisecond)
		s.Press("y")
		s.Until("RequestId", 5*time.Second)
		assert.Equal(t, 1, writes(s, "pick_user_on_seat"))
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.Equal(t, id, lines[0]["user"])
		assert.Equal(t, "done", lines[1]["outcome"])
		toSeats(t, s)
		assert.True(t, s.Has(seat[1]+" taken"), s.Screen())
	})
}

// pickFromMap puts the first member who can be on the first free seat, up to
// the key that says yes.
func pickFromMap(t *testing.T, s *uitest.School) (seat string) {
	t.Helper()
	toAStudent(t, s)
	toSeats(t, s)
	seat = toFree(t, s)
	s.Press("P")
	require.True(t, s.Has("Who is put on seat "+seat), s.Screen())
	s.Advance(500 * time.Millisecond)
	s.Press("s", "t", "u", "d", "e", "n", "t", "enter")
	s.Advance(500 * time.Millisecond)
	require.True(t, s.Has("on seat "+seat+" in"), s.Screen())
	s.Press("y")
	return seat
}

func TestPickFromTheMapOfTheSchool(t *testing.T) {
	live(t, func(s *uitest.School) {
		seat := pickFromMap(t, s)
		s.Until("RequestId", 5*time.Second)
		s.Until(seat+" taken", 5*time.Second)
		assert.Equal(t, 1, writes(s, "pick_user_on_seat"))
		menu(t, s, "Take the member off")
		s.Press("y")
		s.Until("Took", 5*time.Second)
		s.Until(seat+" free", 5*time.Second)
	})
}

func TestRefusedByTheRoomEngine(t *testing.T) {
	live(t, func(s *uitest.School) {
		s.Faults(sim.Fault{Action: "pick_user_on_seat", Code: "100210"})
		pickFromMap(t, s)
		s.Until("Somebody is on the seat already (100210: A fault that the simulator was asked for).", 5*time.Second)
		assert.True(t, s.Has("Refresh the seats"), s.Screen())
		assert.Equal(t, "refused", s.Audit()[1]["outcome"])
	})
}

func TestLockAndUnlockASeatOfTheSchool(t *testing.T) {
	live(t, func(s *uitest.School) {
		toAStudent(t, s)
		toSeats(t, s)
		seat := toFree(t, s)
		menu(t, s, "Lock the seat")
		require.True(t, s.Has("Lock seat "+seat+" in"), s.Screen())
		s.Press("y")
		s.Until(seat+" LOCKED", 5*time.Second)
		s.Press("P")
		assert.True(t, s.Has("Seat "+seat+" is locked"), s.Screen())
		s.Advance(2 * time.Second) // until the map is newer than the write
		menu(t, s, "Unlock the seat")
		s.Press("y")
		s.Until(seat+" free", 5*time.Second)
		assert.Equal(t, 2, writes(s, "lock_seat"))
	})
}

func TestTheMicrophoneOfWhoSitsIsLocked(t *testing.T) {
	live(t, func(s *uitest.School) {
		toAStudent(t, s)
		toSeats(t, s) // the cursor is on seat 0, the teacher's
		menu(t, s, "Lock the seat")
		s.Press("right", "right")
		require.True(t, s.Has("Lock the audio of seat 0 in"), s.Screen())
		s.Press("y")
		s.Until("no audio", 5*time.Second)
		assert.True(t, s.Has("▌ 0 taken "), "the member stays:\n%s", s.Screen())
	})
}

func TestDeleteADocumentOfTheSchool(t *testing.T) {
	live(t, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("4")
		s.Until("documents ", 5*time.Second)
		s.Advance(2 * time.Second)
		rows := func() string { // as the status line counts them
			return strings.Join(regexp.MustCompile(` \d+/(\d+) *\n`).FindStringSubmatch(s.Screen()), "")
		}
		before := rows()
		require.NotEmpty(t, before, s.Screen())
		menu(t, s, "Delete the document")
		digits := regexp.MustCompile(`Type (\d{4}) and enter`).FindStringSubmatch(s.Screen())
		require.NotEmpty(t, digits, s.Screen())
		s.Press("0", "enter")
		s.Advance(time.Second)
		require.Zero(t, writes(s, "DeleteDocument"))
		s.Press(strings.Split(digits[1], "")...)
		s.Press("enter")
		s.Until("Deleted document", 5*time.Second)
		s.Advance(3 * time.Second)
		assert.NotEqual(t, before, rows(), s.Screen())
		assert.Equal(t, 1, writes(s, "DeleteDocument"))
		assert.NotEmpty(t, s.Audit()[0]["document"])
	})
}

func TestCreateAndBindADocumentOfTheSchool(t *testing.T) {
	live(t, func(s *uitest.School) {
		toAStudent(t, s)
		s.Press("4")
		s.Until("documents ", 5*time.Second)
		s.Advance(2 * time.Second)
		menu(t, s, "Create a document")
		s.Paste("https://files.example.com/n.pdf")
		s.Press("enter", "N", "e", "w", "enter", "enter", "enter", "right", "enter")
		s.Advance(500 * time.Millisecond)
		require.True(t, s.Has("Create public document New of"), s.Screen())
		s.Press("y")
		s.Until("Its id is", 5*time.Second)
		id := regexp.MustCompile(`Its id is (\S+):`).FindStringSubmatch(s.Screen())
		require.NotEmpty(t, id, s.Screen())
		menu(t, s, "Bind a document")
		s.Paste(id[1])
		s.Press("enter")
		s.Advance(500 * time.Millisecond)
		s.Press("y")
		s.Until("Bound document", 5*time.Second)
		s.Until("New ", 5*time.Second)
		menu(t, s, "Unbind the document")
		s.Press("y")
		s.Until("Unbound document", 5*time.Second)
	})
}
