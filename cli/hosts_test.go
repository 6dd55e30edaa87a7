//go:build cluster && linux

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"classtop/engine"
	"classtop/sim"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// among is one of several real servers of one school.
type among struct {
	*served
	metrics string
}

func port(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// mode is what the host does, as its metrics say.
func (h *among) mode() string {
	r, err := http.Get("http://" + h.metrics + "/metrics")
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	text, _ := io.ReadAll(r.Body)
	_, rest, _ := strings.Cut(string(text), "\nclasstop_engine_mode{mode=\"leading\"} ")
	return rest[:min(1, len(rest))]
}

// peak is the most requests in any second of one action that the account may
// send 20 of; no other is over its own rate.
func (s *served) peak() (most int) {
	r, err := http.Get(s.school + "/_sim/stats")
	require.NoError(s.t, err)
	defer r.Body.Close()
	stats := map[string]sim.Stats{}
	require.NoError(s.t, json.NewDecoder(r.Body).Decode(&stats))
	for action, a := range stats {
		assert.Zero(s.t, a.Refusals, action)
		if limit := rate(action); limit > 20 {
			assert.LessOrEqual(s.t, a.Peak, limit, action)
			continue
		}
		most = max(most, a.Peak)
	}
	return most
}

func leading(hosts []*among) int {
	return slices.IndexFunc(hosts, func(h *among) bool { return h.mode() == "1" })
}

// Three real servers meet at a real NATS server. When the one that polls is
// killed, another does within five seconds, and no second sees more requests
// than the account may send.
func TestHostsGoOnWithoutTheLeader(t *testing.T) {
	token, at := filepath.Join(t.TempDir(), "token"), port(t)
	require.NoError(t, os.WriteFile(token, []byte("a-token"), 0o600))
	bus, err := engine.Open(engine.Options{Listen: at, Credentials: token, Dir: t.TempDir(), School: "none", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	defer bus.Close()
	first := serveSchool(t, 40, "--engine", "nats://"+at, "--engine-credentials", token)
	require.NoError(t, syscall.Kill(first.pid, syscall.SIGKILL)) // it has no figures
	var hosts []*among
	for range 3 {
		one := *first
		h := &among{&one, port(t)}
		h.start(h.metrics)
		hosts = append(hosts, h)
		p, _ := h.sit(true, 80, 24)
		p.until("live")
	}
	first.rate(40)
	led := leading(hosts)
	require.GreaterOrEqual(t, led, 0)
	before := first.requests()
	require.NoError(t, syscall.Kill(hosts[led].pid, syscall.SIGKILL))
	killed := time.Now()
	rest := slices.Delete(slices.Clone(hosts), led, led+1)
	require.Eventually(t, func() bool { return leading(rest) >= 0 && first.requests() > before+3 }, 10*time.Second, 50*time.Millisecond)
	back := time.Since(killed)
	rate := first.rate(40)
	fmt.Printf("hosts: 3, the leader killed: polling back after %.1f s, then %.1f requests a second; most of one action in a second: %d\n", back.Seconds(), rate, first.peak())
	assert.Less(t, back, 5*time.Second)
	assert.LessOrEqual(t, first.peak(), 20)
}
