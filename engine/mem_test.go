package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// field is a bus in memory that any number of hosts meet at.
type field struct {
	mu     sync.Mutex
	value  []byte
	rev    uint64
	listen map[string]map[*func([]byte, func([]byte))]*memBus
	down   bool
	trail  []memLine
	born   int  // which trail it is
	deaf   bool // answers to Add get lost
	mute   int  // so many answers to Ask get lost
}

// memLine is a line of the stream.
type memLine struct {
	file string
	data []byte
}

// memBus is one host's connection to the field.
type memBus struct {
	*field
	cut bool // this host alone is cut off
}

var errCut = errors.New("out of reach")

func newField() *field {
	return &field{listen: map[string]map[*func([]byte, func([]byte))]*memBus{}}
}

func (f *field) join() *memBus { return &memBus{field: f} }

func (b *memBus) off() bool { return b.down || b.cut }

func (b *memBus) set(cut bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cut = cut
}

func (b *memBus) takers(subject string) (out []func([]byte, func([]byte))) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.off() {
		return nil
	}
	for take, of := range b.field.listen[subject] {
		if !of.cut {
			out = append(out, *take)
		}
	}
	return out
}

func (b *memBus) Publish(subject string, data []byte) error {
	for _, take := range b.takers(subject) {
		take(data, func([]byte) {})
	}
	return nil
}

func (b *memBus) Ask(ctx context.Context, subject string, data []byte) ([]byte, error) {
	takers := b.takers(subject)
	if len(takers) == 0 {
		return nil, ErrNobody
	}
	answer := make(chan []byte, 1)
	takers[0](data, func(a []byte) { answer <- a })
	select {
	case a := <-answer:
		return a, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (b *memBus) Listen(subject string, take func([]byte, func([]byte))) (func(), error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.field.listen[subject] == nil {
		b.field.listen[subject] = map[*func([]byte, func([]byte))]*memBus{}
	}
	guarded := func(data []byte, answer func([]byte)) {
		take(data, func(reply []byte) {
			b.mu.Lock()
			off := b.off() || b.mute > 0
			b.mute = max(0, b.mute-1)
			b.mu.Unlock()
			if !off {
				answer(reply)
			}
		})
	}
	b.field.listen[subject][&guarded] = b
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.field.listen[subject], &guarded)
	}, nil
}

func (b *memBus) Load(context.Context) ([]byte, uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.off() {
		return nil, 0, errCut
	}
	return b.value, b.rev, nil
}

func (b *memBus) Store(_ context.Context, value []byte, rev uint64) (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.off():
		return 0, errCut
	case rev != b.rev:
		return 0, ErrMoved
	}
	b.value, b.rev = value, b.rev+1
	return b.rev, nil
}

// newest is the place of the newest line of a file; the caller holds the lock.
func (f *field) newest(file string) (place uint64) {
	for i, l := range f.trail {
		if l.file == file {
			place = uint64(i + 1)
		}
	}
	return place
}

func (b *memBus) Last(_ context.Context, file string) ([]byte, uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.off() {
		return nil, 0, errCut
	}
	place := b.newest(file)
	if place == 0 {
		return nil, 0, nil
	}
	return b.trail[place-1].data, place, nil
}

func (b *memBus) Add(_ context.Context, file string, data []byte, place uint64) (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.off():
		return 0, errCut
	case b.newest(file) != place:
		return 0, ErrMoved
	}
	b.trail = append(b.trail, memLine{file, data})
	if b.deaf {
		return 0, errCut
	}
	return uint64(len(b.trail)), nil
}

func (b *memBus) Read(_ context.Context, from Cursor, most uint64, take func([]byte)) (Cursor, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.off() {
		return from, errCut
	}
	at, last := Cursor{Stream: fmt.Sprint(b.born)}, uint64(len(b.trail))
	if at.Stream == from.Stream {
		at.Place = from.Place
	}
	if last > most {
		at.Place = max(at.Place, last-most)
	}
	for ; at.Place < last; at.Place++ {
		take(b.trail[at.Place].data)
	}
	return at, nil
}

func (b *memBus) Close() {}
