//go:build linux

package cli

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"classtop/sim"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
)

var heavy = flag.Bool("load", false, "measure classtop serve with 100 sessions (make serve-load)")

// served is the real simulator and the real server, each a process.
type served struct {
	t      *testing.T
	school string // its URL
	addr   string
	pid    int
	key    ssh.Signer
	env    []string
	args   []string // of serve, without those of one host
}

// begin starts a program and returns the first text of its output that matches.
func begin(t *testing.T, env []string, want string, args ...string) (found []string, pid int) {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := &exec.Cmd{Path: exe, Args: append([]string{"classtop"}, args...), Env: env}
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	cmd.Stderr = cmd.Stdout
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	lines, expr := bufio.NewScanner(out), regexp.MustCompile(want)
	for lines.Scan() {
		if m := expr.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return m, cmd.Process.Pid
		}
	}
	t.Fatalf("%v ended before it said %q", args, want)
	return nil, 0
}

func serveSchool(t *testing.T, rooms int, more ...string) *served {
	t.Helper()
	home := t.TempDir()
	base := []string{"HOME=" + home, "USER=tester", "PATH=" + os.Getenv("PATH")}
	hello, _ := begin(t, base, `^\{.*\}$`, "sim", "--rooms", strconv.Itoa(rooms), "--members", "12")
	var school struct {
		Endpoint  string `json:"endpoint"`
		SecretID  string `json:"secret_id"`
		SecretKey string `json:"secret_key"`
		SdkAppID  uint64 `json:"sdk_app_id"`
	}
	require.NoError(t, json.Unmarshal([]byte(hello[0]), &school))
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	key, err := ssh.NewSignerFromKey(private)
	require.NoError(t, err)
	keys := filepath.Join(home, "keys")
	line := `name="tester",role="lead" ` + string(ssh.MarshalAuthorizedKey(key.PublicKey()))
	require.NoError(t, os.WriteFile(keys, []byte(line), 0o600))
	config := filepath.Join(home, "config.yaml")
	require.NoError(t, os.WriteFile(config, []byte("serve:\n  per_key: 1000\n  sessions: 1000\n"), 0o600))
	env := append(base, "TENCENTCLOUD_SECRET_ID="+school.SecretID, "TENCENTCLOUD_SECRET_KEY="+school.SecretKey,
		"CLASSTOP_ENDPOINT="+school.Endpoint, "CLASSTOP_SDK_APP_ID="+fmt.Sprint(school.SdkAppID))
	s := &served{t: t, school: school.Endpoint, key: key, env: env}
	s.args = append([]string{"serve", "--config", config, "--keys", keys, "--listen", "127.0.0.1:0"}, more...)
	s.start("off")
	return s
}

// start starts the server, with its figures at an address.
func (s *served) start(metrics string) {
	at, pid := begin(s.t, s.env, `serves \S+ at (\S+) to`, append(slices.Clone(s.args), "--metrics", metrics)...)
	s.addr, s.pid = at[1], pid
}

// person is a session whose screen is only looked through for words.
type person struct {
	t  *testing.T
	in io.WriteCloser
	mu sync.Mutex
	// seen is what came since the last look; new says that something did.
	seen bytes.Buffer
	new  chan struct{}
}

func (p *person) Write(b []byte) (int, error) {
	p.mu.Lock()
	p.seen.Write(b)
	p.mu.Unlock()
	select {
	case p.new <- struct{}{}:
	default:
	}
	return len(b), nil
}

// forget drops what came.
func (p *person) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen.Reset()
}

// until waits for a word and returns how long it took.
func (p *person) until(word string) time.Duration {
	p.t.Helper()
	begun, timeout := time.Now(), time.After(time.Minute)
	for {
		p.mu.Lock()
		found := strings.Contains(ansi.Strip(p.seen.String()), word)
		p.mu.Unlock()
		if found {
			return time.Since(begun)
		}
		select {
		case <-p.new:
		case <-timeout:
			p.t.Fatalf("%q did not come", word)
		}
	}
}

// sit opens a dashboard; without reads nothing of it is ever read.
func (s *served) sit(reads bool, w, h int) (*person, *ssh.Session) {
	s.t.Helper()
	c, err := ssh.Dial("tcp", s.addr, &ssh.ClientConfig{
		User: "x", Auth: []ssh.AuthMethod{ssh.PublicKeys(s.key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: time.Minute,
	})
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	session, err := c.NewSession()
	require.NoError(s.t, err)
	require.NoError(s.t, session.RequestPty("xterm-256color", h, w, ssh.TerminalModes{}))
	p := &person{t: s.t, new: make(chan struct{}, 1)}
	p.in, err = session.StdinPipe()
	require.NoError(s.t, err)
	out, err := session.StdoutPipe()
	require.NoError(s.t, err)
	require.NoError(s.t, session.Shell())
	if reads {
		go func() { _, _ = io.Copy(p, out) }()
	}
	return p, session
}

// stats are the school's own counts, by action.
func (s *served) stats() map[string]sim.Stats {
	s.t.Helper()
	r, err := http.Get(s.school + "/_sim/stats")
	require.NoError(s.t, err)
	defer r.Body.Close()
	stats := map[string]sim.Stats{}
	require.NoError(s.t, json.NewDecoder(r.Body).Decode(&stats))
	return stats
}

// requests is what the school was asked so far, in all.
func (s *served) requests() (n int) {
	s.t.Helper()
	for _, a := range s.stats() {
		n += a.Requests
		assert.Zero(s.t, a.Refusals)
	}
	return n
}

// rate is how much is asked in a second, over so many requests.
func (s *served) rate(of int) float64 {
	before, begun := s.requests(), time.Now()
	done := 0
	require.Eventually(s.t, func() bool {
		done = s.requests() - before
		return done >= of
	}, time.Minute, 50*time.Millisecond)
	return float64(done) / time.Since(begun).Seconds()
}

// memory is what the server's process holds, in MiB.
func (s *served) memory() float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	require.NoError(s.t, err)
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	require.NoError(s.t, err)
	return kb / 1024
}

// latency is how long a key takes to its screen: median and worst of some.
func (p *person) latency(times int) (median, worst time.Duration) {
	var all []time.Duration
	for range times {
		p.forget()
		_, err := io.WriteString(p.in, "?")
		require.NoError(p.t, err)
		all = append(all, p.until("Keys here"))
		p.forget()
		_, err = io.WriteString(p.in, "\x1b")
		require.NoError(p.t, err)
		p.until("Teacher") // the table is drawn again
	}
	slices.Sort(all)
	return all[len(all)/2], all[len(all)-1]
}

// stall opens a large screen that is never read and changes its size until the
// server can write no more to it.
func (s *served) stall() {
	_, session := s.sit(false, 500, 200)
	tick := time.NewTicker(60 * time.Millisecond)
	defer tick.Stop()
	for i := range 80 {
		require.NoError(s.t, session.WindowChange(200-i%2, 500-i%2))
		<-tick.C
	}
}

// Many sessions cost the school what one costs.
func TestServeCostsWhatOneCosts(t *testing.T) {
	many, window, rooms := 8, 10, 8
	if *heavy {
		many, window, rooms = 100, 300, 40
	}
	s := serveSchool(t, rooms)
	first, _ := s.sit(true, 80, 24)
	first.until("live")
	s.rate(window) // by then what was not known has been asked for
	one, memory := s.rate(window), s.memory()
	for range many - 1 {
		p, _ := s.sit(true, 80, 24)
		p.until("live")
	}
	all, more := s.rate(window), s.memory()
	each := (more - memory) / float64(many-1)
	t.Logf("requests a second: 1 session %.1f, %d sessions %.1f", one, many, all)
	t.Logf("memory: 1 session %.1f MiB, %d sessions %.1f MiB: %.2f MiB each", memory, many, more, each)
	assert.LessOrEqual(t, all, 1.25*one+2)
	if !*heavy {
		return // a few sessions are within the noise of the collector
	}
	assert.Less(t, each, 2.0, "MiB for each session")
	median, worst := first.latency(30)
	t.Logf("key to screen with %d sessions: median %v, worst %v", many, median, worst)
	s.stall()
	stalled, worstStalled := first.latency(30)
	t.Logf("the same with one more that stopped reading: median %v, worst %v", stalled, worstStalled)
	assert.Less(t, stalled, 2*median+20*time.Millisecond)
}
