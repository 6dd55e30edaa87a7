package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"classtop/class/clean"
)

// Account is a profile of the configuration: an account with an application.
type Account struct {
	Name        string
	App         uint64 // SdkAppId; 0 if none is set
	Region      string
	Credentials string // where the keys come from; never the keys
	ReadOnly    bool
	Protected   bool
	Share       float64 // part of the account's request rate, 0 to 1
	Zone        string  // time zone of the school
	Wrong       string  // why it cannot be used; empty: it can
	Now         bool    // it is the one on screen
}

// Accounted is a view that shows the profiles.
type Accounted interface{ Accounted() }

// accountsMsg brings what the configuration says of the profiles.
type accountsMsg struct {
	all []Account
	err error
}

// Accounts are the profiles of the configuration as they were read last.
func (a *App) Accounts() []Account { return a.accounts }

// readAccounts reads them anew when the visible view begins to show them.
func (a *App) readAccounts() tea.Cmd {
	_, wanted := a.top().(Accounted)
	began := wanted && !a.accounting
	a.accounting = wanted
	if !began || a.deps.Accounts == nil {
		return nil
	}
	read := a.deps.Accounts
	return func() tea.Msg {
		all, err := read()
		return accountsMsg{all, err}
	}
}

func (a *App) onAccounts(m accountsMsg) {
	if m.err != nil {
		a.say(Failure, clean.Line(m.err.Error(), 200))
		return
	}
	a.accounts, a.dirty = m.all, true
}

// Switched is what Run returns when the operator chose another profile.
type Switched struct{ Profile string }

// Error implements error.
func (s Switched) Error() string { return "another profile was chosen: " + s.Profile }

// Switch ends this dashboard for one of another profile. What waits or runs
// comes first.
func (a *App) Switch(to Account) {
	switch {
	case to.Now:
		a.say(Info, "this is the profile on screen")
	case to.Wrong != "":
		a.say(Warning, to.Wrong)
	case len(a.waiting) > 0 || len(a.running) > 0 || a.bulk != nil:
		a.say(Warning, "an action is under way here: let it end first, or cancel it")
	default:
		a.switched = &Switched{to.Name}
		a.pending = append(a.pending, tea.Quit)
	}
}

// chosen is the profile that was switched to, as Run's error.
func (a *App) chosen() error {
	if a.switched == nil {
		return nil
	}
	return *a.switched
}

// AsSwitched tells whether an error says that another profile was chosen.
func AsSwitched(err error) (Switched, bool) {
	var s Switched
	ok := errors.As(err, &s)
	return s, ok
}
