package ui

import (
	"fmt"
	"strings"

	"classtop/keymap"
	"classtop/ui/theme"
)

// The least screen that everything fits on.
const (
	minWidth  = 60
	minHeight = 16
)

// The lines around the view: two of header, the trail, status and footer.
const chrome = 5

// draw makes the frame: exactly height lines of exactly width cells.
func (a *App) draw() {
	a.dirty = false
	a.draws++
	if a.width < minWidth || a.height < minHeight {
		a.frame = a.tooSmall()
		return
	}
	lines := make([]string, 0, a.height)
	lines = append(lines, a.header()...)
	lines = append(lines, a.trail())
	toasts := a.toastLines(a.width, (a.height-chrome)/2)
	a.arrange()
	lines = append(lines, a.top().Render(a.width, a.height-chrome-len(toasts))...)
	lines = append(lines, toasts...)
	lines = append(lines, a.statusLine(), a.footer())
	if a.overlay != nil {
		lines = a.compose(lines, a.overlay)
	}
	a.frame = strings.Join(lines, "\n")
}

func (a *App) tooSmall() string {
	if a.width == 0 || a.height == 0 {
		return ""
	}
	text := a.theme.Say("too small: needs %dx%d, this is %dx%d", minWidth, minHeight, a.width, a.height)
	lines := make([]string, a.height)
	for i, l := range theme.Wrap(text, a.width) {
		if i < len(lines) {
			lines[i] = l
		}
	}
	for i := range lines {
		lines[i] = a.theme.Fit(lines[i], a.width)
	}
	return strings.Join(lines, "\n")
}

// trail says where we are and, on the right, what the view has to note.
func (a *App) trail() string {
	left := a.crumbs(0)
	note := a.top().Note(a.width - min(theme.Width(left), a.width/2) - 2)
	if note != "" {
		note = " " + note + " "
	}
	for from := 1; from < len(a.route) && theme.Width(left)+theme.Width(note) > a.width; from++ {
		left = a.crumbs(from)
	}
	return a.theme.Sides(left, note, a.width)
}

// crumbs names the places from one on to where we are: that is the last that
// may be cut off.
func (a *App) crumbs(from int) string {
	th := &a.theme
	left := " "
	if from > 0 {
		left += th.Paint(theme.Muted, th.Glyphs.More+" "+th.Glyphs.Trail+" ")
	}
	for _, p := range a.route[from : len(a.route)-1] {
		left += th.Paint(theme.Muted, p.view.Title()+" "+th.Glyphs.Trail+" ")
	}
	return left + th.Paint(theme.Title, a.top().Title())
}

// statusLine says what is filtered, marked, sorted, frozen; or it is where
// the filter is typed.
func (a *App) statusLine() string {
	th, grid := &a.theme, a.top().Grid()
	if a.typing != nil {
		left := th.Paint(theme.Key, " /") + a.typing.line(th, theme.Plain, a.width-2)
		return th.Sides(left, th.Paint(theme.Muted, th.Say("enter keeps, esc clears  col:word  !word")+" ")+a.count(grid), a.width)
	}
	var parts []string
	if a.frozen {
		parts = append(parts, th.Paint(theme.Warn, th.Say("FROZEN %s, z goes on", Ago(a.now().Sub(a.since)))))
	}
	for _, w := range a.waiting {
		parts = append(parts, th.Paint(theme.Warn, w.words(th.Lang, a.now(), a.deps.Keys.Keys(keymap.Undo))))
	}
	for _, r := range a.running {
		parts = append(parts, th.Paint(theme.Warn, r.words(th.Lang, a.now())))
	}
	if a.bulk != nil {
		parts = append(parts, th.Paint(theme.Warn, a.bulk.words(th.Lang, a.now())))
	}
	if grid != nil {
		parts = append(parts, a.gridParts(grid)...)
	}
	return th.Sides(" "+strings.Join(parts, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" ")), a.count(grid), a.width)
}

func (a *App) gridParts(grid Grid) []string {
	th := &a.theme
	var parts []string
	if text := grid.FilterText(); text != "" {
		parts = append(parts, th.Paint(theme.Accent, th.Say("filter: %s", text)))
	}
	if n := grid.Marks(); n > 0 {
		parts = append(parts, th.Paint(theme.Accent, th.Say("%d marked", n)))
	}
	if title, down := grid.SortedBy(); title != "" {
		arrow := th.Glyphs.Up
		if down {
			arrow = th.Glyphs.Fall
		}
		parts = append(parts, th.Paint(theme.Muted, th.Say("sorted by %s", th.Tell(title))+" "+arrow))
	}
	return parts
}

func (a *App) count(grid Grid) string {
	if grid == nil {
		return ""
	}
	text := fmt.Sprintf(" %d/%d ", grid.Position(), grid.Shown())
	if grid.Shown() != grid.Len() {
		text = " " + a.theme.Say("%d/%d of %d", grid.Position(), grid.Shown(), grid.Len()) + " "
	}
	return a.theme.Paint(theme.Muted, text)
}
