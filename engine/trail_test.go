package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"classtop/ops"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scribe is a host that writes an audit file and sends it.
type scribe struct {
	*Trail
	t     *testing.T
	path  string
	audit *ops.Audit
	bus   *memBus
	n     int
}

// scribes runs a test on two hosts that share a stream.
func scribes(t *testing.T, test func(t *testing.T, a, b *scribe)) {
	synctest.Test(t, func(t *testing.T) {
		f, ctx := newField(), t.Context()
		ctx, cancel := context.WithCancel(ctx)
		var wait sync.WaitGroup
		defer wait.Wait()
		defer cancel()
		one := func(name string) *scribe {
			s := &scribe{t: t, path: filepath.Join(t.TempDir(), "audit.jsonl"), bus: f.join()}
			var err error
			s.audit, err = ops.OpenAudit(s.path, time.Now)
			require.NoError(t, err)
			s.Trail = NewTrail(s.bus, s.audit, name, slog.New(slog.DiscardHandler))
			wait.Go(func() { s.Run(ctx) })
			return s
		}
		test(t, one("jump1"), one("jump2"))
	})
}

func (s *scribe) write(lines int) {
	for range lines {
		s.n++
		begun := time.Now()
		require.NoError(s.t, s.audit.Append(ops.Entry{OpID: fmt.Sprint(s.host, " ", s.n), Operator: "li", Phase: ops.Intent}))
		assert.Zero(s.t, time.Since(begun), "nobody waits for the stream")
	}
}

// reads is what a host knows of the others.
func (s *scribe) reads() (ids []string) {
	entries, err := s.Others(s.t.Context())
	require.NoError(s.t, err)
	for _, e := range entries {
		assert.NotEqual(s.t, s.host, e.KeptOn)
		ids = append(ids, e.OpID)
	}
	return ids
}

func TestAuditLinesReachAllHosts(t *testing.T) {
	scribes(t, func(t *testing.T, a, b *scribe) {
		a.write(3)
		b.write(1)
		time.Sleep(2 * time.Second)
		assert.Equal(t, []string{"jump1 1", "jump1 2", "jump1 3"}, b.reads())
		assert.Equal(t, []string{"jump2 1"}, a.reads())
		a.write(1)
		time.Sleep(2 * time.Second)
		assert.Equal(t, []string{"jump1 1", "jump1 2", "jump1 3", "jump1 4"}, b.reads())
		fresh, err := AuditOfOthers(t.Context(), b.bus, b.audit)
		require.NoError(t, err)
		assert.Len(t, fresh, 4)
	})
}

// What is written while the stream is out of reach follows, in its order and
// once, even where an answer got lost.
func TestAuditLinesFollowAfterAnOutage(t *testing.T) {
	scribes(t, func(t *testing.T, a, b *scribe) {
		a.write(1)
		time.Sleep(2 * time.Second)
		a.bus.set(true)
		a.write(150)
		b.write(2)
		time.Sleep(time.Minute)
		assert.Equal(t, []string{"jump1 1"}, b.reads())
		_, err := a.Others(t.Context())
		assert.ErrorAs(t, err, new(ops.Partial), "what it knows is said to be a part")
		a.bus.mu.Lock()
		a.bus.cut, a.bus.deaf = false, true
		a.bus.mu.Unlock()
		time.Sleep(3 * time.Second)
		a.bus.mu.Lock()
		a.bus.deaf = false
		a.bus.mu.Unlock()
		time.Sleep(3 * time.Second)
		want := make([]string, 151)
		for i := range want {
			want[i] = fmt.Sprint("jump1 ", i+1)
		}
		assert.Equal(t, want, b.reads())
		assert.Equal(t, []string{"jump2 1", "jump2 2"}, a.reads())
	})
}

// A stream that was lost is filled again from the files, and a reader sees no
// line twice.
func TestALostStreamIsFilledAgain(t *testing.T) {
	scribes(t, func(t *testing.T, a, b *scribe) {
		a.write(2)
		time.Sleep(2 * time.Second)
		assert.Len(t, b.reads(), 2)
		a.bus.mu.Lock()
		a.bus.trail, a.bus.born = nil, 1
		a.bus.mu.Unlock()
		a.write(1)
		time.Sleep(lookEvery + 2*time.Second)
		again, err := AuditOfOthers(t.Context(), b.bus, b.audit)
		require.NoError(t, err)
		assert.Len(t, again, 3)
		assert.Len(t, ops.Merge(append(again, again...)), 3)
		assert.Equal(t, []string{"jump1 1", "jump1 2", "jump1 3"}, b.reads())
	})
}

// Of a long file that the stream does not have only the end is sent, and what
// follows.
func TestALongFileDoesNotFillTheStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newField()
		audit, err := ops.OpenAudit(filepath.Join(t.TempDir(), "audit.jsonl"), time.Now)
		require.NoError(t, err)
		trail := NewTrail(f.join(), audit, "jump1", slog.New(slog.DiscardHandler))
		trail.first = 3
		for range 2 {
			for range 5 {
				require.NoError(t, audit.Append(ops.Entry{OpID: "x", Phase: ops.Intent}))
			}
			require.NoError(t, trail.send(t.Context()))
			time.Sleep(lookEvery)
		}
		var sent []uint64
		for _, l := range f.trail {
			_, text, _ := parse(l.data)
			sent = append(sent, ops.OpenLine(text).Seq)
		}
		assert.Equal(t, []uint64{3, 4, 5, 6, 7, 8, 9, 10}, sent)
	})
}

// A file that was put away does not hide what the new one has.
func TestANewAuditFileGoesByANewName(t *testing.T) {
	scribes(t, func(t *testing.T, a, b *scribe) {
		a.write(3)
		time.Sleep(2 * time.Second)
		require.NoError(t, os.Remove(a.path))
		require.NoError(t, os.Remove(a.path+".head"))
		a.write(2)
		time.Sleep(lookEvery + 2*time.Second)
		assert.Equal(t, []string{"jump1 1", "jump1 2", "jump1 3", "jump1 4", "jump1 5"}, b.reads())
	})
}

// Who has not looked for long is shown the newest lines, and no gap is taken for
// a line that was removed.
func TestManyLinesSinceTheLastLook(t *testing.T) {
	scribes(t, func(t *testing.T, a, b *scribe) {
		var s strangers
		read := func() int {
			got, err := s.read(t.Context(), b.bus, b.audit, 10)
			require.NoError(t, err)
			return len(got)
		}
		a.write(3)
		time.Sleep(2 * time.Second)
		assert.Equal(t, 3, read())
		a.write(30)
		time.Sleep(2 * time.Second)
		assert.Equal(t, 10, read())
		a.write(2)
		time.Sleep(2 * time.Second)
		assert.Equal(t, 2, read())
	})
}

// A line that was changed on the way, or that does not follow the one before, is
// named; that stays said.
func TestAChangedLineOfAnotherHost(t *testing.T) {
	for _, c := range []struct {
		says   string
		change func(f *field)
	}{
		{"a line of host jump1 was changed", func(f *field) {
			f.trail[1].data = bytes.Replace(f.trail[1].data, []byte("jump1 2"), []byte("jump1 9"), 1)
		}},
		{"a line of host jump1 does not follow the one before: entry 3", func(f *field) { f.trail = slices.Delete(f.trail, 1, 2) }},
	} {
		scribes(t, func(t *testing.T, a, b *scribe) {
			a.write(3)
			time.Sleep(2 * time.Second)
			a.bus.mu.Lock()
			c.change(a.bus.field)
			a.bus.mu.Unlock()
			for range 2 {
				_, err := b.Others(t.Context())
				assert.ErrorContains(t, err, c.says)
				assert.False(t, errors.As(err, new(ops.Partial)))
				time.Sleep(2 * time.Second)
			}
		})
	}
}

// A host that stops sends what was written last.
func TestTheLastLinesAreSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newField()
		audit, err := ops.OpenAudit(filepath.Join(t.TempDir(), "audit.jsonl"), time.Now)
		require.NoError(t, err)
		trail := NewTrail(f.join(), audit, "jump1", slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		trail.Run(ctx)
		require.NoError(t, audit.Append(ops.Entry{OpID: "last", Phase: ops.Outcome}))
		trail.Finish()
		assert.Len(t, f.trail, 1)
	})
}
