package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// The widths that a column can be given, in cells.
const (
	leastWidth   = 3
	mostWidth    = 80
	usualWidth   = 12
	columnsWidth = 44
)

// gridName says whose columns a table's are, for keeping them.
func (a *App) gridName() string {
	p := a.route[len(a.route)-1]
	if parted, ok := p.view.(Parted); ok {
		return p.name + "/" + parted.GridName()
	}
	return p.name
}

// arrange puts the columns of the table that has come on screen as they were
// chosen before.
func (a *App) arrange() {
	grid := a.top().Grid()
	if grid == a.arranged {
		return
	}
	a.arranged = grid
	if list := a.looks.Columns[a.gridName()]; grid != nil && len(list) > 0 {
		grid.Arrange(list)
	}
}

// columns is the overlay that chooses columns; the table follows at once.
type columns struct {
	view string
	grid Grid
	list []table.Column
	at   int
	top  int
}

func (a *App) openColumns() {
	grid := a.top().Grid()
	if grid == nil || len(grid.Columns()) == 0 {
		a.say(Info, "there are no columns to choose here")
		return
	}
	a.show(&columns{view: a.gridName(), grid: grid, list: grid.Columns()})
}

func (c *columns) holds() bool { return false }

func (c *columns) paste(string) {}

func (c *columns) key(a *App, key string, _ tea.KeyPressMsg) (bool, tea.Cmd) {
	col := &c.list[c.at]
	switch act, _ := a.deps.Keys.Find(keymap.Menu, key); act {
	case keymap.MenuClose, keymap.MenuChoose:
		return true, nil
	case keymap.MenuDown:
		c.at = min(c.at+1, len(c.list)-1)
		return false, nil
	case keymap.MenuUp:
		c.at = max(c.at-1, 0)
		return false, nil
	case keymap.MenuShow:
		if !c.hide(a, col) {
			return false, nil
		}
	case keymap.MenuEarlier:
		c.move(-1)
	case keymap.MenuLater:
		c.move(1)
	case keymap.MenuWider:
		col.Width = min(max(col.Width, usualWidth-1)+1, mostWidth)
	case keymap.MenuNarrower:
		if col.Width == 0 {
			col.Width = usualWidth
		}
		col.Width = max(col.Width-1, leastWidth)
	case keymap.MenuReset:
		return false, c.reset(a)
	default:
		return false, nil
	}
	return false, c.follow(a)
}

// hide turns a column off or on; one always stays.
func (c *columns) hide(a *App, col *table.Column) bool {
	others := slices.ContainsFunc(c.list, func(o table.Column) bool { return !o.Off && o.ID != col.ID })
	if !col.Off && !others {
		a.say(Info, "one column has to stay")
		return false
	}
	col.Off = !col.Off
	return true
}

func (c *columns) move(by int) {
	to := c.at + by
	if to < 0 || to >= len(c.list) {
		return
	}
	c.list[c.at], c.list[to] = c.list[to], c.list[c.at]
	c.at = to
}

// follow shows and keeps what was chosen.
func (c *columns) follow(a *App) tea.Cmd {
	c.grid.Arrange(c.list)
	if a.looks.Columns == nil {
		a.looks.Columns = map[string][]table.Column{}
	}
	a.looks.Columns[c.view] = slices.Clone(c.list)
	return a.keep()
}

// reset puts the columns back as the view made them.
func (c *columns) reset(a *App) tea.Cmd {
	c.grid.Arrange(nil)
	c.list, c.at = c.grid.Columns(), 0
	delete(a.looks.Columns, c.view)
	return a.keep()
}

func (c *columns) box(a *App, w, h int) (string, []string) {
	w = min(w, columnsWidth)
	th := &a.theme
	hints := c.hints(a, w)
	rows := max(1, min(h-len(hints), len(c.list)))
	c.top = max(min(c.top, c.at), c.at-rows+1)
	var out []string
	for i := c.top; i < c.top+rows; i++ {
		out = append(out, c.line(th, i, w))
	}
	return th.Say("Columns"), append(out, hints...)
}

func (c *columns) line(th *theme.Theme, i, w int) string {
	col, on := &c.list[i], i == c.at
	cursor, shown, look, width := " ", "[x] ", theme.Plain, ""
	if on {
		cursor = th.Glyphs.Cursor
	}
	if col.Off {
		shown, look = "[ ] ", theme.Muted
	}
	if col.Width > 0 {
		width = th.Say("%d cells", col.Width)
	}
	return th.PaintRow(theme.Accent, cursor, on) + th.PaintRow(look, th.Fit(shown+th.Word(col.ID, col.Title), w-11), on) + th.PaintRow(theme.Muted, th.FitRight(width, 10), on)
}

// hints says the keys, from the one table.
func (c *columns) hints(a *App, w int) []string {
	key := func(acts ...keymap.Action) (out string) {
		for _, act := range acts {
			out += a.KeyOf(act) + " "
		}
		return out
	}
	text := a.theme.Say("%sshows or hides, %smove, %swidth, %sresets, %scloses", key(keymap.MenuShow), key(keymap.MenuEarlier, keymap.MenuLater),
		key(keymap.MenuWider, keymap.MenuNarrower), key(keymap.MenuReset), key(keymap.MenuClose))
	var out []string
	for _, l := range theme.Wrap(text, w) {
		out = append(out, a.theme.Paint(theme.Muted, a.theme.Fit(l, w)))
	}
	return out
}
