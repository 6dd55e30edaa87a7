// Package screen counts the bytes that a changed screen costs, against the
// least that could show the same.
package screen

import (
	"fmt"

	uv "github.com/charmbracelet/ultraviolet"
)

// Cells is what a terminal shows, line by line.
type Cells [][]uv.Cell

// Look copies a terminal's cells.
func Look(width, height int, at func(x, y int) uv.Cell) Cells {
	c := make(Cells, height)
	for y := range c {
		c[y] = make([]uv.Cell, width)
		for x := range c[y] {
			c[y][x] = at(x, y)
		}
	}
	return c
}

// Least estimates how few bytes turn one screen into another of the same size:
// the changed cells, the colours that they need and one cursor move to each
// run of them. It also counts the changed cells.
func Least(from, to Cells) (bytes, changed int) {
	pen, row, col := uv.Style{}, -1, 0
	for y := range to {
		for x, c := range to[y] {
			if c.Width == 0 || c.Equal(&from[y][x]) {
				continue
			}
			bytes += to.move(row, col, y, x) + len(uv.StyleDiff(&pen, &c.Style)) + max(1, len(c.Content))
			pen, row, col = c.Style, y, x+c.Width
			changed += c.Width
		}
	}
	return bytes, changed
}

// move is the cost of the cheapest way to a cell: to a place by its numbers,
// so many cells to the right, or over them by writing them again.
func (c Cells) move(row, col, y, x int) int {
	best := len(fmt.Sprintf("\x1b[%d;%dH", y+1, x+1))
	if row == y {
		again := 0
		for ; col < x; col++ {
			again += len(c[y][col].Content)
			best = min(best, len(fmt.Sprintf("\x1b[%dC", x-col)))
		}
		best = min(best, again)
	}
	return best
}

// Repaint is what a renderer without memory writes: every cell of the screen.
func Repaint(to Cells) int {
	empty := make(Cells, len(to))
	for y := range to {
		empty[y] = make([]uv.Cell, len(to[y]))
	}
	bytes, _ := Least(empty, to)
	return bytes
}
