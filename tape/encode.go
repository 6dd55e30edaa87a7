package tape

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"reflect"
	"slices"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

// The flags of a frame.
const (
	failed   = 1 << iota // it holds an error instead of data
	standing             // it repeats what was known: part of a keyframe
)

// keeps is how long a keyframe still repeats what nobody reads any more, such
// as a chat that was open once.
const keeps = 15 * time.Minute

// entry is what is known of one topic.
type entry struct {
	cells         []cell
	known         bool // there were data
	at, started   int64
	failure       []cell // that came after the data; nil: none
	failAt, asked int64
}

// encoder writes updates as frames: what changed since the last of the same
// topic. The zero value is not ready; see newEncoder.
type encoder struct {
	buf     []byte
	last    int64 // time of the last frame of the block
	texts   map[string]uint64
	entries map[poll.Topic]*entry
	trends  map[class.RoomID]*poll.History
	cards   map[class.RoomID]class.Card
	raised  []int64 // when problems were raised, of the block
	exact   bool    // texts keep what the wire said
	full    func()  // called between frames when the block is long enough
}

func newEncoder() *encoder {
	return &encoder{texts: map[string]uint64{}, entries: map[poll.Topic]*entry{}, trends: map[class.RoomID]*poll.History{}, cards: map[class.RoomID]class.Card{}}
}

// update appends a frame. Topics that are not recorded are left out.
func (e *encoder) update(u poll.Update) {
	s := kinds[u.Topic.Kind]
	if s == nil || u.Err == nil && u.Data == nil {
		return
	}
	t := plain(u.Topic)
	x := e.entries[t]
	if x == nil {
		x = &entry{}
		e.entries[t] = x
	}
	if u.Err != nil {
		x.failure, x.failAt, x.asked = failures.rows(reflect.ValueOf(*u.Err)), u.At.UnixMilli(), u.Started.UnixMilli()
		e.failed(t, x, 0)
		return
	}
	before := x.cells
	x.cells, x.known, x.failure = s.rows(reflect.ValueOf(u.Data)), true, nil
	x.at, x.started = u.At.UnixMilli(), u.Started.UnixMilli()
	e.frame(t, x, s, before, 0)
	e.follow(u)
}

// plain is a topic as the decoder will know it.
func plain(t poll.Topic) poll.Topic {
	if !t.ID.IsZero() {
		t.ID = clean.Text(t.ID.String())
	}
	return t
}

// follow keeps of a card what a keyframe and the index need.
func (e *encoder) follow(u poll.Update) {
	switch data := u.Data.(type) {
	case class.Card:
		old, known := e.cards[data.Room.ID]
		e.cards[data.Room.ID] = data
		sample(e.trends, data.Room.ID, data.MembersAt, data.Counts)
		isNew := func(p class.Problem) bool {
			return !slices.ContainsFunc(old.Problems, func(o class.Problem) bool { return o.Rule == p.Rule && o.User == p.User })
		}
		if (known || len(data.Problems) > 0) && slices.ContainsFunc(data.Problems, isNew) {
			e.raised = append(e.raised, u.At.UnixMilli())
		}
	case []class.Room:
		listed := make(map[class.RoomID]bool, len(data))
		for i := range data {
			listed[data[i].ID] = true
		}
		for id := range e.cards {
			if !listed[id] {
				delete(e.cards, id)
				delete(e.trends, id)
			}
		}
	}
}

// sample adds a card's counts to the trend of its class.
func sample(trends map[class.RoomID]*poll.History, id class.RoomID, at time.Time, c class.Counts) {
	if at.Unix() <= 0 {
		return // its members were never read
	}
	h := trends[id]
	if h == nil {
		h = new(poll.History)
		trends[id] = h
	}
	h.Add(at, c)
}

// head begins a frame.
func (e *encoder) head(t poll.Topic, flags byte, at, started int64) {
	if len(e.buf) >= blockLong {
		e.full()
	}
	e.buf = binary.AppendVarint(e.buf, at-e.last)
	e.last = at
	e.buf = append(e.buf, byte(t.Kind), flags)
	e.buf = binary.AppendUvarint(e.buf, uint64(t.Room))
	if e.exact {
		e.text(Exact(t.ID))
	} else {
		e.text(t.ID.String())
	}
	e.buf = binary.AppendVarint(e.buf, at-started)
}

// text writes a text once, and a number for it from then on.
func (e *encoder) text(s string) {
	if n, known := e.texts[s]; known {
		e.buf = binary.AppendUvarint(e.buf, n)
		return
	}
	e.texts[s] = uint64(len(e.texts) + 1)
	e.buf = append(e.buf, 0)
	e.bytes(s)
}

func (e *encoder) bytes(s string) {
	e.buf = append(binary.AppendUvarint(e.buf, uint64(len(s))), s...)
}

func (e *encoder) failed(t poll.Topic, x *entry, flags byte) {
	e.head(t, flags|failed, x.failAt, x.asked)
	e.row(failures, x.failure, make([]cell, len(failures.columns)))
}

// frame writes the rows. A row is written against the row that had its place,
// or else against the one above it.
func (e *encoder) frame(t poll.Topic, x *entry, s *shape, before []cell, flags byte) {
	e.head(t, flags, x.at, x.started)
	w := len(s.columns)
	e.buf = binary.AppendUvarint(e.buf, uint64(len(x.cells)/w))
	base := make([]cell, w)
	for i := 0; i < len(x.cells); i += w {
		switch {
		case i < len(before):
			base = before[i : i+w]
		case i > 0:
			base = x.cells[i-w : i]
		}
		e.row(s, x.cells[i:i+w], base)
	}
}

// row writes which columns differ from the base, and these.
func (e *encoder) row(s *shape, row, base []cell) {
	var differ uint64
	for i := range row {
		if row[i] != base[i] {
			differ |= 1 << i
		}
	}
	e.buf = binary.AppendUvarint(e.buf, differ)
	for ; differ != 0; differ &= differ - 1 {
		i := bits.TrailingZeros64(differ)
		switch s.columns[i].form {
		case number:
			e.buf = binary.AppendVarint(e.buf, row[i].n-base[i].n)
		case text, exact:
			e.text(row[i].s)
		default:
			e.bytes(row[i].s)
		}
	}
}

// key writes all that is known, so that a player can begin here.
func (e *encoder) key(now time.Time) {
	clear(e.texts)
	e.prune(now)
	topics := make([]poll.Topic, 0, len(e.entries))
	for t := range e.entries {
		topics = append(topics, t)
	}
	slices.SortFunc(topics, func(a, b poll.Topic) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Room, b.Room), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	for _, t := range topics {
		x := e.entries[t]
		if x.known {
			e.frame(t, x, kinds[t.Kind], nil, standing)
		}
		if x.failure != nil {
			e.failed(t, x, standing)
		}
		if h := e.trends[t.Room]; t.Kind == poll.Card && h != nil {
			samples := &entry{cells: kinds[trend].rows(reflect.ValueOf(h.Samples())), at: x.at, started: x.started}
			e.frame(poll.Topic{Kind: trend, Room: t.Room}, samples, kinds[trend], nil, standing)
		}
	}
}

// prune forgets classes that are gone and what nobody has read for long.
func (e *encoder) prune(now time.Time) {
	old := now.Add(-keeps).UnixMilli()
	for t, x := range e.entries {
		_, listed := e.cards[t.Room]
		switch t.Kind {
		case poll.Rooms:
			continue
		case poll.Card, poll.Detail:
			if listed {
				continue
			}
		default:
			if (listed || t.Room == 0) && max(x.at, x.failAt) >= old {
				continue
			}
		}
		delete(e.entries, t)
	}
}
