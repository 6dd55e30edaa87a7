package serve

import (
	"container/list"
	"net"
	"sync"
	"time"

	"classtop/class/rescue"
)

// gate counts the connections. Who has connected but not come in yet may be
// anybody: of those it keeps a few, and the newest have the better chance,
// because a person is through within a second and who only holds a place is
// not.
type gate struct {
	most    int           // connections in all
	outside int           // of them not in yet
	within  time.Duration // in which to come in

	mu      sync.Mutex
	conns   int
	waiting *list.List // of *conn, the oldest first
	turned  int64      // connections cut off or not let near
}

func newGate(l Limits) *gate {
	return &gate{most: l.Connections, outside: l.Unproven, within: 2 * l.Handshake, waiting: list.New()}
}

// conn is a connection that tells the gate of its end.
type conn struct {
	net.Conn
	gate  *gate
	timer *time.Timer
	place *list.Element // nil once it is in or gone
	once  sync.Once
}

// admit takes a new connection, or closes it and returns nil.
func (g *gate) admit(c net.Conn) net.Conn {
	g.mu.Lock()
	if g.conns >= g.most {
		g.turned++
		g.mu.Unlock()
		_ = c.Close()
		return nil
	}
	g.conns++
	var oldest *conn
	if g.waiting.Len() >= g.outside {
		oldest = g.waiting.Front().Value.(*conn)
		g.turned++
	}
	one := &conn{Conn: c, gate: g}
	one.place = g.waiting.PushBack(one)
	one.timer = time.AfterFunc(g.within, rescue.Func("a late connection", one.late))
	g.mu.Unlock()
	if oldest != nil {
		_ = oldest.Close()
	}
	return one
}

// in says that the connection has come in: it has proven a key and asks for
// something.
func (c *conn) in() {
	c.gate.mu.Lock()
	defer c.gate.mu.Unlock()
	c.leaveLine()
}

func (c *conn) leaveLine() {
	c.timer.Stop()
	if c.place != nil {
		c.gate.waiting.Remove(c.place)
		c.place = nil
	}
}

// late closes a connection that did not come in.
func (c *conn) late() {
	c.gate.mu.Lock()
	out := c.place != nil
	c.gate.mu.Unlock()
	if out {
		_ = c.Close()
	}
}

// Close closes the connection.
func (c *conn) Close() error {
	c.once.Do(func() {
		c.gate.mu.Lock()
		defer c.gate.mu.Unlock()
		c.leaveLine()
		c.gate.conns--
	})
	return c.Conn.Close()
}

// count says how many connections there are, and how many were turned away.
func (g *gate) count() (conns, waiting int, turned int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.conns, g.waiting.Len(), g.turned
}
