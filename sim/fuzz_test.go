package sim

import (
	"math/rand/v2"
	"testing"
)

// FuzzFaults holds fault files against the rules: what is accepted can be
// played, whatever it says.
func FuzzFaults(f *testing.F) {
	for _, s := range []string{
		`{"faults":[{"action":"GetRooms","latency_ms":500}]}`, `{"faults":[{"action":"*","drop":"after","count":2,"every":3}]}`,
		`{"faults":[{"action":"*","code":"InternalError","message":"\u001b[2J","probability":0.5}]}`, `{"faults":[{"action":"*","clock_s":-9e9}]}`, `{}`, `[]`, "",
	} {
		f.Add([]byte(s))
	}
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
