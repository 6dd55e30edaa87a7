package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"classtop/class/rescue"
	"classtop/ui/paint"
)

// ticks a second: as often Bubble Tea wakes, whether or not anything changed.
// It writes only modes, titles and questions to the terminal then; frames are
// the painter's.
const ticksPerSecond = 10

// Terminal is what a program runs on.
type Terminal struct {
	In  io.Reader // a terminal's file, or any reader of its bytes
	Out io.Writer
	Env []string // TERM, COLORTERM, NO_COLOR …
	// Stopping is called, once, when the program has been told to end: the
	// caller may then force the exit after a while, because a terminal that
	// stopped reading blocks the last write. May be nil.
	Stopping func()
	// Signals are handled here and end the program; nil takes SIGHUP, SIGINT
	// and SIGTERM. An empty list takes none (many programs in one process).
	Signals []os.Signal
	// Width and Height are the first size where Out is not a terminal's file.
	Width, Height int
	// Started receives the program, for sessions that pass on resizes.
	Started func(*tea.Program)
}

// NoSignals are Terminal.Signals for many programs in one process.
func NoSignals() []os.Signal { return []os.Signal{} }

// Notice is a message for the operator from outside his program.
type Notice struct {
	Level Level
	Text  string
}

// Run shows the dashboard until the operator leaves, the input ends, a signal
// comes or ctx does. What it started is ended when it returns. It returns
// Switched when the operator chose another profile.
func Run(ctx context.Context, deps Deps, t Terminal) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer deps.Session.Close()
	profile := t.colors()
	painter := paint.New(t.Out, profile)
	app := &guard{app: New(ctx, deps), end: cancel, painter: painter}
	defer app.app.deps.Crew.Leave()
	var suspending atomic.Bool
	options := []tea.ProgramOption{
		tea.WithInput(ending(t.In, cancel)), tea.WithOutput(painter.Output()), tea.WithEnvironment(t.Env),
		tea.WithFPS(ticksPerSecond), tea.WithColorProfile(profile), tea.WithoutSignalHandler(),
		tea.WithFilter(suspension(t.shared(), &suspending)),
	}
	if t.Width > 0 { // Out is no terminal's file, so that nothing can be asked of it
		options = append(options, tea.WithWindowSize(t.Width, t.Height))
	}
	p := tea.NewProgram(app, options...)
	stop := context.AfterFunc(ctx, rescue.Func("ending", func() {
		if t.Stopping != nil {
			t.Stopping()
		}
		p.Quit()
	}))
	defer stop()
	defer onSignals(t.Signals, cancel)()
	if !t.shared() {
		defer onStop(p, &suspending)()
	}
	if t.Started != nil {
		t.Started(p)
	}
	rescue.Go("painting", func() { painter.Run(ctx) })
	_, err := p.Run()
	painter.End()
	app.app.farewell(t.Out)
	if fault := app.failed(); fault != nil {
		return fault
	}
	if err != nil && !errors.Is(err, tea.ErrInterrupted) {
		return fmt.Errorf("show the dashboard: %w", err)
	}
	return app.app.chosen()
}

// shared tells whether other programs run in this process: then signals are
// not this one's, and it must not stop the process.
func (t Terminal) shared() bool { return t.Signals != nil && len(t.Signals) == 0 }

// colors is what the terminal can show.
func (t Terminal) colors() colorprofile.Profile {
	if t.Width > 0 {
		return colorprofile.Env(t.Env)
	}
	return colorprofile.Detect(t.Out, t.Env)
}

// onSignals calls end at the first of the signals. By default SIGHUP would
// kill the program with the terminal still in its alternate screen.
func onSignals(signals []os.Signal, end func()) (stop func()) {
	if signals == nil {
		signals = []os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}
	}
	if len(signals) == 0 {
		return func() {}
	}
	c, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(c, signals...)
	rescue.Go("waiting for signals", func() {
		select {
		case <-c:
			end()
		case <-done:
		}
	})
	return func() {
		signal.Stop(c)
		close(done)
	}
}
