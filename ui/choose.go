package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui/theme"
)

// Choice asks for one thing of a list: which seat, which member.
type Choice struct {
	Title  string
	Topics []poll.Topic // what the list is made of; without the first there is none
	Empty  string       // what to say when the list is empty
	// Options makes the list once every topic has come; data is nil for one
	// that could not be read. The list then stands still: nothing moves under
	// the cursor, and the service refuses what has become impossible.
	Options func(data func(poll.Topic) (value any, at time.Time)) []Option
}

// Option is one answer of a Choice.
type Option struct {
	Label, Hint string
	Why         string     // why it cannot be chosen, or "" when it can
	Target      ops.Target // with the answer in it
}

// choose is the overlay of a Choice. Its target is a copy.
type choose struct {
	*Choice
	act     Action
	opened  time.Time
	got     map[poll.Topic]poll.Update
	options []Option
	made    bool
	typed   input
	found   []int // indexes of options that match what is typed
	at, top int
	wrong   string
}

func (q *Choice) open(a *App, act Action, _ ops.Target) overlay {
	c := &choose{Choice: q, act: act, opened: a.now(), got: map[poll.Topic]poll.Update{}}
	for _, t := range q.Topics {
		if u, ok := a.recent[t]; ok {
			c.got[t] = u
		}
	}
	c.make()
	if !c.made {
		a.deps.Poke(q.Topics...)
	}
	return c
}

func (c *choose) holds() bool { return true }

func (c *choose) topics() []poll.Topic {
	if c.made {
		return nil
	}
	return c.Topics
}

func (c *choose) apply(a *App, u poll.Update) {
	if c.made || !slices.Contains(c.Topics, u.Topic) {
		return
	}
	c.got[u.Topic] = u
	c.make()
	a.dirty = true
}

// make makes the list as soon as all has come, and puts the cursor on the
// first thing that can be chosen.
func (c *choose) make() {
	for _, t := range c.Topics {
		if _, ok := c.got[t]; !ok {
			return
		}
	}
	if len(c.Topics) > 0 && c.got[c.Topics[0]].Err != nil {
		return // not yet: the next answer may be one
	}
	c.made = true
	c.options = c.Options(func(t poll.Topic) (any, time.Time) { return c.got[t].Data, c.got[t].At })
	c.search()
}

// search keeps the options that hold every word typed.
func (c *choose) search() {
	c.found, c.at, c.top = c.found[:0], 0, 0
	words := strings.Fields(strings.ToLower(c.typed.text()))
	for i := range c.options {
		text := strings.ToLower(c.options[i].Label + " " + c.options[i].Hint)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			c.found = append(c.found, i)
		}
	}
	c.at = max(0, slices.IndexFunc(c.found, func(i int) bool { return c.options[i].Why == "" }))
}

func (c *choose) paste(text string) {
	c.typed.add(text)
	c.search()
}

func (c *choose) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	if a.now().Sub(c.opened) < deaf {
		return false, nil
	}
	c.wrong = ""
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputCancel:
		a.say(Info, "not done: "+c.act.Title)
		return true, nil
	case keymap.InputNext, keymap.InputComplete:
		c.at = min(c.at+1, max(0, len(c.found)-1))
	case keymap.InputPrev:
		c.at = max(c.at-1, 0)
	case keymap.InputAccept:
		return c.accept(a), nil
	default:
		if c.typed.key(press) {
			c.search()
		}
	}
	return false, nil
}

// accept takes the option under the cursor. One that is not possible says why
// and leaves the list open.
func (c *choose) accept(a *App) bool {
	if len(c.found) == 0 {
		return false
	}
	o := c.options[c.found[c.at]]
	if o.Why != "" {
		c.wrong = o.Label + ": " + o.Why
		return false
	}
	a.ask(c.act, o.Target)
	return true
}

func (c *choose) box(a *App, w, h int) (string, []string) {
	w = min(w, 76)
	th := &a.theme
	out := []string{th.Fit(th.Paint(theme.Key, th.Say("search: "))+c.typed.line(th, theme.Plain, w-8), w)}
	var below []string
	for _, l := range theme.Wrap(th.Tell(c.wrong), w) {
		if c.wrong != "" {
			below = append(below, th.Paint(theme.Danger, th.Fit(l, w)))
		}
	}
	below = append(below, th.Sides(th.Paint(theme.Muted, c.count(th)), th.Paint(theme.Muted, th.Say("type to search, enter chooses, esc leaves")), w))
	rows := max(1, min(h-1-len(below), 16))
	if len(c.found) == 0 {
		out = append(out, c.nothing(th, w, rows)...)
	}
	c.top = max(min(c.top, c.at), c.at-rows+1)
	label := c.labels(w)
	for i := c.top; i < min(c.top+rows, len(c.found)); i++ {
		out = append(out, c.line(th, i, label, w))
	}
	for len(out) < rows+1 {
		out = append(out, theme.Spaces(w))
	}
	return th.Tell(c.Title), append(out, below...)
}

func (c *choose) count(th *theme.Theme) string {
	if !c.made {
		return ""
	}
	return th.Say("%d of %d", len(c.found), len(c.options))
}

// labels is the width of the column of labels.
func (c *choose) labels(w int) int {
	label := 0
	for i := range c.options {
		label = max(label, theme.Width(c.options[i].Label))
	}
	return min(label, w/2)
}

func (c *choose) line(th *theme.Theme, i, label, w int) string {
	o, on := c.options[c.found[i]], i == c.at
	cursor, look, note := "  ", theme.Plain, o.Hint
	if on {
		cursor = th.Glyphs.Cursor + " "
	}
	if o.Why != "" {
		look, note = theme.Muted, th.Say("no: %s", th.Tell(o.Why))
	}
	return th.PaintRow(theme.Accent, cursor, on) + th.PaintRow(look, th.Fit(o.Label, label), on) +
		th.PaintRow(theme.Muted, th.Fit("  "+note, w-2-label), on)
}

// nothing says why there is nothing to choose from.
func (c *choose) nothing(th *theme.Theme, w, h int) []string {
	look, text := theme.Muted, "Reading what can be chosen"
	switch {
	case c.made && len(c.options) == 0:
		look, text = theme.Warn, c.Empty
	case c.made:
		text = "Nothing here matches " + c.typed.text()
	case len(c.Topics) > 0 && c.got[c.Topics[0]].Err != nil:
		look, text = theme.Danger, c.got[c.Topics[0]].Err.Error()
	}
	var out []string
	for _, l := range theme.Wrap(th.Tell(text), w) {
		if len(out) < h {
			out = append(out, th.Paint(look, th.Fit(l, w)))
		}
	}
	return out
}
