package serve

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
	gossh "golang.org/x/crypto/ssh"

	"classtop/keymap"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/uitest"
	"classtop/views"
)

// patient is the longest that a test waits for something that must come.
const patient = 20 * time.Second

// rig is a real server on loopback whose dashboards show an empty school.
type rig struct {
	t      *testing.T
	addr   string
	keys   string // path of the file
	server *Server
	stop   context.CancelFunc
	ended  chan error
	log    *journal
	drawn  chan size // sizes that dashboards were drawn for
}

// journal is a log that tests read.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

func start(t *testing.T, change func(*Config), lines ...string) *rig {
	t.Helper()
	r := &rig{t: t, keys: filepath.Join(t.TempDir(), "keys"), ended: make(chan error, 1), log: new(journal), drawn: make(chan size, 1000)}
	r.authorize(lines...)
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	keys, err := OpenKeys(r.keys, log)
	require.NoError(t, err)
	host, _, err := HostKey(filepath.Join(t.TempDir(), "host_key"))
	require.NoError(t, err)
	cfg := Config{Keys: keys, HostKey: host, Limits: DefaultLimits(), Log: log, Dashboard: r.dashboard, Exec: tellWho}
	cfg.Limits.Farewell = 100 * time.Millisecond
	if change != nil {
		change(&cfg)
	}
	r.server, err = New(cfg)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r.addr = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	go func() { r.ended <- r.server.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		r.over()
	})
	return r
}

// over waits for the end of the server.
func (r *rig) over() {
	r.t.Helper()
	select {
	case err := <-r.ended:
		require.NoError(r.t, err)
		r.ended <- nil
	case <-time.After(patient):
		r.t.Fatal("the server did not end")
	}
}

// authorize replaces the file of keys.
func (r *rig) authorize(lines ...string) {
	r.t.Helper()
	next := r.keys + ".next"
	require.NoError(r.t, os.WriteFile(next, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	require.NoError(r.t, os.Rename(next, r.keys))
}

// tellWho is a command that says who runs it, or waits for its end.
func tellWho(ctx context.Context, g Guest, args []string, s Streams) int {
	switch args[0] {
	case "wait":
		fmt.Fprintln(s.Out, "waiting")
		<-ctx.Done()
		return 4
	case "panic":
		panic("of a command")
	case "cat":
		_, _ = io.Copy(s.Out, s.In)
	default:
		fmt.Fprintf(s.Out, "%s %s %v %s\n", g.Name, g.Role, args, strings.Join(g.Env, " "))
	}
	return 3
}

// dashboard is the real program without a school.
func (r *rig) dashboard(g Guest) ui.Deps {
	return ui.Deps{
		Session: uitest.NewSession(), Runner: &uitest.Runner{}, Keys: keymap.Default(), Home: "probe", Now: time.Now,
		Views:  append(views.All(), ui.Def{Name: "probe", New: func(ui.Host, ui.Arg) ui.View { return &probe{rig: r, guest: g} }}),
		Window: func(now time.Time) (from, to time.Time) { return now, now },
	}
}

// probe is a view that says whose it is and how often a key was pressed.
type probe struct {
	ui.Base
	rig   *rig
	guest Guest
	keys  int
}

func (p *probe) Title() string { return "Probe" }

func (p *probe) Context() keymap.Context { return keymap.List }

func (p *probe) Key(a keymap.Action) bool {
	switch a {
	case keymap.Down:
		p.keys++
	case keymap.Mark:
		panic("of a view")
	}
	return true
}

func (p *probe) Render(w, h int) []string {
	select {
	case p.rig.drawn <- size{w, h}:
	default:
	}
	out := make([]string, h)
	for i := range out {
		out[i] = strings.Repeat(string(rune('a'+(i+p.keys)%26)), w)
	}
	text := fmt.Sprintf("%s %s keys=%d.", p.guest.Name, p.guest.Role, p.keys)
	if h > 0 && w > len(text) {
		out[0] = text + strings.Repeat(" ", w-len(text))
	}
	return out
}

// newKey makes a key pair.
func newKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	key, err := gossh.NewSignerFromKey(private)
	require.NoError(t, err)
	return key
}

// entry is a line of the file of keys.
func entry(name string, role ops.Role, key gossh.Signer) string {
	return fmt.Sprintf("name=%q,role=%q %s", name, role, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey()))))
}

// dial connects with keys.
func (r *rig) dial(keys ...gossh.Signer) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{
		User: "anybody", Auth: []gossh.AuthMethod{gossh.PublicKeys(keys...)}, Timeout: patient,
		HostKeyCallback: gossh.FixedHostKey(r.server.cfg.HostKey.PublicKey()),
	})
	if err == nil {
		r.t.Cleanup(func() { _ = c.Close() })
	}
	return c, err
}

func (r *rig) mustDial(key gossh.Signer) *gossh.Client {
	r.t.Helper()
	c, err := r.dial(key)
	require.NoError(r.t, err)
	return c
}

// run runs a command and returns all that it wrote.
func (r *rig) run(c *gossh.Client, command string) (out string, status int) {
	r.t.Helper()
	s, err := c.NewSession()
	require.NoError(r.t, err)
	defer s.Close()
	data, err := s.CombinedOutput(command)
	if exit := (*gossh.ExitError)(nil); err != nil {
		require.ErrorAs(r.t, err, &exit)
		status = exit.ExitStatus()
	}
	return string(data), status
}

// terminal is a person's screen.
type terminal struct {
	t     *testing.T
	ssh   *gossh.Session
	in    io.WriteCloser
	ended chan error
	drawn chan struct{}

	mu    sync.Mutex
	term  *vt.Emulator
	after strings.Builder // everything, as text
}

// watch opens a dashboard. A terminal that does not read is left alone.
func (r *rig) watch(c *gossh.Client, w, h int, reads bool) *terminal {
	r.t.Helper()
	s, err := c.NewSession()
	require.NoError(r.t, err)
	require.NoError(r.t, s.RequestPty("xterm-256color", h, w, gossh.TerminalModes{}))
	term := &terminal{t: r.t, ssh: s, ended: make(chan error, 1), drawn: make(chan struct{}, 1), term: vt.NewEmulator(min(w, maxWidth), min(h, maxHeight))}
	term.in, err = s.StdinPipe()
	require.NoError(r.t, err)
	out, err := s.StdoutPipe()
	require.NoError(r.t, err)
	s.Stderr = term
	require.NoError(r.t, s.Shell())
	go func() { _, _ = io.Copy(term.in, term.term) }()
	if reads {
		go func() { _, _ = io.Copy(term, out) }()
	}
	go func() { term.ended <- s.Wait() }()
	return term
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	_, _ = t.term.Write(p)
	t.after.Write(p)
	t.mu.Unlock()
	select {
	case t.drawn <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (t *terminal) press(keys string) {
	_, err := io.WriteString(t.in, keys)
	require.NoError(t.t, err)
}

// sees waits until the screen, or what was printed after it, holds a text.
func (t *terminal) sees(text string) {
	t.t.Helper()
	timeout := time.After(patient)
	for {
		t.mu.Lock()
		found := strings.Contains(t.term.String(), text) || strings.Contains(t.after.String(), text)
		t.mu.Unlock()
		if found {
			return
		}
		select {
		case <-t.drawn:
		case <-timeout:
			t.mu.Lock()
			defer t.mu.Unlock()
			t.t.Fatalf("%q did not appear:\n%s", text, t.term.String())
		}
	}
}

// gone waits for the end of the session and returns its status.
func (t *terminal) gone() int {
	t.t.Helper()
	select {
	case err := <-t.ended:
		t.ended <- err
		if exit := (*gossh.ExitError)(nil); err != nil {
			if _, missing := err.(*gossh.ExitMissingError); missing {
				return -1
			}
			require.ErrorAs(t.t, err, &exit)
			return exit.ExitStatus()
		}
		return 0
	case <-time.After(patient):
		t.t.Fatal("the session did not end")
		return -1
	}
}
