package ui

import (
	"time"

	"classtop/ui/theme"
)

// Level says how much a toast matters.
type Level uint8

// The levels of a toast.
const (
	Info Level = iota
	Success
	Warning
	Failure
)

// toast is a message that goes by itself. What failed stays longer: there may
// be a RequestId to write down.
type toast struct {
	level Level
	text  string
	until time.Time
}

var toastLasts = [...]time.Duration{Info: 4 * time.Second, Success: 10 * time.Second, Warning: 6 * time.Second, Failure: 30 * time.Second}

// mostToasts keeps the screen free: older ones go.
const mostToasts = 3

func (a *App) say(level Level, text string) {
	text = a.theme.Tell(text)
	a.log(level, text)
	a.toasts = append(a.toasts, toast{level: level, text: text, until: a.deps.Wall().Add(toastLasts[level])})
	if len(a.toasts) > mostToasts {
		a.toasts = a.toasts[len(a.toasts)-mostToasts:]
	}
	a.dirty = true
}

// expire drops toasts whose time is over.
func (a *App) expire(now time.Time) {
	kept := a.toasts[:0]
	for _, t := range a.toasts {
		if now.Before(t.until) {
			kept = append(kept, t)
		}
	}
	a.dirty = a.dirty || len(kept) != len(a.toasts)
	a.toasts = kept
}

// toastLines are the toasts as at most h lines of w cells, newest last. They
// take their room from the view instead of covering it: the row that a toast
// is about may be the last one. The level is said in words too.
func (a *App) toastLines(w, h int) []string {
	var out []string
	for _, t := range a.toasts {
		word, tok := "", theme.Info
		switch t.level {
		case Success:
			word, tok = a.theme.Say("done: "), theme.Good
		case Warning:
			word, tok = a.theme.Say("note: "), theme.Warn
		case Failure:
			word, tok = a.theme.Say("failed: "), theme.Danger
		}
		for _, l := range theme.Wrap(word+t.text, w-3) {
			out = append(out, a.theme.Paint(tok, " "+a.theme.Glyphs.Cursor+" "+a.theme.Fit(l, w-3)))
		}
	}
	return out[max(0, len(out)-h):]
}
