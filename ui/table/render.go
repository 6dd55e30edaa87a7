package table

import (
	"slices"
	"strings"
	"time"

	"classtop/ui/theme"
)

// gutter is the cells before the first column: cursor, mark.
const gutter = 2

// cache keeps what the visible rows look like.
type cache[K comparable] struct {
	lines  map[K]*line
	key    layoutKey
	layout []int // width of each column; 0 is not shown
	head   string
	built  int // rows made, for tests that pin the hot path
}

type line struct {
	ver    uint32
	second int64
	state  uint8
	cells  []string
	looks  []theme.Token
	text   string
}

// layoutKey is all that changes the look of every row.
type layoutKey struct {
	width, sortBy int
	down          bool
	theme         theme.Options
}

func newCache[K comparable]() cache[K] {
	return cache[K]{lines: map[K]*line{}, key: layoutKey{width: -1}}
}

// Built counts the rows rendered since the table was made.
func (t *Table[K, T]) Built() int { return t.cache.built }

// Render returns exactly height lines of exactly width cells: the head and as
// many rows as fit. Rows whose text did not change are not made again.
func (t *Table[K, T]) Render(th *theme.Theme, width, height int, now time.Time) []string {
	if width < 1 || height < 1 {
		return nil
	}
	t.height = max(1, height-1)
	t.refresh(now)
	if !t.hasCur && len(t.shown) > 0 {
		t.moveTo(t.cursor)
	}
	t.relayout(th, width)
	out := make([]string, 0, height)
	out = append(out, t.cache.head)
	for pos := t.top; pos < min(t.top+height-1, len(t.shown)); pos++ {
		out = append(out, t.line(th, pos, width, now))
	}
	for len(out) < height {
		out = append(out, theme.Spaces(width))
	}
	t.forget(height)
	return out
}

func (t *Table[K, T]) relayout(th *theme.Theme, width int) {
	key := layoutKey{width: width, sortBy: t.sortBy, down: t.down, theme: th.Options}
	if key == t.cache.key {
		return
	}
	if t.lang != th.Lang {
		t.lang, t.hay, t.stale = th.Lang, nil, true
	}
	t.cache.key = key
	clear(t.cache.lines)
	t.cache.layout = t.widths(th, width-gutter)
	var b strings.Builder
	b.WriteString(theme.Spaces(min(gutter, width)))
	t.join(&b, func(i, w int) string {
		title := th.Word(t.cols[i].ID, t.cols[i].Title)
		if i == t.sortBy {
			arrow := th.Glyphs.Up
			if t.down {
				arrow = th.Glyphs.Fall
			}
			title = th.Fit(title, min(theme.Width(title), w-1)) + arrow
		}
		return t.align(th, i, title, w)
	})
	t.cache.head = th.Paint(theme.Head, th.Fit(b.String(), width))
}

// widths gives each column its cells. Columns go by Drop until the rest fits,
// then what is left is shared by those that may grow.
func (t *Table[K, T]) widths(th *theme.Theme, room int) []int {
	w := make([]int, len(t.cols))
	total := -1
	for i := range t.cols {
		if t.cols[i].shown() {
			w[i] = t.cols[i].Width
			if title := th.Word(t.cols[i].ID, t.cols[i].Title); title != t.cols[i].Title {
				w[i] = max(w[i], theme.Width(title)) // the widths are made for English
			}
			total += w[i] + 1
		}
	}
	for total > room {
		worst := -1
		for i := range w {
			if w[i] > 0 && t.cols[i].Drop > 0 && (worst < 0 || t.cols[i].Drop > t.cols[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		total -= w[worst] + 1
		w[worst] = 0
	}
	return t.grow(w, room-total)
}

// grow shares the spare cells: first every column gets its most, and what is
// left then goes to those that are longer still now and then.
func (t *Table[K, T]) grow(w []int, spare int) []int {
	spare = t.deal(w, spare, func(c *Col[T]) int { return c.Max })
	t.deal(w, spare, func(c *Col[T]) int { return c.Wide })
	return w
}

// deal gives spare cells one by one, so that no column starves, and returns
// what nobody wanted.
func (t *Table[K, T]) deal(w []int, spare int, most func(*Col[T]) int) int {
	for spare > 0 {
		grew := false
		for i := range w {
			if w[i] > 0 && w[i] < most(&t.cols[i]) && spare > 0 {
				w[i]++
				spare--
				grew = true
			}
		}
		if !grew {
			break
		}
	}
	return spare
}

// join writes the shown columns with one blank between them.
func (t *Table[K, T]) join(b *strings.Builder, cell func(i, w int) string) {
	first := true
	for i, w := range t.cache.layout {
		if w == 0 {
			continue
		}
		if !first {
			b.WriteByte(' ')
		}
		first = false
		b.WriteString(cell(i, w))
	}
}

func (t *Table[K, T]) align(th *theme.Theme, i int, s string, w int) string {
	if t.cols[i].Right {
		return th.FitRight(s, w)
	}
	return th.Fit(s, w)
}

// The parts of line.state.
const (
	isCursor = 1 << iota
	isMarked
)

// line returns one row, from the cache when nothing in it changed.
func (t *Table[K, T]) line(th *theme.Theme, pos, width int, now time.Time) string {
	i := t.shown[pos]
	row := &t.rows[i]
	id := t.key(row)
	var state uint8
	if pos == t.cursor {
		state |= isCursor
	}
	if t.marks[id] {
		state |= isMarked
	}
	l := t.cache.lines[id]
	if l != nil && l.ver == t.vers[i] && l.second == now.Unix() && l.state == state {
		return l.text
	}
	cells, looks := t.read(th, row, now)
	if l != nil && l.state == state && slices.Equal(cells, l.cells) && slices.Equal(looks, l.looks) {
		l.ver, l.second = t.vers[i], now.Unix()
		return l.text
	}
	l = &line{ver: t.vers[i], second: now.Unix(), state: state, cells: cells, looks: looks}
	l.text = t.build(th, l, width)
	t.cache.lines[id] = l
	t.cache.built++
	return l.text
}

func (t *Table[K, T]) read(th *theme.Theme, row *T, now time.Time) ([]string, []theme.Token) {
	cells := make([]string, len(t.cols))
	looks := make([]theme.Token, len(t.cols))
	for c, w := range t.cache.layout {
		if w == 0 {
			continue
		}
		cells[c] = t.cols[c].Reads(row, now)
		if t.cols[c].Words {
			cells[c] = th.Tell(cells[c])
		}
		if t.cols[c].Look != nil {
			looks[c] = t.cols[c].Look(row, now)
		}
	}
	return cells, looks
}

func (t *Table[K, T]) build(th *theme.Theme, l *line, width int) string {
	selected := l.state&isCursor != 0
	cursor, mark := " ", " "
	if selected {
		cursor = th.Glyphs.Cursor
	}
	if l.state&isMarked != 0 {
		mark = th.Glyphs.Mark
	}
	var b strings.Builder
	b.WriteString(th.PaintRow(theme.Accent, cursor+mark, selected))
	used := gutter - 1
	for c, w := range t.cache.layout {
		if w == 0 {
			continue
		}
		if used >= gutter {
			b.WriteString(th.PaintRow(theme.Plain, " ", selected))
		}
		b.WriteString(th.PaintRow(l.looks[c], t.align(th, c, l.cells[c], w), selected))
		used += w + 1
	}
	used = max(used, gutter)
	if used > width { // narrower than what can never be dropped
		return th.Fit(b.String(), width)
	}
	b.WriteString(th.PaintRow(theme.Plain, theme.Spaces(width-used), selected))
	return b.String()
}

// forget drops cached rows that have scrolled far away.
func (t *Table[K, T]) forget(height int) {
	if len(t.cache.lines) <= 8*height {
		return
	}
	keep := make(map[K]*line, height)
	for pos := t.top; pos < min(t.top+height, len(t.shown)); pos++ {
		id := t.key(t.at(pos))
		if l := t.cache.lines[id]; l != nil {
			keep[id] = l
		}
	}
	t.cache.lines = keep
}
