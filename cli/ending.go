package cli

import (
	"context"
	"io"
	"os"
	"sync"
	"time"

	"classtop/class/rescue"
	"classtop/ops"
	"classtop/ui"

	"github.com/charmbracelet/x/term"
)

// counted knows how many writes are under way, because the screen ends
// without waiting for them and their audit lines must still be written. Each
// ends about a second after its context does.
type counted struct {
	*ops.Runner
	inFlight *sync.WaitGroup
}

func count(r *ops.Runner) *counted { return &counted{r, new(sync.WaitGroup)} }

// as is the same for another operator; settle waits for both.
func (c *counted) as(operator string, role ops.Role) *counted {
	return &counted{c.Runner.As(operator, role), c.inFlight}
}

// Run carries out one operation.
func (c *counted) Run(ctx context.Context, op ops.Op) ops.Result {
	c.inFlight.Add(1)
	defer c.inFlight.Done()
	return c.Runner.Run(ctx, op)
}

// RunAll carries out a batch.
func (c *counted) RunAll(ctx context.Context, batch []ops.Op, progress func(i int, res ops.Result)) []ops.Result {
	c.inFlight.Add(1)
	defer c.inFlight.Done()
	return c.Runner.RunAll(ctx, batch, progress)
}

// Play carries out a playbook.
func (c *counted) Play(ctx context.Context, p ops.Play, progress func(i int, res ops.Result)) []ops.Result {
	c.inFlight.Add(1)
	defer c.inFlight.Done()
	return c.Runner.Play(ctx, p, progress)
}

// settle waits for the writes under way, but not for ever.
func (c *counted) settle() {
	quiet := make(chan struct{})
	rescue.Go("waiting for writes", func() {
		c.inFlight.Wait()
		close(quiet)
	})
	select {
	case <-quiet:
	case <-time.After(patience):
	}
}

// screen is the terminal with the few variables that describe it. A terminal
// that stopped reading would block the last write for ever, so the end is
// forced a while after it was asked for.
func (a *app) screen() ui.Terminal {
	t := ui.Terminal{In: a.in, Out: a.out}
	for _, name := range []string{"TERM", "COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM_PROGRAM", "TMUX", "STY", "WT_SESSION", "SSH_TTY"} {
		if v, ok := a.env(name); ok {
			t.Env = append(t.Env, name+"="+v)
		}
	}
	restore := func() {}
	if f, ok := a.in.(*os.File); ok {
		if state, err := term.GetState(f.Fd()); err == nil {
			restore = func() { _ = term.Restore(f.Fd(), state) }
		}
	}
	t.Stopping = func() {
		time.AfterFunc(patience, rescue.Func("the forced end", func() {
			a.leaveScreen()
			restore()
			os.Exit(exitFailed)
		}))
	}
	return t
}

// plainScreen ends what the dashboard may have switched on: synchronized
// output, mouse, bracketed paste, focus, key protocol, alternate screen and
// the hidden cursor.
const plainScreen = "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"

// leaveScreen tries to leave a terminal that still reads as it was found; one
// that stopped reading must not hold up the end.
func (a *app) leaveScreen() {
	written := make(chan struct{})
	rescue.Go("leaving the screen", func() {
		_, _ = io.WriteString(a.out, plainScreen)
		close(written)
	})
	select {
	case <-written:
	case <-time.After(patience / 10):
	}
}

// patience is how long the end may take before it is forced; a write in
// flight is given its second of it and its audit line.
const patience = 2500 * time.Millisecond
