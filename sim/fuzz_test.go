package sim

import (
	"math/rand/v2"
	"testing"
)

// FuzzFaults holds fault files against the rules: what is accepted can be
// played, whatever it says. It begins with the files in testdata.
func FuzzFaults(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		faults, err := ParseFaults(data)
		if err != nil {
			if err.Error() == "" || faults != nil {
				t.Fatalf("%q: %v %v", data, faults, err)
			}
			return
		}
		var list faultList
		list.set(*faults)
		for range 3 {
			one := list.pick("GetRooms", rand.New(rand.NewPCG(1, 2)))
			if one.Probability < 0 || one.delay() < 0 || one.rate(20) < 0 {
				t.Fatalf("%q: %+v", data, one)
			}
		}
	})
}
