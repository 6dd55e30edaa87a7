package table

import "time"

// Rows returns the rows that lens and filter let through, in the order shown.
// It is for views that draw them in another form than lines.
func (t *Table[K, T]) Rows(now time.Time) []*T {
	t.refresh(now)
	out := make([]*T, len(t.shown))
	for pos := range t.shown {
		out[pos] = t.at(pos)
	}
	return out
}
