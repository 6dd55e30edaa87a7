package tape

import (
	"encoding/binary"
	"errors"
)

// errBroken is what a recording's content is that no recorder wrote.
var errBroken = errors.New("the recording is damaged")

// reader takes values off bytes. After the first that does not fit everything
// is zero and bad is set.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) byte() byte {
	if len(r.data) == 0 {
		r.bad = true
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	return take(r, v, n)
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.data)
	return take(r, v, n)
}

// take goes behind a number of n bytes.
func take[N uint64 | int64](r *reader, v N, n int) N {
	if n <= 0 {
		r.bad, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return v
}

// count reads how many things follow, at most limit.
func (r *reader) count(limit int) int {
	n := r.uvarint()
	if n > uint64(limit) {
		r.bad, r.data = true, nil
		return 0
	}
	return int(n)
}

// text reads a length, at most limit, and as many bytes.
func (r *reader) text(limit int) string {
	n := r.count(min(limit, len(r.data)))
	if n > len(r.data) {
		r.bad, r.data = true, nil
		return ""
	}
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}
