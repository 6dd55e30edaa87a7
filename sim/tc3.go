package sim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// authorization is the header of TC3-HMAC-SHA256, taken apart.
type authorization struct {
	id, date, service string
	signed            []string
	signature         string
}

// parseAuthorization reads "TC3-HMAC-SHA256 Credential=ID/DATE/SERVICE/tc3_request, SignedHeaders=a;b, Signature=HEX".
func parseAuthorization(header string) (authorization, bool) {
	rest, ok := strings.CutPrefix(header, "TC3-HMAC-SHA256 ")
	if !ok {
		return authorization{}, false
	}
	fields := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	scope := strings.Split(fields["Credential"], "/")
	a := authorization{signed: strings.Split(fields["SignedHeaders"], ";"), signature: fields["Signature"]}
	if len(scope) != 4 || scope[3] != "tc3_request" || a.signature == "" {
		return authorization{}, false
	}
	a.id, a.date, a.service = scope[0], scope[1], scope[2]
	return a, slices.Contains(a.signed, "content-type") && slices.Contains(a.signed, "host")
}

// tc3 verifies a request that is signed with TC3-HMAC-SHA256.
func (s *Server) tc3(r *http.Request, body []byte, now time.Time) (query, *refusal) {
	if r.Method == http.MethodGet && len(r.URL.RawQuery) > maxGet {
		return query{}, tooLarge(maxGet)
	}
	if len(body) > maxPost {
		return query{}, tooLarge(maxPost)
	}
	a, ok := parseAuthorization(r.Header.Get("Authorization"))
	if !ok {
		return query{}, refuse("AuthFailure.InvalidAuthorization", "The `Authorization` header is missing or malformed.")
	}
	if bad := s.known(a.id, r.Header.Get("X-TC-Token")); bad != nil {
		return query{}, bad
	}
	stamp := r.Header.Get("X-TC-Timestamp")
	if bad := fresh(stamp, now); bad != nil {
		return query{}, bad
	}
	if !equal(a.signature, a.expected(r, body, stamp, s.hello.SecretKey)) {
		return query{}, wrongSignature()
	}
	q := query{
		service: a.service, system: systemOf(a.service), action: r.Header.Get("X-TC-Action"),
		version: r.Header.Get("X-TC-Version"), region: r.Header.Get("X-TC-Region"),
	}
	if r.Method == http.MethodGet {
		q.form, q.params = true, unflatten(r.URL.Query())
		return q, nil
	}
	v, err := decodeBody(body)
	if err != nil {
		return query{}, refuse("InvalidParameter", "The body is not a JSON object: %v.", err)
	}
	q.params = v
	return q, nil
}

// expected computes the signature that the request must bear. The date is that
// of the timestamp, so a scope of another day never fits.
func (a authorization) expected(r *http.Request, body []byte, stamp, key string) string {
	seconds, _ := strconv.ParseInt(stamp, 10, 64) // checked before
	date := time.Unix(seconds, 0).UTC().Format("2006-01-02")
	scope := date + "/" + a.service + "/tc3_request"
	toSign := "TC3-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + digest([]byte(a.canonical(r, body)))
	k := mac([]byte("TC3"+key), date)
	k = mac(k, a.service)
	k = mac(k, "tc3_request")
	return hex.EncodeToString(mac(k, toSign))
}

// canonical spells the request as the manual says.
func (a authorization) canonical(r *http.Request, body []byte) string {
	var headers strings.Builder
	for _, name := range a.signed {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		headers.WriteString(name + ":" + strings.ToLower(strings.TrimSpace(value)) + "\n")
	}
	query := ""
	if r.Method == http.MethodGet {
		query, body = r.URL.RawQuery, nil
	}
	if r.Header.Get("X-TC-Content-SHA256") == "UNSIGNED-PAYLOAD" {
		body = []byte("UNSIGNED-PAYLOAD")
	}
	return r.Method + "\n/\n" + query + "\n" + headers.String() + "\n" + strings.Join(a.signed, ";") + "\n" + digest(body)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}
