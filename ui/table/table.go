// Package table is the one table of the dashboard: any rows, columns as data.
// A row is known by its id, so the cursor and the marks stay with their person
// while rows come, go and move. It knows nothing of Bubble Tea; it costs per
// frame what is visible, not what is there.
package table

import (
	"cmp"
	"slices"
	"time"

	"classtop/lang"
	"classtop/ui/theme"
)

// Col is one column.
type Col[T any] struct {
	ID     string // word for `id:value` filters and for sorting; no spaces
	Title  string
	Width  int  // cells it has at least
	Max    int  // cells it may grow to when there is room; 0 keeps Width
	Wide   int  // cells it may grow to when every column has its Max
	Drop   int  // when the screen is narrow the highest go first; 0 stays
	Right  bool // aligned to the right, for numbers
	Ticks  bool // the text depends on the clock: plain filter words skip it
	Words  bool // the text is classtop's own: drawn in the reader's language
	Reads  func(row *T, now time.Time) string
	Look   func(row *T, now time.Time) theme.Token // nil is Plain
	Order  func(a, b *T, now time.Time) int        // nil sorts by the text
	Hidden bool                                    // only for filters and sorting

	off   bool // somebody hid it
	fixed int  // width that somebody gave it
}

// Table holds the rows of one view. K is the type of a row's id. Use New.
type Table[K comparable, T any] struct {
	cols  []Col[T]
	born  []Col[T] // as the view made them
	key   func(*T) K
	rows  []T
	vers  []uint32
	hay   []string // lower-case text of each row for the filter, made on demand
	index map[K]int
	seq   uint32

	lens   func(*T, time.Time) bool
	filter filter
	lang   lang.Lang // of the last frame: the filter finds its words too
	sortBy int       // index of a column; -1 is the view's own order
	down   bool
	order  func(a, b *T, now time.Time) int

	shown  []int32 // indexes of rows that pass lens and filter, in order
	whole  int     // shown is an order of so many rows, which were all; -1: some were left out
	stale  bool    // shown must be made again
	turned bool    // another lens was taken since
	cursor int     // position in shown
	cur    K
	hasCur bool
	held   bool // somebody has used the table: the cursor has its person
	want   *K   // to be selected as soon as it is shown
	anchor K    // where a range of marks began
	hasAnc bool
	marks  map[K]bool
	top    int
	height int
	cache  cache[K]
}

// New makes an empty table. key gives a row's id; order is the order shown
// until the operator sorts by a column.
func New[K comparable, T any](cols []Col[T], key func(*T) K, order func(a, b *T, now time.Time) int) *Table[K, T] {
	return &Table[K, T]{
		cols: cols, born: cols, key: key, order: order, sortBy: -1, height: 1,
		index: map[K]int{}, marks: map[K]bool{}, cache: newCache[K](),
	}
}

// Set replaces all rows. Cursor and marks stay with their ids; marks of rows
// that are gone go too.
func (t *Table[K, T]) Set(rows []T) {
	t.rows = slices.Clone(rows)
	t.vers = slices.Grow(t.vers[:0], len(rows))[:len(rows)]
	t.hay = nil
	clear(t.index)
	t.seq++
	for i := range t.rows {
		t.index[t.key(&t.rows[i])] = i
		t.vers[i] = t.seq
	}
	for id := range t.marks {
		if _, ok := t.index[id]; !ok {
			delete(t.marks, id)
		}
	}
	t.stale = true
}

// Put adds one row or replaces the row with its id.
func (t *Table[K, T]) Put(row T) {
	id := t.key(&row)
	t.seq++
	t.stale = true
	if i, ok := t.index[id]; ok {
		t.rows[i], t.vers[i] = row, t.seq
		if t.hay != nil {
			t.hay[i] = ""
		}
		return
	}
	t.index[id] = len(t.rows)
	t.rows = append(t.rows, row)
	t.vers = append(t.vers, t.seq)
	if t.hay != nil {
		t.hay = append(t.hay, "")
	}
}

// Get returns the row with an id.
func (t *Table[K, T]) Get(id K) (*T, bool) {
	i, ok := t.index[id]
	if !ok {
		return nil, false
	}
	return &t.rows[i], true
}

// All returns every row, unsorted. It must not be changed.
func (t *Table[K, T]) All() []T { return t.rows }

// Len is the number of rows, Shown the number that pass lens and filter.
func (t *Table[K, T]) Len() int { return len(t.rows) }

// Shown is the number of rows that passed lens and filter at the last frame.
func (t *Table[K, T]) Shown() int { return len(t.shown) }

// Touch makes the next frame filter, sort and read every row again: call it
// when something outside the rows changed what they say.
func (t *Table[K, T]) Touch() {
	t.seq++
	for i := range t.vers {
		t.vers[i] = t.seq
	}
	t.hay = nil
	t.stale = true
}

// Lens keeps only the rows that f lets through; nil shows all. If the row
// under the cursor is not among them, the cursor goes to the first.
func (t *Table[K, T]) Lens(f func(*T, time.Time) bool) {
	t.lens, t.stale, t.turned = f, true, true
}

// refresh brings shown, cursor and scroll up to date. It does nothing while
// nothing changed.
func (t *Table[K, T]) refresh(now time.Time) {
	if t.stale {
		t.stale = false
		t.pass(now)
		t.sort(now)
		t.follow()
		t.turned = false
	}
	t.scroll()
}

// pass lists the rows that lens and filter let through. It begins with the
// order of the last frame if that showed all rows and none went away: most of
// them are still in their places, and sorting what is sorted is cheap.
func (t *Table[K, T]) pass(now time.Time) {
	if t.whole < 0 || t.whole > len(t.rows) {
		t.shown, t.whole = t.shown[:0], 0
	}
	for i := t.whole; i < len(t.rows); i++ {
		t.shown = append(t.shown, int32(i)) //nolint:gosec // rows are far fewer than 2^31
	}
	t.shown = slices.DeleteFunc(t.shown, func(i int32) bool {
		return t.lens != nil && !t.lens(&t.rows[i], now) || !t.filter.empty() && !t.matches(int(i), now)
	})
	t.whole = -1
	if len(t.shown) == len(t.rows) {
		t.whole = len(t.rows)
	}
}

// sort gives a total order, with the order of arrival as the last word: then
// rows that are equal never swap places.
func (t *Table[K, T]) sort(now time.Time) {
	compare := t.order
	if t.sortBy >= 0 {
		compare = t.columnOrder(&t.cols[t.sortBy])
	}
	if compare == nil {
		slices.Sort(t.shown)
		return
	}
	sign := 1
	if t.down {
		sign = -1
	}
	slices.SortFunc(t.shown, func(a, b int32) int {
		if c := compare(&t.rows[a], &t.rows[b], now); c != 0 {
			return sign * c
		}
		return cmp.Compare(a, b)
	})
}

func (t *Table[K, T]) columnOrder(c *Col[T]) func(a, b *T, now time.Time) int {
	if c.Order != nil {
		return c.Order
	}
	return func(a, b *T, now time.Time) int { return cmp.Compare(c.Reads(a, now), c.Reads(b, now)) }
}

// follow puts the cursor on its id again; if the row is gone, the cursor stays
// at its place on the screen.
func (t *Table[K, T]) follow() {
	if len(t.shown) == 0 {
		t.cursor = 0
		return
	}
	if t.want != nil && t.find(*t.want) >= 0 {
		t.cur, t.hasCur, t.held, t.want = *t.want, true, true, nil
	}
	if !t.held {
		t.moveTo(0)
		return
	}
	if t.hasCur {
		if at := t.find(t.cur); at >= 0 {
			t.cursor = at
			return
		}
	}
	if t.turned {
		t.cursor = 0
	}
	t.moveTo(t.cursor)
}

// find is the position of an id among the shown rows, or -1.
func (t *Table[K, T]) find(id K) int {
	i, ok := t.index[id]
	if !ok {
		return -1
	}
	return slices.Index(t.shown, int32(i)) //nolint:gosec // rows are far fewer than 2^31
}
