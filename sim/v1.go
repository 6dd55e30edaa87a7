package sim

import (
	"crypto/hmac"
	"crypto/sha1" // the protocol asks for it
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"classtop/client/spec"
)

// common are the parameters of a v1 request that belong to no action.
var common = []string{"Action", "Region", "Timestamp", "Nonce", "SecretId", "Signature", "SignatureMethod", "Version", "Token", "Language", "RequestClient"}

// v1 verifies a request that is signed with HmacSHA1 or HmacSHA256.
func (s *Server) v1(r *http.Request, body []byte, now time.Time) (query, *refusal) {
	raw := r.URL.RawQuery
	if r.Method == http.MethodPost {
		if len(body) > maxForm {
			return query{}, tooLarge(maxForm)
		}
		if isForm(r) {
			raw = string(body)
		}
	} else if len(raw) > maxGet {
		return query{}, tooLarge(maxGet)
	}
	form, err := url.ParseQuery(raw)
	if err != nil {
		return query{}, refuse("InvalidParameter", "The parameters are not encoded as a form.")
	}
	for _, name := range []string{"SecretId", "Signature", "Action", "Version", "Timestamp", "Nonce"} {
		if form.Get(name) == "" {
			if name == "SecretId" || name == "Signature" {
				return query{}, refuse("AuthFailure.InvalidAuthorization", "The request is not signed: `%s` is missing.", name)
			}
			return query{}, refuse("MissingParameter", "The request is missing a required parameter `%s`.", name)
		}
	}
	if bad := s.known(form.Get("SecretId"), form.Get("Token")); bad != nil {
		return query{}, bad
	}
	if bad := fresh(form.Get("Timestamp"), now); bad != nil {
		return query{}, bad
	}
	if !equal(form.Get("Signature"), expectedV1(r, form, s.hello.SecretKey)) {
		return query{}, wrongSignature()
	}
	q := query{action: form.Get("Action"), version: form.Get("Version"), region: form.Get("Region"), form: true}
	q.service, q.system = v1Service(r.Host, q.version)
	for _, name := range common {
		form.Del(name)
	}
	q.params = unflatten(form)
	return q, nil
}

// expectedV1 computes the signature of all parameters, raw and sorted.
func expectedV1(r *http.Request, form url.Values, key string) string {
	var names []string
	for name := range form {
		if name != "Signature" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	pairs := make([]string, len(names))
	for i, name := range names {
		pairs[i] = name + "=" + form.Get(name)
	}
	method := func() hash.Hash { return sha1.New() } // the protocol asks for it
	if form.Get("SignatureMethod") == "HmacSHA256" {
		method = sha256.New
	}
	h := hmac.New(method, []byte(key))
	h.Write([]byte(r.Method + r.Host + "/?" + strings.Join(pairs, "&")))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// v1Service finds the service by the host or, on one endpoint for all, by the
// version, which differs between the three.
func v1Service(host, version string) (service, system string) {
	name, _, _ := strings.Cut(host, ".")
	if found := systemOf(name); found != "" {
		return name, found
	}
	for _, sys := range spec.Systems() {
		if sys.Service != "" && sys.Version == version {
			return sys.Service, sys.Name
		}
	}
	// A version that nobody has: let LCIC say so.
	return spec.Get(spec.LCIC).Service, spec.LCIC
}
