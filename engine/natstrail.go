//go:build cluster

package engine

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	trailBytes = 32 << 20 // of the stream; the oldest lines make room
	readAtOnce = 500      // lines
)

// stream returns the stream of audit lines, made where there is none.
func (b *natsBus) stream(ctx context.Context) (jetstream.Stream, error) {
	return b.trail.get(func() (jetstream.Stream, error) {
		name := strings.Join([]string{"classtop", b.school, "audit"}, "_")
		s, err := b.js.Stream(ctx, name)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			err = b.safely(func(replicas int) error {
				s, err = b.js.CreateStream(ctx, jetstream.StreamConfig{
					Name: name, Subjects: []string{b.subject("audit.*")},
					MaxBytes: trailBytes, Discard: jetstream.DiscardOld, Replicas: replicas, DenyDelete: true,
				})
				return err
			})
		}
		return s, err
	})
}

// What a server says that cannot keep something three times.
const (
	fewPeers  = 10005
	noRoom    = 10023
	noCluster = 10074
)

// safely makes something that is kept on three servers of a cluster, so that
// one of them can go; on one where there are no three.
func (b *natsBus) safely(made func(replicas int) error) error {
	err := made(3)
	var refused *jetstream.APIError
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.ErrorCode {
	case fewPeers, noRoom:
		b.log.Warn("the engine's servers cannot keep the lease and the audit lines three times: if the one that has them is gone, each host is alone", "err", err)
	case noCluster:
	default:
		return err
	}
	return made(1)
}

// Last reads the newest line of a file.
func (b *natsBus) Last(ctx context.Context, file string) ([]byte, uint64, error) {
	s, err := b.stream(ctx)
	if err != nil {
		return nil, 0, err
	}
	m, err := s.GetLastMsgForSubject(ctx, b.subject("audit."+file))
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound):
		return nil, 0, nil
	case err != nil:
		b.trail.forget()
		return nil, 0, plainly(err)
	}
	return m.Data, m.Sequence, nil
}

// Add puts a line behind the newest of its file.
func (b *natsBus) Add(ctx context.Context, file string, data []byte, place uint64) (uint64, error) {
	if _, err := b.stream(ctx); err != nil {
		return 0, err
	}
	ack, err := b.js.PublishMsg(ctx, &nats.Msg{Subject: b.subject("audit." + file), Data: data}, jetstream.WithExpectLastSequencePerSubject(place))
	switch {
	case moved(err):
		return 0, ErrMoved
	case err != nil:
		b.trail.forget()
		return 0, plainly(err)
	}
	return ack.Sequence, nil
}

// Read reads what is behind a cursor.
func (b *natsBus) Read(ctx context.Context, from Cursor, most uint64, take func([]byte)) (Cursor, error) {
	s, err := b.stream(ctx)
	if err != nil {
		return from, err
	}
	info, err := s.Info(ctx)
	if err != nil {
		b.trail.forget()
		return from, plainly(err)
	}
	at, last := Cursor{Stream: info.Created.Format(time.RFC3339Nano)}, info.State.LastSeq
	if at.Stream == from.Stream {
		at.Place = from.Place
	}
	first := max(at.Place+1, info.State.FirstSeq, 1)
	if last >= most {
		first = max(first, last-most+1)
	}
	if first > last {
		return at, nil
	}
	c, err := s.CreateConsumer(ctx, jetstream.ConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: first, AckPolicy: jetstream.AckNonePolicy,
		MemoryStorage: true, InactiveThreshold: 10 * time.Second,
	})
	if err != nil {
		return at, plainly(err)
	}
	defer func() { _ = s.DeleteConsumer(context.WithoutCancel(ctx), c.CachedInfo().Name) }()
	at.Place = first - 1
	for at.Place < last {
		if err := fetch(ctx, c, min(readAtOnce, int(last-at.Place)), &at, take); err != nil {
			return at, err
		}
	}
	return at, nil
}

// fetch reads some lines and moves the cursor behind them.
func fetch(ctx context.Context, c jetstream.Consumer, lines int, at *Cursor, take func([]byte)) error {
	batch, err := c.Fetch(lines, jetstream.FetchContext(ctx))
	if err != nil {
		return err
	}
	for m := range batch.Messages() {
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		at.Place = meta.Sequence.Stream
		take(m.Data())
		if meta.NumPending == 0 {
			return nil
		}
	}
	return batch.Error()
}
