package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"github.com/anmitsu/go-shlex"

	"classtop/class/clean"
	"classtop/class/rescue"
	"classtop/ui"
)

// cutAfter is how long a session may take to end before its connection is cut:
// a terminal that stopped reading blocks the program's last write.
const cutAfter = 2500 * time.Millisecond

var errNoTerminal = errors.New("the dashboard needs a terminal: ssh -t; for scripts there is: ssh HOST get rooms -o json")

const endsNow = "this session ends now: %s"

// session is one person's dashboard or command.
type session struct {
	server  *Server
	line    *line
	ssh     ssh.Session
	guest   Guest
	started time.Time
	typed   atomic.Int64 // when, as Unix nanoseconds
	writing atomic.Int64 // since when a write takes; 0: none does
	program atomic.Pointer[tea.Program]
	closing atomic.Bool
}

func newSession(s *Server, sess ssh.Session, g Guest) *session {
	one := &session{server: s, line: lineOf(sess), ssh: sess, guest: g, started: time.Now()}
	one.typed.Store(one.started.UnixNano())
	one.guest.Env = sess.Environ()
	return one
}

// middleware handles a session from its start to its end.
func (s *Server) middleware(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		// By the key that was proven, and by what the file says of it now.
		who, ok := s.cfg.Keys.Find(sess.PublicKey())
		if !ok {
			s.farewell(sess, Person{}, 1, errRevoked)
			return
		}
		one, err := s.enter(sess, who)
		if err != nil {
			s.log.Warn("no place", "who", who.Name, "from", sess.RemoteAddr(), "why", err)
			s.farewell(sess, who, 1, err)
			return
		}
		defer s.leave(one)
		code, err := one.serve()
		s.farewell(sess, who, code, err)
	}
}

// farewell says why a session ends, if there is more to say than its status.
func (s *Server) farewell(sess ssh.Session, who Person, code int, why error) {
	if why != nil {
		text := clean.Line(why.Error(), 200)
		if s.cfg.Tell != nil {
			text = s.cfg.Tell(Guest{Person: who, Env: sess.Environ()}, text)
		}
		fmt.Fprintln(sess.Stderr(), "classtop: "+text)
	}
	_ = sess.Exit(code)
}

// serve runs the session. A panic in it ends this one only.
func (one *session) serve() (code int, err error) {
	log := one.server.log.With("who", one.guest.Name, "role", one.guest.Role, "session", one.guest.ID, "from", one.guest.From)
	// Of a command only its name: what follows may hold a secret.
	name, _, _ := strings.Cut(strings.TrimPrefix(one.ssh.RawCommand(), "classtop "), " ")
	log.Info("came in", "command", clean.Line(name, 40), "key", one.guest.Key)
	watched, done := context.WithCancel(one.line)
	defer done()
	rescue.Go("watching a session", func() { one.watch(watched) })
	err = rescue.Do("a session", func() (err error) {
		code = 1
		if one.ssh.RawCommand() != "" {
			code, err = one.exec()
		} else {
			code, err = one.dashboard()
		}
		return err
	})
	if f := (*rescue.Fault)(nil); errors.As(err, &f) && one.server.cfg.Fault != nil {
		one.server.cfg.Fault(f)
	}
	log.Info("left", "after", time.Since(one.started).Round(time.Second).String(), "status", code, "why", err)
	return code, err
}

// exec runs a command line.
func (one *session) exec() (int, error) {
	args, err := shlex.Split(one.ssh.RawCommand(), true)
	if err != nil {
		return 2, fmt.Errorf("the command line cannot be read: %w", err)
	}
	if len(args) > 0 && args[0] == "classtop" {
		args = args[1:] // as it is written on the host
	}
	code := one.server.cfg.Exec(one.line, one.guest, args, Streams{In: one.input(), Out: one.output(), Err: one.ssh.Stderr()})
	if why := one.why(); why != nil {
		return code, why
	}
	return code, nil
}

// dashboard runs a program on the terminal.
func (one *session) dashboard() (int, error) {
	pty, _, ok := one.ssh.Pty()
	if !ok {
		return 2, errNoTerminal
	}
	first := clamp(pty.Window.Width, pty.Window.Height)
	deps := one.server.cfg.Dashboard(one.guest)
	err := ui.Run(one.line, deps, ui.Terminal{
		In: one.input(), Out: one.output(), Env: append([]string{"TERM=" + pty.Term}, one.guest.Env...),
		Stopping: one.cutLater, Signals: ui.NoSignals(), Width: first.w, Height: first.h,
		Started: func(p *tea.Program) {
			one.program.Store(p)
			rescue.Go("the size of a terminal", func() { one.resizes(p) })
		},
	})
	if why := one.why(); why != nil {
		return 1, why
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}

// why is the reason for which the server ended the session; nil if it did not.
func (one *session) why() error {
	if why := context.Cause(one.line.ctx); why != nil && one.closing.Load() {
		return why
	}
	return nil
}

// resizes hands on the newest size. Send waits while the program's terminal
// does not read; what comes meanwhile is only kept, one size.
func (one *session) resizes(p *tea.Program) {
	for {
		select {
		case <-one.line.Done():
			return
		case s := <-one.line.resize:
			p.Send(tea.WindowSizeMsg{Width: s.w, Height: s.h})
		}
	}
}

// watch ends the session when it is too old, too idle, or stalled.
func (one *session) watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	l := one.server.cfg.Limits
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			since := one.writing.Load()
			switch {
			case l.Lifetime > 0 && now.Sub(one.started) >= l.Lifetime:
				one.close(errLifetime)
			case l.Idle > 0 && now.Sub(time.Unix(0, one.typed.Load())) >= l.Idle:
				one.close(errIdle)
			case since > 0 && now.Sub(time.Unix(0, since)) >= l.Stall:
				one.close(errStalled)
			}
		}
	}
}

// close says why and ends the session a little later. It never waits.
func (one *session) close(why error) {
	if one.closing.Swap(true) {
		return
	}
	farewell := one.server.cfg.Limits.Farewell
	if p := one.program.Load(); p != nil {
		rescue.Go("telling a session", func() { p.Send(ui.Notice{Level: ui.Warning, Text: fmt.Sprintf(endsNow, why)}) })
	}
	time.AfterFunc(farewell, rescue.Func("the end of a session", func() {
		one.line.end(why)
		one.cutLater()
	}))
}

// cutLater closes the connection if the session has not ended by itself soon.
func (one *session) cutLater() {
	time.AfterFunc(cutAfter, rescue.Func("the forced end of a session", func() {
		one.server.mu.Lock()
		_, here := one.server.sessions[one.guest.ID]
		one.server.mu.Unlock()
		if c, ok := one.line.Value(connKey{}).(*conn); ok && here {
			_ = c.Close()
		}
	}))
}

// input notes when something was typed.
func (one *session) input() io.Reader { return reader{one} }

type reader struct{ *session }

func (r reader) Read(p []byte) (int, error) {
	n, err := r.ssh.Read(p)
	if n > 0 {
		r.typed.Store(time.Now().UnixNano())
	}
	return n, err
}

// output notes how long a write takes.
func (one *session) output() io.Writer { return writer{one} }

type writer struct{ *session }

func (w writer) Write(p []byte) (int, error) {
	w.writing.Store(time.Now().UnixNano())
	defer w.writing.Store(0)
	return w.ssh.Write(p)
}

// Setting is the value of a variable that came with the session.
func (g Guest) Setting(name string) (value string, set bool) {
	for _, kv := range g.Env {
		if v, ok := strings.CutPrefix(kv, name+"="); ok {
			return v, true
		}
	}
	return "", false
}
