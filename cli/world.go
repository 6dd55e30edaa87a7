package cli

import (
	"os"

	"classtop/sim"

	"github.com/spf13/cobra"
)

// school is the simulated world that --demo and sim take.
type school struct {
	rooms, members int
	seed           uint64
	speed          float64
	faults         string
	edition        string
}

// worldFlags are the flags that make no sense for a real school.
var worldFlags = []string{"rooms", "members", "seed", "speed", "faults", "edition"}

func (s *school) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.IntVar(&s.rooms, "rooms", 40, "classes of the simulated school")
	f.IntVar(&s.members, "members", 30, "members of a simulated class, about")
	f.Uint64Var(&s.seed, "seed", 1, "number that the simulated school grows from")
	f.Float64Var(&s.speed, "speed", 1, "times as fast as real time")
	f.StringVar(&s.faults, "faults", "", "file of faults that the simulator plays")
	choiceFlag(cmd, &s.edition, "edition", "", "what the simulated account's API has: newer (mute, notices, letting in again), manual", string(sim.Newer), string(sim.Manual))
}

func (s *school) misplaced(cmd *cobra.Command) string {
	for _, name := range worldFlags {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

func (s *school) options() (sim.Options, error) {
	switch {
	case s.rooms < 1 || s.rooms > 10000:
		return sim.Options{}, usage("--rooms: from 1 to 10000, not %d", s.rooms)
	case s.members < 1 || s.members > 2000:
		return sim.Options{}, usage("--members: from 1 to 2000, not %d", s.members)
	case !(s.speed > 0 && s.speed <= 3600):
		return sim.Options{}, usage("--speed: over 0, up to 3600")
	}
	o := sim.Options{Seed: s.seed, Rooms: s.rooms, Members: s.members, Speed: s.speed, Edition: sim.Edition(s.edition)}
	if s.faults == "" {
		return o, nil
	}
	data, err := os.ReadFile(s.faults)
	if err == nil {
		o.Faults, err = sim.ParseFaults(data)
	}
	if err != nil {
		return o, usage("--faults: %s: %v", s.faults, err)
	}
	return o, nil
}
