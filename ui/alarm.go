package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
	"classtop/class/clean"
)

// Alarm says how the dashboard calls somebody who looks elsewhere.
type Alarm struct {
	Bell    bool   // ring the terminal's bell
	Notify  string // "osc9" or "osc777": a notification by the terminal; else none
	NoTitle bool   // leave the count out of the window's title
}

// alarmEvery is the least time between two alarms.
const alarmEvery = 30 * time.Second

// gravest is the severity that is worth an alarm: somebody should look now.
const gravest = 3

// alarms remembers which problems somebody was called for.
type alarms struct {
	known map[ackKey]bool
	last  time.Time
}

// alarm is Alarm as a command.
func (a *App) alarm() tea.Cmd {
	out := a.Alarm()
	if out == "" {
		return nil
	}
	return func() tea.Msg { return tea.RawMsg{Msg: out} }
}

// Alarm returns what is to be written past the frame, where it changes
// nothing, to call somebody for grave problems that are new since the last
// look. Those that come within half a minute of an alarm are told of when it
// has passed.
func (a *App) Alarm() string {
	if !a.deps.Alarm.Bell && a.deps.Alarm.Notify == "" {
		return ""
	}
	grave := map[ackKey]bool{}
	var fresh []class.Problem
	for _, u := range a.school.cards {
		c, _ := u.Data.(class.Card)
		for _, p := range c.Problems {
			if p.Severity < gravest || p.Acked {
				continue
			}
			grave[ackOf(&p)] = true
			if !a.alarms.known[ackOf(&p)] {
				fresh = append(fresh, p)
			}
		}
	}
	now := a.now()
	switch {
	case len(fresh) == 0:
		a.alarms.known = grave
		return ""
	case now.Sub(a.alarms.last) < alarmEvery:
		return ""
	}
	a.alarms.known, a.alarms.last = grave, now
	return a.call(fresh)
}

// call puts an alarm for problems into one notification and one bell.
func (a *App) call(fresh []class.Problem) string {
	text := a.theme.Say("classtop: %d reasons to look now", len(fresh))
	if len(fresh) == 1 {
		c, _ := a.school.card(fresh[0].Room)
		text = a.theme.Say("classtop: %s: %s", c.Room.Name, a.theme.Tell(fresh[0].Sentence))
	}
	out := notice(a.deps.Alarm.Notify, text)
	if a.deps.Alarm.Bell {
		out += "\a"
	}
	return out
}

// notice is a notification in the terminal's own form. The text may hold
// strangers' words: it is cleaned once more and cannot end the sequence.
func notice(form, text string) string {
	text = strings.ReplaceAll(clean.Line(text, 160), ";", ",")
	switch form {
	case "osc9":
		return "\x1b]9;" + text + "\a"
	case "osc777":
		return "\x1b]777;notify;classtop;" + text + "\a"
	}
	return ""
}

// title names the window; the count is of classes that need somebody.
func (a *App) title() string {
	if n := a.sum.attention; n > 0 && !a.deps.Alarm.NoTitle {
		return fmt.Sprintf("classtop (%d)", n)
	}
	return "classtop"
}
