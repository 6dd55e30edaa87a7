package sim

import (
	"crypto/hmac"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"classtop/client/spec"
)

// skew is how far a client's clock may be off, in seconds.
const skew = 300

// query is a request that has shown who sends it.
type query struct {
	system  string // facts of which system; empty if the scope names none
	service string
	action  string
	version string
	region  string
	params  map[string]any
	form    bool // values came as text
}

// peekAction names the action of a request before anything is verified, for
// the counters and the faults.
func peekAction(r *http.Request, body []byte) string {
	name := r.Header.Get("X-TC-Action")
	if name == "" {
		name = r.URL.Query().Get("Action")
	}
	if name == "" && isForm(r) {
		form, _ := url.ParseQuery(string(body)) // what can be read of it is enough
		name = form.Get("Action")
	}
	if spec.Find(name) == nil {
		return "unknown"
	}
	return name
}

func isForm(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded")
}

// authenticate verifies the signature, whichever way the request is signed.
func (s *Server) authenticate(r *http.Request, body []byte, now time.Time) (query, *refusal) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return query{}, refuse("UnsupportedProtocol", "Only GET and POST over HTTP(S) are supported.")
	}
	if r.Header.Get("Authorization") != "" || r.Header.Get("X-TC-Action") != "" {
		return s.tc3(r, body, now)
	}
	return s.v1(r, body, now)
}

func tooLarge(limit int) *refusal {
	return refuse("RequestSizeLimitExceeded", "The request is larger than %d bytes.", limit)
}

// fresh checks the timestamp of a request.
func fresh(stamp string, now time.Time) *refusal {
	at, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return refuse("InvalidParameterValue", "The timestamp is not a number of seconds.")
	}
	if off := at - now.Unix(); off > skew || off < -skew {
		return refuse("AuthFailure.SignatureExpire", "The provided credentials have expired because of a deviation between `Timestamp` and the server time %d.", now.Unix())
	}
	return nil
}

func (s *Server) known(id, token string) *refusal {
	if id != s.hello.SecretID {
		return refuse("AuthFailure.SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct.")
	}
	if s.token != "" && token != s.token {
		return refuse("AuthFailure.TokenFailure", "The provided token is not valid.")
	}
	return nil
}

func wrongSignature() *refusal {
	return refuse("AuthFailure.SignatureFailure", "The provided credentials could not be validated. Please check your signature is correct.")
}

func equal(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// find looks the action up.
func (q *query) find(e Edition) (*spec.Action, *refusal) {
	if q.action == "" {
		return nil, refuse("MissingParameter", "The request is missing a required parameter `Action`.")
	}
	sys := spec.Get(q.system)
	if sys == nil || sys.Service == "" {
		return nil, refuse("NoSuchProduct", "There is no product `%s`.", q.service)
	}
	if q.version != sys.Version {
		return nil, refuse("NoSuchVersion", "There is no version `%s` of `%s`.", q.version, sys.Service)
	}
	a := sys.Action(q.action)
	if a == nil || a.Newer() && e == Manual {
		return nil, refuse("InvalidAction", "The action `%s` is invalid or not found.", q.action)
	}
	if sys.RegionRequired && q.region == "" {
		return nil, refuse("MissingParameter", "The request is missing a required parameter `Region`.")
	}
	if len(sys.Regions) > 0 && q.region != "" && !contains(sys.Regions, q.region) {
		return nil, refuse("UnsupportedRegion", "The region `%s` does not support this operation.", q.region)
	}
	return a, nil
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// systemOf names the system whose service this is.
func systemOf(service string) string {
	for _, sys := range spec.Systems() {
		if sys.Service != "" && sys.Service == service {
			return sys.Name
		}
	}
	return ""
}
