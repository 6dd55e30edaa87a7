package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"classtop/client/spec"
)

// When a connection breaks.
const (
	DropBefore = "before" // the request is not carried out
	DropAfter  = "after"  // it is, but the answer never arrives
)

// Faults are what goes wrong. The first that fits a request happens.
type Faults struct {
	Faults []Fault `json:"faults"`
}

// Fault is one thing that goes wrong with calls of an action.
type Fault struct {
	Action      string  `json:"action"`      // name, or "*" for every action
	LatencyMS   int     `json:"latency_ms"`  // the answer comes so much later
	Code        string  `json:"code"`        // this error instead of the answer
	Message     string  `json:"message"`     // its text
	Drop        string  `json:"drop"`        // DropBefore or DropAfter
	HTTP        int     `json:"http"`        // a gateway answers with this status and a page of HTML
	Rate        int     `json:"rate"`        // so many calls a second instead of the documented number
	Stranger    int     `json:"stranger"`    // somebody else makes so many calls a second
	ClockOffset int     `json:"clock_s"`     // the server's clock is so many seconds ahead
	Probability float64 `json:"probability"` // from 0 to 1; 0 is always
	Every       int     `json:"every"`       // only each so manyth call of the action; 0 is each one
	Count       int     `json:"count"`       // how many times; 0 is without end
}

// ParseFaults reads faults from JSON: {"faults": [{"action": "GetRooms", "latency_ms": 500}]}.
// The error names what is wrong and what is allowed.
func ParseFaults(data []byte) (*Faults, error) {
	var f Faults
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf(`faults: %w; expected {"faults": [{"action": "GetRooms", "latency_ms": 500}]}`, err)
	}
	for i, one := range f.Faults {
		if err := one.check(); err != nil {
			return nil, fmt.Errorf("faults[%d]: %w", i, err)
		}
	}
	return &f, nil
}

func (f Fault) check() error {
	switch {
	case f.Action != "*" && spec.Find(f.Action) == nil:
		return fmt.Errorf("action: %q is neither an action nor *", f.Action)
	case f.Drop != "" && f.Drop != DropBefore && f.Drop != DropAfter:
		return fmt.Errorf("drop: %q is neither %q nor %q", f.Drop, DropBefore, DropAfter)
	case f.HTTP != 0 && (f.HTTP < 200 || f.HTTP > 599):
		return fmt.Errorf("http: %d is no status from 200 to 599", f.HTTP)
	case f.Probability < 0 || f.Probability > 1:
		return fmt.Errorf("probability: %g is not from 0 to 1", f.Probability)
	case f.LatencyMS < 0 || f.Rate < 0 || f.Stranger < 0 || f.Count < 0 || f.Every < 0:
		return fmt.Errorf("latency_ms, rate, stranger, every and count cannot be negative")
	}
	return nil
}

func (f Fault) offset() time.Duration { return time.Duration(f.ClockOffset) * time.Second }
func (f Fault) delay() time.Duration  { return time.Duration(f.LatencyMS) * time.Millisecond }

func (f Fault) rate(documented int) int {
	if f.Rate > 0 {
		return f.Rate
	}
	return documented
}

func (f Fault) message() string {
	if f.Message != "" {
		return f.Message
	}
	return "A fault that the simulator was asked for."
}

// gateway is what a proxy answers in place of the service.
func (f Fault) gateway(r reply) reply {
	r.status, r.kind = f.HTTP, "text/html"
	title := fmt.Sprintf("%d %s", f.HTTP, http.StatusText(f.HTTP))
	r.body = fmt.Appendf(nil, "<html><head><title>%s</title></head><body><center><h1>%s</h1></center></body></html>\n", title, title)
	return r
}

// faultList counts how often each fault has happened.
type faultList struct {
	faults []Fault
	done   []int
	seen   []int // calls that each fault was asked about
}

func (l *faultList) set(f Faults) {
	l.faults, l.done, l.seen = f.Faults, make([]int, len(f.Faults)), make([]int, len(f.Faults))
}

// pick returns the first fault that fits, or none.
func (l *faultList) pick(action string, dice *rand.Rand) Fault {
	for i, f := range l.faults {
		if f.Action != "*" && f.Action != action {
			continue
		}
		if l.seen[i]++; f.Every > 0 && l.seen[i]%f.Every != 0 {
			continue
		}
		if f.Count > 0 && l.done[i] >= f.Count {
			continue
		}
		if f.Probability > 0 && dice.Float64() >= f.Probability {
			continue
		}
		l.done[i]++
		return f
	}
	return Fault{}
}

// SetFaults replaces the faults.
func (s *Server) SetFaults(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.set(f)
}
