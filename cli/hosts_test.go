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

	"classtop/class"
	"classtop/engine"
	"classtop/ops"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
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

// does tells whether the host is in a mode, as its metrics say.
func (h *among) does(mode engine.Mode) bool {
	r, err := http.Get("http://" + h.metrics + "/metrics")
	if err != nil {
		return false
	}
	defer r.Body.Close()
	text, _ := io.ReadAll(r.Body)
	return strings.Contains(string(text), fmt.Sprintf("\nclasstop_engine_mode{mode=%q} 1\n", mode))
}

// peak is the most requests in any second of one action that the account may
// send 20 of; no other is over its own rate.
func (s *served) peak() (most int) {
	for action, a := range s.stats() {
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
	return slices.IndexFunc(hosts, func(h *among) bool { return h.does(engine.Leading) })
}

// meeting starts real servers that meet at a real NATS server, each with a name
// and an audit file of its own.
func meeting(t *testing.T, number, rooms int) (first *served, hosts []*among, stop func(), restart func() func()) {
	token, at, state := filepath.Join(t.TempDir(), "token"), port(t), t.TempDir()
	require.NoError(t, os.WriteFile(token, []byte("a-token"), 0o600))
	restart = func() func() {
		bus, err := engine.Open(engine.Options{Listen: at, Credentials: token, Dir: state, School: "none", Log: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		t.Cleanup(bus.Close)
		return bus.Close
	}
	stop = restart()
	first = serveSchool(t, rooms, "--engine", "nats://"+at, "--engine-credentials", token)
	require.NoError(t, syscall.Kill(first.pid, syscall.SIGKILL)) // it has no figures
	for i := range number {
		one := *first
		dir := t.TempDir()
		config := filepath.Join(dir, "config.yaml")
		require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, "serve:\n  host_name: jump%d\n", i+1), 0o600))
		one.args = append(slices.Clone(first.args), "--audit", filepath.Join(dir, "audit.jsonl"), "--config", config)
		h := &among{&one, port(t)}
		h.start(h.metrics)
		hosts = append(hosts, h)
	}
	require.Eventually(t, func() bool { return leading(hosts) >= 0 }, 20*time.Second, 50*time.Millisecond)
	return first, hosts, stop, restart
}

// Three real servers meet at a real NATS server. When the one that polls is
// killed, another does within five seconds, and no second sees more requests
// than the account may send.
func TestHostsGoOnWithoutTheLeader(t *testing.T) {
	first, hosts, _, _ := meeting(t, 3, 40)
	for _, h := range hosts {
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

// says runs a command over SSH.
func (s *served) says(command string) string {
	s.t.Helper()
	c, err := ssh.Dial("tcp", s.addr, &ssh.ClientConfig{
		User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(s.key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: time.Minute,
	})
	require.NoError(s.t, err)
	defer c.Close()
	session, err := c.NewSession()
	require.NoError(s.t, err)
	out, err := session.CombinedOutput(command)
	require.NoError(s.t, err, string(out))
	return string(out)
}

// live is the number of a class that runs.
func (s *served) live() string {
	s.t.Helper()
	type room struct {
		ID     class.RoomID     `json:"id"`
		Status class.RoomStatus `json:"status"`
	}
	var rooms []room
	text := s.says("get rooms -o json")
	require.NoError(s.t, json.Unmarshal([]byte(text), &rooms), text)
	live := slices.IndexFunc(rooms, func(r room) bool { return r.Status == class.RoomLive })
	require.GreaterOrEqual(s.t, live, 0, text)
	return rooms[live].ID.String()
}

// What operators do on any host is carried out by the one that polls, also
// under the name of the API, and every host tells of it.
func TestHostsTellWhatWasDoneOnAll(t *testing.T) {
	_, hosts, _, _ := meeting(t, 2, 8)
	led := leading(hosts)
	leader, other := hosts[led], hosts[1-led]
	other.says("call EndRoom RoomId=" + other.live() + " --yes")
	for _, h := range hosts {
		require.Eventually(t, func() bool {
			var lines []ops.Entry
			text := h.says("audit export --all-hosts -o json")
			require.NoError(t, json.Unmarshal([]byte(text), &lines), text)
			if len(lines) < 2 {
				return false
			}
			require.Len(t, lines, 2)
			for _, l := range lines {
				assert.Equal(t, "EndRoom", l.API)
				assert.Equal(t, "jump"+fmt.Sprint(led+1), l.KeptOn)
				assert.Equal(t, "jump"+fmt.Sprint(2-led), l.Host)
			}
			return true
		}, 10*time.Second, 100*time.Millisecond)
	}
	leader.says("audit verify")
	p, _ := other.sit(true, 80, 24)
	p.until("live")
	_, err := io.WriteString(p.in, ":audit\r")
	require.NoError(t, err)
	p.until("EndRoom")
}

// Without the NATS server each host watches and acts by itself; when it is back
// the hosts find each other, and tell what was done meanwhile.
func TestHostsWithoutTheEngine(t *testing.T) {
	first, hosts, stop, restart := meeting(t, 2, 8)
	stop()
	all := func(mode engine.Mode) func() bool {
		return func() bool { return hosts[0].does(mode) && hosts[1].does(mode) }
	}
	require.Eventually(t, all(engine.Lone), 20*time.Second, 50*time.Millisecond)
	p, _ := hosts[0].sit(true, 80, 24)
	p.until("live")
	hosts[1].says("end " + hosts[1].live() + " --yes")
	restart()
	require.Eventually(t, func() bool { return leading(hosts) >= 0 && !hosts[0].does(engine.Lone) && !hosts[1].does(engine.Lone) }, 20*time.Second, 50*time.Millisecond)
	require.Eventually(t, func() bool { return strings.Contains(hosts[0].says("audit export --all-hosts"), "jump2") }, 10*time.Second, 100*time.Millisecond)
	assert.LessOrEqual(t, first.peak(), 20)
}
