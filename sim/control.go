package sim

import (
	"net/http"
	"slices"
	"time"
)

// Entry is one write that reached the world.
type Entry struct {
	Time    time.Time `json:"time"` // in the world
	Action  string    `json:"action"`
	Room    string    `json:"room,omitempty"`
	User    string    `json:"user,omitempty"`
	Outcome string    `json:"outcome"` // "ok" or the error's code
}

// Journal returns what writes did, in order.
func (s *Server) Journal() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.journal)
}

// note keeps a write.
func (s *Server) note(action string, p params, bad *refusal) {
	e := Entry{Time: s.time(), Action: action, Room: p.str("RoomId"), User: p.str("UserId"), Outcome: "ok"}
	if e.Room == "" {
		e.Room = p.object("RoomInfo").str("RoomId")
	}
	if e.User == "" {
		e.User = p.str("Member_Account")
	}
	if bad != nil {
		e.Outcome = bad.code
	}
	s.journal = append(s.journal, e)
}

// control serves the simulator's own pages.
func (s *Server) control(r *http.Request, body []byte) reply {
	switch r.Method + " " + r.URL.Path {
	case "GET /_sim/stats":
		return document(s.meter.stats())
	case "GET /_sim/journal":
		return document(append([]Entry{}, s.journal...))
	case "GET /_sim/problems":
		return document(s.world.problemList())
	case "GET /_sim/faults":
		return document(Faults{append([]Fault{}, s.faults.faults...)})
	case "PUT /_sim/faults":
		f, err := ParseFaults(body)
		if err != nil {
			return page(http.StatusBadRequest, err.Error()+"\n")
		}
		s.faults.set(*f)
		return document(f)
	}
	return page(http.StatusNotFound, "the simulator knows GET /_sim/stats, /_sim/journal, /_sim/problems and GET or PUT /_sim/faults\n")
}

func document(v any) reply {
	return reply{status: http.StatusOK, kind: "application/json", body: append(encode(v), '\n')}
}
