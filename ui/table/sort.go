package table

// SortCol names a column for the sort menu.
type SortCol struct {
	ID, Title string
	Now       bool // the table is sorted by it
	Down      bool // and in reverse
}

// SortCols lists what the table can be sorted by.
func (t *Table[K, T]) SortCols() []SortCol {
	out := make([]SortCol, len(t.cols))
	for i := range t.cols {
		out[i] = SortCol{ID: t.cols[i].ID, Title: t.cols[i].Title, Now: i == t.sortBy, Down: i == t.sortBy && t.down}
	}
	return out
}

// Sort orders by the column with an id; the same column again reverses. An
// unknown id goes back to the view's own order.
func (t *Table[K, T]) Sort(id string) {
	for i := range t.cols {
		if t.cols[i].ID == id {
			t.down = i == t.sortBy && !t.down
			t.sortBy, t.stale = i, true
			return
		}
	}
	t.sortBy, t.down, t.stale = -1, false, true
}

// SortedBy is the title of the column that orders the rows and whether in
// reverse; "" means the view's own order.
func (t *Table[K, T]) SortedBy() (title string, down bool) {
	if t.sortBy < 0 {
		return "", false
	}
	return t.cols[t.sortBy].Title, t.down
}
