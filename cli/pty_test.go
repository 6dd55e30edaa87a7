//go:build unix

package cli

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"classtop/sim"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// desk is the real program on a real pseudo-terminal of 80x24, read as cells.
type desk struct {
	t      *testing.T
	cmd    *exec.Cmd
	tty    *os.File
	home   string
	drawn  chan struct{} // something was drawn
	ended  chan error    // the program ended
	mu     sync.Mutex    // guards what follows
	screen *vt.Emulator
	bytes  strings.Builder
}

// sit starts the program. Without reading it is a terminal that stopped, and
// a large one, so that the first frame is more than the system buffers.
func sit(t *testing.T, reads bool, env []string, args ...string) *desk {
	t.Helper()
	if !reads {
		return sitAt(t, 500, 200, false, env, args...)
	}
	return sitAt(t, 80, 24, true, env, args...)
}

// program is classtop in this test's own binary, in a home and a folder of its
// own.
func program(t *testing.T, home string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := &exec.Cmd{Path: exe, Args: append([]string{"classtop"}, args...), Dir: home}
	cmd.Env = append([]string{"HOME=" + home, "TERM=xterm-256color", "USER=tester", "PATH=" + os.Getenv("PATH")}, env...)
	return cmd
}

// sitAt starts the program on a terminal of some size.
func sitAt(t *testing.T, width, height int, reads bool, env []string, args ...string) *desk {
	t.Helper()
	return seat(t, width, height, reads, func(home string) *exec.Cmd { return program(t, home, env, args...) })
}

// seat starts any program on a terminal.
func seat(t *testing.T, width, height int, reads bool, command func(home string) *exec.Cmd) *desk {
	t.Helper()
	d := &desk{t: t, home: t.TempDir(), screen: vt.NewEmulator(width, height), drawn: make(chan struct{}, 1), ended: make(chan error, 1)}
	d.cmd = command(d.home)
	var err error
	d.tty, err = pty.StartWithSize(d.cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	require.NoError(t, err)
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill()
		_ = d.tty.Close()
	})
	go func() { d.ended <- d.cmd.Wait() }()
	if reads {
		go d.read()
		go d.answer()
	}
	return d
}

func (d *desk) read() {
	buffer := make([]byte, 32<<10)
	for {
		n, err := d.tty.Read(buffer)
		if err != nil {
			return
		}
		d.mu.Lock()
		d.bytes.Write(buffer[:n])
		_, _ = d.screen.Write(buffer[:n])
		d.mu.Unlock()
		select {
		case d.drawn <- struct{}{}:
		default:
		}
	}
}

// answer sends back what the terminal answers to questions.
func (d *desk) answer() {
	buffer := make([]byte, 4<<10)
	for {
		n, err := d.screen.Read(buffer)
		if err != nil {
			return
		}
		if _, err := d.tty.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// shown is the text on the screen.
func (d *desk) shown() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.screen.String()
}

// sees waits until the screen shows a text.
func (d *desk) sees(text string) {
	d.t.Helper()
	d.until("show", text, func() bool { return strings.Contains(d.shown(), text) })
}

// lacks waits until the screen shows a text no more.
func (d *desk) lacks(text string) {
	d.t.Helper()
	d.until("lose", text, func() bool { return !strings.Contains(d.shown(), text) })
}

// until waits, looking at the screen whenever it was drawn.
func (d *desk) until(verb, text string, is func() bool) {
	d.t.Helper()
	deadline := time.After(patient)
	for !is() {
		select {
		case <-d.drawn:
		case <-deadline:
			d.t.Fatalf("the screen did not %s %q:\n%s", verb, text, d.shown())
		}
	}
}

// patient is how long a test waits for what should come at once: machines may
// be busy.
const patient = 40 * time.Second

// says types a key until the screen shows a text: a dialog drops the keys of
// its first moments.
func (d *desk) says(key, text string) {
	d.t.Helper()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	deadline := time.After(patient)
	for !strings.Contains(d.shown(), text) {
		select {
		case <-again.C:
			d.types(key)
		case <-deadline:
			d.t.Fatalf("the screen never showed %q:\n%s", text, d.shown())
		}
	}
}

func (d *desk) types(keys string) {
	d.t.Helper()
	_, err := d.tty.WriteString(keys)
	require.NoError(d.t, err)
}

// ends waits for the end and returns the exit status; -1 is a signal.
func (d *desk) ends(within time.Duration) int {
	d.t.Helper()
	select {
	case <-d.ended:
		return d.cmd.ProcessState.ExitCode()
	case <-time.After(within):
		d.t.Fatalf("still running after %s", within)
		return 0
	}
}

func (d *desk) raw() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.bytes.String()
}

func TestDashboardEndsCleanly(t *testing.T) {
	for name, signal := range map[string]os.Signal{"hang-up": syscall.SIGHUP, "term": syscall.SIGTERM, "interrupt": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, true, nil, "--demo", "--rooms", "5")
			d.sees("live")
			start := time.Now()
			require.NoError(t, d.cmd.Process.Signal(signal))
			assert.Equal(t, exitDone, d.ends(patient))
			fmt.Printf("fault %-26s gone after %.1f s, terminal as it was\n", signal, time.Since(start).Seconds())
			d.restored()
		})
	}
}

func TestDashboardGoneWithItsTerminal(t *testing.T) {
	d := sit(t, true, nil, "--demo", "--rooms", "5")
	d.sees("live")
	start := time.Now()
	require.NoError(t, d.tty.Close())
	d.ends(patient)
	fmt.Printf("fault %-26s gone after %.1f s\n", "terminal closed", time.Since(start).Seconds())
}

func TestDashboardEndsOnABlockedTerminal(t *testing.T) {
	d := sit(t, false, nil, "--demo", "--rooms", "5")
	_, err := d.tty.Read(make([]byte, 1)) // it has begun to draw
	require.NoError(t, err)
	d.stuck()
	start := time.Now()
	require.NoError(t, d.cmd.Process.Signal(syscall.SIGTERM))
	assert.Equal(t, exitFailed, d.ends(patient), "the end was forced")
	fmt.Printf("fault %-26s gone after %.1f s\n", "terminal that stops reading", time.Since(start).Seconds())
}

// stuck changes the screen by keys until the program hangs in writing to its
// terminal, because nobody reads.
func (d *desk) stuck() {
	d.t.Helper()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	deadline := time.After(2 * patient)
	for i, same := 0, 0; same < 10; i++ {
		select {
		case <-look.C:
		case <-deadline:
			d.t.Fatal("the program never blocked")
		}
		d.types([]string{"?", "\x1b"}[i%2])
		if d.writing() {
			same++
		} else {
			same = 0
		}
	}
}

// writing tells whether a thread of the program is inside write(1, …).
func (d *desk) writing() bool {
	calls, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/syscall", d.cmd.Process.Pid))
	if err != nil || len(calls) == 0 {
		d.t.Skip("no /proc to see whether the program is blocked")
	}
	for _, call := range calls {
		data, err := os.ReadFile(call)
		if err == nil && strings.HasPrefix(string(data), fmt.Sprintf("%d 0x1 ", syscall.SYS_WRITE)) {
			return true
		}
	}
	return false
}

// TestKickByKeyboard is the main job over a real terminal and a real socket,
// configured by environment variables alone.
func TestKickByKeyboard(t *testing.T) {
	school := sim.New(sim.Options{Seed: 3, Rooms: 3, Members: 6})
	server := httptest.NewServer(school)
	defer server.Close()
	hello := school.Credentials()
	d := sit(t, true, []string{
		"TENCENTCLOUD_SECRET_ID=" + hello.SecretID, "TENCENTCLOUD_SECRET_KEY=" + hello.SecretKey,
		"CLASSTOP_ENDPOINT=" + server.URL, "CLASSTOP_ROOM_ENGINE_ENDPOINT=" + server.URL,
		"CLASSTOP_SDK_APP_ID=" + strconv.FormatUint(hello.SdkAppID, 10), "CLASSTOP_USERSIG_KEY=" + hello.UserSigKey,
	})
	d.sees("1/3") // the cursor is on a class
	d.types("\r")
	d.sees("student")
	d.types("K")
	d.sees("10 minutes")
	audit := filepath.Join(d.home, ".local/state/classtop/audit.jsonl")
	data, err := os.ReadFile(audit)
	require.NoError(t, err)
	assert.Empty(t, data, "nothing is written before the answer")
	d.says("y", "RequestId")
	data, err = os.ReadFile(audit)
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(data), "\n"))
	d.types("q")
	for _, secret := range []string{hello.SecretKey, hello.UserSigKey} {
		assert.NotContains(t, d.raw()+string(data), secret)
	}
}

// TestDashboardSaysWhatIsMissing stays a message in the shell: no screen is
// opened that could show nothing.
func TestDashboardSaysWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		says string
	}{
		"credentials": {[]string{"CLASSTOP_SDK_APP_ID=1400000001"}, "classtop --demo"},
		"application": {[]string{"TENCENTCLOUD_SECRET_ID=AKIDx", "TENCENTCLOUD_SECRET_KEY=x"}, "CLASSTOP_SDK_APP_ID"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, true, c.env)
			d.sees(c.says)
			assert.Equal(t, exitUsage, d.ends(5*time.Second))
			assert.NotContains(t, d.raw(), "\x1b[?1049h")
		})
	}
}

// TestTheFirstStartAsks leads somebody without any configuration to the demo.
func TestTheFirstStartAsks(t *testing.T) {
	d := sit(t, true, nil)
	d.sees("2  set up the profile of a real school")
	assert.NotContains(t, d.raw(), "\x1b[?1049h")
	d.types("1\r")
	d.sees(" online")
	d.types("\x03")
	require.NoError(t, <-d.ended)
}

// TestRecordAndReplayOnATerminal keeps a moment of the simulated school and
// plays it, also after the file lost its end.
func TestRecordAndReplayOnATerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.tape")
	d := sit(t, true, nil, "--demo", "--rooms", "5", "--members", "5", "--record", file)
	d.sees("REC 0.0 MB")
	d.sees("<5s")
	d.types("\x03")
	require.NoError(t, <-d.ended)

	again := sit(t, true, nil, "--demo", "--record", file)
	again.sees("give another name")

	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, append(data, data[len(data)-9:]...), 0o600))
	r := sit(t, true, nil, "replay", file)
	r.sees("REPLAY")
	r.sees("the end of the recording is missing")
	r.says("E", "This is a recording")
	r.types("\x03")
	require.NoError(t, <-r.ended)
}
