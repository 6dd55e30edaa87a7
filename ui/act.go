package ui

import (
	"cmp"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/lang"
	"classtop/ops"
	"classtop/poll"
)

// sending is an operation under way.
type sending struct {
	op    ops.Op
	since time.Time
}

// answerTakes is how long an answer may take before the runner gives up on it
// and reads the state back; the screen then says so.
const answerTakes = 8 * time.Second

func (s sending) words(l lang.Lang, now time.Time) string {
	took := now.Sub(s.since)
	if took >= answerTakes {
		return l.Say("%s: no answer, reading back %s", l.Word("action", string(s.op.Action)), Ago(took))
	}
	return l.Say("%s: sending %s", l.Word("action", string(s.op.Action)), Ago(took))
}

// doneMsg says how an operation ended.
type doneMsg struct{ res ops.Result }

// Act opens the confirmation of an action, or says why it is not possible.
func (a *App) Act(key keymap.Action, ts ...ops.Target) {
	i := slices.IndexFunc(a.deps.Actions, func(x Action) bool { return x.Key == key })
	if i < 0 {
		return
	}
	act := a.deps.Actions[i]
	switch {
	case len(ts) == 0:
		a.say(Warning, a.theme.Say("there is nothing here to %s", a.theme.Word("key", a.deps.Keys.Short(key))))
	case act.Ask == nil:
		a.confirm(act, ts)
	case len(ts) > 1:
		a.say(Warning, act.Title+": this goes for one at a time; esc drops the marks")
	default:
		if _, why := a.ready(act, ts[0]); why != "" {
			a.say(Warning, why)
			return
		}
		a.ask(act, ts[0])
	}
}

// ready finds the way to offer first: the action's own choice, or else the
// first that is possible. When none is, it says why not.
func (a *App) ready(act Action, t ops.Target) (pick int, why string) {
	if why := a.engaged(t); why != "" {
		return 0, why
	}
	ways, ready := act.Ways(t), a.possible
	if why := a.deps.Runner.Lacks(ways[act.Pick].Op); why != "" {
		return 0, why
	}
	if act.Ask != nil {
		ready = a.askable
	}
	why = ready(ways[act.Pick].Op)
	if why == "" {
		return act.Pick, ""
	}
	for i, w := range ways {
		if ready(w.Op) == "" {
			return i, ""
		}
	}
	return 0, why
}

// possible says why an operation is not possible here and now, or "".
func (a *App) possible(o ops.Op) string {
	return cmp.Or(a.deps.Runner.May(o), ops.Ready(o, a.deps.Profile.ReadOnly))
}

// askable is possible as if nothing were left to ask.
func (a *App) askable(o ops.Op) string {
	return cmp.Or(a.deps.Runner.May(o), ops.Askable(o, a.deps.Profile.ReadOnly))
}

// engaged says what is being done to a target just now, or is about to be.
func (a *App) engaged(t ops.Target) string {
	if a.deps.Player != nil {
		return "This is a recording: what is on the screen is over, and nothing can be changed."
	}
	for _, r := range a.running {
		if same(r.op.Target, t) {
			return "an action on this is being carried out: " + r.words(lang.English, a.now())
		}
	}
	if b := a.bulk; b != nil && b.play != nil && same(b.play.Target, t) {
		return "a playbook on this is under way: " + b.words(lang.English, a.now())
	}
	if a.waits(t) {
		return "an action on this waits to be sent: u cancels it"
	}
	return a.deps.Runner.Busy(t)
}

// same tells whether two targets are the same person, seat, document or class.
func same(a, b ops.Target) bool {
	if a.Room != b.Room || a.User != b.User || a.Document != b.Document {
		return false
	}
	return !a.User.IsZero() || a.Seat == b.Seat
}

// run carries an operation out. The command captures its own copies: nothing
// that happens on screen changes what is sent.
func (a *App) run(op ops.Op) tea.Cmd {
	a.running = append(a.running, sending{op: op, since: a.now()})
	a.dirty = true
	runner, ctx := a.deps.Runner, a.ctx
	return func() tea.Msg { return doneMsg{runner.Run(ctx, op)} }
}

func (a *App) onDone(m doneMsg) tea.Cmd {
	a.running = slices.DeleteFunc(a.running, func(s sending) bool { return s.op == m.res.Op })
	ended := m.res.Ended
	if ended.IsZero() {
		ended = a.now()
	}
	a.records.old = true
	if m.res.State.Sent() {
		a.outdate(m.res.Op, ended)
	}
	if m.res.Op.Action == ops.Named {
		a.onCalled(m.res)
	}
	a.say(levelOf(m.res.State), m.res.Sentence())
	return nil
}

// outdate drops what was asked for before a write ended and asks anew.
func (a *App) outdate(op ops.Op, ended time.Time) {
	topics := changed(op.Target)
	if op.Action == ops.Named {
		topics = a.affected(op.Target)
	}
	for _, topic := range topics {
		a.valid[topic] = ended
	}
	a.deps.Poke(topics...)
}

// changed lists the topics that a write to a target makes old.
func changed(t ops.Target) []poll.Topic {
	if !t.Document.IsZero() {
		return []poll.Topic{{Kind: poll.Documents, Room: t.Room}}
	}
	kinds := []poll.Kind{poll.Card, poll.Detail, poll.Members, poll.Seats}
	out := make([]poll.Topic, 0, len(kinds)+1)
	for _, k := range kinds {
		out = append(out, poll.Topic{Kind: k, Room: t.Room})
	}
	return append(out, poll.Topic{Kind: poll.Rooms})
}

func levelOf(s ops.State) Level {
	switch s {
	case ops.Done, ops.Confirmed:
		return Success
	case ops.StillUnknown, ops.Asked:
		return Warning
	}
	return Failure
}
