package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"classtop/poll"
)

// Updates is the message of what one wait at the session brought.
type Updates []poll.Update

// pump waits for updates in a command and is armed again after each message.
// So a terminal that stops reading stops only this program's pump, and what
// comes meanwhile is kept in the session's latest-wins mailbox.
func (a *App) pump() tea.Cmd {
	session, ctx := a.deps.Session, a.ctx
	return func() tea.Msg {
		updates, err := session.Wait(ctx)
		if err != nil {
			return nil // the program ends, or the poller has
		}
		return Updates(updates)
	}
}

func (a *App) onUpdates(us []poll.Update) tea.Cmd {
	if o, ok := a.overlay.(fed); ok {
		for _, u := range us {
			o.apply(a, u)
		}
	}
	if a.Still() {
		a.hold(us)
	} else {
		a.apply(us)
	}
	return a.pump()
}

// Still tells whether rows must not move now.
func (a *App) Still() bool { return a.frozen || a.overlay != nil && a.overlay.holds() }

// hold keeps updates for later, the newest of each topic.
func (a *App) hold(us []poll.Update) {
	for _, u := range us {
		if i, ok := a.heldAt[u.Topic]; ok {
			a.held[i] = u
			continue
		}
		a.heldAt[u.Topic] = len(a.held)
		a.held = append(a.held, u)
	}
}

// thaw applies what was held.
func (a *App) thaw() {
	if a.Still() || len(a.held) == 0 {
		return
	}
	us := a.held
	a.held = nil
	clear(a.heldAt)
	a.apply(us)
}

// apply hands updates to every view of the route, so that going back shows
// fresh data. What was sent before one of our own writes is dropped: it would
// show the state from before it.
func (a *App) apply(us []poll.Update) {
	for _, u := range us {
		if u.Err == nil && u.Started.Before(a.valid[u.Topic]) {
			continue
		}
		u = a.acks.mark(u, a.now())
		a.school.apply(u)
		a.recent.note(u, a.wants)
		for i, p := range a.route {
			if p.view.Apply(u) && i == len(a.route)-1 {
				a.dirty = a.dirty || a.prompt()
			}
		}
	}
}

// demand tells the poller what is on screen, if that changed. The school's
// totals need every class in the background.
func (a *App) demand() {
	a.appear()
	wants := []poll.Want{
		{Topic: poll.Topic{Kind: poll.Rooms}, Tier: poll.Visible},
		{Topic: poll.Topic{Kind: poll.Cards}, Tier: poll.Background},
	}
	wants = append(append(wants, a.top().Wants()...), a.overlayWants()...)
	if slices.Equal(wants, a.wants) {
		return
	}
	a.wants = wants
	a.recent.prune(wants)
	a.deps.Session.Want(wants)
}
