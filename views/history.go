package views

import (
	"cmp"
	"time"

	"classtop/ops"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// history is the list of what was sent by name in this session.
type history struct {
	host  ui.Host
	table *table.Table[*ui.Sent, *ui.Sent]
	shown sign
}

// sign tells whether the list has changed: how long it is, and how much of it
// has ended.
type sign struct{ all, ended int }

func newHistory(h ui.Host) *history {
	v := &history{host: h}
	v.table = table.New(v.cols(), func(s **ui.Sent) *ui.Sent { return *s },
		func(a, b **ui.Sent, _ time.Time) int { return (*b).At.Compare((*a).At) })
	return v
}

// grid is the table, up to date.
func (v *history) grid() ui.Grid {
	sent := v.host.Sent()
	now := sign{all: len(sent)}
	for _, s := range sent {
		if !s.Ended.IsZero() {
			now.ended++
		}
	}
	if len(sent) > 0 && (now != v.shown || !v.has(sent[0])) {
		v.shown = now
		v.table.Set(sent)
	}
	return v.table
}

func (v *history) has(s *ui.Sent) bool {
	_, ok := v.table.Get(s)
	return ok
}

func (v *history) selected() (*ui.Sent, bool) {
	s, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil, false
	}
	return *s, true
}

func (v *history) open() {
	if s, ok := v.selected(); ok {
		v.host.ShowAnswer(s)
	}
}

func (v *history) id() (what, id string) {
	if s, ok := v.selected(); ok && s.RequestID() != "" {
		return "RequestId", s.RequestID()
	}
	return "", ""
}

func (v *history) render(w, h int) []string {
	th := v.host.Theme()
	v.grid()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, "Nothing was sent by name in this session", "tab goes to the actions, enter opens the form of one")...)
}

func (v *history) cols() []table.Col[*ui.Sent] {
	read := func(f func(*ui.Sent) string) func(**ui.Sent, time.Time) string {
		return func(s **ui.Sent, _ time.Time) string { return f(*s) }
	}
	return []table.Col[*ui.Sent]{
		{ID: "time", Title: "Time", Width: 8, Reads: read(func(s *ui.Sent) string { return s.At.In(v.host.Location()).Format("15:04:05") })},
		{ID: "action", Title: "API action", Width: 20, Max: 40, Reads: read(func(s *ui.Sent) string { return s.Action }),
			Look: func(**ui.Sent, time.Time) theme.Token { return theme.Title }},
		{ID: "end", Title: "End", Words: true, Width: 8, Max: 36, Reads: read(endWord), Look: endLook},
		{ID: "took", Title: "Took", Width: 7, Drop: 1, Right: true, Reads: read(tookWord),
			Order: func(a, b **ui.Sent, _ time.Time) int { return cmp.Compare((*b).Reply.Took, (*a).Reply.Took) }},
		{ID: "sent", Title: "Sent", Width: 14, Max: 80, Drop: 3, Look: muted[*ui.Sent], Reads: read(func(s *ui.Sent) string { return s.Shown })},
		{ID: "id", Title: "RequestId", Width: 12, Max: 36, Drop: 2, Look: muted[*ui.Sent], Reads: read((*ui.Sent).RequestID)},
	}
}

// endWord says how a request ended.
func endWord(s *ui.Sent) string {
	switch {
	case s.Ended.IsZero():
		return "waiting"
	case s.Err != nil:
		return s.State.String() + " " + s.Err.Code
	}
	return s.State.String()
}

func endLook(s **ui.Sent, _ time.Time) theme.Token {
	switch {
	case (*s).Ended.IsZero(), (*s).State == ops.StillUnknown:
		return theme.Warn
	case (*s).OK():
		return theme.Good
	}
	return theme.Danger
}

func tookWord(s *ui.Sent) string {
	if s.Ended.IsZero() || s.State == ops.NotSent {
		return ""
	}
	took := s.Reply.Took
	if took <= 0 {
		took = s.Ended.Sub(s.At)
	}
	return took.Round(time.Millisecond).String()
}
