package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"classtop/ops"
)

// Times and sizes of the stream of audit lines.
const (
	sendEvery  = time.Second
	sendFor    = 3 * time.Second  // for one line, or one look
	lookEvery  = 30 * time.Second // whether the stream still ends where it did
	sendAtOnce = 5000             // lines
	keepOthers = 5000             // lines of other hosts that a host remembers
	sendFirst  = 5000             // lines of a file of which the stream has none
)

// Trail carries the lines of this host's audit file into one stream that all
// hosts share, and reads those of the others there. The file stays the truth:
// nobody who acts waits for the stream, and what was written while it was out
// of reach follows, in its order and once.
type Trail struct {
	bus   Bus
	audit *ops.Audit
	host  string
	log   *slog.Logger
	first uint64 // sendFirst

	// of Run alone
	name   string // of the file; empty: not known
	seq    uint64 // of the last line sent
	place  uint64 // in the stream
	looked time.Time
	said   string // the last trouble that was logged

	mu     sync.Mutex
	theirs strangers
	others []ops.Entry
	read   time.Time // when they were read last
	fault  error     // of that
}

// NewTrail makes the trail of a host; Run sends its lines.
func NewTrail(bus Bus, audit *ops.Audit, host string, log *slog.Logger) *Trail {
	return &Trail{bus: bus, audit: audit, host: host, log: log, first: sendFirst}
}

// Run sends what the file gets, until the context ends.
func (t *Trail) Run(ctx context.Context) {
	tick := time.NewTicker(sendEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		t.told(ctx, t.send(ctx))
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// Finish sends what was written last, after Run has ended. It gives up soon: the
// file has it, and a host that starts again sends it.
func (t *Trail) Finish() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	t.told(ctx, t.send(ctx))
}

// told logs a trouble when it begins and when it is over.
func (t *Trail) told(ctx context.Context, err error) {
	switch {
	case err == nil && t.said != "":
		t.said = ""
		t.log.Info("audit lines reach the other hosts again")
	case err != nil && ctx.Err() == nil:
		t.name = "" // look anew
		if t.said == "" {
			t.said = err.Error()
			t.log.Warn("audit lines do not reach the other hosts; they are in the file and follow", "err", err)
		}
	}
}

// send sends the lines that are not in the stream.
func (t *Trail) send(ctx context.Context) error {
	if t.name == "" || passed(t.looked, time.Now()) >= lookEvery {
		if err := t.look(ctx); err != nil {
			return err
		}
	}
	for {
		lines, _, err := t.audit.Since(t.seq, sendAtOnce)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, l := range lines {
			switch err := t.add(ctx, l); {
			case errors.Is(err, ErrMoved): // an answer was lost, or the stream
				t.name = ""
				return nil
			case err != nil:
				return err
			}
		}
	}
}

func (t *Trail) add(ctx context.Context, l ops.Line) error {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	data, err := pack(head{From: t.name, Host: t.host}, l.Bytes)
	if err != nil {
		return err
	}
	place, err := t.bus.Add(ctx, t.name, data, t.place)
	if err == nil {
		t.seq, t.place = l.Seq, place
	}
	return err
}

// look finds where in the stream this host's file ends. A file that is not the
// one that was sent, since it was put away or restored, goes by a new name. Of
// a file that is not in the stream only the newest lines are sent: were it all
// of them, long files could drive each other out of the stream again and again.
func (t *Trail) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	name, err := t.audit.Name(false)
	if err != nil {
		return err
	}
	data, place, err := t.bus.Last(ctx, name)
	if err != nil {
		return err
	}
	last := ops.Line{}
	if _, text, ok := parse(data); ok {
		last = ops.OpenLine(text)
	}
	own, ours, err := t.audit.Since(max(last.Seq, 1)-1, 1)
	if err != nil {
		return err
	}
	if last.Seq > ours || len(own) > 0 && own[0].Seq == last.Seq && !own[0].Same(last.Bytes) {
		if name, err = t.audit.Name(true); err != nil {
			return err
		}
		last, place = ops.Line{}, 0
	}
	if place == 0 && ours > t.first {
		last.Seq = ours - t.first
	}
	t.name, t.seq, t.place, t.looked = name, last.Seq, place, time.Now()
	return nil
}

// Others returns the newest lines of the other hosts, and says why there may be
// more. What was read once stays.
func (t *Trail) Others(ctx context.Context) ([]ops.Entry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.read.IsZero() && passed(t.read, time.Now()) < sendEvery {
		return t.others, t.fault // many may wait for the same, and for the same trouble
	}
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	more, err := t.theirs.read(ctx, t.bus, t.audit, keepOthers)
	t.read, t.fault = time.Now(), err
	if len(more) > 0 { // into a list of its own: the old one may be in use
		t.others = ops.Merge(t.others, more) // a stream that was lost brings the same lines again
		t.others = t.others[max(0, len(t.others)-keepOthers):]
	}
	return t.others, err
}

// AuditOfOthers returns all lines of the other hosts that the stream has, oldest
// first, to those of this host's file.
func AuditOfOthers(ctx context.Context, bus Bus, audit *ops.Audit) ([]ops.Entry, error) {
	var s strangers
	all, err := s.read(ctx, bus, audit, math.MaxUint64)
	return all, err
}

// strangers are the files of the other hosts as they were read so far.
type strangers struct {
	cursor Cursor
	last   map[string]ops.Line // of each file
	wrong  error               // the first line that was changed, or that does not follow the one before
}

// read returns what is new in the stream, at most the newest lines of it.
func (s *strangers) read(ctx context.Context, bus Bus, audit *ops.Audit, most uint64) (all []ops.Entry, err error) {
	own, err := audit.Name(false)
	if err != nil {
		return nil, unread(err)
	}
	var messages [][]byte
	from := s.cursor
	s.cursor, err = bus.Read(ctx, from, most, func(data []byte) { messages = append(messages, data) })
	if from.Stream != s.cursor.Stream || s.cursor.Place-from.Place != uint64(len(messages)) {
		s.last = nil // some were left out
	}
	for _, data := range messages {
		if h, text, ok := parse(data); ok && h.From != own {
			if e, good := s.take(h, ops.OpenLine(text)); good {
				all = append(all, e)
			}
		}
	}
	if err != nil && s.wrong == nil {
		return all, unread(err)
	}
	return all, s.wrong
}

func unread(err error) error {
	return ops.Partial{Err: fmt.Errorf("the audit lines of the other hosts cannot be read: %w", err)}
}

// take checks a line by itself and against the one before. A file that begins
// anew is in a stream that was filled again.
func (s *strangers) take(h head, l ops.Line) (e ops.Entry, good bool) {
	e, err := l.Entry(h.Host)
	before, known := s.last[h.From]
	if err == nil && known && l.Seq > before.Seq && !l.Follows(before) {
		err = fmt.Errorf("does not follow the one before: entry %d", l.Seq)
	}
	if s.last == nil {
		s.last = map[string]ops.Line{}
	}
	s.last[h.From] = l
	if err != nil && s.wrong == nil {
		s.wrong = fmt.Errorf("a line of host %s %w", e.KeptOn, err)
	}
	return e, l.Seq != 0
}
