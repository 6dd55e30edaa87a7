package tape

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"classtop/class/rescue"
	"classtop/poll"
)

// When what was recorded is written, and when it is repeated whole.
const (
	flushEvery = 5 * time.Second
	keyEvery   = 5 * time.Minute
)

// queued is how many updates may wait to be written: three times what the
// largest school brings at once.
const queued = 1 << 15

// Recorder writes what it is given to a file, in a goroutine of its own, so
// that no disk ever holds the poller up.
type Recorder struct {
	name    string
	file    io.WriteCloser
	queue   chan poll.Update
	done    chan struct{}
	closing sync.Once
	lost    atomic.Int64
	bytes   atomic.Int64
	fault   atomic.Pointer[error]

	enc         *encoder
	key         time.Time // when the last key block was written
	keyed       bool      // the block begins with all that is known
	first, last int64     // of the block
}

// Create begins a recording in a new file that only its owner can read. A file
// that exists is never touched.
func Create(name string, a About) (*Recorder, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("record to %s: the file exists already; give another name", name)
	}
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	return record(name, f, a)
}

func record(name string, f io.WriteCloser, a About) (*Recorder, error) {
	r := &Recorder{name: name, file: f, queue: make(chan poll.Update, queued), done: make(chan struct{}), enc: newEncoder()}
	r.enc.full = r.flush
	if err := writeAbout(counting{r}, a); err != nil {
		return nil, fmt.Errorf("record to %s: %w", name, err)
	}
	rescue.Go("recording", r.run)
	return r, nil
}

// counting writes to the recorder's file and counts.
type counting struct{ r *Recorder }

func (c counting) Write(p []byte) (int, error) {
	n, err := c.r.file.Write(p)
	c.r.bytes.Add(int64(n))
	return n, err
}

// Note takes an update. It never blocks: what the disk is too slow for is lost
// and counted.
func (r *Recorder) Note(u poll.Update) {
	if kinds[u.Topic.Kind] == nil || r.fault.Load() != nil {
		return
	}
	select {
	case r.queue <- u:
	default:
		r.lost.Add(1)
	}
}

// State is how a recording goes.
type State struct {
	Name  string
	Bytes int64 // written
	Lost  int64 // updates that the disk was too slow for
	Err   error // why it has ended; nil: it goes on
}

// State returns how the recording goes.
func (r *Recorder) State() State {
	s := State{Name: r.name, Bytes: r.bytes.Load(), Lost: r.lost.Load()}
	if err := r.fault.Load(); err != nil {
		s.Err = *err
	}
	return s
}

// Close writes what waits and closes the file. Nothing may be noted after it.
func (r *Recorder) Close() error {
	r.closing.Do(func() { close(r.queue) })
	<-r.done
	return r.State().Err
}

func (r *Recorder) run() {
	defer close(r.done)
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for {
		select {
		case u, ok := <-r.queue:
			if !ok {
				r.flush()
				r.end()
				return
			}
			r.take(u)
		case <-ticker.C:
			r.flush()
		}
	}
}

// take writes one update, and before it all that is known if it is time.
func (r *Recorder) take(u poll.Update) {
	if r.fault.Load() != nil {
		return
	}
	if r.key.IsZero() || u.At.Sub(r.key) >= keyEvery {
		r.flush()
		r.key, r.keyed, r.first, r.last = u.At, true, u.At.UnixMilli(), u.At.UnixMilli()
		r.enc.key(u.At)
	}
	at := u.At.UnixMilli()
	if len(r.enc.buf) == 0 {
		r.first = at
	}
	r.enc.update(u)
	r.last = max(r.last, at)
}

// flush writes the block that is open.
func (r *Recorder) flush() {
	e := r.enc
	if len(e.buf) > 0 && r.fault.Load() == nil {
		out, err := pressed(e.buf, r.keyed, r.first, max(r.first, r.last), e.raised)
		if err == nil {
			_, err = counting{r}.Write(out)
		}
		if err != nil {
			r.fail(err)
		}
		r.keyed, r.first = false, r.last
	}
	e.buf, e.last, e.raised = e.buf[:0], 0, e.raised[:0]
}

func (r *Recorder) end() {
	if s, ok := r.file.(interface{ Sync() error }); ok && r.fault.Load() == nil {
		if err := s.Sync(); err != nil {
			r.fail(err)
		}
	}
	if err := r.file.Close(); err != nil {
		r.fail(err)
	}
}

func (r *Recorder) fail(err error) {
	err = fmt.Errorf("record to %s: %w", r.name, err)
	r.fault.CompareAndSwap(nil, &err)
}
