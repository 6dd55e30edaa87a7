package tape

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"reflect"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

// ErrVersion is what Unpack returns for what another version of classtop
// packed, whose data have other fields.
var ErrVersion = errors.New("another version of classtop sent this: run the same one on all hosts")

// wire are the kinds that hosts send each other: all, with what the wire said
// of each text, because the other host may have to send it back to a service.
var wire = func() map[poll.Kind]*shape {
	out := map[poll.Kind]*shape{poll.Listing: shaped(reflect.TypeFor[[]class.Record](), true)}
	for kind, s := range kinds {
		out[kind] = shaped(s.whole, true)
	}
	return out
}()

// wireMark begins what is packed: the fields of all kinds in short.
var wireMark = func() uint64 {
	h := fnv.New64a()
	var b strings.Builder
	for k := range 256 {
		if s := wire[poll.Kind(k)]; s != nil {
			b.WriteString(s.words() + "\n")
		}
	}
	_, _ = io.WriteString(h, b.String()+failures.words())
	return h.Sum64()
}()

// wireMost bounds what a packed batch may unfold to, in bytes.
const wireMost = 64 << 20

// Pack writes updates for another host. What it returns stands for itself.
func Pack(us []poll.Update) ([]byte, error) {
	e := newEncoder()
	e.exact, e.full = true, func() {}
	for i := range us {
		u := &us[i]
		x := &entry{at: u.At.UnixMilli(), started: u.Started.UnixMilli()}
		switch s := wire[u.Topic.Kind]; {
		case s == nil || u.Err == nil && u.Data == nil:
		case u.Err != nil:
			x.failure, x.failAt, x.asked = failures.rows(reflect.ValueOf(*u.Err)), x.at, x.started
			e.failed(u.Topic, x, 0)
		default:
			x.cells = s.rows(reflect.ValueOf(u.Data))
			e.frame(u.Topic, x, s, nil, 0)
		}
	}
	return squeeze(e.buf)
}

// Unpack reads what Pack wrote.
func Unpack(data []byte) (us []poll.Update, err error) {
	frames, err := unfold(data)
	if err != nil {
		return nil, err
	}
	d := newDecoder(&dialect{kinds: wire, failures: failures, membersAt: -1})
	d.reader = reader{data: frames}
	for d.more() {
		t, _, err := d.step()
		if err != nil {
			return nil, err
		}
		now, err := d.updates(t)
		if err != nil || len(now) == 0 {
			return nil, errBroken
		}
		us = append(us, now[len(now)-1])
		delete(d.entries, t)
	}
	if d.bad {
		return nil, errBroken
	}
	return us, nil
}

// PackWants writes what a host wants of another.
func PackWants(wants []poll.Want) ([]byte, error) {
	e := newEncoder()
	e.buf = binary.AppendUvarint(e.buf, uint64(len(wants)))
	for _, w := range wants {
		e.buf = append(e.buf, byte(w.Topic.Kind), byte(w.Tier))
		e.buf = binary.AppendUvarint(e.buf, uint64(w.Topic.Room))
		e.text(Exact(w.Topic.ID))
	}
	return squeeze(e.buf)
}

// UnpackWants reads what PackWants wrote.
func UnpackWants(data []byte) ([]poll.Want, error) {
	raw, err := unfold(data)
	if err != nil {
		return nil, err
	}
	d := newDecoder(nil)
	d.reader = reader{data: raw}
	wants := make([]poll.Want, d.count(len(raw)))
	for i := range wants {
		w := &wants[i]
		w.Topic.Kind, w.Tier = poll.Kind(d.byte()), min(poll.Tier(d.byte()), poll.Background)
		w.Topic.Room = class.RoomID(d.uvarint())
		w.Topic.ID = OfExact(d.text())
	}
	if d.bad {
		return nil, errBroken
	}
	return wants, nil
}

func squeeze(b []byte) ([]byte, error) {
	var out bytes.Buffer
	_ = binary.Write(&out, binary.LittleEndian, wireMark)
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	_, err := z.Write(b)
	err = errors.Join(err, z.Close())
	return out.Bytes(), err
}

func unfold(b []byte) ([]byte, error) {
	if len(b) < 8 || binary.LittleEndian.Uint64(b) != wireMark {
		return nil, ErrVersion
	}
	z, err := gzip.NewReader(bytes.NewReader(b[8:]))
	if err != nil {
		return nil, errBroken
	}
	out, err := io.ReadAll(io.LimitReader(z, wireMost+1))
	if err != nil || len(out) > wireMost {
		return nil, errBroken
	}
	return out, nil
}

// Exact is a text with what the wire said of it, parted by a NUL where they
// differ.
func Exact(t class.Text) string {
	shown, raw := t.String(), t.Raw()
	if shown == raw {
		return shown
	}
	return shown + "\x00" + raw
}

// OfExact is the reverse of Exact; what it shows is cleaned anew.
func OfExact(s string) class.Text {
	shown, raw, differ := strings.Cut(s, "\x00")
	t := clean.Block(clean.Line(shown, widest))
	if !differ {
		return t
	}
	return clean.Text(raw).As(t.String())
}

// Shift moves the moments of reading by so much, for a host whose clock is
// not the sender's. What the school says of its own times stays.
func Shift(u *poll.Update, by time.Duration) {
	move := func(t *time.Time) {
		if !t.IsZero() {
			*t = t.Add(by)
		}
	}
	move(&u.Started)
	move(&u.At)
	c, ok := u.Data.(class.Card)
	if !ok {
		return
	}
	move(&c.MembersAt)
	for i := range c.Problems {
		move(&c.Problems[i].Since)
	}
	u.Data = c
}
