package views

import (
	"regexp"
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

// live plays a story with everything real but network, terminal and time: a
// simulated school behind the signing client, the poller and the runner.
func live(t *testing.T, story func(s *uitest.School)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 12, Members: 20}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai, Profile: ui.Profile{Name: "demo"},
		}, 100, 30)
		s.Until("live", 5*time.Second)
		story(s)
	})
}

// toAStudent goes into the first live class and puts the cursor on a student
// who is online; it returns his id.
func toAStudent(t *testing.T, s *uitest.School) string {
	t.Helper()
	s.Press("1")
	s.Advance(2 * time.Second)
	s.Press("enter")
	s.Until("Presence", 5*time.Second)
	s.Press("/")
	s.Press("role:student", "space", "presence:online", "enter")
	s.Until("student", 5*time.Second)
	s.Press("c")
	found := regexp.MustCompile(`copied user id (\S+)`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, found, s.Screen())
	s.Press("esc")
	return found[1]
}

// openDialog presses K and waits until the dialog listens.
func openDialog(t *testing.T, s *uitest.School, id string) {
	t.Helper()
	s.Press("K")
	require.True(t, s.Has("[10 min]"), s.Screen())
	require.True(t, s.Has("("+id+")"), s.Screen())
	s.Advance(500 * time.Millisecond)
}

func TestKickConfirmed(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Press("y")
		s.Until("RequestId", 5*time.Second)
		s.Advance(3 * time.Second)
		s.Press("/", id, "enter")
		assert.Contains(t, s.Line("kicked "), "student", "the next poll says so")
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.Equal(t, "intent", lines[0]["phase"])
		assert.Equal(t, "outcome", lines[1]["phase"])
		assert.Equal(t, id, lines[1]["user"])
		assert.NotEmpty(t, lines[1]["request_id"])
		assert.Equal(t, 1, writes(s, "KickUserFromRoom"))
	})
}

// writes counts what reached the school.
func writes(s *uitest.School, action string) int {
	n := 0
	for _, e := range s.Sim.Journal() {
		if e.Action == action {
			n++
		}
	}
	return n
}

func TestKickCancelled(t *testing.T) {
	live(t, func(s *uitest.School) {
		openDialog(t, s, toAStudent(t, s))
		s.Press("n")
		assert.True(t, s.Has("not done"), s.Screen())
		s.Advance(2 * time.Second)
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		assert.Empty(t, s.Audit())
	})
}

func TestDoubleEnterAndDoubleYesSendOnce(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		s.Rush("enter", "enter")
		s.Advance(time.Second)
		assert.Zero(t, writes(s, "KickUserFromRoom"))
		s.Press("esc") // the second one described the member
		openDialog(t, s, id)
		s.Rush("y", "y", "y")
		s.Advance(3 * time.Second)
		assert.Equal(t, 1, writes(s, "KickUserFromRoom"))
	})
}

func TestKickRefused(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		s.Faults(sim.Fault{Action: "KickUserFromRoom", Code: "FailedOperation.ClassEnded"})
		openDialog(t, s, id)
		s.Press("y")
		s.Until("failed: ", 5*time.Second)
		assert.True(t, s.Has("FailedOperation.ClassEnded"), s.Screen())
		assert.True(t, s.Has("RequestId"), s.Screen())
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.Equal(t, "refused", lines[1]["outcome"])
	})
}

func TestKickTimedOutAndReadBack(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		s.Faults(sim.Fault{Action: "KickUserFromRoom", Drop: sim.DropAfter})
		openDialog(t, s, id)
		s.Press("y")
		s.Until("done: ", 40*time.Second)
		assert.Equal(t, 1, writes(s, "KickUserFromRoom"), "sent once, whatever happened to the answer")
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.Equal(t, "confirmed", lines[1]["outcome"])
	})
}

func TestKickThatNeverArrivedIsReadBackAsNotDone(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		s.Faults(sim.Fault{Action: "KickUserFromRoom", LatencyMS: 60_000, Drop: sim.DropBefore})
		openDialog(t, s, id)
		s.Press("y")
		s.Until("reading back", 15*time.Second)
		s.Until("failed: ", 40*time.Second)
		lines := s.Audit()
		require.Len(t, lines, 2)
		assert.NotEqual(t, "done", lines[1]["outcome"])
	})
}

func TestEndClassWantsTheDigits(t *testing.T) {
	live(t, func(s *uitest.School) {
		s.Press("1")
		s.Advance(2 * time.Second)
		s.Press("c")
		found := regexp.MustCompile(`copied room id (\d+)(\d{4})`).FindStringSubmatch(s.Screen())
		require.NotEmpty(t, found, s.Screen())
		s.Press("E")
		s.Advance(500 * time.Millisecond)
		s.Press("y", "enter")
		assert.Zero(t, writes(s, "EndRoom"))
		s.Press("0", "0", "x", "0", "enter")
		assert.True(t, s.Has("nothing was sent"), s.Screen())
		s.Press(found[2])
		s.Paste("\r")
		assert.Zero(t, writes(s, "EndRoom"))
		s.Press("enter")
		s.Until("done: ", 10*time.Second)
		assert.Equal(t, 1, writes(s, "EndRoom"))
		s.Advance(4 * time.Second)
		s.Press("3", "/", found[1]+found[2], "enter")
		assert.Contains(t, s.Screen(), "ended")
	})
}

func TestReconnectAfterAnOutage(t *testing.T) {
	live(t, func(s *uitest.School) {
		s.Press("1")
		s.Advance(3 * time.Second)
		assert.NotContains(t, s.Screen(), " !")
		s.Faults(sim.Fault{Action: "*", Drop: sim.DropBefore})
		s.Advance(20 * time.Second)
		assert.Contains(t, s.Screen(), " !", "old data stay and are marked")
		assert.True(t, s.Has("no data"), s.Screen())
		s.Press("j", "k", "d")
		assert.True(t, s.Has("Describe"), "keys work all the same")
		s.Press("esc")
		s.Faults()
		s.Advance(8 * time.Second)
		assert.NotContains(t, s.Screen(), " !", "fresh again")
		assert.True(t, s.Has("● live"), s.Screen())
	})
}

func TestTheSelectedMemberLeaves(t *testing.T) {
	live(t, func(s *uitest.School) {
		id := toAStudent(t, s)
		openDialog(t, s, id)
		before := s.Line("(" + id + ")")
		s.Advance(30 * time.Second) // the world goes on behind the dialog
		assert.Equal(t, before, s.Line("("+id+")"), "the target is frozen")
		s.Press("n")
		s.Advance(2 * time.Second)
		assert.True(t, s.Has("Presence"), s.Screen())
	})
}

func TestFrozenScreenKeepsItsRows(t *testing.T) {
	live(t, func(s *uitest.School) {
		s.Advance(2 * time.Second)
		s.Press("z")
		s.Until("FROZEN", time.Second)
		s.Faults(sim.Fault{Action: "GetRooms", Code: "InternalError"})
		s.Advance(10 * time.Second)
		s.Faults()
		s.Press("z")
		assert.False(t, s.Has("FROZEN"))
	})
}

func TestRoomThatTheServiceDoesNotKnow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		views := All()
		views = append(views, ui.Def{Name: "lost", Help: "a class that is not there",
			New: func(h ui.Host, _ ui.Arg) ui.View { return newRoom(h, ui.Arg{Room: 4242}) }})
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 3, Members: 5}, ui.Deps{
			Keys: keymap.Default(), Views: views, Actions: Actions(), Home: Home, Location: shanghai,
		}, 100, 30)
		s.Press(":", "lost", "enter")
		s.Until("There is no class with the id 4242", 5*time.Second)
		s.Press("esc")
		s.Until("lens", time.Second)
	})
}

// A wrong key stops the polling after one request. r tries again, and when the
// key has been mended the classes come.
func TestWrongKeyStopsUntilAPersonTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wrong := sim.Faults{Faults: []sim.Fault{{Action: "*", Code: "AuthFailure.SecretIdNotFound"}}}
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 4, Members: 5, Faults: &wrong}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai,
		}, 80, 24)
		asked := func() int { return s.Sim.Stats()["GetRooms"].Requests }
		s.Until("STOPPED", 5*time.Second)
		s.Advance(time.Minute)
		assert.Equal(t, 1, asked(), "no storm")
		assert.True(t, s.Has("AuthFailure.SecretIdNotFound: The key id does not exist"), s.Screen())
		assert.True(t, s.Has("r tries again"), s.Screen())
		s.Press("r")
		s.Advance(time.Minute)
		assert.Equal(t, 2, asked(), "once more, and no storm")
		s.Faults()
		s.Press("r")
		s.Until("● live", 5*time.Second)
		s.Until("1/4", 5*time.Second)
	})
}
