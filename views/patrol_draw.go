package views

import (
	"strings"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

// patrolCol is the least width of a column of members.
const patrolCol = 44

func (v *patrol) Render(w, h int) []string {
	th, now := v.host.Theme(), v.host.Now()
	v.step(now)
	c, ok := v.cards[v.room]
	if !ok {
		return ui.Message(th, w, h, theme.Info, "No class is live", "The walk begins as soon as one is.")
	}
	lines := []string{v.stateLine(w), th.Fit(" "+th.Paint(theme.Title, c.Room.Name.String())+th.Paint(theme.Muted, "  "+c.Room.ID.String()), w), v.countLine(&c, w)}
	for _, f := range problemFacts(v.host, &c) {
		lines = append(lines, th.Fit(" "+th.Paint(f.Look, th.Fit(th.Tell(f.Name), 5)+f.In(th)), w))
	}
	if len(c.Problems) == 0 {
		lines = append(lines, th.Fit(" "+th.Paint(theme.Good, th.Say("nothing is wrong that can be seen")), w))
	}
	if v.pane.room != v.room {
		lines = append(lines, th.Fit(" "+th.Paint(theme.Muted, th.Say("reading the members")), w))
	} else {
		lines = append(lines, th.Paint(theme.Head, th.Sides(" "+th.Say("Members"), v.pane.feed.Age(now)+" ", w)))
		lines = append(lines, v.members(w, h-len(lines))...)
	}
	for len(lines) < h {
		lines = append(lines, theme.Spaces(w))
	}
	return lines[:h]
}

// stateLine says whether the walk goes on, and when.
func (v *patrol) stateLine(w int) string {
	th := v.host.Theme()
	if v.paused {
		return th.Paint(theme.Warn, th.Fit(" "+th.Say("PAUSED  space or enter goes on, j k other classes"), w))
	}
	left := max(0, patrolStays-v.host.Now().Sub(v.since))
	full := int(patrolStays.Seconds())
	gone := full - int((left.Seconds() + 0.999))
	bar := strings.Repeat(th.Glyphs.Full, gone) + strings.Repeat(th.Glyphs.Nil, full-gone)
	return th.Paint(theme.Muted, th.Fit(" "+th.Say("%s next in %s, any key pauses", bar, ui.Ago(left)), w))
}

// countLine is the class in figures.
func (v *patrol) countLine(c *class.Card, w int) string {
	th, row, now := v.host.Theme(), &roomRow{card: *c}, v.host.Now()
	n := c.Counts
	parts := []string{
		th.Paint(stateLook(row, now), th.Tell(stateWord(row, now))), span(v.host, &c.Room) + " " + th.Tell(leftWords(&c.Room, now)),
		th.Paint(teacherLook(row, now), teacherShort(th, *c)), th.Say("%d/%d online", n.Online, n.Expected),
		th.Say("%d mics", n.Mics), th.Say("%d cameras", n.Cameras),
	}
	return th.Fit(" "+strings.Join(parts, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" ")), w)
}

// members fills h lines with as many columns as fit.
func (v *patrol) members(w, h int) []string {
	if h < 1 {
		return nil
	}
	th, now := v.host.Theme(), v.host.Now()
	cols := max(1, w/patrolCol)
	each := w / cols
	here := v.pane.here(cols * h)
	var lines []string
	for y := range h {
		line := ""
		for x := range cols {
			if i := x*h + y; i < len(here) {
				line += th.Fit(" "+v.pane.line(th, here[i], each-2, now), each)
			}
		}
		lines = append(lines, th.Fit(line, w))
	}
	return lines
}
