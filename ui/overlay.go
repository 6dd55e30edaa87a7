package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/ui/theme"
)

// overlay is something in front of the view that takes the keys: a dialog,
// help, the palette, a menu.
type overlay interface {
	// key handles a key by its name; text is what it types. done closes the
	// overlay.
	key(a *App, key string, press tea.KeyPressMsg) (done bool, cmd tea.Cmd)
	// paste takes pasted text.
	paste(text string)
	// box is the title and the lines, each of exactly the same width, for at
	// most w by h cells inside the border.
	box(a *App, w, h int) (title string, lines []string)
	// holds tells whether rows must stand still behind it.
	holds() bool
}

// compose lays an overlay's box over a frame. It runs only while one is open.
func (a *App) compose(lines []string, o overlay) []string {
	title, body := o.box(a, max(1, a.width-6), max(1, a.height-4))
	if len(body) == 0 {
		return lines
	}
	boxed := a.frameBox(title, body)
	w := theme.Width(boxed[0])
	x := max(0, (a.width-w)/2)
	y := max(0, (len(lines)-len(boxed))/2)
	for i, b := range boxed {
		if y+i < len(lines) {
			lines[y+i] = splice(lines[y+i], b, x, w, a.width)
		}
	}
	return lines
}

// splice puts b, w cells wide, at column x of a line of width cells. A wide
// character that is cut in half leaves a blank.
func splice(line, b string, x, w, width int) string {
	left := ansi.Cut(line, 0, x)
	right := ansi.Cut(line, x+w, width)
	if theme.Width(right) > width-x-w {
		right = " " + ansi.Cut(line, x+w+1, width)
	}
	left += ansi.ResetStyle + theme.Spaces(x-theme.Width(left))
	return left + b + theme.Spaces(width-x-w-theme.Width(right)) + right + ansi.ResetStyle
}

// frameBox draws a border with a title around lines of equal width.
func (a *App) frameBox(title string, body []string) []string {
	g, th := a.theme.Glyphs, &a.theme
	w := theme.Width(body[0])
	title = th.Fit(title, min(theme.Width(title), max(0, w-2)))
	rule := strings.Repeat(g.H, max(0, w-1-theme.Width(title)))
	out := make([]string, 0, len(body)+2)
	out = append(out, th.Paint(theme.Border, g.TL+g.H)+th.Paint(theme.Title, " "+title+" ")+
		th.Paint(theme.Border, rule+g.TR))
	side := th.Paint(theme.Border, g.V)
	for _, l := range body {
		out = append(out, side+" "+l+" "+side)
	}
	return append(out, th.Paint(theme.Border, g.BL+strings.Repeat(g.H, w+2)+g.BR))
}
