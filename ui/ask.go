package ui

import (
	"maps"
	"slices"

	"classtop/ops"
	"classtop/poll"
)

// Question is what has to be answered before an action can be confirmed: a
// Choice or a Form. Whatever is answered, the confirmation follows.
type Question interface {
	open(a *App, act Action, t ops.Target) overlay
}

// fed is an overlay that is made of data of its own.
type fed interface {
	// topics are fetched while it is open.
	topics() []poll.Topic
	apply(a *App, u poll.Update)
}

// ask puts an action's next question, or its confirmation when there is none
// left.
func (a *App) ask(act Action, t ops.Target) {
	if q := act.Ask(a, t); q != nil {
		a.show(q.open(a, act, t))
		return
	}
	a.confirm(act, []ops.Target{t})
}

// confirm opens the confirmation, or says why the action is not possible.
func (a *App) confirm(act Action, ts []ops.Target) {
	act.Ask = nil // all is answered: from here on the strict check counts
	first, why := -1, ""
	for _, t := range ts {
		pick, no := a.ready(act, t)
		switch {
		case no != "":
			why = no
		case first < 0 || pick == act.Pick: // one who is away must not choose for those who are here
			first = pick
		}
	}
	if first < 0 {
		a.say(Warning, why)
		return
	}
	a.show(newConfirm(act, ts, first, a.possible, a.now()))
}

// recent keeps the last answer of what the view shows, so that a question can
// be put without waiting for it once more.
type recent map[poll.Topic]poll.Update

// note keeps an update, if it is of a topic on screen.
func (r recent) note(u poll.Update, wants []poll.Want) {
	if u.Err == nil && slices.ContainsFunc(wants, func(w poll.Want) bool { return w.Topic == u.Topic }) {
		r[u.Topic] = u
	}
}

// prune forgets what is no longer on screen.
func (r recent) prune(wants []poll.Want) {
	maps.DeleteFunc(r, func(t poll.Topic, _ poll.Update) bool {
		return !slices.ContainsFunc(wants, func(w poll.Want) bool { return w.Topic == t })
	})
}

// overlayWants is what the overlay shows.
func (a *App) overlayWants() []poll.Want {
	o, ok := a.overlay.(fed)
	if !ok {
		return nil
	}
	var out []poll.Want
	for _, t := range o.topics() {
		out = append(out, poll.Want{Topic: t, Tier: poll.Focused})
	}
	return out
}
