package ui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
	"classtop/ops"
	"classtop/ui/theme"
)

// playWhy says why a playbook is not possible on what is selected.
func (a *App) playWhy(book *class.Playbook, ts []ops.Target) string {
	switch {
	case len(ts) == 0:
		return "nothing is selected"
	case len(ts) > 1:
		return "a playbook goes for one at a time; esc drops the marks"
	case book.Member() && ts[0].User.IsZero():
		return "it is for a member: put the cursor on one"
	case a.bulk != nil:
		return a.bulk.title + " is still under way"
	}
	if why := a.engaged(ts[0]); why != "" {
		return why
	}
	return a.playFault(ops.NewPlay(*book, ts[0]))
}

// playFault says why a playbook cannot be carried out here by this operator.
func (a *App) playFault(p ops.Play) string {
	return p.Why(a.deps.Profile.ReadOnly, func(o ops.Op) string { return cmp.Or(a.deps.Runner.May(o), a.deps.Runner.Lacks(o)) })
}

// playItems offer the playbooks in the x menu.
func (a *App) playItems(ts []ops.Target) []item {
	var out []item
	for i := range a.deps.Playbooks {
		book := &a.deps.Playbooks[i]
		out = append(out, item{label: playTitle(book.Name), hint: cmp.Or(book.About, book.String()), why: a.playWhy(book, ts), run: func(a *App) tea.Cmd {
			a.openPlay(book, ts)
			return a.take()
		}})
	}
	return out
}

func playTitle(name string) string { return "Playbook " + name }

// openPlay opens the confirmation of a playbook: it lists what each step would
// send, so that it is the dry run too.
func (a *App) openPlay(book *class.Playbook, ts []ops.Target) {
	if why := a.playWhy(book, ts); why != "" {
		a.say(Warning, playTitle(book.Name)+": "+why)
		return
	}
	play := ops.NewPlay(*book, ts[0])
	c := &confirm{act: Action{Title: playTitle(book.Name)}, play: &play, opened: a.now()}
	ch := choice{}
	for _, s := range play.Steps {
		ch.batch = append(ch.batch, s.Op)
	}
	c.ways = []choice{ch}
	a.show(c)
}

// mostShort is how many lines the short form of a playbook may take.
const mostShort = 3

// steps shows the playbook in short, then each step, as many lines at a time
// as fit, and its target below.
func (c *confirm) steps(a *App, th *theme.Theme, w, most int, add func(string)) {
	var lines []string
	for _, l := range c.play.Lines() {
		for i, part := range theme.Wrap(th.Tell(l), w-3) {
			if i > 0 {
				part = "   " + part
			}
			lines = append(lines, part)
		}
	}
	// Whatever has to be scrolled to, all that would be done is seen at once.
	short := theme.Wrap(th.Say("%d steps, level %d: %s", len(c.play.Steps), c.play.Level(), c.play.Short), w)
	if len(short) > mostShort {
		short = append(short[:mostShort-1], strings.Join(short[mostShort-1:], " "))
	}
	for _, l := range short {
		add(th.Paint(theme.Title, l))
		most = max(1, most-1)
	}
	c.page = most
	c.from = max(0, min(c.from, len(lines)-most))
	end := min(len(lines), c.from+most)
	for _, l := range lines[c.from:end] {
		add(l)
	}
	if len(lines) > most {
		add(th.Paint(theme.Muted, th.Say("lines %d to %d of %d, pgup and pgdown show the others", c.from+1, end, len(lines))))
	}
	for _, f := range targetFacts(th, c.play.Target, a.now()) {
		add(th.Paint(theme.Muted, th.Fit(th.Word("fact", f.Name), 9)) + th.Paint(f.Look, f.In(th)))
	}
}

// warning is what the operator should think of before confirming.
func (c *confirm) warning() string {
	if c.play != nil {
		return c.play.Warning()
	}
	return c.op().Warning()
}
