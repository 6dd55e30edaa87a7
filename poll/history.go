package poll

import (
	"math"
	"time"

	"classtop/class"
)

// kept is how many samples are remembered of a class, and apart the least time
// between two in seconds: ten minutes of a class that is read every second.
const (
	kept  = 120
	apart = 5
)

// Sample is one reading of a class's member list.
type Sample struct {
	At       time.Time // whole seconds
	Online   int
	Mics     int
	Cameras  int
	Hands    int // raised since the start
	Teachers int // online
}

// sample is a Sample in 16 bytes: thousands of classes have 120 each.
type sample struct {
	at                           uint32
	online, mics, cameras, hands uint16
	teachers                     uint8
}

// History is a ring of the latest samples of one class; the zero value has
// none.
type History struct {
	ring [kept]sample
	next uint8
	len  uint8
}

// Add appends a sample; of five seconds only the latest stays.
func (h *History) Add(at time.Time, c class.Counts) {
	s := sample{uint32(at.Unix()), small(c.Online), small(c.Mics), small(c.Cameras), small(c.Hands), uint8(min(c.Teachers, math.MaxUint8))}
	if last := (h.next + kept - 1) % kept; h.len > 0 && h.ring[last].at/apart == s.at/apart {
		h.ring[last] = s
		return
	}
	h.ring[h.next] = s
	h.next = (h.next + 1) % kept
	h.len = min(h.len+1, kept)
}

// back returns the sample n before the latest; n is less than len.
func (h *History) back(n int) sample {
	return h.ring[(int(h.next)+2*kept-1-n)%kept]
}

func small(n int) uint16 { return uint16(min(max(n, 0), math.MaxUint16)) }

// History returns the latest readings of a class's member list, oldest first:
// at most 120, and none of a class that the hub does not know.
func (h *Hub) History(id class.RoomID) []Sample {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[id]
	if r == nil || r.living == nil {
		return nil
	}
	return r.living.history.Samples()
}

// Samples returns the samples, oldest first.
func (h *History) Samples() []Sample {
	n := int(h.len)
	samples := make([]Sample, n)
	for i := range samples {
		s := h.back(n - 1 - i)
		samples[i] = Sample{
			At: time.Unix(int64(s.at), 0), Online: int(s.online), Mics: int(s.mics),
			Cameras: int(s.cameras), Hands: int(s.hands), Teachers: int(s.teachers),
		}
	}
	return samples
}
