package tape

import (
	"math/bits"
	"reflect"
	"time"

	"classtop/class"
	"classtop/poll"
)

// What a recording may make its player keep, so that a hostile one cannot use
// up the memory: five times what a school of 5,000 classes needs.
const (
	mostCells  = 24 << 20
	mostTexts  = 128 << 20 // bytes
	textCost   = 16        // bytes of a text beside its own
	mostTopics = 200_000
	mostTrends = 20_000
)

// decoder follows frames. Its state is that of the moment of the last one.
type decoder struct {
	*dialect
	reader
	last    int64
	texts   []string
	bytes   int // of texts
	cells   int
	entries map[poll.Topic]*entry
	trends  map[class.RoomID]*poll.History
}

func newDecoder(of *dialect) *decoder {
	return &decoder{dialect: of, entries: map[poll.Topic]*entry{}, trends: map[class.RoomID]*poll.History{}}
}

// block gives the decoder the frames of one block; a key block begins anew.
func (d *decoder) block(frames []byte, key bool) {
	if key {
		*d = *newDecoder(d.dialect)
	}
	d.reader, d.last = reader{data: frames}, 0
}

// more tells whether the block has another frame.
func (d *decoder) more() bool { return len(d.data) > 0 && !d.bad }

// next is the time of the frame that comes, in milliseconds since 1970.
func (d *decoder) next() int64 {
	ahead := reader{data: d.data}
	return d.last + ahead.varint()
}

// step takes one frame in and tells of what topic it is, and whether it only
// repeats what was known.
func (d *decoder) step() (t poll.Topic, repeats bool, err error) {
	d.last += d.varint()
	t.Kind = poll.Kind(d.byte())
	flags := d.byte()
	t.Room = class.RoomID(d.uvarint())
	if id := d.text(); id != "" {
		t.ID = OfExact(id)
	}
	at, started := d.last, d.last-d.varint()
	s := d.kinds[t.Kind]
	if s == nil || d.bad {
		return t, false, errBroken
	}
	x := d.entries[t]
	if x == nil {
		x = &entry{}
		d.entries[t] = x
	}
	if flags&failed != 0 {
		x.failure, x.failAt, x.asked = make([]cell, len(d.failures.columns)), at, started
		d.row(d.failures, x.failure)
	} else {
		d.rows(s, x)
		x.known, x.failure, x.at, x.started = true, nil, at, started
	}
	if d.bad || d.cells > mostCells || d.bytes > mostTexts || len(d.entries) > mostTopics {
		return t, false, errBroken
	}
	return t, flags&standing != 0, d.follow(t, x, flags)
}

// text reads what encoder.text wrote.
func (d *decoder) text() string {
	n := d.uvarint()
	if n == 0 {
		s := d.reader.text(mostTexts)
		d.texts = append(d.texts, s)
		d.bytes += len(s) + textCost
		return s
	}
	if n > uint64(len(d.texts)) {
		d.bad = true
		return ""
	}
	return d.texts[n-1]
}

// rows changes an entry's cells in place.
func (d *decoder) rows(s *shape, x *entry) {
	w := len(s.columns)
	n := d.count(len(d.data)) * w // a row takes a byte at least
	before := len(x.cells)
	if d.cells += n - before; d.cells > mostCells {
		d.bad = true
		return
	}
	if n > before {
		grown := make([]cell, n)
		copy(grown, x.cells)
		x.cells = grown
	}
	x.cells = x.cells[:n]
	for i := 0; i < n && !d.bad; i += w {
		if i >= before && i > 0 {
			copy(x.cells[i:i+w], x.cells[i-w:i])
		}
		d.row(s, x.cells[i:i+w])
	}
}

// row changes a row by what differs.
func (d *decoder) row(s *shape, row []cell) {
	differ := d.uvarint()
	for ; differ != 0 && !d.bad; differ &= differ - 1 {
		i := bits.TrailingZeros64(differ)
		if i >= len(row) {
			d.bad = true
			return
		}
		switch s.columns[i].form {
		case number:
			row[i].n += d.varint()
		case text, exact:
			row[i].s = d.text()
		default:
			row[i].s = d.reader.text(len(d.data))
			d.bytes += len(row[i].s)
		}
	}
}

// follow keeps the trends.
func (d *decoder) follow(t poll.Topic, x *entry, flags byte) error {
	switch {
	case d.kinds[t.Kind].row == nil: // data that this program does not know
		return nil
	case t.Kind == trend:
		return d.seed(t, x)
	case t.Kind != poll.Card || flags&(standing|failed) != 0 || d.membersAt < 0:
		return nil
	}
	if len(x.cells) != len(d.kinds[poll.Card].columns) {
		return errBroken
	}
	sample(d.trends, t.Room, time.UnixMilli(x.cells[d.membersAt].n), d.counted(x.cells))
	if len(d.trends) > mostTrends {
		return errBroken
	}
	return nil
}

// counted are the counts of a card. A seek passes thousands of cards: making
// each whole would take most of its time.
func (d *decoder) counted(card []cell) (c class.Counts) {
	row := reflect.ValueOf(&c).Elem()
	for _, of := range d.counts {
		_ = of.write(row.FieldByIndex(of.at), card[of.i])
	}
	return c
}

// seed begins a trend with the samples of a keyframe.
func (d *decoder) seed(t poll.Topic, x *entry) error {
	data, err := d.kinds[trend].build(x.cells)
	d.cells -= len(x.cells)
	delete(d.entries, t)
	if err != nil || len(d.trends) >= mostTrends {
		return errBroken
	}
	h := new(poll.History)
	for _, s := range data.([]poll.Sample) {
		h.Add(s.At, class.Counts{Online: s.Online, Mics: s.Mics, Cameras: s.Cameras, Hands: s.Hands, Teachers: s.Teachers})
	}
	d.trends[t.Room] = h
	return nil
}

// updates are what a session would have been given of a topic by now: data,
// and the failure that came after them.
func (d *decoder) updates(t poll.Topic) (us []poll.Update, err error) {
	x, s := d.entries[t], d.kinds[t.Kind]
	if x == nil || s.row == nil {
		return nil, nil
	}
	if x.known {
		data, err := s.build(x.cells)
		if err != nil {
			return nil, err
		}
		us = append(us, poll.Update{Topic: t, Data: data, Started: time.UnixMilli(x.started), At: time.UnixMilli(x.at)})
	}
	if x.failure != nil {
		e, err := d.failures.build(x.failure)
		if err != nil {
			return nil, err
		}
		fault := e.(class.Error)
		us = append(us, poll.Update{Topic: t, Err: &fault, Started: time.UnixMilli(x.asked), At: time.UnixMilli(x.failAt)})
	}
	return us, nil
}
