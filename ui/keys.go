package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
)

// onKey finds who gets a key: what quits and suspends always works; then the
// overlay, the filter line, and last the keymap for where we are.
func (a *App) onKey(m tea.KeyPressMsg) tea.Cmd {
	key := keymap.Normalize(m.String())
	a.dirty, a.pressed = true, a.now()
	if grid := a.top().Grid(); grid != nil {
		grid.Hold()
	}
	if t, ok := a.top().(Toucher); ok && a.overlay == nil {
		t.Touched()
	}
	place := a.place()
	act, known := a.deps.Keys.Find(place, key)
	switch {
	case act == keymap.Quit:
		return a.quit()
	case act == keymap.Suspend:
		return tea.Suspend
	case a.overlay != nil:
		return a.toOverlay(key, m)
	case a.typing != nil:
		a.typeFilter(act, m)
		return nil
	case len(a.waiting) > 0 && a.cancels(key):
		a.cancel()
		return nil
	case !known:
		a.quitting = false
		return nil
	}
	return a.do(act)
}

// place is the context that keys are looked up in.
func (a *App) place() keymap.Context {
	switch a.overlay.(type) {
	case *choose, *form:
		return keymap.Input
	}
	switch {
	case a.overlay != nil && a.overlay.holds():
		return keymap.Dialog
	case a.overlay != nil, a.typing != nil:
		return keymap.Input
	}
	return a.top().Context()
}

func (a *App) toOverlay(key string, press tea.KeyPressMsg) tea.Cmd {
	was := a.overlay
	done, cmd := was.key(a, key, press)
	if done && a.overlay == was { // it may have opened another one
		a.overlay = nil
	}
	a.thaw()
	return cmd
}

func (a *App) show(o overlay) { a.overlay, a.dirty = o, true }

// do carries out an action of the keymap: the shell's own, an operator's, or
// the view's.
func (a *App) do(act keymap.Action) tea.Cmd {
	quitting := a.quitting
	a.quitting = false
	if act == keymap.Leave {
		return a.leave(quitting)
	}
	if a.onReel(act) {
		return nil
	}
	if cmd, ok := a.global(act); ok {
		return cmd
	}
	if a.onGrid(act) {
		return nil
	}
	if slices.ContainsFunc(a.deps.Actions, func(x Action) bool { return x.Key == act }) {
		a.Act(act, a.targets()...)
		return a.take()
	}
	if !a.top().Key(act) {
		if act == keymap.In && len(a.top().Facts()) > 0 {
			a.describe() // a row that nothing lies behind
			return nil
		}
		a.say(Info, a.deps.Keys.Short(act)+": nothing to do here")
	}
	return a.take()
}

// targets are the marked rows, or else the one under the cursor.
func (a *App) targets() []ops.Target {
	if marked := a.top().Targets(); len(marked) > 0 {
		return marked
	}
	if t, ok := a.top().Target(); ok {
		return []ops.Target{t}
	}
	return nil
}

// global are the actions that mean the same in every view.
func (a *App) global(act keymap.Action) (tea.Cmd, bool) {
	switch act {
	case keymap.Back:
		a.escape()
	case keymap.LastView:
		a.toLast()
	case keymap.Freeze:
		a.freeze()
	case keymap.Refresh:
		a.refresh()
	case keymap.Slower, keymap.Faster:
		a.pace(act)
	case keymap.Help:
		a.show(newHelp(a))
	case keymap.Palette:
		a.show(newPalette(a))
	case keymap.Actions:
		a.show(newActionMenu(a))
	case keymap.Undo:
		a.cancel()
	case keymap.Claim:
		a.claim()
	case keymap.Note:
		a.openNote()
	case keymap.Retry:
		a.retry()
	case keymap.Sort:
		a.openSort()
	case keymap.Columns:
		a.openColumns()
	case keymap.Theme:
		a.openThemes()
	case keymap.Mouse:
		a.toggleMouse()
	case keymap.Export:
		a.openExport()
	case keymap.Describe:
		a.describe()
	case keymap.JSON:
		a.raw()
	case keymap.Copy:
		return a.copySelected(), true
	default:
		return nil, false
	}
	return nil, true
}

// onGrid moves in the view's table. A view that has none gets the keys itself.
func (a *App) onGrid(act keymap.Action) bool {
	grid, now := a.top().Grid(), a.now()
	if grid == nil {
		return false
	}
	switch act {
	case keymap.Down:
		grid.Move(1, now)
	case keymap.Up:
		grid.Move(-1, now)
	case keymap.Top:
		grid.First(now)
	case keymap.Bottom:
		grid.Last(now)
	case keymap.HalfDown:
		grid.Page(0.5, now)
	case keymap.HalfUp:
		grid.Page(-0.5, now)
	case keymap.PageDown:
		grid.Page(1, now)
	case keymap.PageUp:
		grid.Page(-1, now)
	case keymap.Mark:
		grid.Mark(now)
	case keymap.MarkAll:
		grid.MarkAll(now)
	case keymap.MarkRange:
		a.markRange(grid)
	case keymap.Filter:
		a.typing = new(input)
		a.typing.set(grid.FilterText())
	default:
		return false
	}
	return true
}

func (a *App) markRange(grid Grid) {
	if !grid.MarkRange(a.now()) && grid.Shown() > 0 {
		a.say(Info, "range begun: move and press again to mark up to there")
	}
}

// leave is q: back, and at home out of the program when asked twice.
func (a *App) leave(asked bool) tea.Cmd {
	if len(a.route) > 1 {
		a.up()
		return nil
	}
	if asked {
		return a.quit()
	}
	a.quitting = true
	a.say(Info, "press q again to quit")
	return nil
}

// escape is Esc: filter, marks, parent; it never quits.
func (a *App) escape() {
	if grid := a.top().Grid(); grid != nil {
		switch {
		case grid.FilterText() != "":
			grid.Filter("")
			return
		case grid.Marks() > 0:
			grid.ClearMarks()
			return
		}
	}
	if len(a.toasts) > 0 && len(a.route) == 1 {
		a.toasts = nil
		return
	}
	a.up()
}

// up closes what the view has opened inside itself, or else leaves the view.
func (a *App) up() {
	if !a.top().Key(keymap.Back) {
		a.Back()
	}
}

func (a *App) typeFilter(act keymap.Action, press tea.KeyPressMsg) {
	grid := a.top().Grid()
	if grid == nil {
		a.typing = nil
		return
	}
	switch act {
	case keymap.InputAccept:
		a.typing = nil
	case keymap.InputCancel:
		grid.Filter("")
		a.typing = nil
	case keymap.InputNext:
		grid.Move(1, a.now())
	case keymap.InputPrev:
		grid.Move(-1, a.now())
	default:
		if a.typing.key(press) {
			grid.Filter(a.typing.text())
		}
	}
}

func (a *App) onPaste(text string) {
	a.dirty = true
	switch {
	case a.overlay != nil:
		a.overlay.paste(text)
	case a.typing != nil:
		a.typing.add(text)
		a.top().Grid().Filter(a.typing.text())
	default:
		a.say(Info, "pasted text was ignored: there is nothing to type into")
	}
}

// freeze stops the rows; what comes meanwhile is shown when they go on.
func (a *App) freeze() {
	a.frozen = !a.frozen
	if a.frozen {
		a.since = a.now()
		return
	}
	a.thaw()
}

// refresh fetches all that is on screen now, ahead of the cadence. The list of
// classes is part of it even where it has no rows: this is how polling goes on
// after a person has mended the credentials.
func (a *App) refresh() {
	if a.deps.Player != nil {
		a.say(Info, "this is a recording: there is nothing to fetch")
		return
	}
	topics := make([]poll.Topic, 0, len(a.wants))
	for _, w := range a.wants {
		topics = append(topics, w.Topic)
	}
	a.deps.Poke(topics...)
	a.say(Info, "fetching now")
}
