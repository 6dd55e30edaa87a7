//go:build unix

package cli

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"classtop/sim"

	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTerminalsOfEveryKind(t *testing.T) {
	for _, name := range []string{"", "dumb", "linux", "vt100", "screen", "screen-256color", "tmux-256color", "xterm", "no-such-terminal"} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, true, []string{"TERM=" + name}, "--demo", "--rooms", "5")
			d.sees("live")
			d.types("?")
			d.sees("Keys here")
			d.types("\x03")
			assert.Equal(t, exitDone, d.ends(patient))
			d.restored()
		})
	}
}

func TestTerminalResizedThreeThousandTimes(t *testing.T) {
	d := sit(t, true, nil, "--demo", "--rooms", "5")
	d.sees("live")
	dice := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		size := &pty.Winsize{Cols: uint16(dice.IntN(501)), Rows: uint16(dice.IntN(201))}
		require.NoError(t, pty.Setsize(d.tty, size))
	}
	for _, size := range []pty.Winsize{{}, {Cols: 1, Rows: 1}, {Cols: 500, Rows: 200}, {Cols: 80, Rows: 24}} {
		require.NoError(t, pty.Setsize(d.tty, &size))
	}
	d.types("?")
	d.sees("Keys here")
	d.types("\x1b")
	d.lacks("Keys here")
	d.until("become", "a whole frame", func() bool {
		lines := strings.Split(strings.TrimRight(d.shown(), "\n"), "\n")
		return len(lines) == 24 && strings.Contains(lines[0], "live") && strings.Contains(lines[1], " online") && strings.Contains(lines[23], "? help")
	})
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(patient))
	d.restored()
	fmt.Printf("fault %-26s right final frame\n", "3000 resizes to 500x200")
}

// A shell stops the dashboard with ctrl+z, uses the terminal, and brings it
// back with fg.
func TestTerminalSuspendedAndBack(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	d := shellAt(t, shell)
	d.types(`(exec -a classtop "$CLASSTOP" --demo --rooms 5)` + "\r")
	d.sees("● live")
	d.types("\x1a")
	d.sees("Stopped")
	d.sees("Stopped")
	d.types("echo still $((40+2))\r")
	d.sees("still 42")
	d.types("fg\r")
	d.sees("● live")
	d.types("\x03")
	d.lacks("● live")
	d.types("echo status $?\r")
	d.sees("status 0")
	d.types("exit\r")
	d.ends(patient)
	fmt.Printf("fault %-26s terminal as it was between, and the dashboard again\n", "ctrl+z and fg")
}

// shellAt starts a shell that knows where the program is.
func shellAt(t *testing.T, shell string) *desk {
	exe, err := os.Executable()
	require.NoError(t, err)
	return seat(t, 80, 24, true, func(home string) *exec.Cmd {
		cmd := program(t, home, []string{"CLASSTOP=" + exe, "PS1=$ "}, "--norc", "--noprofile", "-i")
		cmd.Path = shell
		return cmd
	})
}

// A stop from outside, where nothing above could continue the program, leaves
// the screen and comes back to it.
func TestTerminalStoppedFromOutside(t *testing.T) {
	d := sit(t, true, nil, "--demo", "--rooms", "5")
	d.sees("● live")
	entered := strings.Count(d.raw(), "\x1b[?1049h")
	require.NoError(t, d.cmd.Process.Signal(syscall.SIGTSTP))
	d.until("come", "back", func() bool { return strings.Count(d.raw(), "\x1b[?1049h") > entered })
	assert.Contains(t, d.raw(), "\x1b[?1049l", "it was left before")
	d.sees("● live")
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(patient))
	d.restored()
}

// The program is told to end while a write is under way: nothing more is
// sent, and the audit file holds how the write ended.
func TestTerminalLostDuringAWrite(t *testing.T) {
	school := sim.New(sim.Options{Seed: 3, Rooms: 3, Members: 6})
	server := httptest.NewServer(school)
	defer server.Close()
	hello := school.Credentials()
	school.SetFaults(sim.Faults{Faults: []sim.Fault{{Action: "KickUserFromRoom", LatencyMS: 60_000}}})
	d := sit(t, true, []string{
		"TENCENTCLOUD_SECRET_ID=" + hello.SecretID, "TENCENTCLOUD_SECRET_KEY=" + hello.SecretKey,
		"CLASSTOP_ENDPOINT=" + server.URL, "CLASSTOP_SDK_APP_ID=" + strconv.FormatUint(hello.SdkAppID, 10),
	})
	d.sees("▌ live")
	d.types("\r")
	d.sees("student")
	d.types("K")
	d.sees("10 minutes")
	d.says("y", "kick: sending")
	start := time.Now()
	require.NoError(t, d.tty.Close())
	d.ends(patient)
	data, err := os.ReadFile(filepath.Join(d.home, ".local/state/classtop/audit.jsonl"))
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(data), "\n"), "intent and outcome: %s", data)
	assert.Contains(t, string(data), `"outcome":"unknown"`)
	fmt.Printf("fault %-26s gone after %.1f s, audit complete\n", "hang-up during a write", time.Since(start).Seconds())
}
