package ui

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"classtop/ui/table"
)

// Looks is what an operator chose on screen and finds again next time.
type Looks struct {
	Theme   string                    `json:"theme,omitempty"`
	Columns map[string][]table.Column `json:"columns,omitempty"` // by view, such as "rooms" or "room/members"
}

// keeping is how far the writing of the looks is: one at a time, so that the
// last choice is the one that stays.
type keeping struct{ busy, again bool }

// keptMsg says how writing the looks ended.
type keptMsg struct{ err error }

// keep writes the looks down, outside Update.
func (a *App) keep() tea.Cmd {
	if a.deps.Keep == nil {
		return nil
	}
	if a.keeping.busy {
		a.keeping.again = true
		return nil
	}
	a.keeping.busy = true
	looks, write := Looks{a.looks.Theme, maps.Clone(a.looks.Columns)}, a.deps.Keep
	return func() tea.Msg { return keptMsg{write(looks)} }
}

func (a *App) onKept(m keptMsg) tea.Cmd {
	again := a.keeping.again
	a.keeping = keeping{}
	if m.err != nil {
		a.dirty = true
		a.say(Warning, "your choice holds for this run only: "+m.err.Error())
		return nil
	}
	if again {
		return a.keep()
	}
	return nil
}
