package sim_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"classtop/client/spec"
	"classtop/sim"
)

// school is a simulated school with a hand on its clock.
type school struct {
	t     *testing.T
	s     *sim.Server
	hello sim.Hello
	clock time.Time
}

var monday = time.Date(2026, 3, 2, 9, 0, 7, 0, time.UTC)

func open(t *testing.T, o sim.Options) *school {
	t.Helper()
	x := &school{t: t, clock: monday}
	o.Now = func() time.Time { return x.clock }
	x.s = sim.New(o)
	x.hello = x.s.Credentials()
	return x
}

func (x *school) pass(d time.Duration) { x.clock = x.clock.Add(d) }

// result is an answer of the cloud.
type result struct {
	Code, Message string
	Fields        map[string]any
}

func (r result) list(name string) []map[string]any {
	var out []map[string]any
	items, _ := r.Fields[name].([]any)
	for _, item := range items {
		out = append(out, item.(map[string]any))
	}
	return out
}

func num(v any) int64 {
	n, _ := v.(json.Number).Int64()
	return n
}

func hmac256(key []byte, s string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(s))
	return h.Sum(nil)
}

func hexsum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// request makes a signed request (TC3).
func (x *school) request(action string, body []byte) *http.Request {
	a := spec.Find(action)
	require.NotNil(x.t, a, action)
	sys := spec.Get(a.System)
	r, err := http.NewRequest(http.MethodPost, "https://"+sys.Host+"/", bytes.NewReader(body))
	require.NoError(x.t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-TC-Action", action)
	r.Header.Set("X-TC-Version", sys.Version)
	r.Header.Set("X-TC-Timestamp", fmt.Sprint(x.clock.Unix()))
	if sys.RegionRequired {
		r.Header.Set("X-TC-Region", sys.Regions[1])
	}
	x.sign(r, body, sys.Service, x.clock, x.hello.SecretID, x.hello.SecretKey)
	return r
}

func (x *school) sign(r *http.Request, body []byte, service string, at time.Time, id, key string) {
	date := at.UTC().Format("2006-01-02")
	scope := date + "/" + service + "/tc3_request"
	query := r.URL.RawQuery
	canonical := r.Method + "\n/\n" + query + "\ncontent-type:" + r.Header.Get("Content-Type") + "\nhost:" + r.URL.Host + "\n\ncontent-type;host\n" + hexsum(body)
	toSign := "TC3-HMAC-SHA256\n" + fmt.Sprint(at.Unix()) + "\n" + scope + "\n" + hexsum([]byte(canonical))
	k := hmac256(hmac256(hmac256([]byte("TC3"+key), date), service), "tc3_request")
	r.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+id+"/"+scope+", SignedHeaders=content-type;host, Signature="+hex.EncodeToString(hmac256(k, toSign)))
}

// send sends a request to LCIC, CAR or IoT Explorer.
func (x *school) send(r *http.Request) result {
	x.t.Helper()
	resp, err := x.s.RoundTripper().RoundTrip(r)
	require.NoError(x.t, err)
	defer func() { require.NoError(x.t, resp.Body.Close()) }()
	require.Equal(x.t, http.StatusOK, resp.StatusCode)
	require.NotEmpty(x.t, resp.Header.Get("Date"))
	b, err := io.ReadAll(resp.Body)
	require.NoError(x.t, err)
	var envelope struct{ Response map[string]any }
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	require.NoError(x.t, d.Decode(&envelope), "%s", b)
	require.NotEmpty(x.t, envelope.Response["RequestId"], "%s", b)
	out := result{Fields: envelope.Response}
	if e, ok := envelope.Response["Error"].(map[string]any); ok {
		out.Code, out.Message = e["Code"].(string), e["Message"].(string)
	}
	return out
}

// do calls an action; the clock moves a little, so that rates are kept.
func (x *school) do(action string, p map[string]any) result {
	x.t.Helper()
	x.pass(100 * time.Millisecond)
	if a := spec.Find(action); a.Param("SdkAppId") != nil && p["SdkAppId"] == nil {
		p["SdkAppId"] = x.hello.SdkAppID
	}
	body, err := json.Marshal(p)
	require.NoError(x.t, err)
	return x.send(x.request(action, body))
}

// ok calls an action that must succeed.
func (x *school) ok(action string, p map[string]any) result {
	x.t.Helper()
	r := x.do(action, p)
	require.Empty(x.t, r.Code, "%s: %s", action, r.Message)
	return r
}

// rooms lists classes of a state, or all.
func (x *school) rooms(states ...int) []map[string]any {
	x.t.Helper()
	p := map[string]any{"StartTime": x.clock.Unix() - 40000, "EndTime": x.clock.Unix() + 40000, "Limit": 100}
	if len(states) > 0 {
		p["Status"] = states
	}
	var all []map[string]any
	for page := 1; ; page++ {
		p["Page"] = page
		r := x.ok("GetRooms", p)
		all = append(all, r.list("Rooms")...)
		if int64(len(all)) >= num(r.Fields["Total"]) {
			return all
		}
	}
}

func (x *school) members(room any) []map[string]any {
	x.t.Helper()
	return x.ok("DescribeCurrentMemberList", map[string]any{"RoomId": room, "Page": 1, "Limit": 1000}).list("MemberRecords")
}
