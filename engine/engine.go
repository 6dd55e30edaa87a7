// Package engine lets several hosts watch one school: one of them polls and
// acts, chosen by a lease; the others say what their sessions want and are
// given what it reads.
package engine

import (
	"context"
	"errors"
	"time"

	"classtop/poll"
)

// Engine says who polls. Alone is the one of a single process, Node that of a
// host among others.
type Engine interface {
	// Run works until the context ends.
	Run(ctx context.Context) error
	// May says why the hub may not send a request now, or nil. It is asked right
	// before each.
	May() error
	// Poke is the hub's, wherever it leads.
	Poke(topics ...poll.Topic)
	// Standing is this host's place among the hosts.
	Standing() Standing
	// Gauge is the use of the account's budget, by action: of all hosts that one
	// polls for.
	Gauge() []poll.ActionUse
}

// Mode is what a host does.
type Mode uint8

// The modes of a host.
const (
	Following Mode = iota // another host polls
	Leading               // this host polls for all
	Lone                  // the others are out of reach: it polls a little for itself
)

// String names the mode, as logs and metrics have it.
func (m Mode) String() string { return [...]string{"following", "leading", "alone"}[m] }

// Standing is a host's place among the hosts.
type Standing struct {
	Mode   Mode
	Host   string    // this one
	Leader string    // name of the host that leads; empty: nobody known
	Since  time.Time // of the mode
	Hosts  int       // that follow this one, where it leads
}

// Bus carries messages between hosts and keeps the lease. A message may get
// lost; it is never delivered twice.
type Bus interface {
	// Publish sends to all who listen.
	Publish(subject string, data []byte) error
	// Ask sends to the one who listens and waits for the answer. ErrNobody is
	// certain: nothing was delivered.
	Ask(ctx context.Context, subject string, data []byte) ([]byte, error)
	// Listen calls take for each message, one at a time; what it returns answers
	// Ask. It must not block for long.
	Listen(subject string, take func(data []byte, answer func([]byte))) (stop func(), err error)
	// Load returns the lease's value and revision; 0 for none.
	Load(ctx context.Context) (value []byte, revision uint64, err error)
	// Store replaces the lease's value if it still has the revision, and returns
	// the new one. ErrMoved: somebody else was faster.
	Store(ctx context.Context, value []byte, revision uint64) (uint64, error)
	// Last is the newest line of a file in the stream of all audit lines, and its
	// place; 0 for none.
	Last(ctx context.Context, file string) (data []byte, place uint64, err error)
	// Add puts a line into the stream if the newest of its file still has that
	// place, and returns its own. ErrMoved: it has another.
	Add(ctx context.Context, file string, data []byte, place uint64) (uint64, error)
	// Read calls take for each line behind a cursor, oldest first, or for the last
	// most of them, and returns the cursor behind what was read.
	Read(ctx context.Context, from Cursor, most uint64, take func(data []byte)) (Cursor, error)
	// Close ends the connection.
	Close()
}

// Cursor is a place in the stream of audit lines; the zero Cursor is before its
// beginning.
type Cursor struct {
	Stream string // which one: it may be lost and made anew
	Place  uint64
}

// What a Bus says besides failing.
var (
	ErrMoved  = errors.New("another host has the lease")
	ErrNobody = errors.New("no host listens")
)

// errFollows is why a host that does not lead sends nothing.
var errFollows = errors.New("another host polls for this one")

// Alone is the engine of a process that shares the school with nobody.
type Alone struct {
	Hub    *poll.Hub
	Budget *poll.Budget
}

// Run waits for the end.
func (Alone) Run(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

// May has nothing to say.
func (Alone) May() error { return nil }

// Poke is the hub's.
func (a Alone) Poke(topics ...poll.Topic) { a.Hub.Poke(topics...) }

// Gauge is the budget's.
func (a Alone) Gauge() []poll.ActionUse { return a.Budget.Gauge() }

// Standing leads nobody.
func (Alone) Standing() Standing { return Standing{Mode: Leading} }
