package views

import (
	"fmt"
	"strings"
	"time"

	"classtop/class"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// The size of a seat on the map, in cells: wide enough for "no video no audio".
const (
	seatWidth = 20
	seatMost  = 32 // as wide as a seat grows when there are few
	seatLines = 4
)

// seatGrid is the table of seats with a cursor that moves in two directions.
type seatGrid struct {
	*table.Table[int64, class.Seat]
	cols, rows int    // as of the last frame
	width      int    // of a seat
	top        int    // first row of seats on the screen
	first      string // the map's first line
}

// Columns are none: the seats are a map.
func (g *seatGrid) Columns() []table.Column { return nil }

// Head is none either.
func (g *seatGrid) Head() string { return "" }

// Edge is the first line of the map as it was drawn last.
func (g *seatGrid) Edge() string { return g.first }

// PickAt puts the cursor on the seat at a place of the map.
func (g *seatGrid) PickAt(line, cell int, now time.Time) {
	g.Selected(now) // brings the table up to date
	col, row := cell/max(1, g.width), line/seatLines
	if at := (g.top+row)*g.cols + col; col < g.cols && row < g.rows && at < g.Shown() {
		g.Table.Move(at+1-g.Position(), now)
	}
}

// Move goes n rows of seats down. Where the last row is short it goes to its
// end; it never changes the column at the edges.
func (g *seatGrid) Move(n int, now time.Time) {
	g.Selected(now) // brings the table up to date
	cols, last, at := max(1, g.cols), g.Shown()-1, g.Position()-1
	for ; n > 0 && at/cols < last/cols; n-- {
		at = min(at+cols, last)
	}
	for ; n < 0 && at >= cols; n++ {
		at -= cols
	}
	g.Table.Move(at-g.Position()+1, now)
}

// Page goes a share of the screen down.
func (g *seatGrid) Page(share float64, now time.Time) {
	n := int(share * float64(g.rows))
	switch {
	case n == 0 && share < 0:
		n = -1
	case n == 0:
		n = 1
	}
	g.Move(n, now)
}

// layout finds how many seats go side by side and how wide each is.
func (g *seatGrid) layout(n, w, h int) (width int) {
	g.cols = max(1, min(w/seatWidth, n))
	g.rows = max(1, h/seatLines)
	row := max(0, g.Position()-1) / g.cols
	g.top = max(min(g.top, row), row-g.rows+1)
	g.top = max(0, min(g.top, (n+g.cols-1)/g.cols-g.rows))
	g.width = max(1, min(w/g.cols, seatMost))
	return g.width
}

// render draws the seats in h lines of w cells.
func (g *seatGrid) render(v *seats, list []*class.Seat, w, h int) []string {
	th := v.host.Theme()
	width := g.layout(len(list), w, h)
	out := make([]string, 0, h)
	for row := g.top; row < g.top+g.rows && row*g.cols < len(list); row++ {
		var lines [seatLines]strings.Builder
		for at := row * g.cols; at < min((row+1)*g.cols, len(list)); at++ {
			for i, l := range v.seatCard(list[at], width, at == g.Position()-1) {
				lines[i].WriteString(l)
			}
		}
		for i := range lines {
			if len(out) < h {
				out = append(out, th.Fit(lines[i].String(), w))
			}
		}
	}
	g.first = ""
	if len(out) > 0 {
		g.first = out[0]
	}
	for len(out) < h {
		out = append(out, theme.Spaces(w))
	}
	return out
}

// seatCard is one seat: number and state, who sits there, and the locks or
// else the user's id.
func (v *seats) seatCard(s *class.Seat, w int, on bool) [seatLines]string {
	th := v.host.Theme()
	g, inner := th.Glyphs, max(0, w-2)
	corner, tok := g.TL, theme.Border
	switch {
	case v.grid.IsMarked(s.Index):
		corner, tok = g.Mark, theme.Accent
	case on:
		corner, tok = g.Cursor, theme.Accent
	}
	word := fmt.Sprintf(" %d %s ", s.Index, th.Tell(seatWord(s)))
	word = th.Fit(word, min(inner, theme.Width(word)))
	second, third := "", th.Tell(seatLocks(s))
	if !s.User.IsZero() {
		second = v.people.name(s.User)
		if third == "" && second != s.User.String() {
			third = s.User.String()
		}
	}
	look := theme.Muted
	if seatLocks(s) != "" {
		look = theme.Warn
	}
	side := th.Paint(theme.Border, g.V)
	line := func(tok theme.Token, text string) string {
		return side + th.PaintRow(tok, th.Fit(" "+text, inner), on) + side
	}
	return [seatLines]string{
		th.PaintRow(tok, corner, on) + th.PaintRow(seatLook(s, time.Time{}), word, on) +
			th.Paint(theme.Border, strings.Repeat(g.H, max(0, inner-theme.Width(word)))+g.TR),
		line(theme.Title, second), line(look, third),
		th.Paint(theme.Border, g.BL+strings.Repeat(g.H, inner)+g.BR),
	}
}
