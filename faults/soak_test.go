package faults

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
	"classtop/sim"
	"classtop/ui/uitest"
)

// soakHours is how long the soak lasts in simulated time: one hour, or as
// CLASSTOP_SOAK_HOURS says (make soak: eight). An hour costs four seconds.
func soakHours(t *testing.T) int {
	text := cmp.Or(os.Getenv("CLASSTOP_SOAK_HOURS"), "1")
	hours, err := strconv.Atoi(text)
	require.NoError(t, err)
	return max(1, hours)
}

// TestSoak watches a small school for simulated hours in which every
// minute something else fails, and looks into it by keys. Goroutines and
// memory must not grow and no action may pass its limit.
func TestSoak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hours, s := soakHours(t), school(t, 2)
		dice := rand.New(rand.NewPCG(8, 60))
		soak(s, dice, time.Hour/2) // everything has been there once
		routines, before := runtime.NumGoroutine(), live(s)
		soak(s, dice, time.Duration(hours)*time.Hour-time.Hour/2)
		s.Advance(35 * time.Second)
		assert.True(t, s.Has("● live"), s.Screen())
		grown := int64(live(s)) - int64(before)
		assert.Less(t, grown, int64(4<<20), "memory")
		assert.LessOrEqual(t, runtime.NumGoroutine(), routines+8, "goroutines")
		for action, st := range s.Sim.Stats() {
			if a := spec.Find(action); a != nil {
				assert.LessOrEqual(t, st.Peak, a.Rate/2, "%s: half of the limit is the budget", action)
			}
		}
		fmt.Printf("fault %-26s %d simulated hours: goroutines %d to %d, memory %+.1f MiB, budget never exceeded\n",
			"one a minute", hours, routines, runtime.NumGoroutine(), float64(grown)/(1<<20))
	})
}

// soak plays a fault for half of each minute.
func soak(s *uitest.School, dice *rand.Rand, d time.Duration) {
	keys := []string{"enter", "2", "3", "4", "5", "6", "7", "esc", "esc", "1", "0", "j", "k", "d", "esc"}
	for end := time.Now().Add(d); time.Now().Before(end); {
		r := rows[dice.IntN(len(rows))]
		if r.name == "400 MB body" || r.name == "gzip bomb of 400 MB" { // they cost real time
			continue
		}
		s.Net.Break(r.how)
		s.Press(keys[dice.IntN(len(keys))])
		s.Advance(30 * time.Second)
		s.Net.Mend()
		s.Hub.Resume()
		s.Press(keys[dice.IntN(len(keys))])
		s.Faults(sim.Fault{Action: "*", LatencyMS: dice.IntN(400), Probability: 0.3})
		s.Advance(30 * time.Second)
		s.Faults()
	}
	s.Press("esc", "esc", "esc", "1")
}

// live is the memory that is still in use after collection, without the
// terminal's history.
func live(s *uitest.School) uint64 {
	s.Forget()
	runtime.GC()
	runtime.GC()
	return heap()
}
