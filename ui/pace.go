package ui

import (
	"fmt"

	"classtop/keymap"
)

// pace spends more or less of the account's rate.
func (a *App) pace(act keymap.Action) {
	if a.deps.Pace == nil {
		a.say(Info, "the budget cannot be changed here")
		return
	}
	change := a.deps.Pace.Faster
	if act == keymap.Slower {
		change = a.deps.Pace.Slower
	}
	a.share = change()
	a.say(Info, fmt.Sprintf("classtop now uses up to %.0f%% of the account's rate", 100*a.share))
}
