package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client"
	"classtop/client/spec"
	"classtop/poll"
	"classtop/ui/uitest"
)

// stranger is what a service says beside its code; nothing of it may act.
const stranger = "no \u001b[2J thanks \u202e\u009b31m"

// no is the body of a refusal in the system's own shape.
func no(system, code string) string {
	var doc any = map[string]any{"Response": map[string]any{
		"Error": map[string]any{"Code": code, "Message": stranger}, "RequestId": "req-" + code,
	}}
	if system == spec.RoomEngine {
		doc = map[string]any{"ActionStatus": "FAIL", "ErrorCode": json.Number(code), "ErrorInfo": stranger, "RequestId": "req-" + code}
	}
	data, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// toEngine breaks only what goes to the room engine.
func toEngine(how breakage) breakage {
	return func(whole http.RoundTripper) http.RoundTripper {
		broken := how(whole)
		return trip(func(r *http.Request) (*http.Response, error) {
			if strings.HasPrefix(r.URL.Path, "/v4/") {
				return broken.RoundTrip(r)
			}
			return whole.RoundTrip(r)
		})
	}
}

// documented lists the codes that a system's documents name.
func documented(system string) []string {
	codes := spec.Codes(system)
	for i := range spec.Get(system).Actions {
		for _, code := range spec.Get(system).Actions[i].Errors {
			codes = append(codes, strings.Replace(code, "InternalServerError", "InternalError", 1))
		}
	}
	slices.Sort(codes)
	return slices.DeleteFunc(slices.Compact(codes), func(code string) bool {
		return code == "0" || strings.HasPrefix(code, "Client.") || system == spec.RoomEngine && !numeric(code)
	})
}

// TestEveryCodeOnScreen refuses with every documented code, one after the
// other, and looks for it in the client, the poller and on the screen.
func TestEveryCodeOnScreen(t *testing.T) {
	for _, system := range []string{spec.LCIC, spec.RoomEngine} {
		t.Run(system, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, codes := begin(t), documented(system)
				require.Greater(t, len(codes), 60)
				room := firstRoom(t, s)
				if system == spec.RoomEngine {
					s.Press("enter", "5")
				}
				peak, worst, longest := watch(), time.Duration(0), ""
				for _, code := range codes {
					took, line := refuses(t, s, system, code)
					worst = max(worst, took)
					if len(line) > len(longest) {
						longest = line
					}
					if system == spec.LCIC && !assert.Contains(t, s.Screen(), room, code) {
						return
					}
				}
				used := peak()
				assert.LessOrEqual(t, used, memory)
				tell(fmt.Sprintf("%d codes of %s", len(codes), system), worst, used, longest, "the slowest and the longest")
			})
		})
	}
}

// refuses plays one code until the screen names it, then mends it.
func refuses(t *testing.T, s *uitest.School, system, code string) (time.Duration, string) {
	fault := answers(http.StatusOK, nil, says(no(system, code)))
	if system == spec.RoomEngine {
		fault = toEngine(fault)
	}
	s.Net.Break(fault)
	start := time.Now()
	s.Press("r")
	words := code
	if system == spec.RoomEngine && ofClass(code) {
		words = "not fresh: " + code // on the map; the rest goes on as if nothing were
	} else if system == spec.RoomEngine {
		words = "get_seat_list: " + code // in the header
	}
	s.Until(words, clearWithin)
	took, line := time.Since(start), strings.TrimSpace(s.Line(words))
	assert.LessOrEqual(t, took, clearWithin, code)
	assert.LessOrEqual(t, len(line), messageBytes, code)
	for _, bad := range []string{"\x1b", "\u009b", "\u202e"} {
		assert.NotContains(t, s.Screen(), bad, code)
	}
	known(t, s, system, code)
	s.Net.Mend()
	s.Hub.Resume()
	s.Press("r")
	s.Advance(time.Second)
	if !assert.True(t, s.Has("● live"), "%s: not back:\n%s", code, s.Screen()) {
		t.FailNow()
	}
	return took, line
}

// known looks at what the poller and the screen make of the code. What the room
// engine says of one class is trouble of that class's seats only.
func known(t *testing.T, s *uitest.School, system, code string) {
	info := spec.Code(system, code).For("get_seat_list")
	require.NotEmpty(t, info.Meaning, code)
	require.NotEmpty(t, info.Hint, code)
	if system == spec.RoomEngine {
		assert.Contains(t, strings.Join(strings.Fields(s.Screen()), " "), code+": "+info.Meaning)
	}
	health := s.Hub.Health()
	if system == spec.RoomEngine && ofClass(code) {
		assert.Nil(t, health.Err, code)
		return
	}
	if assert.NotNil(t, health.Err, code) {
		assert.Equal(t, code, health.Err.Code, "the poller knows it")
		assert.Equal(t, "req-"+code, health.Err.RequestID)
		assert.NotEmpty(t, health.Err.Meaning, code)
		assert.NotEmpty(t, health.Err.Hint, code)
		assert.Equal(t, health.Err.Fatal() && !health.Err.HasCode("UnauthorizedOperation") && system == spec.LCIC, health.State == poll.Stopped, code)
	}
}

// ofClass tells whether a code of the room engine is about one class only.
func ofClass(code string) bool {
	return (&class.Error{System: spec.RoomEngine, Code: code}).OfTarget()
}

// TestEveryCodeOfEveryAction gives every action every code that its page
// documents: a typed error with plain words, never a crash, a read tried three
// times at most and a write once.
func TestEveryCodeOfEveryAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var code string
		tries := 0
		c, err := client.New(client.Config{
			Credentials: client.Credentials{ID: "AKIDtest", Key: class.NewSecret("k")}, UserSigKey: class.NewSecret("k"), SdkAppID: 1400000001, Region: "ap-guangzhou",
			Transport: trip(func(r *http.Request) (*http.Response, error) {
				tries++
				system := spec.LCIC
				if strings.HasPrefix(r.URL.Path, "/v4/") {
					system = spec.RoomEngine
				}
				return answers(http.StatusOK, nil, says(no(system, code)))(nil).RoundTrip(r)
			}),
		})
		require.NoError(t, err)
		n, peak := 0, watch()
		for _, system := range spec.Systems() {
			for i := range system.Actions {
				a := &system.Actions[i]
				for _, code = range a.Errors {
					if len(a.Examples) > 0 && (system.Name != spec.RoomEngine || numeric(code)) {
						tries = 0
						typed(t, c, a, code)
						assert.LessOrEqual(t, tries, map[bool]int{true: 1, false: 3}[a.Write()], "%s %s", a.Name, code)
						n++
					}
				}
			}
		}
		assert.Greater(t, n, 300)
		tell(fmt.Sprintf("%d codes of actions", n), 0, peak(), "", "each a typed error with plain words and RequestId; reads tried 3 times at most, writes once")
	})
}

func numeric(code string) bool { return strings.Trim(code, "0123456789") == "" }

// typed calls the action with the manual's example and looks at the error.
func typed(t *testing.T, c *client.Client, a *spec.Action, code string) {
	d := json.NewDecoder(bytes.NewReader(a.Examples[0].Request))
	d.UseNumber()
	var params map[string]any
	require.NoError(t, d.Decode(&params))
	_, err := c.Writer().Call(t.Context(), a.Name, params)
	var e *class.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, strings.Replace(code, "InternalServerError", "InternalError", 1), e.Code, a.Name)
	assert.Equal(t, "req-"+code, e.RequestID, a.Name)
	assert.NotEmpty(t, e.Meaning, a.Name+" "+code)
	assert.NotContains(t, e.Error(), "\x1b")
}
