package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/lang"
	"classtop/ops"
	"classtop/ui/theme"
)

// bulk is a batch under way.
type bulk struct {
	order
	done, failed int
	stop         context.CancelCauseFunc
	steps        chan ops.Result
	until        time.Time // of a playbook: when its next step is due
}

// stepMsg is one result of a batch, or its end with all of them.
type stepMsg struct {
	res ops.Result
	all []ops.Result // at the end
}

func (b *bulk) words(l lang.Lang, now time.Time) string {
	s := l.Say("%s: %d of %d, %d failed, ", l.Tell(b.title), b.done+b.failed, len(b.batch), b.failed)
	if left := b.until.Sub(now); left > 0 {
		s += l.Say("next in %s, ", Ago(left+time.Second-1))
	}
	return s + l.Say("x stops")
}

// wait notes how long a playbook waits before its next step.
func (b *bulk) wait(now time.Time) {
	b.until = time.Time{}
	if i := b.done + b.failed; b.play != nil && i < len(b.play.Steps) {
		b.until = now.Add(b.play.Steps[i].After)
	}
}

// runAll carries a batch out.
func (a *App) runAll(o order) tea.Cmd {
	if a.bulk != nil {
		a.say(Warning, a.bulk.title+" is still under way")
		return nil
	}
	ctx, stop := context.WithCancelCause(a.ctx)
	b := &bulk{order: o, stop: stop, steps: make(chan ops.Result, len(o.batch))}
	b.wait(a.now())
	a.bulk, a.dirty = b, true
	runner := a.deps.Runner
	work := func() tea.Msg {
		progress := func(_ int, res ops.Result) { b.steps <- res }
		var all []ops.Result
		if o.play != nil {
			all = runner.Play(ctx, *o.play, progress)
		} else {
			all = runner.RunAll(ctx, o.batch, progress)
		}
		close(b.steps)
		return stepMsg{all: all}
	}
	return tea.Batch(work, b.next)
}

// next waits for one result.
func (b *bulk) next() tea.Msg {
	res, ok := <-b.steps
	if !ok {
		return nil
	}
	return stepMsg{res: res}
}

func (a *App) onStep(m stepMsg) tea.Cmd {
	b := a.bulk
	a.dirty = true
	switch {
	case b == nil:
		return nil // a step that came after the end
	case m.all != nil:
		a.onBulkDone(m.all)
		return nil
	}
	if succeeded(m.res) {
		b.done++
	} else {
		b.failed++
	}
	b.wait(a.now())
	return b.next
}

func succeeded(res ops.Result) bool { return res.State == ops.Done || res.State == ops.Confirmed }

// onBulkDone reports each target.
func (a *App) onBulkDone(all []ops.Result) {
	title, play := a.bulk.title, a.bulk.play != nil
	a.bulk.stop(nil)
	a.bulk = nil
	a.records.old = true
	ok := 0
	for _, res := range all {
		if succeeded(res) {
			ok++
		}
		if res.State.Sent() {
			a.outdate(res.Op, res.Ended)
		}
	}
	level := Success
	if ok < len(all) {
		level = Failure
	}
	a.ended = &outcomes{title: title, all: all, play: play}
	a.say(level, a.ended.summary(a.theme.Lang))
	if a.overlay == nil {
		a.show(a.ended)
	}
}

// stopItem is offered in the x menu while a batch is under way.
func (a *App) stopItem() item {
	return item{key: "X", label: "Stop", hint: a.theme.Say("send nothing more of: %s", a.theme.Tell(a.bulk.title)), run: func(a *App) tea.Cmd {
		if a.bulk != nil {
			a.bulk.stop(ops.ErrStop)
			a.say(Info, "stopping: what is already sent comes to its end")
		}
		return nil
	}}
}

// list shows every target of a batch, as many at a time as fit.
func (c *confirm) list(th *theme.Theme, most int, add func(string)) {
	b := c.batch()
	add(th.Paint(theme.Title, th.Say("%s: %d targets", th.Tell(c.act.Title), len(b))))
	c.page = most
	c.from = max(0, min(c.from, len(b)-most))
	for _, op := range b[c.from:min(len(b), c.from+most)] {
		where := ""
		if !op.Target.User.IsZero() && !op.Target.RoomName.IsZero() {
			where = th.Paint(theme.Muted, " "+th.Word("where", "in")+" "+op.Target.RoomName.String())
		}
		add("  " + targetName(th.Lang, op.Target) + where)
	}
	if len(b) > most {
		add(th.Paint(theme.Muted, "  "+th.Say("%d to %d of %d, pgup and pgdown show the others", c.from+1, c.from+most, len(b))))
	}
}

// scroll moves the list of targets by half of what is shown.
func (c *confirm) scroll(way int) { c.from += way * max(1, c.page/2) }

// leftOut says which of the marked targets the action does not go to.
func (c *confirm) leftOut(th *theme.Theme, w int) []string {
	var left []string
	for _, why := range c.ways[c.pick].left {
		left = append(left, th.Tell(why))
	}
	if len(left) == 0 {
		return nil
	}
	lines := theme.Wrap(th.Say("%d left out: %s", len(left), strings.Join(left, " ")), w)
	for i := range lines {
		lines[i] = th.Paint(theme.Warn, lines[i])
	}
	return lines[:min(len(lines), 3)]
}
