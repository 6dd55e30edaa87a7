// Package uitest drives the dashboard in tests: frames of the model alone, and
// whole programs on a virtual terminal with fake time.
package uitest

import (
	"context"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
)

// Session is a place at a poller that does not exist: a test puts in what
// comes and sees what is wanted.
type Session struct {
	mu     sync.Mutex
	box    []poll.Update
	wants  []poll.Want
	full   chan struct{}
	closed bool
}

// NewSession makes one. Inside synctest, make it inside the bubble.
func NewSession() *Session { return &Session{full: make(chan struct{}, 1)} }

// Put lets updates come.
func (s *Session) Put(us ...poll.Update) {
	s.mu.Lock()
	s.box = append(s.box, us...)
	s.mu.Unlock()
	select {
	case s.full <- struct{}{}:
	default:
	}
}

// Want implements ui.Session.
func (s *Session) Want(wants []poll.Want) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wants = wants
}

// Wants is what was wanted last.
func (s *Session) Wants() []poll.Want {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wants
}

// Wait implements ui.Session.
func (s *Session) Wait(ctx context.Context) ([]poll.Update, error) {
	for {
		s.mu.Lock()
		us := s.box
		s.box = nil
		s.mu.Unlock()
		if len(us) > 0 {
			return us, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.full:
		}
	}
}

// Close implements ui.Session.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// Closed tells whether the program gave its place back.
func (s *Session) Closed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Runner records what was run and answers with Result.
type Runner struct {
	mu     sync.Mutex
	ran    []ops.Op
	Result func(op ops.Op) ops.Result
	// Missing says why the account's edition lacks an action; nil: it lacks none.
	Missing func(op ops.Op) string
}

// Run implements ui.Runner.
func (r *Runner) Run(_ context.Context, op ops.Op) ops.Result {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ran = append(r.ran, op)
	if r.Result != nil {
		return r.Result(op)
	}
	return ops.Result{Op: op, State: ops.Done, RequestID: "req-1"}
}

// RunAll implements ui.Runner.
func (r *Runner) RunAll(ctx context.Context, batch []ops.Op, progress func(i int, res ops.Result)) []ops.Result {
	out := make([]ops.Result, len(batch))
	for i, op := range batch {
		out[i] = r.Run(ctx, op)
		progress(i, out[i])
	}
	return out
}

// Play implements ui.Runner; it does not wait.
func (r *Runner) Play(ctx context.Context, p ops.Play, progress func(i int, res ops.Result)) []ops.Result {
	out := make([]ops.Result, len(p.Steps))
	for i, s := range p.Steps {
		out[i] = r.Run(ctx, s.Op)
		progress(i, out[i])
	}
	return out
}

// Ran is what was run.
func (r *Runner) Ran() []ops.Op {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]ops.Op(nil), r.ran...)
}

// May implements ui.Runner.
func (r *Runner) May(...ops.Op) string { return "" }

// Busy implements ui.Runner.
func (r *Runner) Busy(ops.Target) string { return "" }

// Lacks implements ui.Runner.
func (r *Runner) Lacks(op ops.Op) string {
	if r.Missing == nil {
		return ""
	}
	return r.Missing(op)
}

// TakesTwo implements ui.Runner.
func (r *Runner) TakesTwo(ops.Op) bool { return false }

// Model drives an App without a program: messages in, frames out. Commands are
// not run.
type Model struct {
	*ui.App
	tb testing.TB
}

// NewModel makes the model of a dashboard with a size.
func NewModel(tb testing.TB, deps ui.Deps, w, h int) *Model {
	m := &Model{App: ui.New(tb.Context(), deps), tb: tb}
	m.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor}, tea.WindowSizeMsg{Width: w, Height: h})
	return m
}

// Send hands messages to the model.
func (m *Model) Send(msgs ...tea.Msg) {
	for _, msg := range msgs {
		m.Update(msg)
	}
}

// Put lets updates come, past the pump.
func (m *Model) Put(us ...poll.Update) { m.Send(ui.Updates(us)) }

// Press types keys by their names, as keymap writes them.
func (m *Model) Press(keys ...string) {
	for _, k := range keys {
		m.Send(Key(k))
	}
}

// Frame is the frame with its escape sequences.
func (m *Model) Frame() string { return m.View().Content }

// Text is the frame as plain lines.
func (m *Model) Text() string { return ansi.Strip(m.Frame()) }

// Lines are the lines of Text.
func (m *Model) Lines() []string { return strings.Split(m.Text(), "\n") }

// Key makes the message of a key by its name: "K", "enter", "ctrl+d", "：".
func Key(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "up": tea.KeyUp,
		"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd,
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	if name == "space" {
		name = " "
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
