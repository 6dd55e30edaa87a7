package table

import "time"

// moveTo puts the cursor on a position, as near as there is one.
func (t *Table[K, T]) moveTo(pos int) {
	if len(t.shown) == 0 {
		t.cursor, t.hasCur = 0, false
		return
	}
	t.cursor = min(max(pos, 0), len(t.shown)-1)
	t.cur, t.hasCur = t.key(t.at(t.cursor)), true
}

func (t *Table[K, T]) at(pos int) *T { return &t.rows[t.shown[pos]] }

// Hold ties the cursor to its row. Until somebody uses the table the cursor
// stays at the top while the rows find their places.
func (t *Table[K, T]) Hold() { t.held = true }

// Move moves the cursor by n rows.
func (t *Table[K, T]) Move(n int, now time.Time) {
	t.refresh(now)
	t.want, t.held = nil, true
	t.moveTo(t.cursor + n)
}

// Head is the line of column titles as it was drawn last.
func (t *Table[K, T]) Head() string { return t.cache.head }

// PickLine puts the cursor on the row that many lines below the first on the
// screen; below the last there is nothing to pick.
func (t *Table[K, T]) PickLine(n int, now time.Time) {
	t.refresh(now)
	if at := t.top + n; n >= 0 && n < t.height && at < len(t.shown) {
		t.want, t.held = nil, true
		t.moveTo(at)
	}
}

// Page moves the cursor by a share of the visible rows: 1 is a page down,
// -0.5 half a page up.
func (t *Table[K, T]) Page(share float64, now time.Time) {
	n := int(share * float64(t.height))
	if n == 0 {
		n = 1
		if share < 0 {
			n = -1
		}
	}
	t.Move(n, now)
}

// First moves to the first row.
func (t *Table[K, T]) First(now time.Time) { t.Hold(); t.refresh(now); t.moveTo(0) }

// Last moves to the last row.
func (t *Table[K, T]) Last(now time.Time) { t.Hold(); t.refresh(now); t.moveTo(len(t.shown) - 1) }

// Select puts the cursor on the row with an id, now or as soon as it is shown.
func (t *Table[K, T]) Select(id K) { t.want, t.stale = &id, true }

// Selected returns the row under the cursor.
func (t *Table[K, T]) Selected(now time.Time) (*T, bool) {
	t.refresh(now)
	if len(t.shown) == 0 {
		return nil, false
	}
	if !t.hasCur {
		t.moveTo(t.cursor)
	}
	return t.at(t.cursor), true
}

// Position is the cursor's place from 1, for people; 0 when nothing is shown.
func (t *Table[K, T]) Position() int {
	if len(t.shown) == 0 {
		return 0
	}
	return t.cursor + 1
}

// Visible returns the rows on the screen at the last frame.
func (t *Table[K, T]) Visible() []*T {
	end := min(t.top+t.height, len(t.shown))
	out := make([]*T, 0, max(0, end-t.top))
	for pos := t.top; pos < end; pos++ {
		out = append(out, t.at(pos))
	}
	return out
}

// Mark turns the mark of the row under the cursor and goes on to the next.
func (t *Table[K, T]) Mark(now time.Time) {
	row, ok := t.Selected(now)
	if !ok {
		return
	}
	id := t.key(row)
	if t.marks[id] {
		delete(t.marks, id)
	} else {
		t.marks[id] = true
	}
	t.moveTo(t.cursor + 1)
}

// MarkAll marks every shown row, or clears their marks if all have one.
func (t *Table[K, T]) MarkAll(now time.Time) {
	t.refresh(now)
	all := true
	for pos := range t.shown {
		all = all && t.marks[t.key(t.at(pos))]
	}
	for pos := range t.shown {
		if id := t.key(t.at(pos)); all {
			delete(t.marks, id)
		} else {
			t.marks[id] = true
		}
	}
}

// MarkRange begins a range at the cursor; called again it marks from there to
// the cursor and tells so.
func (t *Table[K, T]) MarkRange(now time.Time) bool {
	row, ok := t.Selected(now)
	if !ok {
		return false
	}
	from := -1
	if t.hasAnc {
		from = t.find(t.anchor)
	}
	if from < 0 {
		t.anchor, t.hasAnc = t.key(row), true
		t.marks[t.anchor] = true
		return false
	}
	for pos := min(from, t.cursor); pos <= max(from, t.cursor); pos++ {
		t.marks[t.key(t.at(pos))] = true
	}
	t.hasAnc = false
	return true
}

// Marked returns the marked rows in the order shown; marked rows that the lens
// or the filter hides are not among them, so that nobody acts on what he
// cannot see.
func (t *Table[K, T]) Marked(now time.Time) []*T {
	t.refresh(now)
	var out []*T
	for pos := range t.shown {
		if row := t.at(pos); t.marks[t.key(row)] {
			out = append(out, row)
		}
	}
	return out
}

// IsMarked tells whether the row with an id is marked.
func (t *Table[K, T]) IsMarked(id K) bool { return t.marks[id] }

// Marks is the number of marks.
func (t *Table[K, T]) Marks() int { return len(t.marks) }

// ClearMarks takes all marks away.
func (t *Table[K, T]) ClearMarks() {
	clear(t.marks)
	t.hasAnc = false
	t.stale = true
}

// scroll keeps the cursor on the screen and the screen full.
func (t *Table[K, T]) scroll() {
	t.top = min(t.top, t.cursor)
	t.top = max(t.top, t.cursor-t.height+1)
	t.top = max(0, min(t.top, len(t.shown)-t.height))
}
