//go:build unix

package ui

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/class/rescue"
)

// notStopped is how long after the request to stop this process is woken if
// it runs on. A process whose group has no shell above it (ssh -t, a session
// leader) cannot be stopped, and Bubble Tea would wait for ever for it to be
// continued. While it is stopped the timer stands still.
const notStopped = 400 * time.Millisecond

// beforeSuspend is called just before the terminal is given back.
func beforeSuspend() {
	time.AfterFunc(notStopped, rescue.Func("suspending", func() { _ = syscall.Kill(os.Getpid(), syscall.SIGCONT) }))
}

// onStop turns a SIGTSTP from outside into an orderly suspension: by itself it
// would stop the program with the terminal raw. resumed tells of the end of
// each suspension, when the signal is caught again.
func onStop(p *tea.Program, resumed <-chan struct{}) (undo func()) {
	c, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(c, syscall.SIGTSTP)
	rescue.Go("waiting for SIGTSTP", func() {
		for {
			select {
			case <-c:
				signal.Stop(c) // the next one shall stop us
				p.Send(tea.SuspendMsg{})
			case <-resumed:
				signal.Notify(c, syscall.SIGTSTP)
			case <-done:
				return
			}
		}
	})
	return func() {
		signal.Stop(c)
		close(done)
	}
}

// letStop gives SIGTSTP its own meaning back.
func letStop() { signal.Reset(syscall.SIGTSTP) }
