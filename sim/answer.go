package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"classtop/client/spec"
)

// obj is a JSON object on its way out.
type obj = map[string]any

// refusal is an error that the service states.
type refusal struct{ code, message string }

func (r *refusal) Error() string { return r.code + ": " + r.message }

func refuse(code, format string, args ...any) *refusal {
	return &refusal{code, fmt.Sprintf(format, args...)}
}

// handler carries an action out in the world. The parameters have passed the
// check against the facts.
type handler func(w *world, p params) (obj, *refusal)

// answer is the whole service: it moves the world on, finds out what is asked
// and answers.
func (s *Server) answer(r *http.Request, body []byte) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.time()
	s.world.advance(now.Unix())
	var out reply
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/_sim/"):
		out = s.control(r, body)
	case strings.HasPrefix(path, "/v4/"):
		out = s.engine(r, body, now)
	case path == "/" || path == "":
		out = s.cloud(r, body, now)
	default:
		out = page(http.StatusNotFound, "no such page: LCIC, CAR and IoT Explorer are at /, the room engine below /v4/\n")
	}
	if out.date.IsZero() {
		out.date = now
	}
	return out
}

// cloud answers a call to LCIC, CAR or IoT Explorer.
func (s *Server) cloud(r *http.Request, body []byte, now time.Time) reply {
	id := s.requestID()
	name := peekAction(r, body)
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
	content, bad := s.call(r, body, seen, act, fault)
	if bad != nil {
		content = obj{"Error": obj{"Code": bad.code, "Message": bad.message}}
		if strings.HasPrefix(bad.code, "RequestLimitExceeded") {
			act.refused++
		}
	}
	content["RequestId"] = id
	out.body = encode(obj{"Response": content})
	out.drop = fault.Drop == DropAfter
	return out
}

// call checks a request in the order of the real service and carries it out.
func (s *Server) call(r *http.Request, body []byte, now time.Time, act *activity, fault Fault) (obj, *refusal) {
	q, bad := s.authenticate(r, body, now)
	if bad != nil {
		return nil, bad
	}
	action, bad := q.find(s.edition)
	if bad != nil {
		return nil, bad
	}
	if count, limit, ok := act.admit(s.now(), fault.rate(action.Rate), fault.Stranger); !ok {
		return nil, refuse("RequestLimitExceeded", "Your current request times equals to `%d` in a second, which exceeds the frequency limit `%d` for a second. Please reduce the frequency of calls.", count, limit)
	}
	if fault.Code != "" {
		return nil, refuse(fault.Code, "%s", fault.message())
	}
	var options []spec.Option
	if q.form {
		options = append(options, spec.NumericText)
	}
	if v := spec.Check(action, q.params, options...); v != nil {
		return nil, refuse(violated(v), "The parameter `%s` %s.", v.Param, v.Rule)
	}
	p := params(q.params)
	if app := p.num("SdkAppId"); p.has("SdkAppId") && uint64(app) != s.hello.SdkAppID {
		return nil, refuse("InvalidParameter.SdkAppId", "SdkAppId %d does not belong to the account.", app)
	}
	content, bad := handlers[action.Name](s.world, p)
	if action.Write() {
		s.note(action.Name, p, bad)
	}
	if content == nil && bad == nil {
		content = obj{}
	}
	return content, bad
}

// violated is the code for a broken rule; some lists that are too long have
// codes of their own.
func violated(v *spec.Violation) string {
	if v.Code == spec.BadValue && strings.HasPrefix(v.Rule, "may hold at most") {
		switch v.Param {
		case "TRTCUserIds":
			return "InvalidParameter.UserIdOverLimit"
		case "MemberIds":
			return "InvalidParameter.GroupMemberOverLimit"
		}
	}
	return v.WireCode()
}

// requestID makes the id of a request; it looks like a UUID.
func (s *Server) requestID() string {
	a, b := s.ids.Uint64(), s.ids.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", a>>32, a>>16&0xffff, a&0xfff, 0x8000|b>>48&0x3fff, b&0xffffffffffff)
}

// encode writes JSON. What the simulator answers consists of plain values, so
// it cannot fail.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("sim: " + err.Error())
	}
	return b
}

// page is an answer for people.
func page(status int, text string) reply {
	return reply{status: status, kind: "text/plain; charset=utf-8", body: []byte(text)}
}
