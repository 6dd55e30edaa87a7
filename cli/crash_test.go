//go:build unix

package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class/rescue"
	"classtop/poll"
	"classtop/ui"
)

// canary stands for a secret in a panic's value.
const canary = "canary-7f3a9c"

// sabotages make the real program fail, each in another goroutine.
var sabotages = map[string]func(*ui.Deps){
	"update": func(d *ui.Deps) { // drawing asks for the status, and a key draws
		status, n := d.Status, new(atomic.Int32)
		d.Status = func() ui.Status {
			if n.Add(1) > 3 {
				panic("status of " + canary)
			}
			return status()
		}
	},
	"command": func(d *ui.Deps) { d.Session = bomb{d.Session} },
	"goroutine": func(d *ui.Deps) {
		poke := d.Session
		d.Session = fuse{poke}
	},
}

// bomb panics in the command that waits for updates.
type bomb struct{ ui.Session }

func (b bomb) Wait(ctx context.Context) ([]poll.Update, error) {
	if us, err := b.Session.Wait(ctx); err != nil || len(us) < 3 {
		return us, err
	}
	panic(canary)
}

// fuse panics in a goroutine of its own.
type fuse struct{ ui.Session }

func (f fuse) Wait(ctx context.Context) ([]poll.Update, error) {
	us, err := f.Session.Wait(ctx)
	if len(us) >= 3 {
		rescue.Go("a fuse", func() { panic(canary) })
	}
	return us, err
}

func TestCrashLeavesTheTerminalAndAReport(t *testing.T) {
	for _, fault := range []string{"update", "command", "goroutine"} {
		t.Run(fault, func(t *testing.T) {
			d := sit(t, true, []string{"CLASSTOP_TEST_FAULT=" + fault}, "--demo", "--rooms", "5")
			assert.Equal(t, exitFailed, d.ends(patient))
			d.sees("A report without names and keys is in")
			assert.Contains(t, d.shown(), "internal fault in")
			d.restored()
			fmt.Printf("fault %-26s terminal as it was, report written, its path printed\n", "panic in "+fault)
			files, err := filepath.Glob(filepath.Join(d.home, ".local/state/classtop/crash-*.txt"))
			require.NoError(t, err)
			require.Len(t, files, 1)
			info, err := os.Stat(files[0])
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
			report, err := os.ReadFile(files[0])
			require.NoError(t, err)
			assert.Contains(t, string(report), "goroutine ")
			assert.NotContains(t, string(report)+d.raw(), canary, "the panic's value is told to nobody")
		})
	}
}

// restored asserts that what the dashboard switched on is off again.
func (d *desk) restored() {
	d.t.Helper()
	off := func(on, off string) bool { return strings.LastIndex(d.raw(), off) >= strings.LastIndex(d.raw(), on) }
	d.until("leave", "what it switched on", func() bool {
		return off("\x1b[?1049h", "\x1b[?1049l") && off("\x1b[?2004h", "\x1b[?2004l") && off("\x1b[?25l", "\x1b[?25h")
	})
	after, err := term.GetState(d.tty.Fd())
	require.NoError(d.t, err)
	assert.NotZero(d.t, after.Termios.Lflag&syscall.ICANON, "lines again")
	assert.NotZero(d.t, after.Termios.Lflag&syscall.ECHO, "keys are seen again")
}
