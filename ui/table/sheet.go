package table

import "time"

// Sheet gives what is shown as text for an export: the id of every column that
// can be seen at some width, and one line a row, in the order on screen.
func (t *Table[K, T]) Sheet(now time.Time) (heads []string, rows [][]string) {
	t.refresh(now)
	for i := range t.cols {
		if t.cols[i].shown() {
			heads = append(heads, t.cols[i].ID)
		}
	}
	for _, at := range t.shown {
		cells := make([]string, 0, len(heads))
		for i := range t.cols {
			if t.cols[i].shown() {
				cells = append(cells, t.cols[i].Reads(&t.rows[at], now))
			}
		}
		rows = append(rows, cells)
	}
	return heads, rows
}
