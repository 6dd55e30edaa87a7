package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
	"classtop/client/spec"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui/theme"
)

// Console signs any action of the API and sends those that read; writes go
// through the Runner. The client has one.
type Console interface {
	// Prepare checks and signs without sending; the lines are for people.
	Prepare(action string, params map[string]any) (string, error)
	// Read takes as long as the service takes; it is never called in Update.
	Read(ctx context.Context, action string, params map[string]any) (class.Reply, error)
}

// Request asks for the form of one action of the API.
type Request struct {
	Action string
	Start  map[string]class.Text // what stands in the fields at first, by parameter
	Target ops.Target            // class and member that it is about, as far as there are
}

// Sent is one request that was sent by name in this session. What it points to
// does not change once Ended is set.
type Sent struct {
	Action    string
	Write     bool
	Params    map[string]any // as the facts allow them
	Shown     string         // Params as JSON without secrets
	At, Ended time.Time      // Ended is zero while no answer has come
	State     ops.State      // of a write; of a read Done or Refused
	Reply     class.Reply
	Err       *class.Error // why it failed
	Found     string       // what a read-back saw
}

// RequestID is the service's id of the call; "" when no service answered.
func (s *Sent) RequestID() string {
	if s.Reply.RequestID == "" && s.Err != nil {
		return s.Err.RequestID
	}
	return s.Reply.RequestID
}

// OK tells whether the service said yes.
func (s *Sent) OK() bool { return !s.Ended.IsZero() && s.State.OK() }

// mostSent bounds the memory of what was sent.
const mostSent = 100

func (a *App) remember(s *Sent) {
	a.sent = append([]*Sent{s}, a.sent[:min(len(a.sent), mostSent-1)]...)
	a.dirty = true
}

// Sent is what was sent by name, the newest first.
func (a *App) Sent() []*Sent { return a.sent }

// ShowAnswer opens the answer of something that was sent.
func (a *App) ShowAnswer(s *Sent) { a.show(newAnswer(a, s)) }

// Request opens the form of an action.
func (a *App) Request(r Request) {
	action := spec.Find(r.Action)
	switch {
	case action == nil:
		a.say(Warning, "there is no action called "+r.Action)
	case a.deps.Console == nil:
		a.say(Warning, "requests cannot be sent from here")
	default:
		a.show(newRequest(a, action, r))
	}
}

// Read sends an action that reads and shows its answer.
func (a *App) Read(action string, params map[string]any) {
	x := spec.Find(action)
	if x == nil || x.Write() || a.deps.Console == nil {
		a.say(Warning, action+" cannot be read from here")
		return
	}
	a.pending = append(a.pending, a.sendRead(x, params))
}

// answeredMsg says how a read ended.
type answeredMsg struct {
	sent  *Sent
	reply class.Reply
	err   error
}

// sendRead sends an action that reads and shows its answer.
func (a *App) sendRead(action *spec.Action, params map[string]any) tea.Cmd {
	s := &Sent{Action: action.Name, Params: params, Shown: spec.Shown(params), At: a.now()}
	a.remember(s)
	a.ShowAnswer(s)
	console, ctx := a.deps.Console, a.ctx
	return func() tea.Msg {
		reply, err := console.Read(ctx, s.Action, params)
		return answeredMsg{s, reply, err}
	}
}

func (a *App) onAnswered(m answeredMsg) {
	s := m.sent
	s.Reply, s.Err, s.Ended, s.State = m.reply, failure(s.Action, m.err), a.now(), ops.Done
	if s.Err != nil {
		s.State = ops.Refused
		if o, ok := a.overlay.(*answer); !ok || o.sent != s {
			a.say(Failure, s.Err.Error())
		}
	}
	a.dirty = true
}

// failure is an error in words; nil for none.
func failure(action string, err error) *class.Error {
	var e *class.Error
	if err == nil || errors.As(err, &e) {
		return e
	}
	return &class.Error{Action: action, Code: class.CodeNetwork, Message: "no answer came", Cause: err}
}

// confirmCall asks before a write by name, as before any other. It says why it
// is not possible, or "".
func (a *App) confirmCall(action *spec.Action, params map[string]any, t ops.Target) (why string) {
	t.SeenAt = a.now()
	op := ops.NewCall(ops.Call{
		API: action.Name, Level: action.Level, Params: params, Shown: spec.Shown(params), App: a.deps.Profile.App,
	}, t)
	act := Action{Title: action.Name, Ways: func(ops.Target) []Way { return []Way{{Op: op}} }}
	if _, why = a.ready(act, op.Target); why == "" {
		a.confirm(act, []ops.Target{op.Target})
	}
	return why
}

// onCalled keeps the end of a write by name and shows its answer.
func (a *App) onCalled(res ops.Result) {
	c := res.Op.Call
	s := &Sent{
		Action: c.API, Write: true, Params: c.Params, Shown: c.Shown, At: res.Started, Ended: res.Ended,
		State: res.State, Reply: res.Reply, Err: res.Err, Found: res.Found,
	}
	if s.Ended.IsZero() {
		s.Ended = a.now()
	}
	a.remember(s)
	if a.overlay == nil {
		a.ShowAnswer(s)
	}
}

// affected lists the topics that a write by name may make old: what is on
// screen, and its class.
func (a *App) affected(t ops.Target) []poll.Topic {
	var out []poll.Topic
	for _, w := range a.top().Wants() {
		out = append(out, w.Topic)
	}
	if t.Room != 0 {
		out = append(out, changed(t)...)
	}
	return out
}

// callFacts are what is sent, as many parameters as there is room for.
func callFacts(th *theme.Theme, op ops.Op, most int) []Fact {
	out := []Fact{{Name: "action", Value: fmt.Sprintf("%s (%s)", op.Call.API, th.Tell(levelWords(op.Level())))}}
	if !op.Target.RoomName.IsZero() {
		out = append(out, Fact{Name: "class", Value: fmt.Sprintf("%s (%s), %s", op.Target.RoomName, op.Target.Room, th.Tell(op.Target.Status.String()))})
	}
	var shown map[string]json.RawMessage
	_ = json.Unmarshal([]byte(op.Call.Shown), &shown) // it is our own
	for i, name := range slices.Sorted(maps.Keys(shown)) {
		if i == most {
			return append(out, Fact{Name: "", Value: th.Say("and %d more parameters", len(shown)-most)})
		}
		out = append(out, Fact{Name: "", Value: name + " " + string(shown[name])})
	}
	return out
}
