package views

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
)

// ruleOf says by which rule a kind of the simulator's problems is found.
var ruleOf = map[string]string{
	sim.ProblemLate: "not started", sim.ProblemNoTeacher: "no teacher", sim.ProblemEmpty: "empty", sim.ProblemDrop: "online fell",
	sim.ProblemOverrun: "overrun", sim.ProblemCameras: "cameras off", sim.ProblemMics: "too many mics",
	sim.ProblemKickedBack: "kicked is back", sim.ProblemDocument: "document failed", sim.ProblemQuestion: "question unanswered",
	sim.ProblemTwoRooms: "in two classes", sim.ProblemExodus: "many left at once",
}

// watchful reads what every class needs, as the program does.
func watchful(c *poll.Config) { c.Rules.Questions, c.Rules.Documents = true, true }

// finding is a rule in a class.
type finding struct {
	room class.RoomID
	rule string
}

// witness is the attention view, and remembers all that it ever listed. The
// program writes in its own goroutine what the test reads.
type witness struct {
	*attention
	mu    sync.Mutex
	found map[finding]bool
}

func (w *witness) Apply(u poll.Update) bool {
	changed := w.attention.Apply(u)
	w.mu.Lock()
	defer w.mu.Unlock()
	for key := range w.rows {
		w.found[finding{key.room, key.rule}] = true
	}
	return changed
}

func (w *witness) all() map[finding]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.found)
}

// TestAttentionNamesTheInjectedProblemsAndNothingElse runs 300 classes for six
// minutes through the real client, poller and screen.
func TestAttentionNamesTheInjectedProblemsAndNothingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("the largest school")
	}
	synctest.Test(t, func(t *testing.T) {
		eye := &witness{found: map[finding]bool{}}
		all := All()
		i := slices.IndexFunc(all, func(d ui.Def) bool { return d.Name == "attention" })
		all[i].New = func(h ui.Host, arg ui.Arg) ui.View {
			eye.attention = newAttention(h, arg).(*attention)
			return eye
		}
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 300}, ui.Deps{
			Keys: keymap.Default(), Views: all, Actions: Actions(), Home: Home, Location: shanghai,
		}, 200, 60, watchful)
		s.Press(":", "attention", "enter")
		start := time.Now()
		shown := ""
		for time.Since(start) < 6*time.Minute {
			s.Advance(5 * time.Second)
			shown += s.Screen()
		}
		found := eye.all()
		want, kinds := map[finding]bool{}, map[string]bool{}
		for _, p := range s.Sim.Problems() {
			if p.From < start.Add(5*time.Minute).Unix() {
				want[finding{class.RoomID(p.Room), ruleOf[p.Kind]}] = true
				kinds[p.Kind] = true
			}
		}
		assert.Len(t, kinds, 12, "one of each kind")
		for f := range want {
			assert.True(t, found[f], "not found: %v", f)
			assert.Contains(t, shown, fmt.Sprint(f.room), "not on the screen: %v", f)
		}
		for f := range found {
			assert.True(t, want[f], "nobody made this: %v", f)
		}
	})
}

// TestMaskLetsNoNameThrough walks a masked school through every view and looks
// for anything real on the screen.
func TestMaskLetsNoNameThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var source poll.Source
		s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: 12, Members: 20}, ui.Deps{
			Keys: keymap.Default(), Views: All(), Actions: Actions(), Home: Home, Location: shanghai, Profile: ui.Profile{Name: "masked"},
		}, 200, 60, func(c *poll.Config) {
			source = c.Source
			c.Source = poll.Mask(source, "key")
			watchful(c)
		})
		var shown strings.Builder
		look := func() {
			s.Advance(3 * time.Second)
			shown.WriteString(s.Screen())
		}
		look()
		for _, view := range []string{"attention", "patrol", "pulse", "schedule", "requests"} {
			s.Press(":", view, "enter")
			look()
			look()
			s.Press("d")
			look()
			s.Press("esc", "esc")
		}
		s.Press("0", "1", "g", "enter")
		for _, tab := range []string{"1", "2", "d", "esc", "3", "4", "5", "6", "7"} {
			s.Press(tab)
			look()
		}
		text := shown.String()
		words := realWords(t, source)
		require.Greater(t, len(words), 100)
		require.Contains(t, text, "user-", "people are on the screen")
		require.Contains(t, text, "place-")
		for _, w := range words {
			assert.NotContains(t, text, w)
		}
	})
}

// realWords are the names, ids, addresses and places of the school.
func realWords(t *testing.T, source poll.Source) []string {
	t.Helper()
	words := map[string]bool{}
	add := func(ts ...class.Text) {
		for _, x := range ts {
			if len(x.String()) > 3 {
				words[x.String()] = true
			}
		}
	}
	rooms, err := source.RoomsAsTheyCome(t.Context(), time.Now().Add(-3*time.Hour), time.Now().Add(3*time.Hour), nil)
	require.NoError(t, err)
	for _, r := range rooms {
		add(r.Name)
		members, err := source.Members(t.Context(), r.ID)
		if err != nil {
			continue // not begun
		}
		for _, m := range members {
			add(m.ID, m.Name, m.IP, m.Place)
		}
		docs, err := source.Documents(t.Context(), r.ID)
		require.NoError(t, err)
		for _, d := range docs {
			add(d.Name, d.Owner)
		}
	}
	var out []string
	for w := range words {
		out = append(out, w)
	}
	return out
}
