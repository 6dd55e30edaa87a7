package ui

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/ui/theme"
)

// answer is the overlay of what was sent and what came back.
type answer struct {
	pager
	sent *Sent
	bare bool // secrets are shown

	lines []string // of the answer, for the width and state below
	width int
	ended time.Time
}

func newAnswer(a *App, s *Sent) *answer {
	o := &answer{sent: s}
	o.pager = pager{title: s.Action, make: func(w int) []string { return o.text(a, w) }}
	return o
}

func (o *answer) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	act, _ := a.deps.Keys.Find(keymap.Lists, key)
	switch {
	case act == keymap.Unmask && o.sent.Reply.Hides():
		o.bare, o.width = !o.bare, 0
		return false, nil
	case act == keymap.Copy && o.bare:
		return false, a.copySecret("the answer", string(Bare(o.sent.Reply)))
	case act == keymap.Copy && len(o.sent.Reply.Shown) > 0:
		a.say(Info, "copied the answer")
		return false, tea.SetClipboard(string(o.sent.Reply.Shown))
	}
	return o.pager.key(a, key, press)
}

// text is the outcome in a few lines, and the answer.
func (o *answer) text(a *App, w int) []string {
	th, s := &a.theme, o.sent
	out := o.outcome(a, w)
	if s.Shown != "" && s.Shown != "{}" {
		for _, l := range theme.Wrap(th.Say("sent %s", s.Shown), w) {
			out = append(out, th.Paint(theme.Muted, l))
		}
	}
	out = append(out, "")
	if o.width != w || o.ended != s.Ended {
		o.lines, o.width, o.ended = wrapAll(o.pretty(), w), w, s.Ended
	}
	return append(out, o.lines...)
}

func (o *answer) outcome(a *App, w int) []string {
	th, s := &a.theme, o.sent
	paint := func(tok theme.Token, text string) (lines []string) {
		for _, l := range theme.Wrap(text, w) {
			lines = append(lines, th.Paint(tok, l))
		}
		return lines
	}
	if s.Ended.IsZero() {
		return paint(theme.Warn, th.Say("waiting for the answer, %s", Ago(a.now().Sub(s.At))))
	}
	took := s.Reply.Took
	if took <= 0 {
		took = s.Ended.Sub(s.At)
	}
	line := th.Say("%s in %s", th.Tell(s.State.String()), took.Round(time.Millisecond))
	if id := s.RequestID(); id != "" {
		line += th.Say(", RequestId %s", id)
	}
	look := theme.Good
	if !s.OK() {
		look = theme.Danger
	}
	out := paint(look, line)
	if s.Err != nil {
		out = append(out, paint(theme.Danger, th.Tell(s.Err.Error()))...)
	}
	if s.Found != "" {
		out = append(out, paint(theme.Warn, th.Tell(s.Found))...)
	}
	if s.Reply.Hides() {
		hint := th.Say("secrets are masked: m shows them, c copies the answer")
		if o.bare {
			hint = th.Say("secrets are shown: m masks them, c copies the answer")
		}
		out = append(out, paint(theme.Warn, hint)...)
	}
	return out
}

func (o *answer) pretty() string {
	raw := o.sent.Reply.Shown
	if o.bare {
		raw = Bare(o.sent.Reply)
	}
	var b bytes.Buffer
	if len(raw) == 0 || json.Indent(&b, raw, "", "  ") != nil {
		return ""
	}
	return strings.ReplaceAll(b.String(), "\t", "  ")
}
