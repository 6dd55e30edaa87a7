package cli

import (
	"context"
	"slices"
	"strings"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
)

// maskedViews are the views that show nothing but what passes the mask.
var maskedViews = []string{"rooms", "room", "find", "attention", "pulse", "schedule", "patrol", "requests"}

// mask puts pseudonyms before everything that the dashboard shows. The audit
// file keeps the real names: it must say what was done to whom.
func (l *link) mask(deps *ui.Deps) {
	deps.Profile.Name, deps.Console = "masked", nil
	deps.Views = slices.DeleteFunc(slices.Clone(deps.Views), func(d ui.Def) bool { return !slices.Contains(maskedViews, d.Name) })
	deps.Runner = maskedRunner{deps.Runner}
}

// source is where the poller reads.
func (l *link) source() poll.Source {
	if l.cfg.UI.Mask {
		return poll.Mask(l.client, l.creds)
	}
	return l.client
}

// maskedRunner gives operations their real names back before they are carried
// out, and hides them in what is said of the outcome.
type maskedRunner struct{ ui.Runner }

// Run carries out one operation.
func (m maskedRunner) Run(ctx context.Context, op ops.Op) ops.Result {
	return hide(m.Runner.Run(ctx, unmask(op)), op)
}

// RunAll carries out a batch.
func (m maskedRunner) RunAll(ctx context.Context, batch []ops.Op, progress func(i int, res ops.Result)) []ops.Result {
	plain := make([]ops.Op, len(batch))
	for i := range batch {
		plain[i] = unmask(batch[i])
	}
	out := m.Runner.RunAll(ctx, plain, func(i int, res ops.Result) { progress(i, hide(res, batch[i])) })
	for i := range out {
		out[i] = hide(out[i], batch[i])
	}
	return out
}

// Play carries out a playbook.
func (m maskedRunner) Play(ctx context.Context, p ops.Play, progress func(i int, res ops.Result)) []ops.Result {
	plain := p
	plain.Target = unmask(ops.Op{Target: p.Target}).Target
	plain.Steps = slices.Clone(p.Steps)
	for i := range plain.Steps {
		plain.Steps[i].Op = unmask(p.Steps[i].Op)
	}
	out := m.Runner.Play(ctx, plain, func(i int, res ops.Result) { progress(i, hide(res, p.Steps[i].Op)) })
	for i := range out {
		out[i] = hide(out[i], p.Steps[i].Op)
	}
	return out
}

// Busy says who is acting on a target right now, or "".
func (m maskedRunner) Busy(t ops.Target) string {
	return pseudonyms(t)(m.Runner.Busy(unmask(ops.Op{Target: t}).Target))
}

// names are the texts of a target that may be pseudonyms.
func names(t *ops.Target) []*class.Text {
	return []*class.Text{&t.RoomName, &t.Teacher, &t.User, &t.UserName, &t.DocName}
}

func unmask(op ops.Op) ops.Op {
	for _, t := range names(&op.Target) {
		*t = clean.Again(*t)
	}
	return op
}

// pseudonyms returns what replaces the real names of a target in a sentence.
func pseudonyms(t ops.Target) func(string) string {
	var pairs []string
	for _, name := range names(&t) {
		if !name.IsZero() {
			pairs = append(pairs, clean.Again(*name).String(), name.String())
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// hide makes a result speak of the pseudonyms.
func hide(res ops.Result, op ops.Op) ops.Result {
	say := pseudonyms(op.Target)
	res.Op, res.Found, res.Warning = op, say(res.Found), say(res.Warning)
	if res.Err != nil {
		e := *res.Err
		e.On, e.Message, e.Meaning, e.Hint, e.Cause = say(e.On), say(e.Message), say(e.Meaning), say(e.Hint), nil
		res.Err = &e
	}
	return res
}
