package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

// The limits of every fault.
const (
	clearWithin   = 10 * time.Second
	messageBytes  = 200
	memory        = uint64(64 << 20)
	cancelWithin  = 50 * time.Millisecond
	backWithin    = 5 * time.Second  // the probe of an outage (2 s) and one interval of the slower list (3 s)
	patientWithin = 32 * time.Second // a service that answers no is asked ever more rarely
)

// row is one fault.
type row struct {
	name string
	how  breakage
	code string        // what the client calls it
	back time.Duration // how soon data come after it is over
	own  bool          // the service's own words may be repeated
}

var rows = []row{
	{name: "connection refused", how: refused, code: class.CodeNetwork},
	{name: "connection reset", how: reset, code: class.CodeNetwork},
	{name: "black hole", how: blackHole, code: class.CodeTimeout},
	{name: "DNS failure", how: noName, code: class.CodeNetwork},
	{name: "slow drip", how: answers(200, nil, func(ctx context.Context) io.Reader { return drip{ctx} }), code: class.CodeTimeout},
	{name: "cut body", how: cut, code: class.CodeBody},
	{name: "502 with a page", how: answers(502, http.Header{"Content-Type": {"text/html"}}, says("<h1>"+marker+"</h1>")), code: class.CodeHTTPStatus},
	{name: "302 to elsewhere", how: answers(302, http.Header{"Location": {"https://elsewhere.example/" + marker}}, says(marker)), code: class.CodeHTTPStatus},
	{name: "login page with 200", how: answers(200, nil, says("<html>"+marker+"</html>")), code: class.CodeBody},
	{name: "400 MB body", how: answers(200, nil, func(context.Context) io.Reader { return &flood{left: huge} }), code: class.CodeTooLarge},
	{name: "gzip bomb of 400 MB", how: overPipe(handled(bomb)), code: class.CodeTooLarge},
	{name: "certificate of nobody", how: forged, code: class.CodeTLS},
	{name: "connection that is mute", how: overPipe(mute), code: class.CodeTimeout},
	{name: "headers without end", how: overPipe(rambles), code: class.CodeTimeout},
	{name: "body that stalls", how: overPipe(stalls), code: class.CodeTimeout},
	{name: "hung up before a word", how: overPipe(talks("")), code: class.CodeNetwork},
	{name: "hung up in the body", how: overPipe(talks("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")), code: class.CodeBody},
	{name: "not HTTP", how: overPipe(talks("SSH-2.0-" + marker + "\r\n\r\n")), code: class.CodeNetwork},
	{name: "InternalError", how: refusal("InternalError"), code: "InternalError", back: patientWithin, own: true},
	{name: "FailedOperation", how: refusal("FailedOperation"), code: "FailedOperation", back: patientWithin, own: true},
	{name: "InvalidParameter", how: refusal("InvalidParameter"), code: "InvalidParameter", back: patientWithin, own: true},
	{name: "ResourceNotFound", how: refusal("ResourceNotFound.RoomNotExist"), code: "ResourceNotFound.RoomNotExist", back: patientWithin, own: true},
	{name: "RequestLimitExceeded", how: refusal("RequestLimitExceeded"), code: "RequestLimitExceeded", back: patientWithin, own: true},
	{name: "an unknown code", how: refusal("Never.Heard"), code: "Never.Heard", back: patientWithin, own: true},
	{name: "AuthFailure", how: refusal("AuthFailure.SecretIdNotFound"), code: "AuthFailure.SecretIdNotFound", own: true},
	{name: "UnauthorizedOperation", how: refusal("UnauthorizedOperation.CamNoAuth"), code: "UnauthorizedOperation.CamNoAuth", own: true},
}

// measured is what a row prints.
type measured struct {
	message     string
	clear, back time.Duration
	cancel      time.Duration
	peak        uint64
}

func TestFaultMatrix(t *testing.T) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := r.play(t)
				tell(r.name, m.clear, m.peak, m.message, fmt.Sprintf("cancelled in %s, back after %s", m.cancel, m.back))
			})
		})
	}
}

// begin is a dashboard that shows the live classes.
func begin(t *testing.T) *uitest.School { return school(t, 8) }

func school(t *testing.T, rooms int) *uitest.School {
	s := uitest.StartSchool(t, sim.Options{Seed: 7, Rooms: rooms, Members: 10}, ui.Deps{
		Keys: keymap.Default(), Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Location: time.FixedZone("CST", 8*3600), Profile: ui.Profile{Name: "faults"},
	}, 120, 30)
	s.Until("live", 5*time.Second)
	s.Press("1")
	s.Advance(3 * time.Second)
	return s
}

func (r row) play(t *testing.T) (m measured) {
	s := begin(t)
	room := firstRoom(t, s)
	require.NotContains(t, s.Screen(), " !", "fresh before the fault")
	peak := watch()
	s.Net.Break(r.how)
	start := time.Now()
	m.message, m.clear = r.told(t, s, start)
	r.poller(t, s)
	m.cancel = r.cancels(t, s)
	s.Advance(time.Until(start.Add(20 * time.Second)))

	screen := s.Screen()
	assert.Contains(t, screen, room, "old data stay")
	assert.Regexp(t, regexp.MustCompile(`\d+s !`), screen, "and are marked with their age")
	s.Press("d")
	assert.True(t, s.Has("Describe"), "keys answer")
	s.Press("esc")
	r.client(t, s)
	m.peak = peak()

	s.Net.Mend()
	if health := s.Hub.Health(); health.State == poll.Stopped || len(health.Err.Hint) > 0 && health.Err.HasCode("UnauthorizedOperation") {
		s.Hub.Resume() // a person has mended the credentials
	}
	m.back = r.recovers(t, s)
	assert.LessOrEqual(t, m.clear, clearWithin)
	assert.LessOrEqual(t, len(m.message), messageBytes, m.message)
	assert.LessOrEqual(t, m.peak, memory)
	assert.LessOrEqual(t, m.cancel, cancelWithin)
	return m
}

// told waits for the message: the line below the header, with its code.
func (r row) told(t *testing.T, s *uitest.School, start time.Time) (string, time.Duration) {
	s.Until(r.code, clearWithin+time.Second)
	line := strings.TrimSpace(s.Line(r.code))
	assert.NotContains(t, s.Screen(), marker, "no content of a body")
	assert.True(t, s.Has("no data") || s.Has("STOPPED") || s.Has("live, without "), s.Screen())
	return line, time.Since(start)
}

// cancels gives up a request that is under way.
func (r row) cancels(t *testing.T, s *uitest.School) time.Duration {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := s.Client.Members(poll.WithTier(ctx, poll.Focused), 1)
		ended <- err
	}()
	s.Advance(100 * time.Millisecond)
	cancel()
	start := time.Now()
	assert.Error(t, <-ended)
	return time.Since(start)
}

// poller looks at what the hub knows.
func (r row) poller(t *testing.T, s *uitest.School) {
	health := s.Hub.Health()
	if assert.NotNil(t, health.Err) {
		assert.Equal(t, r.code, health.Err.Code)
	}
	assert.Contains(t, []poll.State{poll.Down, poll.Degraded, poll.Stopped}, health.State)
	assert.False(t, health.OK.IsZero(), "and when the last good answer came")
}

// client looks at the error itself.
func (r row) client(t *testing.T, s *uitest.School) {
	_, err := s.Client.Room(t.Context(), 1)
	var e *class.Error
	require.True(t, errors.As(err, &e), "%v", err)
	assert.Equal(t, r.code, e.Code)
	assert.LessOrEqual(t, len(e.Message), messageBytes)
	assert.NotContains(t, fmt.Sprintf("%+v %s", e, e), marker)
	assert.NotContains(t, e.Error(), "\x1b")
	assert.NotEmpty(t, e.Meaning+e.Message, "plain words")
	if r.own {
		assert.Equal(t, "req-"+r.code, e.RequestID)
	}
}

func (r row) recovers(t *testing.T, s *uitest.School) time.Duration {
	limit := r.back
	if limit == 0 {
		limit = backWithin
	}
	start := time.Now()
	for time.Since(start) <= limit {
		if s.Has("● live") && !strings.Contains(s.Screen(), "s !") {
			return time.Since(start)
		}
		s.Advance(100 * time.Millisecond)
	}
	t.Errorf("not back after %v:\n%s", limit, s.Screen())
	return time.Since(start)
}

// tell prints the line of one fault.
func tell(name string, clear time.Duration, peak uint64, words, more string) {
	fmt.Printf("fault %-26s clear after %5.1f s, %3d bytes, peak %4.1f MiB, %s: %s\n", name, clear.Seconds(), len(words), float64(peak)/(1<<20), more, words)
}

// watch begins to measure memory; what it returns tells the most that was in
// use since, beyond what was in use before.
func watch() (peak func() uint64) {
	runtime.GC()
	base := heap()
	highest.Store(base)
	return func() uint64 {
		sample()
		return highest.Load() - min(base, highest.Load())
	}
}

// highest is the most memory that sample saw.
var highest atomic.Uint64

func sample() {
	now := heap()
	for old := highest.Load(); now > old && !highest.CompareAndSwap(old, now); old = highest.Load() {
	}
}

func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// firstRoom is the id of the class under the cursor.
func firstRoom(t *testing.T, s *uitest.School) string {
	s.Press("c")
	found := regexp.MustCompile(`copied room id (\d+)`).FindStringSubmatch(s.Screen())
	require.NotEmpty(t, found, s.Screen())
	return found[1]
}

// TestOddAnswers plays answers that are no errors: whatever they hold, nothing
// ends, loops or shows a row twice.
func TestOddAnswers(t *testing.T) {
	for name, change := range map[string]func(string, map[string]any){
		"nulls in items": nulls, "all null": allNull, "unknown fields": strangers, "restless totals": restless(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := begin(t)
				peak, before := watch(), len(s.Sim.Journal())
				s.Net.Break(rewritten(change))
				for _, key := range []string{"enter", "2", "3", "4", "5", "6", "7", "8", "esc", "0"} {
					s.Press(key)
					s.Advance(3 * time.Second)
					assert.NotContains(t, s.Screen(), marker)
				}
				seen := map[string]int{}
				for _, id := range regexp.MustCompile(`\b\d{9}\b`).FindAllString(s.Screen(), -1) {
					seen[id]++
					assert.Equal(t, 1, seen[id], "class %s twice", id)
				}
				assert.Less(t, len(s.Sim.Journal())-before, 40*35, "no storm of pages")
				s.Net.Mend()
				s.Press("1")
				s.Advance(8 * time.Second)
				assert.True(t, s.Has("● live"), s.Screen())
				assert.Contains(t, s.Screen(), "▌", "rows again")
				used := peak()
				assert.LessOrEqual(t, used, memory)
				tell(name, 0, used, "", "no error: every tab stands, no row twice, no storm of pages")
			})
		})
	}
}

// TestClockFaults: the cloud's clock is ahead by more than it forgives.
func TestClockFaults(t *testing.T) {
	for _, off := range []time.Duration{6 * time.Minute, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			s := begin(t)
			s.Faults(sim.Fault{Action: "*", ClockOffset: int(off.Seconds())})
			peak, start := watch(), time.Now()
			s.Until("clock off by", clearWithin)
			told, words := time.Since(start), "clock off by "+off.String()
			s.Advance(3 * time.Second)
			assert.True(t, s.Has("● live"), s.Screen())
			assert.NotContains(t, s.Screen(), "s !", "data stay fresh: signed again, once")
			assert.InDelta(t, off.Seconds(), s.Client.Offset().Seconds(), 2)
			tell("clock off by "+off.String(), told, peak(), words, "data stay fresh, signed again once")
			s.Faults()
			s.Advance(10 * time.Second)
			assert.True(t, s.Has("● live"), s.Screen())
			assert.Zero(t, s.Client.Offset(), "forgotten when it is right again")
		})
	}
}
