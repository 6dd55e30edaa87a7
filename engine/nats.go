//go:build cluster

package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// leaseKey is the one key of the bucket.
const leaseKey = "lease"

// natsBus is a Bus over NATS: plain subjects, and one key for the lease.
type natsBus struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	school string
	server *server.Server // started here; nil: it runs elsewhere

	mu     sync.Mutex
	bucket jetstream.KeyValue
}

// Open connects this host with the others, and starts the server that they
// meet at where it is to be here. A server elsewhere need not be there yet.
func Open(o Options) (Bus, error) {
	p, err := readPass(o.Credentials)
	if err != nil {
		return nil, err
	}
	b := &natsBus{school: o.School}
	options := []nats.Option{
		nats.Name("classtop"), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(500 * time.Millisecond), nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2),
		nats.ReconnectBufSize(-1), // what could not be sent is not sent later
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { o.Log.Warn("the engine is out of reach", "err", err) }),
		nats.ReconnectHandler(func(*nats.Conn) { o.Log.Info("the engine is back") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { o.Log.Warn("the engine", "err", err) }),
	}
	if o.URL == "" {
		if b.server, err = start(o, p); err != nil {
			return nil, err
		}
		options = append(options, nats.InProcessServer(b.server))
	}
	if options, err = p.prove(options); err != nil {
		b.Close()
		return nil, err
	}
	if o.CA != "" {
		options = append(options, nats.RootCAs(o.CA))
	}
	if b.conn, err = nats.Connect(o.URL, options...); err == nil {
		b.js, err = jetstream.New(b.conn)
	}
	if err != nil {
		b.Close()
		return nil, fmt.Errorf("connect to the engine: %w", err)
	}
	return b, nil
}

// prove adds what shows who connects.
func (p pass) prove(options []nats.Option) ([]nats.Option, error) {
	switch {
	case p.creds != "":
		return append(options, nats.UserCredentials(p.creds)), nil
	case p.token != "":
		return append(options, nats.Token(p.token)), nil
	case p.seed == "":
		return options, nil
	}
	pair, err := nkeys.FromSeed([]byte(p.seed))
	if err != nil {
		return nil, errors.New("credentials of the engine: this is no seed of an nkey")
	}
	public, err := pair.PublicKey()
	return append(options, nats.Nkey(public, pair.Sign)), err
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
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bucket != nil {
		return b.bucket, nil
	}
	name := strings.Join([]string{"classtop", b.school}, "_")
	kv, err := b.js.KeyValue(ctx, name)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		kv, err = b.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, History: 1, MaxBytes: 1 << 20})
	}
	if err == nil {
		b.bucket = kv
	}
	return kv, err
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
		b.forget()
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
	var refused *jetstream.APIError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence:
		return 0, ErrMoved
	case err != nil:
		b.forget()
	}
	return next, err
}

// forget looks for the bucket anew: a server that lost its memory has none.
func (b *natsBus) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bucket = nil
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
