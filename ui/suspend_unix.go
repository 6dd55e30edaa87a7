//go:build unix

package ui

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"

	"classtop/class/rescue"
)

// notStopped is how long after the request to stop this process is woken if
// it runs on. A process whose group has no shell above it (ssh -t, a session
// leader) cannot be stopped, and Bubble Tea would wait for ever for it to be
// continued. While it is stopped the timer stands still.
const notStopped = 400 * time.Millisecond

// beforeSuspend is called just before the terminal is given back. It wakes
// until the suspension is over, because a signal that comes before Bubble Tea
// waits for it is lost.
func beforeSuspend(suspending *atomic.Bool) {
	time.AfterFunc(notStopped, rescue.Func("suspending", func() {
		if suspending.Load() {
			_ = syscall.Kill(os.Getpid(), syscall.SIGCONT)
			beforeSuspend(suspending)
		}
	}))
}

// onStop turns a SIGTSTP from outside into an orderly suspension: by itself it
// would stop the program with the terminal raw. While suspending is set the
// signal is Bubble Tea's own, which has given the terminal back: then it stops
// this process by SIGSTOP, because Go swallows a SIGTSTP that was ever asked
// for.
func onStop(p *tea.Program, suspending *atomic.Bool) (undo func()) {
	c, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(c, syscall.SIGTSTP)
	rescue.Go("waiting for SIGTSTP", func() {
		for {
			select {
			case <-c:
				switch {
				case !suspending.Load():
					p.Send(tea.SuspendMsg{})
				case continuable():
					_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
				}
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

// continuable tells whether a shell with job control is above: it put this
// process into a group that is not the session's first.
func continuable() bool {
	session, err := unix.Getsid(0)
	above, failed := unix.Getsid(os.Getppid())
	return err == nil && failed == nil && above == session && syscall.Getpgrp() != session
}
