package poll

// block is how many values a slab makes at once.
const block = 64

// slab makes values in blocks: thousands of small objects would cost the
// garbage collector more than they hold. A block is freed with its last value.
type slab[T any] struct{ rest []T }

func (s *slab[T]) one() *T {
	if len(s.rest) == 0 {
		s.rest = make([]T, block)
	}
	v := &s.rest[0]
	s.rest = s.rest[1:]
	return v
}
