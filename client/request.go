package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"

	"classtop/class"
	"classtop/client/spec"
)

// SignMethod says how a request is signed and sent.
type SignMethod string

// The ways to sign. TC3 is the default, also as the empty SignMethod. The room
// engine has a UserSig instead and knows only the default.
const (
	TC3         SignMethod = "tc3"           // TC3-HMAC-SHA256, POST with JSON
	TC3Get      SignMethod = "tc3-get"       // the same as GET; reads only
	V1SHA1      SignMethod = "v1-sha1"       // HmacSHA1, POST with a form
	V1SHA256    SignMethod = "v1-sha256"     // HmacSHA256, POST with a form
	V1SHA1Get   SignMethod = "v1-sha1-get"   // HmacSHA1, GET; reads only
	V1SHA256Get SignMethod = "v1-sha256-get" // HmacSHA256, GET; reads only
)

// SignMethods are all ways to sign, the default first.
var SignMethods = []SignMethod{TC3, V1SHA1, V1SHA256, TC3Get, V1SHA1Get, V1SHA256Get}

func (m SignMethod) sha256() bool { return m == V1SHA256 || m == V1SHA256Get }

func (m SignMethod) get() bool { return m == TC3Get || m == V1SHA1Get || m == V1SHA256Get }

func (m SignMethod) tc3() bool { return m == "" || m == TC3 || m == TC3Get }

// The content types are signed, so they are set by hand.
const (
	typeJSON = "application/json"
	typeForm = "application/x-www-form-urlencoded"
)

// request is one call before it is signed. Body is the JSON form; params are
// there only for the other forms.
type request struct {
	action  *spec.Action
	system  *spec.System
	sign    SignMethod
	body    []byte
	params  map[string]any
	on      string // what it acts on, for errors
	writer  bool   // comes from a Writer
	needApp bool   // useless without an SdkAppID
}

// newRequest prepares a call of one of the facts' actions. Both are constants
// of this package or were found in the facts, so there is nothing to fail.
func newRequest(action *spec.Action, body any, on string) (*request, error) {
	raw, err := encodeJSON(body)
	if err != nil {
		return nil, &class.Error{System: action.System, Action: action.Name, On: on, Code: class.CodeParameter, Message: "a value cannot be sent as JSON"}
	}
	return &request{action: action, system: spec.Get(action.System), body: raw, on: on}, nil
}

// signed is a request ready to be sent, with what was signed.
type signed struct {
	method    string
	at        endpoint
	path      string
	query     string
	header    http.Header
	body      []byte
	tc3       tc3Request // what TC3 signed
	toSign    string     // what v1 signed
	signature string     // the result of either
}

// build signs a request for this moment.
func (c *Client) build(r *request) *signed {
	s := &signed{method: http.MethodPost, at: c.host(r.system), path: "/", header: make(http.Header, 12)}
	if r.sign.get() {
		s.method = http.MethodGet
	}
	switch {
	case r.system.Name == spec.RoomEngine:
		c.buildEngine(s, r)
	case r.sign.tc3():
		c.buildTC3(s, r)
	default:
		c.buildV1(s, r)
	}
	return s
}

func (c *Client) buildEngine(s *signed, r *request) {
	s.path = r.action.Path
	s.body = r.body
	s.header["Content-Type"] = []string{typeJSON}
	s.query = "sdkappid=" + strconv.FormatUint(c.cfg.SdkAppID, 10) +
		"&identifier=" + url.QueryEscape(c.cfg.Admin) +
		"&usersig=" + c.sigs.get(&c.cfg, c.now()) +
		"&random=" + strconv.FormatUint(uint64(rand.Uint32()), 10) +
		"&contenttype=json"
}

func (c *Client) buildTC3(s *signed, r *request) {
	contentType := typeJSON
	if s.method == http.MethodGet {
		contentType = typeForm
		s.query = encodeForm(flatten(r.params))
	} else {
		s.body = r.body
	}
	unix := c.now().Unix()
	s.tc3 = tc3Request{
		method: s.method, host: s.at.host, query: s.query, contentType: contentType,
		service: r.system.Service, body: s.body, unix: unix,
	}
	s.header["Content-Type"] = []string{contentType}
	authorization := c.tc3.authorization(&s.tc3)
	s.signature = authorization[len(authorization)-2*sha256.Size:]
	s.header["Authorization"] = []string{authorization}
	s.header["X-Tc-Action"] = []string{r.action.Name}
	s.header["X-Tc-Version"] = []string{r.system.Version}
	s.header["X-Tc-Timestamp"] = []string{strconv.FormatInt(unix, 10)}
	setIf(s.header, "X-Tc-Region", c.cfg.Region)
	setIf(s.header, "X-Tc-Token", c.cfg.Credentials.Token.Reveal())
	setIf(s.header, "X-Tc-Language", c.cfg.Language)
}

func (c *Client) buildV1(s *signed, r *request) {
	params := flatten(r.params)
	params["Action"] = r.action.Name
	params["Version"] = r.system.Version
	params["Timestamp"] = strconv.FormatInt(c.now().Unix(), 10)
	params["Nonce"] = strconv.FormatUint(uint64(rand.Uint32()), 10)
	params["SecretId"] = c.cfg.Credentials.ID
	params["SignatureMethod"] = "HmacSHA1"
	if r.sign.sha256() {
		params["SignatureMethod"] = "HmacSHA256"
	}
	for name, value := range map[string]string{
		"Region": c.cfg.Region, "Token": c.cfg.Credentials.Token.Reveal(), "Language": c.cfg.Language,
	} {
		if value != "" {
			params[name] = value
		}
	}
	s.toSign = v1Text(s.method, s.at.host, params)
	s.signature = v1Signature(c.cfg.Credentials.Key.Reveal(), s.toSign, r.sign)
	params["Signature"] = s.signature
	s.header["Content-Type"] = []string{typeForm}
	if s.method == http.MethodGet {
		s.query = encodeForm(params)
	} else {
		s.body = []byte(encodeForm(params))
	}
}

// http makes the HTTP request. A body can be rewound only so that net/http may
// take another connection when the first one was closed before a byte went out.
func (s *signed) http(ctx context.Context) *http.Request {
	req := &http.Request{
		Method: s.method,
		URL:    &url.URL{Scheme: s.at.scheme, Host: s.at.host, Path: s.path, RawQuery: s.query},
		Host:   s.at.host, Header: s.header, ContentLength: int64(len(s.body)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if s.method == http.MethodPost {
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(s.body)), nil }
		req.Body, _ = req.GetBody()
	}
	return req.WithContext(ctx)
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h[name] = []string{value}
	}
}

// encodeForm encodes parameters as the official SDK does: sorted, blank as +.
func encodeForm(params map[string]string) string {
	values := make(url.Values, len(params))
	for name, value := range params {
		values[name] = []string{value}
	}
	return values.Encode()
}

// encodeJSON makes the body: printable, with characters that could harm a
// terminal as \u escapes, which mean the same.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return printable(bytes.TrimSpace(b.Bytes())), nil
}
