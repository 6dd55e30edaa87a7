package serve

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"sync"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"classtop/class/rescue"
)

// What a terminal may say of itself.
const (
	maxWidth, maxHeight = 500, 200
	maxEnv              = 32  // variables
	maxEnvBytes         = 256 // name and value of one
)

// size is that of a terminal, within what is drawn for.
type size struct{ w, h int }

// clamp keeps a size that somebody made up from costing memory.
func clamp(w, h int) size {
	if w <= 0 || h <= 0 {
		return size{80, 24}
	}
	return size{min(w, maxWidth), min(h, maxHeight)}
}

// wanted tells whether a variable may come in: those that say what the
// terminal can do and which language its person reads.
func wanted(name string) bool {
	switch name {
	case "TERM", "COLORTERM", "NO_COLOR", "CLICOLOR", "TERM_PROGRAM", "LANG", "LANGUAGE", "CLASSTOP_THEME", "CLASSTOP_ASCII", "CLASSTOP_LOW_BANDWIDTH":
		return true
	}
	return strings.HasPrefix(name, "LC_")
}

// line is one channel of a connection, seen from the server: its context ends
// with the channel and not only with the connection, and of its requests only
// those arrive that mean something here. So there is no agent, no X11, no
// subsystem (SCP, SFTP) and no end to what a peer may send but costs nothing.
type line struct {
	ssh.Context
	ctx    context.Context
	end    context.CancelCauseFunc
	resize chan size // holds the newest

	mu     sync.Mutex
	values map[any]any
	env    int
}

// errHungUp is why a session ends whose peer closed it.
var errHungUp = errors.New("the terminal hung up")

// Keys of what a context holds.
type (
	lineKey struct{} // *line
	connKey struct{} // *conn
)

// lineOf returns the line of a session.
func lineOf(s ssh.Session) *line { return s.Context().Value(lineKey{}).(*line) }

// session handles a new channel of type session.
func (s *Server) session(srv *ssh.Server, peer *gossh.ServerConn, ch gossh.NewChannel, ctx ssh.Context) {
	if c, ok := ctx.Value(connKey{}).(*conn); ok {
		c.in()
	}
	inner, end := context.WithCancelCause(ctx)
	defer end(errHungUp)
	l := &line{Context: ctx, ctx: inner, end: end, resize: make(chan size, 1), values: map[any]any{}}
	l.values[lineKey{}] = l
	ssh.DefaultSessionHandler(srv, peer, &newChannel{ch, l}, l)
}

// Done implements context.Context.
func (l *line) Done() <-chan struct{} { return l.ctx.Done() }

// Err implements context.Context.
func (l *line) Err() error { return l.ctx.Err() }

// Value implements context.Context: what one channel learned is not another's.
func (l *line) Value(key any) any {
	l.mu.Lock()
	v, ok := l.values[key]
	l.mu.Unlock()
	if ok {
		return v
	}
	return l.ctx.Value(key)
}

// SetValue implements ssh.Context.
func (l *line) SetValue(key, value any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.values[key] = value
}

// newChannel sifts the requests of the channel that it becomes.
type newChannel struct {
	gossh.NewChannel
	line *line
}

// Accept implements gossh.NewChannel.
func (n *newChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := n.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	rescue.Go("the requests of a session", func() {
		defer close(out)
		defer n.line.end(errHungUp)
		for req := range in {
			if n.line.pass(req) {
				out <- req
			}
		}
	})
	return ch, out, nil
}

// pass handles or refuses a request, or tells that it is to be passed on.
func (l *line) pass(req *gossh.Request) bool {
	switch req.Type {
	case "shell", "exec":
		return true
	case "pty-req":
		return clampPty(req)
	case "env":
		var kv struct{ Key, Value string }
		if gossh.Unmarshal(req.Payload, &kv) == nil && wanted(kv.Key) && l.env < maxEnv && len(kv.Key)+len(kv.Value) <= maxEnvBytes {
			l.env++
			return true
		}
	case "window-change":
		if len(req.Payload) >= 8 {
			l.resized(clamp(int(binary.BigEndian.Uint32(req.Payload)), int(binary.BigEndian.Uint32(req.Payload[4:]))))
		}
	case "signal":
		var sig struct{ Name string }
		if gossh.Unmarshal(req.Payload, &sig) == nil && (sig.Name == "INT" || sig.Name == "TERM" || sig.Name == "HUP") {
			l.end(errHungUp)
		}
	}
	_ = req.Reply(false, nil)
	return false
}

// clampPty makes the size in a request for a terminal a sane one.
func clampPty(req *gossh.Request) bool {
	var name struct {
		Term string
		Rest []byte `ssh:"rest"`
	}
	if gossh.Unmarshal(req.Payload, &name) != nil || len(name.Term) > 64 || len(name.Rest) < 8 {
		_ = req.Reply(false, nil)
		return false
	}
	s := clamp(int(binary.BigEndian.Uint32(name.Rest)), int(binary.BigEndian.Uint32(name.Rest[4:])))
	binary.BigEndian.PutUint32(name.Rest, uint32(s.w))
	binary.BigEndian.PutUint32(name.Rest[4:], uint32(s.h))
	req.Payload = gossh.Marshal(name)
	return true
}

// resized keeps the newest size until somebody takes it.
func (l *line) resized(s size) {
	select {
	case <-l.resize:
	default:
	}
	l.resize <- s // only this goroutine puts
}
