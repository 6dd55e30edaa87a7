// Package serve is the dashboard over SSH: it knows who may come in, gives
// each session its own program, and keeps them apart. What the programs work
// on is made by the caller; all of them share one poller, one budget and one
// audit file.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"classtop/class/rescue"
	"classtop/ui"
)

// Limits keep one person, or somebody who is nobody, from taking what others
// need.
type Limits struct {
	Connections int           // at once, of everybody
	Unproven    int           // of them that have not shown a key yet
	Handshake   time.Duration // in which a key must be shown
	Sessions    int           // dashboards and commands at once, of everybody
	PerKey      int           // of them with one key
	Idle        time.Duration // after the last key; 0: no limit
	Lifetime    time.Duration // of a session; 0: no limit
	Stall       time.Duration // in which a terminal must take what is written
	Farewell    time.Duration // between saying that a session ends and its end
}

// DefaultLimits fit a school's operations room.
func DefaultLimits() Limits {
	return Limits{
		Connections: 1000, Unproven: 100, Handshake: 10 * time.Second, Sessions: 200, PerKey: 20,
		Lifetime: 24 * time.Hour, Stall: 2 * time.Minute, Farewell: 2 * time.Second,
	}
}

// Guest is a person in one session.
type Guest struct {
	Person
	ID      uint64 // of the session; never used twice
	From    string // address
	Env     []string
	Started time.Time
}

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Config is what a server needs.
type Config struct {
	Keys    *Keys
	HostKey gossh.Signer
	Limits  Limits
	Log     *slog.Logger
	// Dashboard makes what one session's program works on.
	Dashboard func(Guest) ui.Deps
	// Exec runs a command line and returns its exit status. It ends soon after
	// the context does.
	Exec func(ctx context.Context, g Guest, args []string, s Streams) int
	// Tell puts a text into the person's language; nil leaves it English.
	Tell func(g Guest, text string) string
	// Fault is told of a panic in a session; the session ends, nothing else.
	Fault func(*rescue.Fault)
}

// Server is the dashboard over SSH.
type Server struct {
	cfg  Config
	ssh  *ssh.Server
	gate *gate
	log  *slog.Logger

	mu       sync.Mutex
	sessions map[uint64]*session
	last     uint64 // session's number
	closing  bool
	tally    tally
	empty    chan struct{} // closed when closing and nobody is left
}

// New makes a server.
func New(cfg Config) (*Server, error) {
	s := &Server{cfg: cfg, gate: newGate(cfg.Limits), log: cfg.Log, sessions: map[uint64]*session{}, empty: make(chan struct{})}
	var err error
	s.ssh, err = wish.NewServer(
		wish.WithVersion("classtop"), ssh.EmulatePty(), wish.WithPublicKeyAuth(s.offered), wish.WithMiddleware(s.middleware),
		func(srv *ssh.Server) error {
			srv.AddHostKey(cfg.HostKey)
			srv.HandshakeTimeout = cfg.Limits.Handshake
			srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
			srv.RequestHandlers = map[string]ssh.RequestHandler{"keepalive@openssh.com": alive}
			srv.ConnCallback = s.admit
			srv.ConnectionFailedCallback = s.failed
			srv.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig { return &gossh.ServerConfig{MaxAuthTries: 6} }
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("make the SSH server: %w", err)
	}
	return s, nil
}

// alive answers a client that asks whether the connection still stands.
func alive(ssh.Context, *ssh.Server, *gossh.Request) (bool, []byte) { return true, nil }

// offered tells whether a key is worth proving. Nothing is taken from it: a
// client may offer keys that it does not have.
func (s *Server) offered(ctx ssh.Context, key ssh.PublicKey) bool {
	_, ok := s.cfg.Keys.Find(key)
	if !ok {
		s.log.Debug("a key was offered that is not in the file", "from", ctx.RemoteAddr(), "key", gossh.FingerprintSHA256(key))
	}
	return ok
}

func (s *Server) admit(ctx ssh.Context, c net.Conn) net.Conn {
	one := s.gate.admit(c)
	if one == nil {
		return nil
	}
	ctx.SetValue(connKey{}, one)
	return one
}

func (s *Server) failed(c net.Conn, err error) {
	s.mu.Lock()
	s.tally.refused++
	s.mu.Unlock()
	s.log.Info("nobody came in", "from", c.RemoteAddr(), "err", err)
}

// Serve lets people in until ctx ends, then tells everybody and waits a little
// for them. It returns when no session runs any more.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ended := make(chan error, 1)
	rescue.Go("the SSH server", func() { ended <- s.ssh.Serve(l) })
	recheck := time.NewTicker(time.Second)
	defer recheck.Stop()
	for {
		select {
		case err := <-ended:
			s.stop()
			return fmt.Errorf("the SSH server ended: %w", err)
		case <-recheck.C:
			s.recheck()
		case <-ctx.Done():
			_ = l.Close()
			s.stop()
			return nil
		}
	}
}

// recheck ends the sessions whose key was taken out of the file or has another
// role now.
func (s *Server) recheck() {
	people := s.cfg.Keys.all()
	for _, one := range s.all() {
		switch now, ok := people[one.guest.Key]; {
		case !ok:
			one.close(errRevoked)
		case now != one.guest.Person:
			one.close(errChanged)
		}
	}
}

// stop ends every session and all connections.
func (s *Server) stop() {
	s.mu.Lock()
	s.closing = true
	if len(s.sessions) == 0 {
		close(s.empty)
	}
	s.mu.Unlock()
	for _, one := range s.all() {
		one.close(errStopping)
	}
	select {
	case <-s.empty:
	case <-time.After(s.cfg.Limits.Farewell + 2*cutAfter):
		s.log.Warn("some sessions did not end in time")
	}
	_ = s.ssh.Close()
}

func (s *Server) all() []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*session, 0, len(s.sessions))
	for _, one := range s.sessions {
		out = append(out, one)
	}
	return out
}

// enter gives a person a place, or says why there is none.
func (s *Server) enter(sess ssh.Session, who Person) (*session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := 0
	for _, one := range s.sessions {
		if one.guest.Key == who.Key {
			mine++
		}
	}
	limits := s.cfg.Limits
	switch {
	case s.closing:
		return nil, errStopping
	case mine >= limits.PerKey:
		return nil, fmt.Errorf(tooManyOfOne, mine)
	case len(s.sessions) >= limits.Sessions:
		return nil, fmt.Errorf(tooManyOfAll, limits.Sessions)
	}
	s.last++
	one := newSession(s, sess, Guest{Person: who, ID: s.last, From: sess.RemoteAddr().String(), Started: time.Now()})
	s.sessions[one.guest.ID] = one
	s.tally.entered++
	return one, nil
}

func (s *Server) leave(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, one.guest.ID)
	if s.closing && len(s.sessions) == 0 {
		close(s.empty)
	}
}

// Why a session ends that its person did not end.
var (
	errRevoked  = errors.New("your key was taken out of the list")
	errChanged  = errors.New("your name or role was changed; connect again")
	errStopping = errors.New("the server stops; connect again in a while")
	errIdle     = errors.New("no key was pressed for too long")
	errLifetime = errors.New("the session is as old as a session may get; connect again")
	errStalled  = errors.New("the terminal stopped reading")
)

// Why there is no place for a session.
const (
	tooManyOfOne = "you have %d open here, the most for one key; end one first"
	tooManyOfAll = "all %d places are taken; try again later"
)
