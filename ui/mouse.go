package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/ui/theme"
)

// Clickable is a table of which a row can be chosen by its place on the screen.
type Clickable interface {
	// Head is the line of column titles as it was drawn last, or "".
	Head() string
	// PickLine puts the cursor on the row that many lines below the first.
	PickLine(n int, now time.Time)
}

// Mapped is a grid that is drawn as a map, of which a place can be chosen.
type Mapped interface {
	// Edge is the first line of the map as it was drawn last, or "".
	Edge() string
	// PickAt puts the cursor on what lies that many lines and cells from the
	// map's upper left corner.
	PickAt(line, cell int, now time.Time)
}

// The lines of the screen, from 0, that hold lenses and a room's tabs.
const (
	trailLine = 2
	tabsLine  = 4
)

// wheelRows is how far a turn of the wheel goes.
const wheelRows = 3

// toggleMouse takes the mouse or gives it back to the terminal, which then
// selects text by itself.
func (a *App) toggleMouse() {
	a.mouse = !a.mouse
	if a.mouse {
		a.say(Info, "the mouse chooses rows, tabs and lenses; it never acts")
		return
	}
	a.say(Info, "the mouse is the terminal's again: it selects text")
}

// mouseMode is what the terminal is asked to report.
func (a *App) mouseMode() tea.MouseMode {
	if a.mouse {
		return tea.MouseModeCellMotion
	}
	return tea.MouseModeNone
}

// onMouse moves the cursor and changes tabs. A click does nothing else: it
// neither confirms nor opens nor acts, because a hand slips on a mouse.
func (a *App) onMouse(msg tea.MouseMsg) tea.Cmd {
	if !a.mouse || a.height < minHeight || a.width < minWidth {
		return nil
	}
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return a.wheel(m.Button)
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft && a.overlay == nil && a.typing == nil {
			return a.click(m.X, m.Y)
		}
	}
	return nil
}

func (a *App) wheel(b tea.MouseButton) tea.Cmd {
	rows, key := wheelRows, "down"
	if b == tea.MouseWheelUp {
		rows, key = -wheelRows, "up"
	} else if b != tea.MouseWheelDown {
		return nil
	}
	a.dirty = true
	if a.overlay != nil {
		if a.overlay.holds() {
			return nil // a confirmation is for keys alone
		}
		return a.toOverlay(key, tea.KeyPressMsg{})
	}
	if grid := a.top().Grid(); grid != nil {
		grid.Move(rows, a.now())
	}
	return nil
}

// click puts the cursor on a row or goes to the tab or lens at a place.
func (a *App) click(x, y int) tea.Cmd {
	lines := strings.Split(a.frame, "\n")
	if y < 0 || y >= len(lines) {
		return nil
	}
	_, parted := a.top().(Parted)
	if y == trailLine || parted && y == tabsLine {
		return a.press(digitAt(ansi.Strip(lines[y]), x))
	}
	if m, ok := a.top().Grid().(Mapped); ok {
		a.clickMap(m, lines, x, y)
		return nil
	}
	grid, ok := a.top().Grid().(Clickable)
	if !ok || grid.Head() == "" {
		return nil
	}
	for i, l := range lines {
		before, _, found := strings.Cut(l, grid.Head())
		from := theme.Width(before)
		if !found || y <= i || x < from || x >= from+theme.Width(grid.Head()) {
			continue
		}
		a.dirty = true
		grid.PickLine(y-i-1, a.now())
		return nil
	}
	return nil
}

// clickMap puts the cursor on the place of a map.
func (a *App) clickMap(m Mapped, lines []string, x, y int) {
	for i, l := range lines[:y+1] {
		before, _, found := strings.Cut(l, m.Edge())
		if from := theme.Width(before); found && m.Edge() != "" && x >= from {
			a.dirty = true
			m.PickAt(y-i, x-from, a.now())
			return
		}
	}
}

// press does what a digit does here: lenses and tabs; no digit writes.
func (a *App) press(digit string) tea.Cmd {
	act, known := a.deps.Keys.Find(a.place(), digit)
	if b, ok := a.deps.Keys.Binding(act); digit == "" || !known || !ok || b.Writes {
		return nil
	}
	a.dirty = true
	return a.do(act)
}

// digitAt is the digit of the tab or lens at a column: they are written as
// " 2 Members " or, the open one, as "[2 Members]".
func digitAt(line string, x int) string {
	from, best := 0, ""
	for i, r := range line {
		at := theme.Width(line[:i])
		if at > x {
			break
		}
		rest := line[i:]
		if r >= '0' && r <= '9' && len(rest) > 1 && rest[1] == ' ' && (i == 0 || line[i-1] == ' ' || line[i-1] == '[') {
			from, best = i, string(r)
		}
	}
	if end := strings.IndexAny(line[from:], "]"); best == "" || end >= 0 && theme.Width(line[:from+end]) < x || strings.Contains(ansi.Cut(line[from:], 0, x-theme.Width(line[:from])), "   ") {
		return ""
	}
	return best
}
