package ui

import (
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui/theme"
)

// mostPlaces bounds the trail; the home view always stays.
const mostPlaces = 12

// Open goes to a view by its name. Home empties the trail.
func (a *App) Open(name string, arg Arg) {
	i := slices.IndexFunc(a.deps.Views, func(d Def) bool { return d.Name == name })
	if i < 0 {
		a.say(Warning, "there is no view called "+name)
		return
	}
	if len(a.route) > 0 {
		from := a.route[len(a.route)-1]
		a.lastName, a.last = from.name, from.arg
	}
	if name == a.deps.Home && len(a.route) > 0 {
		a.route = a.route[:1]
		a.entered()
		return
	}
	view := a.deps.Views[i].New(a, arg)
	if len(a.route) >= mostPlaces {
		a.route = slices.Delete(a.route, 1, 2)
	}
	a.route = append(a.route, place{name: name, arg: arg, view: view})
	a.school.replay(view)
	for _, u := range a.recent { // what is on screen already is there at once
		view.Apply(u)
	}
	a.entered()
}

// Back goes to the parent; at home it does nothing.
func (a *App) Back() {
	if len(a.route) < 2 {
		return
	}
	from := a.route[len(a.route)-1]
	a.lastName, a.last = from.name, from.arg
	a.route = a.route[:len(a.route)-1]
	a.entered()
}

// toLast swaps to the view that was left last.
func (a *App) toLast() {
	if a.lastName == "" {
		a.say(Info, "there is no last view yet")
		return
	}
	name, arg, from := a.lastName, a.last, a.route[len(a.route)-1]
	if len(a.route) > 1 {
		a.Back()
	}
	a.Open(name, arg)
	a.lastName, a.last = from.name, from.arg
}

func (a *App) entered() {
	a.typing, a.quitting, a.dirty = nil, false, true
}

// The rest is how views see the shell.

// Now is the injected clock.
func (a *App) Now() time.Time { return a.deps.Now() }

// Theme is the look for this terminal; it changes when the terminal says more
// about itself.
func (a *App) Theme() *theme.Theme { return &a.theme }

// Location is the time zone of every clock on screen.
func (a *App) Location() *time.Location { return a.deps.Location }

// Profile says whose classes these are.
func (a *App) Profile() Profile { return a.deps.Profile }

// Calm tells that nothing should move by itself.
func (a *App) Calm() bool { return a.deps.Calm }

// Status is the state of the connection.
func (a *App) Status() Status { return a.deps.Status() }

// Say shows a toast.
func (a *App) Say(level Level, text string) { a.say(level, text) }

// KeyOf is the first key of an action, or "" if only the x menu has it.
func (a *App) KeyOf(act keymap.Action) string {
	if keys := a.deps.Keys.Keys(act); len(keys) > 0 {
		return keys[0]
	}
	return ""
}

// Card is what is known of a class.
func (a *App) Card(id class.RoomID) (class.Card, bool) { return a.school.card(id) }

// Trend is how the figures of a class went lately.
func (a *App) Trend(id class.RoomID) []poll.Sample { return a.deps.Trend(id) }

// Requests is the use of the budget, action by action.
func (a *App) Requests() []poll.ActionUse { return a.deps.Requests() }

// Poke fetches topics now.
func (a *App) Poke(topics ...poll.Topic) { a.deps.Poke(topics...) }

// Window is the span of time whose classes are polled; zero if unknown.
func (a *App) Window() (from, to time.Time) {
	if a.deps.Window == nil {
		return time.Time{}, time.Time{}
	}
	return a.deps.Window(a.now())
}
