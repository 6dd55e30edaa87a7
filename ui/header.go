package ui

import (
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/ui/theme"
)

// header is two lines: whose classes, connection, budget and clock; then the
// totals, or what is wrong.
func (a *App) header() []string {
	st := a.deps.Status()
	if a.school.fresh {
		a.school.fresh, a.sum = false, a.school.totals(a.now())
	}
	return []string{a.headLine(st), a.totalsLine(st)}
}

// headLine leaves out what matters least until the rest fits: the gauge, then
// that it is a simulation, then the program's name.
func (a *App) headLine(st Status) string {
	th := &a.theme
	clock := a.now().In(a.deps.Location)
	right := a.connection(st) + " " + a.gauge(st) + " " + clock.Format(a.clockForm()) + " "
	left := a.leftHead(true, true)
	if a.deps.Player != nil {
		right = a.reelHead(a.width - theme.Width(left))
	}
	fits := func() bool { return theme.Width(left)+theme.Width(right) <= a.width }
	if !fits() && a.deps.Player == nil {
		right = a.connection(st) + " " + clock.Format("15:04") + " "
	}
	if !fits() {
		left = a.leftHead(true, false)
	}
	if !fits() {
		left = a.leftHead(false, false)
	}
	gap := a.width - theme.Width(left) - theme.Width(right)
	return th.Fit(left+th.Paint(theme.Bar, theme.Spaces(gap)+right), a.width)
}

// clockForm leaves the seconds out where motion disturbs or the link is slow.
func (a *App) clockForm() string {
	if a.deps.Calm || a.deps.LowBandwidth {
		return "15:04"
	}
	return "15:04:05"
}

func (a *App) leftHead(name, demo bool) string {
	th, left := &a.theme, ""
	if name {
		left = th.Paint(theme.Bar, " classtop ")
	}
	left += th.Paint(theme.Bar, " "+a.deps.Profile.Name+" ")
	if a.deps.Demo && demo {
		left += th.Paint(theme.Bar, " "+th.Say("simulated")+" ")
	}
	if a.deps.Profile.Protected {
		left += th.Paint(theme.BarAlert, " "+th.Say("PROTECTED")+" ")
	}
	if a.deps.Player != nil {
		return left + th.Paint(theme.BarAlert, " "+th.Say("REPLAY")+" ")
	}
	if a.deps.Profile.ReadOnly {
		left += th.Paint(theme.BarAlert, " "+th.Say("READ-ONLY")+" ")
	}
	return left
}

// connection is the state of polling in a word.
func (a *App) connection(st Status) string {
	th, g := &a.theme, a.theme.Glyphs
	switch {
	case st.Stopped:
		return g.Down + " " + th.Say("STOPPED")
	case st.Problem != nil:
		return g.Down + " " + th.Say("no data %s", Ago(a.now().Sub(st.Since)))
	case st.Waiting:
		return g.Down + " " + th.Say("connecting")
	}
	live := g.Live + " " + th.Word("connection", "live")
	if st.Part != "" {
		return live + ", " + th.Say("without %s", th.Tell(st.Part))
	}
	return live
}

const gaugeCells = 8

// gauge is the use of the busiest action's share of the budget.
func (a *App) gauge(st Status) string {
	if st.Limit <= 0 {
		return ""
	}
	g := a.theme.Glyphs
	full := min(gaugeCells, (st.Used*gaugeCells+st.Limit-1)/st.Limit)
	bar := strings.Repeat(g.Full, full) + strings.Repeat(g.Nil, gaugeCells-full)
	text := a.theme.Say("%s %d/%d per s", bar, st.Used, st.Limit)
	if a.share > 0 {
		text += " " + a.theme.Say("at %.0f%%", 100*a.share)
	}
	if st.Slowed {
		text += " " + a.theme.Say("SLOWED")
	}
	return text
}

// troubleWords is an error in a line.
func troubleWords(th *theme.Theme, e *class.Error) string {
	return th.Tell(e.Action + ": " + plainWords(e))
}

// codeWords is an error where its action is named elsewhere.
func codeWords(th *theme.Theme, e *class.Error) string { return th.Tell(plainWords(e)) }

func plainWords(e *class.Error) string {
	if e.Meaning == "" {
		return e.Code
	}
	return e.Code + ": " + e.Meaning
}

// partWords is the trouble of the part that the first line names.
func partWords(th *theme.Theme, st Status) string {
	if st.Partly.Action == st.Part {
		return codeWords(th, st.Partly)
	}
	return troubleWords(th, st.Partly)
}

// totalsLine counts the school; trouble comes first because the totals are
// old then.
func (a *App) totalsLine(st Status) string {
	th, t := &a.theme, a.sum
	if st.Problem != nil {
		e := st.Problem
		text := troubleWords(th, e)
		if e.Hint != "" && st.Stopped {
			text += " " + th.Tell(e.Hint)
		}
		return th.Paint(theme.Danger, th.Fit(" "+text, a.width))
	}
	classes := th.Say("%d classes", t.classes)
	if a.school.rooms.More {
		classes = th.Say("%d classes so far", t.classes)
	}
	calm := []string{
		th.Paint(theme.Plain, classes),
		th.Paint(theme.Good, th.Say("%d live", t.live)),
		th.Paint(theme.Plain, th.Say("%d online", t.online)),
	}
	if st.Waiting && t.classes == 0 { // that it is not known is not that there are none
		calm = []string{th.Paint(theme.Muted, th.Say("no data yet"))}
	}
	var alerts []string
	alert := func(n int, words string) {
		if n > 0 {
			alerts = append(alerts, th.Paint(theme.Warn, th.Say(words, n)))
		}
	}
	switch t.attention {
	case 0:
	case 1:
		alert(1, "%d needs attention")
	default:
		alert(t.attention, "%d need attention")
	}
	alert(t.late, "%d late")
	alert(t.overrun, "%d overrun")
	alert(t.noTeacher, "%d no teacher")
	right := a.secondMark() + a.crewMark()
	if off := st.Offset; off.Abs() >= time.Second {
		right = th.Paint(theme.Warn, th.Say("clock off by %s", off.Truncate(time.Second))+" ") + right
	}
	if st.Foreign >= 0.5 {
		right = th.Paint(theme.Warn, th.Say("someone else uses about %.0f/s", st.Foreign)+" ") + right
	}
	right += a.recording()
	if st.Partly != nil && a.width >= 120 { // narrower, the figures matter more: the first line names it
		right = th.Paint(theme.Danger, th.Fit(partWords(th, st), a.width/3)+" ") + right
	}
	return th.Sides(whole(calm, alerts, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "), a.width-theme.Width(right)-1), right, a.width)
}

// whole joins as many figures as fit into w cells: half of one says nothing.
// Those that call for a person stay longest, the first of them to the last;
// of the others the number of live classes does.
func whole(calm, alerts []string, between string, w int) string {
	for {
		line := " " + strings.Join(slices.Concat(calm, alerts), between)
		switch n := len(calm) + len(alerts); {
		case n == 1 || theme.Width(line) <= w:
			return line
		case len(calm) == 3:
			calm = calm[1:]
		case len(calm) > 0 && (n == len(calm) || len(alerts) > 0):
			calm = calm[:len(calm)-1]
		default:
			alerts = alerts[:len(alerts)-1]
		}
	}
}
