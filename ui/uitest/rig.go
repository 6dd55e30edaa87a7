package uitest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"classtop/ui"
)

// Rig is a whole program on a virtual terminal. It lives inside a synctest
// bubble: time passes only by Advance, and then as much as it says.
type Rig struct {
	t    *testing.T
	mu   sync.Mutex // guards term: the renderer writes, the test reads
	term *vt.Emulator
	keys *keyboard
	prog *tea.Program
	stop context.CancelFunc
	done chan error
	out  int // bytes written to the terminal

	skipped atomic.Int64 // how far the program's clock has been put on
}

// Start runs a dashboard. Call it inside synctest.Test; it ends with the test.
func Start(t *testing.T, deps ui.Deps, w, h int) *Rig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &Rig{t: t, term: vt.NewEmulator(w, h), keys: newKeyboard(), stop: cancel, done: make(chan error, 1)}
	clock := deps.Now
	deps.Now = func() time.Time { return clock().Add(time.Duration(r.skipped.Load())) }
	go r.answers(r.term)
	started := make(chan *tea.Program, 1)
	go func() {
		r.done <- ui.Run(ctx, deps, ui.Terminal{
			In: r.keys, Out: writer{r}, Env: []string{"TERM=xterm-256color", "COLORTERM=truecolor", "CLICOLOR_FORCE=1"},
			Signals: ui.NoSignals(), Width: w, Height: h, Started: func(p *tea.Program) { started <- p },
		})
		r.keys.close()
		r.mu.Lock()
		defer r.mu.Unlock()
		_ = r.term.Close()
	}()
	r.prog = <-started
	t.Cleanup(r.end)
	r.Advance(100 * time.Millisecond)
	return r
}

// end stops the program and waits for it.
func (r *Rig) end() {
	r.stop()
	select {
	case err := <-r.done:
		if _, switched := ui.AsSwitched(err); err != nil && !switched {
			r.t.Errorf("the program ended with: %v", err)
		}
	case <-time.After(5 * time.Second):
		r.t.Error("the program did not end within 5 s")
	}
}

// answers passes on what the terminal replies to queries, as real ones do.
func (r *Rig) answers(term *vt.Emulator) {
	buf := make([]byte, 256)
	for {
		n, err := term.Read(buf)
		if err != nil {
			return
		}
		r.keys.send(bytes.Clone(buf[:n]))
	}
}

// writer is the program's output. Without a tty Bubble Tea counts on the
// terminal to return the carriage at each line feed, as the tty driver would.
type writer struct{ r *Rig }

func (w writer) Write(p []byte) (int, error) {
	w.r.mu.Lock()
	defer w.r.mu.Unlock()
	w.r.out += len(p)
	if _, err := w.r.term.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Advance lets time pass and the program come to rest.
func (r *Rig) Advance(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// Skip puts the program's clock on and lets the program notice. Hours cost as
// little as a second, but nothing else happens in them.
func (r *Rig) Skip(d time.Duration) {
	r.skipped.Add(int64(d))
	r.Advance(time.Second)
}

// settle is long enough for a lone Esc (50 ms) and a frame (33 ms).
const settle = 100 * time.Millisecond

// Press types keys by their names, one after the other, as a person does.
func (r *Rig) Press(keys ...string) {
	for _, k := range keys {
		r.keys.send([]byte(Sequence(k)))
		r.Advance(settle)
	}
}

// Rush types keys in one go, as somebody does who is too fast.
func (r *Rig) Rush(keys ...string) {
	var all strings.Builder
	for _, k := range keys {
		all.WriteString(Sequence(k))
	}
	r.keys.send([]byte(all.String()))
	r.Advance(settle)
}

// Paste pastes text as a terminal with bracketed paste does.
func (r *Rig) Paste(text string) {
	r.keys.send([]byte("\x1b[200~" + text + "\x1b[201~"))
	r.Advance(settle)
}

// Resize changes the terminal's size.
func (r *Rig) Resize(w, h int) {
	r.mu.Lock()
	r.term.Resize(max(1, w), max(1, h))
	r.mu.Unlock()
	r.prog.Send(tea.WindowSizeMsg{Width: w, Height: h})
	r.Advance(settle)
}

// Forget goes on with a new terminal that has no history, and lets the program
// paint anew. The old one keeps every line that ever scrolled away.
func (r *Rig) Forget() {
	r.mu.Lock()
	old := r.term
	r.term = vt.NewEmulator(old.Width(), old.Height())
	go r.answers(r.term)
	w, h := old.Width(), old.Height()
	_ = old.Close()
	r.mu.Unlock()
	r.Resize(w-1, h)
	r.Resize(w, h)
}

// HangUp ends the input, as a closed terminal does.
func (r *Rig) HangUp() {
	r.keys.close()
	r.Advance(settle)
}

// Ended tells whether the program has ended, and with what.
func (r *Rig) Ended() (bool, error) {
	select {
	case err := <-r.done:
		r.done <- err
		return true, err
	default:
		return false, nil
	}
}

// Written is the number of bytes written to the terminal so far.
func (r *Rig) Written() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out
}

// Screen is what the terminal shows, as lines of text.
func (r *Rig) Screen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for y := range r.term.Height() {
		for x := 0; x < r.term.Width(); x++ {
			c := r.term.CellAt(x, y)
			if c == nil || c.Width == 0 {
				continue // the second half of a wide character
			}
			if c.Content == "" {
				b.WriteByte(' ')
				continue
			}
			b.WriteString(c.Content)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Line is the first line of the screen that holds a text, or "".
func (r *Rig) Line(text string) string {
	for l := range strings.Lines(r.Screen()) {
		if strings.Contains(l, text) {
			return strings.TrimRight(l, " \n")
		}
	}
	return ""
}

// Has tells whether the screen shows a text.
func (r *Rig) Has(text string) bool { return strings.Contains(r.Screen(), text) }

// Cell is one cell of the screen.
func (r *Rig) Cell(x, y int) uv.Cell {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.term.CellAt(x, y); c != nil {
		return *c
	}
	return uv.Cell{}
}

// Until lets time pass until the screen shows a text, for at most d.
func (r *Rig) Until(text string, d time.Duration) {
	r.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); {
		if r.Has(text) {
			return
		}
		r.Advance(settle)
	}
	r.t.Fatalf("%q did not appear within %v:\n%s", text, d, r.Screen())
}

// keyboard is the program's input. Its reads block on a channel, which fake
// time understands; a pipe of the system would not.
type keyboard struct {
	typed chan []byte
	gone  chan struct{}
	once  sync.Once
	rest  []byte
}

func newKeyboard() *keyboard {
	return &keyboard{typed: make(chan []byte, 64), gone: make(chan struct{})}
}

func (k *keyboard) send(p []byte) {
	select {
	case k.typed <- p:
	case <-k.gone:
	}
}

func (k *keyboard) close() { k.once.Do(func() { close(k.gone) }) }

// Read implements io.Reader.
func (k *keyboard) Read(p []byte) (int, error) {
	if len(k.rest) == 0 {
		select {
		case k.rest = <-k.typed:
		case <-k.gone:
			return 0, io.EOF
		}
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, nil
}

// Sequence is what a terminal sends for a key, by the name that keymap writes.
func Sequence(key string) string {
	special := map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B",
		"right": "\x1b[C", "left": "\x1b[D", "pgup": "\x1b[5~", "pgdown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F",
	}
	if s, ok := special[key]; ok {
		return s
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return string(rest[0] & 0x1f)
	}
	return key
}
