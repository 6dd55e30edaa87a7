package sim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"classtop/client/spec"
)

// engine answers a call to the room engine.
func (s *Server) engine(r *http.Request, body []byte, now time.Time) reply {
	a, b := s.ids.Uint64(), s.ids.Uint64()
	s.calls++
	id := fmt.Sprintf("Id-%016x%016x-O-Seq-%d", a, b, s.calls)
	action := command(r.URL.Path)
	name := "unknown"
	if action != nil {
		name = action.Name
	}
	fault := s.faults.pick(name, s.ids)
	seen := now.Add(fault.offset())
	act := s.meter.arrive(name, s.now())
	out := reply{status: http.StatusOK, kind: "application/json", delay: fault.delay(), date: seen}
	if fault.HTTP != 0 {
		return fault.gateway(out)
	}
	if fault.Drop == DropBefore {
		out.drop = true
		return out
	}
	content, bad := s.command(r, body, action, seen, act, fault)
	envelope := obj{"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "RequestId": id}
	if bad != nil {
		code, _ := strconv.Atoi(bad.code) // all codes of this API are numbers
		envelope["ActionStatus"], envelope["ErrorCode"], envelope["ErrorInfo"] = "FAIL", code, bad.message
	} else if content != nil {
		envelope["Response"] = content
	}
	out.body = encode(envelope)
	out.drop = fault.Drop == DropAfter
	return out
}

// command finds the action of a path.
func command(path string) *spec.Action {
	sys := spec.Get(spec.RoomEngine)
	for i := range sys.Actions {
		if sys.Actions[i].Path == path {
			return &sys.Actions[i]
		}
	}
	return nil
}

// command checks a call in the order of the real service and carries it out.
func (s *Server) command(r *http.Request, body []byte, action *spec.Action, now time.Time, act *activity, fault Fault) (obj, *refusal) {
	if r.Method != http.MethodPost {
		return nil, refuse("60002", "only POST is supported")
	}
	if action == nil {
		return nil, refuse("60009", "no such resource: %s", strings.TrimPrefix(r.URL.Path, "/v4/"))
	}
	if bad := s.admit(r.URL.Query(), now); bad != nil {
		return nil, bad
	}
	if _, _, ok := act.admit(s.now(), fault.rate(action.Rate), fault.Stranger); !ok {
		act.refused++
		return nil, refuse("60007", "the call limit is reached, slow down")
	}
	if fault.Code != "" {
		return nil, refuse(fault.Code, "%s", fault.message())
	}
	given, err := decodeBody(body)
	if err != nil || len(body) == 0 {
		return nil, refuse("60003", "the body is not a JSON object")
	}
	if v := spec.Check(action, given); v != nil {
		return nil, refuse(v.WireCode(), "%s %s", v.Param, v.Rule)
	}
	content, bad := handlers[action.Name](s.world, given)
	if action.Write() {
		s.note(action.Name, given, bad)
	}
	return content, bad
}
