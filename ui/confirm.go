package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/keymap"
	"classtop/ops"
	"classtop/ui/theme"
)

// deaf is how long a new dialog hears nothing: keys that were typed for what
// was on screen before must not answer it.
const deaf = 400 * time.Millisecond

// confirm asks before a write. Its targets are copies: whatever happens to the
// rows behind it, these are what will be sent.
type confirm struct {
	act    Action
	play   *ops.Play // of a playbook; its steps are the one way
	ways   []choice
	pick   int
	opened time.Time
	typed  input // the digits of level 3
	reason input
	field  bool   // the reason is being typed
	wrong  string // why the last key did not do
	from   int    // first target shown of several
	page   int    // how many are shown
}

// choice is one way to act on all targets that it is possible for.
type choice struct {
	label string
	batch ops.Batch
	left  []string // why which targets are left out
}

func newConfirm(act Action, ts []ops.Target, pick int, possible func(ops.Op) string, now time.Time) *confirm {
	c := &confirm{act: act, pick: pick, opened: now}
	for i, w := range act.Ways(ts[0]) {
		ch := choice{label: w.Label}
		for _, t := range ts {
			op := act.Ways(t)[i].Op
			if why := possible(op); why != "" && len(ts) > 1 {
				ch.left = append(ch.left, why)
				continue
			}
			ch.batch = append(ch.batch, op)
		}
		c.ways = append(c.ways, ch)
	}
	return c
}

func (c *confirm) batch() ops.Batch { return c.ways[c.pick].batch }

func (c *confirm) order() order { return order{c.act.Title, c.batch(), c.play} }

// op is the first operation: the only one, unless rows were marked.
func (c *confirm) op() ops.Op {
	if b := c.batch(); len(b) > 0 {
		return b[0]
	}
	return ops.Op{}
}

func (c *confirm) holds() bool { return true }

// paste fills only the reason: pasted text never confirms.
func (c *confirm) paste(text string) {
	if c.field {
		c.reason.add(text)
	}
}

func (c *confirm) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	if a.now().Sub(c.opened) < deaf {
		return false, nil
	}
	if c.field {
		c.typeReason(a, key, press)
		return false, nil
	}
	switch act, _ := a.deps.Keys.Find(keymap.Dialog, key); act {
	case keymap.DialogNo:
		a.say(Info, "not done: "+c.act.Title)
		return true, nil
	case keymap.DialogReason:
		c.field = true
	case keymap.DialogPrev:
		c.choose(c.pick - 1)
	case keymap.DialogNext:
		c.choose(c.pick + 1)
	case keymap.DialogUp:
		c.scroll(-1)
	case keymap.DialogDown:
		c.scroll(1)
	default:
		if c.order().level() >= 3 {
			return c.challenge(a, act, press)
		}
		return c.answer(a, act)
	}
	return false, nil
}

func (c *confirm) typeReason(a *App, key string, press tea.KeyPressMsg) {
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputAccept, keymap.InputCancel, keymap.InputComplete:
		c.field = false
	default:
		c.reason.key(press)
	}
}

func (c *confirm) choose(i int) {
	c.pick = min(max(i, 0), len(c.ways)-1)
	c.typed, c.wrong = input{}, ""
}

// send closes the dialog and carries it out, unless the chosen way is not
// possible; then it says why and stays.
func (c *confirm) send(a *App) (bool, tea.Cmd) {
	batch := append(ops.Batch(nil), c.batch()...)
	if len(batch) == 0 {
		c.wrong = "this is possible for none of them"
		return false, nil
	}
	if c.play == nil {
		c.wrong = cmp.Or(a.deps.Runner.May(batch...), a.possible(batch[0]))
	} else {
		c.wrong = a.playFault(*c.play)
	}
	if c.wrong != "" {
		return false, nil
	}
	reason := strings.TrimSpace(c.reason.text())
	if reason == "" && a.deps.Profile.Reasons {
		c.wrong = "this profile wants a reason first: " + a.deps.Keys.Keys(keymap.DialogReason)[0] + " types one"
		return false, nil
	}
	for i := range batch {
		batch[i].Reason = reason
	}
	o := order{title: c.act.Title, batch: batch}
	if c.play != nil {
		play := c.play.Explained(reason)
		o.play = &play
	}
	return true, a.dispatch(o)
}

// answer is for levels 1 and 2: only the key for yes says yes, and Enter takes
// the default, which is No.
func (c *confirm) answer(a *App, act keymap.Action) (bool, tea.Cmd) {
	switch act {
	case keymap.DialogYes:
		return c.send(a)
	case keymap.DialogEnter:
		a.say(Info, "not done: "+c.act.Title+" (enter takes the default, no)")
		return true, nil
	}
	c.wrong = "y says yes, n says no"
	return false, nil
}

// challenge is for level 3: the digits, then Enter. Full-width digits of an
// input method are digits.
func (c *confirm) challenge(a *App, act keymap.Action, press tea.KeyPressMsg) (bool, tea.Cmd) {
	want := c.order().challenge()
	switch {
	case act != keymap.DialogEnter:
		c.wrong = ""
		if twin := keymap.Normalize(press.Text); twin != "space" {
			press.Text = twin
		}
		c.typed.key(press)
	case c.typed.text() == want:
		return c.send(a)
	case c.typed.text() == "":
		c.wrong = "type " + want + " first; esc leaves"
	default:
		c.wrong = "that is not " + want + ": nothing was sent"
		c.typed = input{}
	}
	return false, nil
}

func (c *confirm) box(a *App, w, h int) (string, []string) {
	w = min(w, 66)
	th := &a.theme
	var lines []string
	var spare []int // lines that a small screen does without, the last ones first
	add := func(s string) { lines = append(lines, th.Fit(s, w)) }
	if c.play != nil {
		c.steps(a, th, w, max(1, h-12), add)
	} else if len(c.batch()) == 1 {
		for _, l := range theme.Wrap(th.Tell(c.op().Sentence()), w) {
			add(th.Paint(theme.Title, l))
		}
		add("")
		for _, f := range c.facts(a) {
			name := th.Word("fact", f.Name)
			for _, l := range theme.Wrap(f.In(th), w-9) { // never cut: it is what the answer is about
				if f.Name == "teacher" || f.Name == "online" || f.Name == "data" {
					spare = append(spare, len(lines))
				}
				add(th.Paint(theme.Muted, th.Fit(name, 9)) + th.Paint(f.Look, l))
				name = ""
			}
		}
	} else {
		c.list(th, max(1, h-11), add)
	}
	for _, l := range c.leftOut(th, w) {
		add(l)
	}
	if len(c.ways) > 1 {
		name := th.Say("how")
		for _, l := range c.choices(th, w-9) {
			add(th.Paint(theme.Muted, th.Fit(name, 9)) + l)
			name = ""
		}
	}
	add(th.Paint(theme.Muted, th.Fit(th.Word("fact", "reason"), 9)) + c.reasonLine(th, a.deps.Profile.Reasons))
	for _, warning := range []string{c.warning(), c.second(a)} {
		for _, l := range theme.Wrap(th.Tell(warning), w) {
			if l != "" {
				add(th.Paint(theme.Warn, l))
			}
		}
	}
	add("")
	if c.wrong != "" {
		for _, l := range theme.Wrap(th.Tell(c.wrong), w) {
			add(th.Paint(theme.Danger, l))
		}
	}
	add(c.question(th))
	return th.Tell(c.act.Title), squeeze(lines, spare, h)
}

// squeeze takes lines out until they fit into h: first blank ones, then the
// spare ones from the last on. The question below all of them always stays.
func squeeze(lines []string, spare []int, h int) []string {
	for i, l := range lines {
		if strings.TrimSpace(ansi.Strip(l)) == "" {
			spare = append(spare, i)
		}
	}
	gone := map[int]bool{}
	for over := len(lines) - h; over > 0 && len(spare) > 0; over-- {
		gone[spare[len(spare)-1]] = true
		spare = spare[:len(spare)-1]
	}
	var kept []string
	for i, l := range lines {
		if !gone[i] {
			kept = append(kept, l)
		}
	}
	if over := len(kept) - h; h > 0 && over > 0 {
		return append(kept[:h-1], kept[len(kept)-1])
	}
	return kept
}

// facts name everything that could make the operator think again.
func (c *confirm) facts(a *App) []Fact {
	if c.op().Call != nil {
		return callFacts(&a.theme, c.op(), max(1, a.height-16))
	}
	return targetFacts(&a.theme, c.op().Aim(), a.now())
}

// targetFacts are what is known of a target.
func targetFacts(th *theme.Theme, t ops.Target, now time.Time) []Fact {
	var out []Fact
	if !t.User.IsZero() {
		who := t.UserName.String()
		if who == "" {
			who = t.User.String()
		}
		out = append(out, Fact{Name: "member", Value: fmt.Sprintf("%s (%s), %s, %s", who, t.User, th.Tell(t.Role.String()), th.Tell(t.State.String()))})
	}
	if !t.Document.IsZero() {
		out = append(out, Fact{Name: "document", Value: fmt.Sprintf("%s (%s)", t.DocName, t.Document)})
	}
	teacher := t.Teacher.String()
	if teacher == "" {
		teacher = th.Say("not known")
	}
	age := now.Sub(t.SeenAt)
	look := theme.Muted
	if age > 10*time.Second {
		look = theme.Warn
	}
	return append(out,
		Fact{Name: "class", Value: fmt.Sprintf("%s (%s), %s", t.RoomName, t.Room, th.Tell(t.Status.String()))},
		Fact{Name: "teacher", Value: teacher},
		Fact{Name: "online", Value: th.Say("%d members", t.Online)},
		Fact{Name: "data", Value: th.Say("%s old", Ago(age)), Look: look})
}

// choices are the ways to do it in lines of w cells, the chosen one marked.
func (c *confirm) choices(th *theme.Theme, w int) []string {
	var lines []string
	line := ""
	for i, way := range c.ways {
		item := th.Paint(theme.Muted, " "+th.Tell(way.label)+" ")
		if i == c.pick {
			item = th.Paint(theme.Accent, "["+th.Tell(way.label)+"]")
		}
		if line != "" && theme.Width(line)+theme.Width(item) > w {
			lines, line = append(lines, line), ""
		}
		line += item + " "
	}
	return append(lines, line)
}

func (c *confirm) reasonLine(th *theme.Theme, needed bool) string {
	switch {
	case c.field:
		return c.reason.line(th, theme.Plain, 40) + th.Paint(theme.Muted, " "+th.Say("(enter when done)"))
	case c.reason.text() == "" && needed:
		return th.Paint(theme.Warn, th.Say("needed (r types it, for the audit file)"))
	case c.reason.text() == "":
		return th.Paint(theme.Muted, th.Say("none (r types one for the audit file)"))
	}
	return c.reason.text()
}

func (c *confirm) question(th *theme.Theme) string {
	key := func(k, what string) string { return th.Paint(theme.Key, k) + " " + th.Word("answer", what) + "  " }
	choose := ""
	if len(c.ways) > 1 {
		choose = key("left/right", "choose")
	}
	if o := c.order(); o.level() >= 3 {
		return th.Say("Type %s and enter: ", th.Paint(theme.Danger, o.challenge())) +
			c.typed.line(th, theme.Title, 24) + "  " + choose + key("esc", "no")
	}
	return key("y", "yes") + key("n", "no (default)") + choose
}
