package table

import "slices"

// Column is how somebody wants a column: in the order of the list.
type Column struct {
	ID    string `json:"id"`
	Title string `json:"-"`
	Off   bool   `json:"off,omitempty"`
	Width int    `json:"width,omitempty"` // cells; 0 leaves it to the table
}

// Columns lists the columns that can be shown, in their order.
func (t *Table[K, T]) Columns() []Column {
	var out []Column
	for _, c := range t.cols {
		if !c.Hidden {
			out = append(out, Column{ID: c.ID, Title: c.Title, Off: c.off, Width: c.fixed})
		}
	}
	return out
}

// Arrange puts the columns in an order, hides some and gives some a width.
// Columns that the list does not know come last, as they are; none at all
// puts everything back. Cursor, sort, filter and marks stay.
func (t *Table[K, T]) Arrange(list []Column) {
	sorted := ""
	if t.sortBy >= 0 {
		sorted = t.cols[t.sortBy].ID
	}
	rest := slices.Clone(t.born)
	cols := make([]Col[T], 0, len(rest))
	for _, want := range list {
		i := slices.IndexFunc(rest, func(c Col[T]) bool { return c.ID == want.ID && !c.Hidden })
		if i < 0 {
			continue
		}
		c := rest[i]
		rest = slices.Delete(rest, i, i+1)
		c.off, c.fixed = want.Off, want.Width
		if want.Width > 0 {
			c.Width, c.Max, c.Wide = want.Width, want.Width, 0
		}
		cols = append(cols, c)
	}
	t.cols = append(cols, rest...)
	t.sortBy = slices.IndexFunc(t.cols, func(c Col[T]) bool { return c.ID == sorted && sorted != "" })
	text := t.filter.text
	t.filter = filter{}
	t.Filter(text)
	t.hay, t.stale = nil, true
	t.cache.key = layoutKey{width: -1}
}

// shown tells whether a column takes part in the layout.
func (c *Col[T]) shown() bool { return !c.Hidden && !c.off }
