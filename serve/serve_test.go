package serve

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	gossh "golang.org/x/crypto/ssh"

	"classtop/class/rescue"
	"classtop/ops"
)

func TestWhoComesIn(t *testing.T) {
	lead, viewer, stranger := newKey(t), newKey(t), newKey(t)
	r := start(t, nil, "# the school", entry("李雷", ops.Lead, lead), entry("wall", ops.Viewer, viewer))
	r.watch(r.mustDial(lead), 80, 24, true).sees("李雷 lead keys=0.")
	out, status := r.run(r.mustDial(viewer), "get rooms -o 'a b'")
	assert.Equal(t, "wall viewer [get rooms -o a b] \n", out)
	assert.Equal(t, 3, status, "the command's own")
	assert.Contains(t, r.log.String(), "command=get ", "what follows may be secret")
	out, _ = r.run(r.mustDial(viewer), "classtop get rooms")
	assert.Contains(t, out, "[get rooms]", "as on the host")

	_, err := r.dial(stranger)
	assert.ErrorContains(t, err, "unable to authenticate")
	_, err = r.dial()
	assert.ErrorContains(t, err, "unable to authenticate")
	_, err = gossh.Dial("tcp", r.addr, &gossh.ClientConfig{User: "root", Auth: []gossh.AuthMethod{gossh.Password("root")}, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	assert.ErrorContains(t, err, "unable to authenticate")
	require.Eventually(t, func() bool {
		_, _, refused := r.server.Counts()
		return refused == 3
	}, patient, time.Millisecond)
	assert.Contains(t, r.log.String(), gossh.FingerprintSHA256(stranger.PublicKey()), "the log says which key it was")
}

// liar shows one key and signs with another.
type liar struct {
	gossh.Signer
	shows gossh.PublicKey
}

func (l liar) PublicKey() gossh.PublicKey { return l.shows }

// turncoat is the key of somebody else when it is offered and one's own when
// it is proven.
type turncoat struct {
	gossh.PublicKey
	first gossh.PublicKey
	asked int
}

func (c *turncoat) Marshal() []byte {
	if c.asked++; c.asked <= 2 { // offered, and compared with the answer
		return c.first.Marshal()
	}
	return c.PublicKey.Marshal()
}

func TestKeyOfferedButNotProven(t *testing.T) {
	lead, viewer := newKey(t), newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, lead), entry("wall", ops.Viewer, viewer))
	_, err := r.dial(liar{viewer, lead.PublicKey()})
	assert.ErrorContains(t, err, "handshake failed")

	c, err := r.dial(liar{viewer, &turncoat{viewer.PublicKey(), lead.PublicKey(), 0}})
	require.NoError(t, err)
	out, _ := r.run(c, "who")
	assert.Contains(t, out, "wall viewer", "the role is that of the key that was proven")
	assert.NotContains(t, r.log.String(), "who=李雷")
}

func TestRevokedKey(t *testing.T) {
	one, other := newKey(t), newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, one), entry("韩梅", ops.Operator, other))
	taken, stays := r.watch(r.mustDial(one), 80, 24, true), r.watch(r.mustDial(other), 80, 24, true)
	taken.sees("李雷 lead")
	stays.sees("韩梅 operator")
	open := r.mustDial(one) // a connection that is there already

	r.authorize(entry("韩梅", ops.Operator, other), "this line is no key")
	taken.sees("your key was taken out of the list")
	assert.Equal(t, 1, taken.gone())
	_, err := r.dial(one)
	assert.ErrorContains(t, err, "unable to authenticate")
	out, status := r.run(open, "who")
	assert.Contains(t, out, "taken out of the list")
	assert.Equal(t, 1, status)
	assert.Contains(t, r.log.String(), r.keys+":2: no public key")
	stays.press("j")
	stays.sees("keys=1.")

	require.NoError(t, os.Remove(r.keys))
	stays.sees("your key was taken out of the list")
	_, err = r.dial(other)
	assert.ErrorContains(t, err, "unable to authenticate", "without the file nobody comes in")
}

func TestRoleThatChanges(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	term := r.watch(r.mustDial(key), 80, 24, true)
	term.sees("李雷 lead")
	r.authorize(entry("李雷", ops.Viewer, key))
	term.sees("your name or role was changed")
	term.gone()
	r.watch(r.mustDial(key), 80, 24, true).sees("李雷 viewer")
}

func TestHugeTerminal(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	term := r.watch(r.mustDial(key), 10000, 10000, true)
	term.sees("keys=0.")
	for range 100 {
		require.NoError(t, term.ssh.WindowChange(10000, 10000))
		require.NoError(t, term.ssh.WindowChange(0, 0))
	}
	require.NoError(t, term.ssh.WindowChange(30, 100))
	for last := (size{}); last.w != 100; {
		select {
		case last = <-r.drawn:
		case <-time.After(patient):
			t.Fatal("the last size did not arrive")
		}
		assert.LessOrEqual(t, last.w, maxWidth)
		assert.LessOrEqual(t, last.h, maxHeight)
	}
}

func TestSilentConnections(t *testing.T) {
	key := newKey(t)
	r := start(t, func(c *Config) { c.Limits.Handshake = 500 * time.Millisecond }, entry("李雷", ops.Lead, key))
	var silent []net.Conn
	for range 300 {
		c, err := net.Dial("tcp", r.addr)
		require.NoError(t, err)
		defer c.Close()
		silent = append(silent, c)
	}
	r.server.cfg.Limits.Handshake = time.Minute // whoever comes now is not one of them
	out, _ := r.run(r.mustDial(key), "who")
	assert.Contains(t, out, "李雷", "a person comes in past them")
	for _, c := range silent {
		require.NoError(t, c.SetReadDeadline(time.Now().Add(patient)))
		_, err := io.Copy(io.Discard, c)
		if ne, ok := err.(net.Error); ok {
			require.False(t, ne.Timeout(), "who says nothing is cut off")
		}
	}
}

func TestWhatIsNotServed(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	c := r.mustDial(key)
	session := func() *gossh.Session {
		s, err := c.NewSession()
		require.NoError(t, err)
		return s
	}
	for _, request := range []string{"auth-agent-req@openssh.com", "x11-req", "made-up"} {
		ok, err := session().SendRequest(request, true, nil)
		require.NoError(t, err)
		assert.False(t, ok, request)
	}
	assert.Error(t, session().RequestSubsystem("sftp"))
	_, err := c.Dial("tcp", "127.0.0.1:22")
	assert.ErrorContains(t, err, "unsupported channel type")
	_, err = c.Listen("tcp", "127.0.0.1:0")
	assert.Error(t, err)

	s := session()
	assert.Error(t, s.Setenv("LD_PRELOAD", "x"))
	assert.Error(t, s.Setenv("TENCENTCLOUD_SECRET_KEY", "x"))
	assert.NoError(t, s.Setenv("LC_ALL", "zh_CN.UTF-8"))
	out, err := s.Output("env")
	assert.Error(t, err, "status 3")
	assert.Contains(t, string(out), "[env] LC_ALL=zh_CN.UTF-8\n")
	_, status := r.run(c, "'unclosed")
	assert.Equal(t, 2, status)
	shell := session()
	var said sayings
	shell.Stderr = &said
	require.NoError(t, shell.Shell())
	assert.Error(t, shell.Wait())
	assert.Contains(t, said.String(), "the dashboard needs a terminal: ssh -t")
}

type sayings = journal

func TestPanicEndsOneSession(t *testing.T) {
	key := newKey(t)
	faults := make(chan *rescue.Fault, 2)
	r := start(t, func(c *Config) { c.Fault = func(f *rescue.Fault) { faults <- f } }, entry("李雷", ops.Lead, key))
	breaks, stays := r.watch(r.mustDial(key), 80, 24, true), r.watch(r.mustDial(key), 80, 24, true)
	breaks.sees("keys=0.")
	stays.sees("keys=0.")
	breaks.press(" ")
	breaks.sees("internal fault in the dashboard")
	assert.Equal(t, 1, breaks.gone())
	assert.Contains(t, (<-faults).Error(), "the dashboard")
	out, status := r.run(r.mustDial(key), "panic")
	assert.Contains(t, out, "internal fault in a session")
	assert.NotContains(t, out, "of a command", "no value of a panic is shown")
	assert.Equal(t, 1, status)
	assert.Contains(t, (<-faults).Error(), "a session")
	stays.press("j")
	stays.sees("keys=1.")
}

func TestLimitsOfSessions(t *testing.T) {
	one, other := newKey(t), newKey(t)
	r := start(t, func(c *Config) { c.Limits.PerKey, c.Limits.Sessions = 2, 3 }, entry("李雷", ops.Lead, one), entry("韩梅", ops.Lead, other))
	c := r.mustDial(one)
	first := r.watch(c, 80, 24, true)
	first.sees("keys=0.")
	r.watch(c, 80, 24, true).sees("keys=0.")
	out, _ := r.run(c, "who")
	assert.Contains(t, out, "you have 2 open here")
	c2 := r.mustDial(other)
	r.watch(c2, 80, 24, true).sees("keys=0.")
	out, _ = r.run(c2, "who")
	assert.Contains(t, out, "all 3 places are taken")
	first.press("qq")
	assert.Equal(t, 0, first.gone())
	require.Eventually(t, func() bool {
		out, _ = r.run(c2, "who")
		return strings.Contains(out, "韩梅")
	}, patient, time.Millisecond, "a place is free again")
}

func TestIdleAndOldSessionsEnd(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"no key was pressed for too long": func(c *Config) { c.Limits.Idle = time.Second },
		"as old as a session may get":     func(c *Config) { c.Limits.Lifetime = time.Second },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key := newKey(t)
			r := start(t, change, entry("李雷", ops.Lead, key))
			term := r.watch(r.mustDial(key), 80, 24, true)
			term.sees(name)
			assert.Equal(t, 1, term.gone())
		})
	}
}

func TestHangUpEndsTheSession(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	c := r.mustDial(key)
	r.watch(c, 80, 24, true).sees("keys=0.")
	s, err := c.NewSession()
	require.NoError(t, err)
	out, err := s.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, s.Start("wait"))
	_, err = io.ReadAtLeast(out, make([]byte, 8), 8)
	require.NoError(t, err)
	here := func() int { n, _, _ := r.server.Counts(); return n }
	assert.Equal(t, 2, here())
	require.NoError(t, s.Close())
	require.Eventually(t, func() bool { return here() == 1 }, patient, time.Millisecond, "one channel, not the connection")
	require.NoError(t, c.Close())
	require.Eventually(t, func() bool { return here() == 0 }, patient, time.Millisecond)
}

func TestStopTellsEverybody(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	var terms []*terminal
	for range 3 {
		term := r.watch(r.mustDial(key), 80, 24, true)
		term.sees("keys=0.")
		terms = append(terms, term)
	}
	r.stop()
	for _, term := range terms {
		term.sees("this session ends now: the server stops")
		term.sees("classtop: the server stops; connect again in a while")
		assert.Equal(t, 1, term.gone())
	}
	r.over()
	_, err := net.DialTimeout("tcp", r.addr, time.Second)
	assert.Error(t, err)
}

// One terminal stops reading; the others answer as before, and the server
// still ends in time.
func TestStalledTerminal(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	reads := r.watch(r.mustDial(key), 80, 24, true)
	reads.sees("keys=0.")
	stalled := r.watch(r.mustDial(key), 500, 200, false)
	r.stall(stalled)

	for i := 1; i <= 20; i++ {
		reads.press("j")
		reads.sees(fmt.Sprintf("keys=%d.", i))
	}
	r.stop()
	reads.sees("the server stops")
	r.over()
	stalled.gone()
}

// stall makes so much to draw that a write of the session blocks.
func (r *rig) stall(term *terminal) {
	r.t.Helper()
	blocked := func() bool {
		for _, one := range r.server.all() {
			if since := one.writing.Load(); since > 0 && time.Since(time.Unix(0, since)) > 300*time.Millisecond {
				return true
			}
		}
		return false
	}
	deadline := time.Now().Add(patient)
	for i := 0; !blocked(); i++ {
		require.True(r.t, time.Now().Before(deadline), "the terminal did not stall")
		require.NoError(r.t, term.ssh.WindowChange(200-i%2, 500-i%2))
		select { // as fast as it draws
		case <-r.drawn:
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestStalledTerminalIsCutOff(t *testing.T) {
	key := newKey(t)
	r := start(t, func(c *Config) { c.Limits.Stall = time.Second }, entry("李雷", ops.Lead, key))
	stalled := r.watch(r.mustDial(key), 500, 200, false)
	r.stall(stalled)
	stalled.gone()
	require.Eventually(t, func() bool { n, _, _ := r.server.Counts(); return n == 0 }, patient, time.Millisecond)
	assert.Contains(t, r.log.String(), "the terminal stopped reading")
}
