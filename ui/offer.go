package ui

import tea "charm.land/bubbletea/v2"

// Offer is one more row of a view's x menu, such as a form that is filled in
// from the selection.
type Offer struct {
	Title, Hint string
	Why         string // why it is not possible, or "" when it is
	Open        func()
}

// Offering is a view with offers of its own.
type Offering interface {
	Offers() []Offer
}

// offers are the rows that the view adds to the x menu.
func (a *App) offers() []item {
	v, ok := a.top().(Offering)
	if !ok || a.deps.Console == nil { // the forms could not send anything
		return nil
	}
	var out []item
	for _, o := range v.Offers() {
		out = append(out, item{label: o.Title, hint: o.Hint, why: o.Why, run: func(a *App) tea.Cmd {
			o.Open()
			return a.take()
		}})
	}
	return out
}
