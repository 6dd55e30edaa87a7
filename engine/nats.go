//go:build cluster

package engine

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// leaseKey is the one key of the bucket.
const leaseKey = "lease"

// natsBus is a Bus over NATS: plain subjects, and one key for the lease.
type natsBus struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	school string
	log    *slog.Logger
	server *server.Server // started here; nil: it runs elsewhere

	bucket kept[jetstream.KeyValue] // of the lease
	trail  kept[jetstream.Stream]
}

// kept is something in the server that was found there once. Each has a lock of
// its own: who waits for the stream must not keep the lease waiting.
type kept[T any] struct {
	mu    sync.Mutex
	it    T
	found bool
}

// get returns it, found anew where that was not done yet.
func (k *kept[T]) get(find func() (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.found {
		return k.it, nil
	}
	it, err := find()
	k.it, k.found = it, err == nil
	return it, plainly(err)
}

// forget has it found anew: a server that lost its memory has none.
func (k *kept[T]) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.found = false
}

// Publish sends to all who listen.
func (b *natsBus) Publish(subject string, data []byte) error {
	return b.conn.Publish(b.subject(subject), data)
}

// Ask waits for the answer of the one who listens.
func (b *natsBus) Ask(ctx context.Context, subject string, data []byte) ([]byte, error) {
	m, err := b.conn.RequestWithContext(ctx, b.subject(subject), data)
	if errors.Is(err, nats.ErrNoResponders) || errors.Is(err, nats.ErrReconnectBufExceeded) {
		return nil, ErrNobody
	}
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

// Listen hears a subject.
func (b *natsBus) Listen(subject string, take func([]byte, func([]byte))) (func(), error) {
	s, err := b.conn.Subscribe(b.subject(subject), func(m *nats.Msg) {
		take(m.Data, func(reply []byte) { _ = m.Respond(reply) })
	})
	if err != nil {
		return nil, err
	}
	return func() { _ = s.Unsubscribe() }, nil
}

func (b *natsBus) subject(s string) string { return "classtop." + b.school + "." + s }

// kv returns the lease's bucket, made where there is none.
func (b *natsBus) kv(ctx context.Context) (jetstream.KeyValue, error) {
	return b.bucket.get(func() (jetstream.KeyValue, error) {
		name := strings.Join([]string{"classtop", b.school}, "_")
		kv, err := b.js.KeyValue(ctx, name)
		if errors.Is(err, jetstream.ErrBucketNotFound) {
			err = b.safely(func(replicas int) error {
				kv, err = b.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, History: 1, MaxBytes: 1 << 20, Replicas: replicas})
				return err
			})
		}
		return kv, err
	})
}

// Load reads the lease.
func (b *natsBus) Load(ctx context.Context) ([]byte, uint64, error) {
	kv, err := b.kv(ctx)
	if err != nil {
		return nil, 0, err
	}
	entry, err := kv.Get(ctx, leaseKey)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return nil, 0, nil
	case err != nil:
		b.bucket.forget()
		return nil, 0, err
	}
	return entry.Value(), entry.Revision(), nil
}

// Store writes the lease.
func (b *natsBus) Store(ctx context.Context, value []byte, revision uint64) (uint64, error) {
	kv, err := b.kv(ctx)
	if err != nil {
		return 0, err
	}
	next, err := kv.Update(ctx, leaseKey, value, revision)
	switch {
	case moved(err):
		return 0, ErrMoved
	case err != nil:
		b.bucket.forget()
	}
	return next, err
}

// moved tells whether a place is no longer the newest. The second code is that
// of a cluster.
func moved(err error) bool {
	var refused *jetstream.APIError
	return errors.As(err, &refused) && (refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// errAway is why nothing was sent.
var errAway = errors.New("the engine is out of reach")

// plainly is an error in words for people.
func plainly(err error) error {
	if errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) {
		return errAway
	}
	return err
}

// Close ends the connection, and the server that was started here.
func (b *natsBus) Close() {
	if b.conn != nil {
		b.conn.Close()
	}
	if b.server != nil {
		b.server.Shutdown()
	}
}
