package paint

import (
	"runtime"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// canvas knows what the terminal shows and makes the bytes that turn it into
// the next frame: the changed cells, the colours that they need and the
// cheapest way to each run of them.
type canvas struct {
	w, h    int
	profile colorprofile.Profile
	rows    []string  // of the last frame: what is the same is not looked at
	cells   []uv.Line // what they are on the terminal
	spare   uv.ScreenBuffer
	fresh   bool // the terminal is to be cleared first
	unsure  bool // somebody else wrote: neither cursor nor colours are known

	out  []byte
	y, x int // where the cursor is; y is -1 where that is not known
	pen  uv.Style
	link uv.Link
}

// nothing is no row of any frame.
const nothing = "\x00"

// paint returns the bytes for a frame of h rows of w cells; they are valid
// until the next call.
func (c *canvas) paint(frame string, w, h int) []byte {
	c.out = c.out[:0]
	if w != c.w || h != c.h || c.fresh {
		c.clear(w, h)
	}
	rows := make([]string, h)
	for y := range rows {
		rows[y], frame, _ = strings.Cut(frame, "\n")
	}
	c.scroll(rows)
	for y, row := range rows {
		if row != c.rows[y] {
			c.row(y, row)
		}
	}
	c.setLink(uv.Link{})
	return c.out
}

// clear begins with an empty terminal.
func (c *canvas) clear(w, h int) {
	c.w, c.h, c.fresh, c.unsure = w, h, false, false
	c.out = append(c.out, ansi.ResetStyle+"\x1b[H\x1b[2J"...)
	c.pen, c.link, c.y, c.x = uv.Style{}, uv.Link{}, 0, 0
	c.rows, c.cells = make([]string, h), make([]uv.Line, h)
	for y := range c.rows {
		c.rows[y], c.cells[y] = nothing, uv.NewLine(w)
	}
	c.spare = uv.NewScreenBuffer(w, 1)
}

// row writes what changed in a row.
func (c *canvas) row(y int, text string) {
	old, next := c.cells[y], c.read(text)
	blank := blanks(next)
	for x := 0; x < c.w; x += max(1, next[x].Width) {
		if next[x].Equal(&old[x]) {
			continue
		}
		c.move(y, x, next)
		if x >= blank && changed(old[x:], next[x:]) > 3 {
			c.setPen(&uv.Style{})
			c.out = append(c.out, "\x1b[K"...)
			break
		}
		c.put(&next[x])
	}
	c.rows[y], c.cells[y] = text, next
	c.spare.Lines[0] = old
}

// read makes cells of a row's text.
func (c *canvas) read(text string) uv.Line {
	uv.NewStyledString(text).Draw(c.spare, c.spare.Bounds())
	line := c.spare.Lines[0]
	if c.profile != colorprofile.TrueColor {
		for x := range line {
			line[x].Style = uv.ConvertStyle(line[x].Style, c.profile)
			line[x].Link = uv.ConvertLink(line[x].Link, c.profile)
		}
	}
	return line
}

// blanks is where the blank end of a line begins.
func blanks(line uv.Line) int {
	x := len(line)
	for x > 0 && line[x-1].Equal(&uv.EmptyCell) {
		x--
	}
	return x
}

// changed counts the cells that differ, as far as that matters.
func changed(old, next uv.Line) (n int) {
	for x := range next {
		if !next[x].Equal(&old[x]) {
			n++
		}
		if n > 3 {
			break
		}
	}
	return n
}

// move brings the cursor to a cell: over the cells before it by writing them
// again or by so many to the right, or to its place by its numbers.
func (c *canvas) move(y, x int, line uv.Line) {
	c.sure()
	switch gap := x - c.x; {
	case y == c.y && gap == 0:
	case y == c.y && gap > 0 && gap <= 4 && c.plain(line[c.x:x]):
		for i := c.x; i < x; i++ {
			c.out = append(c.out, line[i].Content...)
		}
	case y == c.y && gap > 0:
		c.out = append(c.out, ansi.CursorForward(gap)...)
	default:
		c.out = append(c.out, ansi.CursorPosition(x+1, y+1)...)
	}
	c.y, c.x = y, x
}

// sure takes the colours back that somebody else may have left.
func (c *canvas) sure() {
	if c.unsure {
		c.out = append(c.out, ansi.ResetStyle...)
		c.pen, c.link, c.y, c.unsure = uv.Style{}, uv.Link{}, -1, false
	}
}

// plain tells whether cells can be written as they are, one byte each.
func (c *canvas) plain(cells uv.Line) bool {
	for i := range cells {
		if len(cells[i].Content) != 1 || !cells[i].Style.Equal(&c.pen) || cells[i].Link != c.link {
			return false
		}
	}
	return true
}

// put writes a cell where the cursor is.
func (c *canvas) put(cell *uv.Cell) {
	c.setPen(&cell.Style)
	c.setLink(cell.Link)
	c.out = append(c.out, cell.Content...)
	c.x += max(1, cell.Width)
	if c.x >= c.w {
		c.y = -1 // at the edge terminals differ
	}
}

func (c *canvas) setPen(to *uv.Style) {
	c.out = append(c.out, uv.StyleDiff(&c.pen, to)...)
	c.pen = *to
}

func (c *canvas) setLink(to uv.Link) {
	if to == c.link {
		return
	}
	if to.IsZero() {
		c.out = append(c.out, ansi.ResetHyperlink()...)
	} else {
		c.out = append(c.out, ansi.SetHyperlink(to.URL, to.Params)...)
	}
	c.link = to
}

// scroll lets the terminal move rows that only changed their place.
func (c *canvas) scroll(rows []string) {
	by, from, n := shift(c.rows, rows)
	if n == 0 || runtime.GOOS == "windows" { // some of its terminals do it wrong
		return
	}
	c.sure()
	c.setPen(&uv.Style{}) // new rows get its background
	top, bottom, way := from, from+n+by, "S"
	if by < 0 {
		top, bottom, way = from+by, from+n, "T"
	}
	c.out = append(c.out, ansi.SetTopBottomMargins(top+1, bottom)+"\x1b["+strconv.Itoa(max(by, -by))+way+"\x1b[r"...)
	c.y, c.x = 0, 0
	was, cells := append([]string(nil), c.rows...), append([]uv.Line(nil), c.cells...)
	for y := top; y < bottom; y++ {
		if y+by >= top && y+by < bottom {
			c.rows[y], c.cells[y] = was[y+by], cells[y+by]
			continue
		}
		c.rows[y], c.cells[y] = nothing, uv.NewLine(c.w)
	}
}

// worth is how many rows have to be saved by moving them.
const worth = 3

// shift finds the most rows that stand by so many rows higher (by is positive)
// or lower than they did: n of them, in the new rows from one on.
func shift(old, rows []string) (by, from, n int) {
	most := worth - 1
	for d := -len(rows) + worth; d <= len(rows)-worth; d++ {
		start, saved := 0, 0
		for y := 0; y <= len(rows); y++ {
			if d != 0 && y < len(rows) && y+d >= 0 && y+d < len(rows) && rows[y] == old[y+d] {
				if rows[y] != old[y] {
					saved++
				}
				continue
			}
			if saved > most {
				most, by, from, n = saved, d, start, y-start
			}
			start, saved = y+1, 0
		}
	}
	return by, from, n
}
