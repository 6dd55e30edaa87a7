package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"classtop/keymap"
	"classtop/lang"
	"classtop/ops"
	"classtop/ui/theme"
)

// outcomes is how an action on many targets ended, target by target.
type outcomes struct {
	title string
	all   []ops.Result
	play  bool // they are the steps of a playbook
	top   int
	page  int
}

func (o *outcomes) holds() bool { return false }

func (o *outcomes) paste(string) {}

// ok counts what has happened as it was asked for.
func (o *outcomes) ok() (n int) {
	for _, res := range o.all {
		if succeeded(res) {
			n++
		}
	}
	return n
}

func (o *outcomes) summary(l lang.Lang) string {
	return l.Say("%s: %d of %d done", l.Tell(o.title), o.ok(), len(o.all))
}

func (o *outcomes) key(a *App, key string, _ tea.KeyPressMsg) (bool, tea.Cmd) {
	switch act, _ := a.deps.Keys.Find(keymap.List, key); act {
	case keymap.Back, keymap.Leave, keymap.In:
		return true, nil
	case keymap.Down:
		o.top++
	case keymap.Up:
		o.top--
	case keymap.Top:
		o.top = 0
	case keymap.Bottom:
		o.top = 1 << 30
	case keymap.PageDown, keymap.HalfDown:
		o.top += max(1, o.page/2)
	case keymap.PageUp, keymap.HalfUp:
		o.top -= max(1, o.page/2)
	case keymap.Export:
		o.export(a)
	case keymap.Retry:
		a.retry()
	}
	return false, nil
}

func (o *outcomes) export(a *App) {
	if a.deps.Save == nil {
		a.say(Warning, "exports are switched off here")
		return
	}
	heads, rows := o.sheet()
	a.show(exportMenu(&a.theme, o.title, heads, rows))
}

// sheet is one row for each target.
func (o *outcomes) sheet() (heads []string, rows [][]string) {
	heads = []string{"Outcome", "Action", "Room", "Class", "User", "Name", "Document", "Code", "RequestId", "In words"}
	for _, res := range o.all {
		t, code := res.Op.Target, ""
		if res.Err != nil {
			code = res.Err.Code
		}
		rows = append(rows, []string{
			res.State.String(), string(res.Op.Action), t.Room.String(), t.RoomName.String(), t.User.String(), t.UserName.String(),
			t.Document.String(), code, res.RequestID, res.Sentence(),
		})
	}
	return heads, rows
}

func (o *outcomes) box(a *App, w, h int) (string, []string) {
	w = min(w, 90)
	th := &a.theme
	lines := o.lines(th, w)
	o.page = max(1, h-1)
	o.top = max(0, min(o.top, len(lines)-o.page))
	end := min(len(lines), o.top+o.page)
	out := make([]string, 0, end-o.top+1)
	for _, l := range lines[o.top:end] {
		out = append(out, th.Fit(l, w))
	}
	hint := th.Say("e exports, esc closes")
	if n := len(ops.Again(o.all)); n > 0 && !o.play {
		hint = th.Say("R tries the %d that failed again, ", n) + hint
	}
	if len(lines) > o.page {
		hint = th.Say("j k scroll, ") + hint
	}
	by := "%s, target by target"
	if o.play {
		by = "%s, step by step"
	}
	return th.Say(by, o.summary(th.Lang)), append(out, th.Paint(theme.Muted, th.FitRight(hint, w)))
}

// lines are one line for a target where all is well, and the reason below it
// where it is not.
func (o *outcomes) lines(th *theme.Theme, w int) []string {
	const word = 12
	var out []string
	for _, res := range o.all {
		look := theme.Danger
		switch {
		case succeeded(res):
			look = theme.Good
		case res.State == ops.StillUnknown:
			look = theme.Warn
		}
		name := targetName(th.Lang, res.Op.Target)
		if o.play {
			name = th.Tell(string(res.Op.Action)) + " " + name
		}
		out = append(out, th.Paint(look, th.Fit(th.Tell(res.State.String()), word))+name)
		if res.State == ops.Done && res.Warning == "" {
			continue
		}
		for _, l := range theme.Wrap(th.Tell(res.Sentence()), max(1, w-word)) {
			out = append(out, strings.Repeat(" ", word)+th.Paint(theme.Muted, l))
		}
	}
	return out
}

// retry asks anew for the targets of the last action on marks that failed.
// Those whose end is unknown are not among them: they may have happened.
func (a *App) retry() {
	if a.ended == nil {
		a.say(Info, "no action on marks has ended in this session")
		return
	}
	if a.ended.play {
		a.say(Info, a.ended.title+": a playbook is not tried again in parts; x starts it anew")
		return
	}
	again := ops.Again(a.ended.all)
	if len(again) == 0 {
		a.say(Info, a.theme.Say("%s: none failed; look at those that are unknown one by one", a.theme.Tell(a.ended.title)))
		return
	}
	of := make(map[ops.Target]ops.Op, len(again))
	targets := make([]ops.Target, 0, len(again))
	for _, op := range again {
		of[op.Target] = op
		targets = append(targets, op.Target)
	}
	a.confirm(Action{Title: a.ended.title, Ways: func(t ops.Target) []Way { return []Way{{Op: of[t]}} }}, targets)
}

// endedItem is offered in the x menu once an action on marks has ended.
func (a *App) endedItem() item {
	return item{label: "Results", hint: a.theme.Say("of %s", a.ended.summary(a.theme.Lang)), run: func(a *App) tea.Cmd {
		a.show(a.ended)
		return nil
	}}
}
