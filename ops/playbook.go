package ops

import (
	"context"
	"errors"
	"fmt"
	"time"

	"classtop/class"
	"classtop/class/rescue"
)

// Play is a playbook on one target, frozen when the operator asked for it.
type Play struct {
	Name   string
	Short  string // all steps in a few words
	Target Target
	Steps  []PlayStep
}

// PlayStep is one step of it. Its Op shows the target as it will be by then if
// all goes as it should.
type PlayStep struct {
	After time.Duration // waits before it
	Op    Op
	GoOn  bool // what follows is done even if this fails
}

// NewPlay aims a playbook at a target.
func NewPlay(book class.Playbook, t Target) Play {
	if !book.Member() {
		t = t.class()
	}
	p := Play{Name: book.Name, Short: book.String(), Target: t}
	for i, s := range book.Steps {
		o := stepOp(s).at(t)
		o.Playbook = fmt.Sprintf("%s, step %d of %d", book.Name, i+1, len(book.Steps))
		p.Steps = append(p.Steps, PlayStep{After: s.After, Op: o, GoOn: s.GoOn})
		if Ready(o, false) == "" {
			t = t.after(o)
		}
	}
	return p
}

// stepOp is the operation of a step, not yet aimed.
func stepOp(s class.Step) Op {
	o := Op{Action: Action(s.Do), Duration: s.For, Text: s.Text}
	switch {
	case o.Action == Kick && s.For == 0:
		o.Action = Ban
	case o.Action == Mute && s.For == 0:
		o.Duration = ForGood
	}
	return o
}

// at aims an operation. What goes to a class is not about the member.
func (o Op) at(t Target) Op {
	o.Target = t
	o.Target = o.Aim()
	return o
}

// Aim is what the operation is about: the target without its member where the
// whole class is meant.
func (o Op) Aim() Target {
	if r, _ := rowOf(o.Action); r.scope == onRoom {
		return o.Target.class()
	}
	return o.Target
}

// class is the class that a member is in.
func (t Target) class() Target {
	t.User, t.UserName, t.Role, t.State, t.Muted = class.Text{}, class.Text{}, 0, 0, false
	return t
}

// after is the target once the operation has happened.
func (t Target) after(o Op) Target {
	switch o.Action {
	case Kick:
		t.State, t.Seated = class.Kicked, false
	case Ban:
		t.State, t.Seated = class.KickedForGood, false
	case Unkick:
		t.State = class.Offline
	case Mute:
		t.Muted = true
	case Unmute:
		t.Muted = false
	case SeatOff:
		t.Seated = false
	case Start:
		t.Status = class.RoomLive
	case End:
		t.Status = class.RoomEnded
	}
	return t
}

// Level is the highest level of the steps: all are confirmed at once.
func (p Play) Level() int {
	level := 1
	for _, s := range p.Steps {
		level = max(level, s.Op.Level())
	}
	return level
}

// Challenge is what has to be typed at level 3: that of the first step of this
// level.
func (p Play) Challenge() string {
	for _, s := range p.Steps {
		if c := s.Op.Challenge(); c != "" {
			return c
		}
	}
	return ""
}

// Warning is what the operator should think of before confirming: the first
// that a step has.
func (p Play) Warning() string {
	for _, s := range p.Steps {
		if w := s.Op.Warning(); w != "" {
			return w
		}
	}
	return ""
}

// Lines tell each step with its target, level and action of the API.
func (p Play) Lines() []string {
	var out []string
	for i, s := range p.Steps {
		line := fmt.Sprintf("%d. ", i+1)
		if s.After > 0 {
			line += "wait " + Span(s.After) + ", then: "
		}
		line += fmt.Sprintf("%s (level %d, %s)", s.Op.Sentence(), s.Op.Level(), s.Op.API())
		if s.GoOn {
			line += ", goes on if this fails"
		}
		out = append(out, line)
	}
	return out
}

// Why says why the playbook is not possible on its target, or nothing: the
// first step that stands in the way. lacks says it of the account's edition
// and may be nil.
func (p Play) Why(readOnly bool, lacks func(Op) string) string {
	why, possible := "", 0
	for i, s := range p.Steps {
		no := Ready(s.Op, readOnly)
		if no == "" && lacks != nil {
			no = lacks(s.Op)
		}
		switch {
		case no == "":
			possible++
			continue
		case readOnly:
			return no
		case why == "" || !s.GoOn:
			why = fmt.Sprintf("Step %d: %s", i+1, no)
		}
		if !s.GoOn {
			return why
		}
	}
	if possible > 0 {
		return ""
	}
	return why
}

// Explained gives every step the operator's reason.
func (p Play) Explained(reason string) Play {
	p.Steps = append([]PlayStep(nil), p.Steps...)
	for i := range p.Steps {
		p.Steps[i].Op.Reason = reason
	}
	return p
}

// Play carries a confirmed playbook out, step by step. Before a step whose data
// are older than 10 seconds the target is read again, whatever the level. It
// ends at the first step that is not known to have happened, unless that step
// says otherwise, or that waits for a second person; what was not tried then is
// told as not sent. Cancel ctx with
// ErrStop to stop it as RunAll is stopped.
func (r *Runner) Play(ctx context.Context, p Play, progress func(i int, res Result)) []Result {
	inFlight, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, rescue.Func("stopping a playbook", func() {
		if !errors.Is(context.Cause(ctx), ErrStop) {
			cancel()
		}
	}))()
	results := make([]Result, len(p.Steps))
	t, over, level := p.Target, "", r.levelOf(p)
	for i, s := range p.Steps {
		o := s.Op.at(t)
		if over == "" && (ctx.Err() != nil || s.After > 0 && !sleep(ctx, s.After)) {
			over = "The playbook was stopped before this step."
		}
		res := r.unsent(o, class.CodeCancelled, over)
		if over == "" {
			res = r.run(inFlight, o, level, true, r.cfg.Reader)
		}
		switch {
		case res.State.OK():
			t = t.after(o)
			t.SeenAt = r.cfg.Now() // later than the end that the claims remember
		case over == "" && res.State == Asked:
			over = fmt.Sprintf("The playbook ended at step %d, which waits for a second person.", i+1)
		case over == "" && !s.GoOn:
			over = fmt.Sprintf("The playbook ended at step %d (%s).", i+1, res.State)
		}
		results[i] = res
		if progress != nil {
			progress(i, res)
		}
	}
	return results
}

// levelOf is what a playbook asks of the operator's role: for what takes two
// people, two operators are as good as a lead.
func (r *Runner) levelOf(p Play) int {
	level := 1
	for _, s := range p.Steps {
		one := s.Op.Level()
		if r.TakesTwo(s.Op) {
			one = min(one, 2)
		}
		level = max(level, one)
	}
	return level
}
