package spec

import "testing"

// BenchmarkLoad parses all facts, as the first use of the package does: keep
// it under 5 ms, for every command pays for it.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		for _, name := range []string{LCIC, CAR, IoT, RoomEngine} {
			read(name)
		}
	}
}
