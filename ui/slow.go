package ui

import "time"

// On a slow link what nobody asked for is redrawn every so often, not when it
// comes, and the clock has no seconds. What answers a key is shown at once.
const (
	slowly   = 5 * time.Second
	promptly = 2 * time.Second // so long after a key new data are its answer
)

// rhythm is the time between two redraws by the clock alone. What counts down
// before the eyes of the operator does so by the second everywhere.
func (a *App) rhythm() time.Duration {
	if a.deps.LowBandwidth && len(a.waiting)+len(a.running) == 0 && a.bulk == nil {
		return slowly
	}
	return time.Second
}

// prompt tells whether new data are drawn as soon as they come.
func (a *App) prompt() bool {
	return !a.deps.LowBandwidth || a.now().Sub(a.pressed) < promptly
}
