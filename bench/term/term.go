//go:build unix

// Package term runs a program on a pseudo-terminal and looks at it from
// outside: what it shows, when it writes, how much, and what it costs.
package term

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"classtop/bench/screen"
)

// Desk is a running program with its terminal.
type Desk struct {
	cmd     *exec.Cmd
	tty     *os.File
	Started time.Time

	mu    sync.Mutex
	tube  *vt.Emulator
	sent  []byte    // what the program wrote
	last  time.Time // when it wrote last
	drawn chan struct{}
}

// Run starts a program on a terminal of that size. Its home is a temporary
// folder.
func Run(home string, width, height int, path string, args ...string) (*Desk, error) {
	return RunWith([]string{"HOME=" + home, "USER=bench"}, width, height, path, args...)
}

// RunWith is Run with an environment of one's own, to which the terminal's
// variables and PATH are added.
func RunWith(env []string, width, height int, path string, args ...string) (*Desk, error) {
	d := &Desk{cmd: exec.Command(path, args...), tube: vt.NewEmulator(width, height), drawn: make(chan struct{}, 1)}
	d.cmd.Env = append(env, "TERM=xterm-256color", "COLORTERM=truecolor", "PATH="+os.Getenv("PATH"))
	d.Started = time.Now()
	var err error
	d.tty, err = pty.StartWithSize(d.cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		return nil, err
	}
	go d.read()
	go d.answer()
	return d, nil
}

func (d *Desk) read() {
	buffer := make([]byte, 64<<10)
	for {
		n, err := d.tty.Read(buffer)
		now := time.Now()
		if err != nil {
			return
		}
		d.mu.Lock()
		_, _ = d.tube.Write(buffer[:n])
		d.sent, d.last = append(d.sent, buffer[:n]...), now
		d.mu.Unlock()
		select {
		case d.drawn <- struct{}{}:
		default:
		}
	}
}

// answer sends back what a terminal answers to questions.
func (d *Desk) answer() {
	buffer := make([]byte, 4<<10)
	for {
		n, err := d.tube.Read(buffer)
		if err != nil {
			return
		}
		if _, err := d.tty.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// Type sends keys.
func (d *Desk) Type(keys string) error {
	_, err := d.tty.WriteString(keys)
	return err
}

// Resize changes the terminal's size and lets the program know.
func (d *Desk) Resize(width, height int) error {
	d.mu.Lock()
	d.tube.Resize(width, height)
	d.mu.Unlock()
	return pty.Setsize(d.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
}

// Line is a line of the screen, the last ones counted from -1.
func (d *Desk) Line(y int) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if y < 0 {
		y += d.tube.Height()
	}
	return d.line(y)
}

// Screen is all lines of the screen.
func (d *Desk) Screen() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for y := range d.tube.Height() {
		b.WriteString(d.line(y))
		b.WriteByte('\n')
	}
	return b.String()
}

func (d *Desk) line(y int) string {
	var b strings.Builder
	for x := range d.tube.Width() {
		if c := d.tube.CellAt(x, y); c != nil {
			b.WriteString(c.Content)
		}
	}
	return b.String()
}

// Until waits until the screen is as it should be and returns when the bytes
// came that made it so.
func (d *Desk) Until(what string, so func() bool) (time.Time, error) {
	return d.Within(20*time.Second, what, so)
}

// Within is Until with a patience of one's own.
func (d *Desk) Within(patience time.Duration, what string, so func() bool) (time.Time, error) {
	deadline := time.After(patience)
	for {
		d.mu.Lock()
		at := d.last
		d.mu.Unlock()
		if so() {
			return at, nil
		}
		select {
		case <-d.drawn:
		case <-deadline:
			return at, fmt.Errorf("the screen never showed %s; its first line is %q, its last %q", what, d.Line(0), d.Line(-1))
		}
	}
}

// Cells is what the screen shows.
func (d *Desk) Cells() screen.Cells {
	d.mu.Lock()
	defer d.mu.Unlock()
	return screen.Look(d.tube.Width(), d.tube.Height(), func(x, y int) uv.Cell {
		if c := d.tube.CellAt(x, y); c != nil {
			return *c
		}
		return uv.EmptyCell
	})
}

// Rest waits until the program has written nothing for a while.
func (d *Desk) Rest(while time.Duration) {
	for {
		select {
		case <-d.drawn:
		case <-time.After(while):
			return
		}
	}
}

// Sent is the number of bytes that the program wrote so far.
func (d *Desk) Sent() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.sent)
}

// Recording is what the program wrote so far.
func (d *Desk) Recording() []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.Clone(d.sent)
}

// CPU is the processor time that the program has used, of all its threads.
func (d *Desk) CPU() time.Duration {
	var sum int64
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", d.cmd.Process.Pid))
	for _, f := range files {
		data, _ := os.ReadFile(f)
		first, _, _ := strings.Cut(string(data), " ")
		n, _ := strconv.ParseInt(first, 10, 64)
		sum += n
	}
	return time.Duration(sum)
}

// Resident is the program's memory in MiB: all of it, and the part that is its
// own and not pages of the binary.
func (d *Desk) Resident() (all, own float64) {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	for line := range strings.Lines(string(data)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kib); err == nil {
			all = kib / 1024
		}
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kib); err == nil {
			own = kib / 1024
		}
	}
	return all, own
}

// End kills the program.
func (d *Desk) End() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
	_ = d.tty.Close()
	_ = d.tube.Close()
}
