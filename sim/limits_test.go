package sim_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/sim"
)

func TestRatesHoldInEverySecond(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	ask := func() result { return x.send(x.request("DescribeDeveloper", []byte("{}"))) }
	for range 20 {
		assert.Empty(t, ask().Code)
		x.pass(10 * time.Millisecond)
	}
	r := ask()
	assert.Equal(t, "RequestLimitExceeded", r.Code)
	assert.Equal(t, "Your current request times equals to `21` in a second, which exceeds the frequency limit `20` for a second. Please reduce the frequency of calls.", r.Message)
	x.pass(799 * time.Millisecond) // the first is 999 ms old
	assert.Equal(t, "RequestLimitExceeded", ask().Code)
	x.pass(time.Millisecond)
	assert.Empty(t, ask().Code, "the first is a second old")
	assert.Equal(t, "RequestLimitExceeded", ask().Code, "the second is not")
	assert.Equal(t, sim.Stats{Requests: 24, Refusals: 3, Peak: 23}, x.s.Stats()["DescribeDeveloper"])
	x.s.SetFaults(sim.Faults{Faults: []sim.Fault{{Action: "DescribeDeveloper", Stranger: 12}}})
	x.pass(2 * time.Second)
	for i := range 9 {
		assert.Equal(t, i == 8, ask().Code == "RequestLimitExceeded", "somebody else takes 12 of 20")
	}
}

func TestFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sim.New(sim.Options{Rooms: 3})
		x := &school{t: t, s: s, hello: s.Credentials(), clock: time.Now()}
		trip := func(ctx context.Context, f sim.Fault) (*http.Response, error) {
			x.clock = time.Now()
			s.SetFaults(sim.Faults{Faults: []sim.Fault{f}})
			return s.RoundTripper().RoundTrip(x.request("RegisterUser", []byte(`{"SdkAppId":3520371}`)).WithContext(ctx))
		}
		began := time.Now()
		resp, err := trip(t.Context(), sim.Fault{Action: "*", LatencyMS: 1500})
		require.NoError(t, err)
		assert.Equal(t, 1500*time.Millisecond, time.Since(began))
		assert.Equal(t, http.StatusOK, resp.StatusCode)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = trip(ctx, sim.Fault{Action: "*", LatencyMS: 1500})
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Len(t, s.Journal(), 2, "late is not undone")
		_, err = trip(t.Context(), sim.Fault{Action: "RegisterUser", Drop: sim.DropBefore})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Len(t, s.Journal(), 2)
		_, err = trip(t.Context(), sim.Fault{Action: "RegisterUser", Drop: sim.DropAfter})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Len(t, s.Journal(), 3)
		resp, err = trip(t.Context(), sim.Fault{Action: "RegisterUser", HTTP: 502})
		require.NoError(t, err)
		assert.Equal(t, http.StatusBadGateway, resp.StatusCode)
		assert.Equal(t, "text/html", resp.Header.Get("Content-Type"))
		resp, err = trip(t.Context(), sim.Fault{Action: "RegisterUser", ClockOffset: 400})
		require.NoError(t, err)
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Contains(t, string(b), "AuthFailure.SignatureExpire")
		assert.Equal(t, x.clock.Add(400*time.Second).UTC().Format(http.TimeFormat), resp.Header.Get("Date"))
	})
}

func TestFaultsHappenAsOftenAsAsked(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	x.s.SetFaults(sim.Faults{Faults: []sim.Fault{{Action: "DescribeDeveloper", Code: "InternalError", Count: 2}}})
	for i := range 4 {
		assert.Equal(t, i < 2, x.do("DescribeDeveloper", map[string]any{}).Code == "InternalError")
	}
	x.s.SetFaults(sim.Faults{Faults: []sim.Fault{{Action: "*", Code: "InternalError", Probability: 0.25}}})
	failed := 0
	for range 200 {
		if x.do("DescribeDeveloper", map[string]any{}).Code != "" {
			failed++
		}
	}
	assert.InDelta(t, 50, failed, 25)
}

func TestPagesOfTheSimulator(t *testing.T) {
	s := sim.New(sim.Options{Rooms: 45})
	server := httptest.NewServer(s)
	defer server.Close()
	get := func(method, path, body string) (int, string) {
		r, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
		require.NoError(t, err)
		resp, err := server.Client().Do(r)
		require.NoError(t, err)
		defer func() { require.NoError(t, resp.Body.Close()) }()
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return resp.StatusCode, string(b)
	}
	status, body := get("GET", "/_sim/problems", "")
	assert.Equal(t, 200, status)
	assert.Contains(t, body, `"kind":"exodus"`)
	status, body = get("PUT", "/_sim/faults", `{"faults":[{"action":"GetRooms","code":"InternalError"}]}`)
	assert.Equal(t, 200, status, body)
	_, body = get("GET", "/_sim/faults", "")
	assert.Contains(t, body, "InternalError")
	for _, wrong := range []string{`{`, `{"faults":[{"action":"Nothing"}]}`, `{"faults":[{"action":"*","drop":"later"}]}`, `{"fault":[]}`, `{"faults":[{"action":"*","probability":2}]}`, `{"faults":[{"action":"*","http":7}]}`} {
		status, body = get("PUT", "/_sim/faults", wrong)
		assert.Equal(t, 400, status, wrong)
		assert.Contains(t, body, "faults")
	}
	_, body = get("GET", "/_sim/journal", "")
	assert.Equal(t, "[]\n", body)
	_, body = get("POST", "/", `{}`)
	assert.Contains(t, body, "AuthFailure.InvalidAuthorization")
	status, body = get("GET", "/_sim/stats", "")
	assert.Equal(t, 200, status)
	assert.Contains(t, body, `"unknown":{"requests":1`)
	status, _ = get("GET", "/elsewhere", "")
	assert.Equal(t, 404, status)
}

func TestTheSameSeedIsTheSameSchool(t *testing.T) {
	one, two, other := open(t, sim.Options{Seed: 5}), open(t, sim.Options{Seed: 5}), open(t, sim.Options{Seed: 6})
	for range 20 { // somebody looks at one of them all the time
		one.pass(30 * time.Second)
		for _, room := range one.rooms(1)[:5] {
			one.members(room["RoomId"])
		}
	}
	two.clock = one.clock
	other.clock = one.clock
	a, b, c := one.rooms(), two.rooms(), other.rooms()
	assert.Equal(t, a, b)
	assert.NotEqual(t, a, c)
	for _, room := range one.rooms(1)[:5] {
		two.clock = one.clock
		assert.Equal(t, one.members(room["RoomId"]), two.members(room["RoomId"]))
	}
}

func TestTimePassesAtTheSpeedAsked(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3, Speed: 60, Start: monday.Add(time.Hour)})
	assert.Equal(t, monday.Add(time.Hour), x.s.Time())
	x.pass(time.Minute)
	assert.Equal(t, monday.Add(2*time.Hour), x.s.Time())
}

func BenchmarkOpenSchool(b *testing.B) {
	for _, rooms := range []int{40, 1000, 5000} {
		b.Run(fmt.Sprint(rooms), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sim.New(sim.Options{Rooms: rooms, Members: 50})
			}
		})
	}
}

// BenchmarkPoll reads the members of every class of a school of 1,000 once.
func BenchmarkPoll(b *testing.B) {
	x := &school{t: &testing.T{}, clock: monday}
	x.s = sim.New(sim.Options{Rooms: 1000, Members: 50, Now: func() time.Time { return x.clock }})
	x.hello = x.s.Credentials()
	rooms := x.rooms(1)
	b.ReportAllocs()
	for b.Loop() {
		for _, room := range rooms {
			x.members(room["RoomId"])
		}
	}
}
