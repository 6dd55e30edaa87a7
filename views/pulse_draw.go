package views

import (
	"fmt"
	"slices"
	"strings"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

func (v *pulse) Render(w, h int) []string {
	th, now := v.host.Theme(), v.host.Now()
	if !v.online.seeded {
		v.online.seed(v.host, now)
	}
	v.online.advance(now)
	f := v.sum()
	lines := []string{v.label("Classes", v.stateWords(&f), w), v.label("People", v.peopleWords(&f), w), v.label("Attention", v.urgentWords(&f), w), ""}
	lines = append(lines, v.charts(w, h >= 30)...)
	lines = append(lines, "")
	lines = append(lines, v.deviceLines(&f, w, h >= 30)...)
	lines = append(lines, "", th.Paint(theme.Head, th.Fit(" "+th.Say("Lately"), w)))
	for _, c := range v.lately(now) {
		if len(lines) >= h {
			break
		}
		lines = append(lines, v.changeLine(&c, w))
	}
	for i := range lines {
		lines[i] = th.Fit(lines[i], w)
	}
	for len(lines) < h {
		lines = append(lines, theme.Spaces(w))
	}
	return lines[:h]
}

const pulseLabel = 11

func (v *pulse) label(name, text string, w int) string {
	th := v.host.Theme()
	return th.Fit(" "+th.Paint(theme.Muted, th.Fit(th.Tell(name), pulseLabel))+text, w)
}

func (v *pulse) stateWords(f *figures) string {
	var parts []string
	for _, s := range []class.RoomStatus{class.RoomLive, class.RoomUpcoming, class.RoomEnded, class.RoomExpired} {
		if n := f.states[s]; n > 0 || s == class.RoomLive {
			look := stateLook(&roomRow{card: class.Card{Room: class.Room{Status: s}}}, v.host.Now())
			parts = append(parts, v.host.Theme().Paint(look, fmt.Sprintf("%d %s", n, v.host.Theme().Tell(s.String()))))
		}
	}
	return strings.Join(parts, "  ")
}

func (v *pulse) peopleWords(f *figures) string {
	th := v.host.Theme()
	return th.Say("%s of %d  %d microphones  %d cameras", th.Paint(theme.Title, th.Say("%d online", f.online)), f.expected, f.mics, f.cameras)
}

func (v *pulse) urgentWords(f *figures) string {
	th := v.host.Theme()
	var parts []string
	for s := 3; s > 0; s-- {
		if f.urgent[s] > 0 {
			parts = append(parts, th.Paint(severityLook(s), fmt.Sprintf("%d %s", f.urgent[s], th.Tell(severityWord(s)))))
		}
	}
	if len(parts) == 0 {
		return th.Paint(theme.Good, th.Say("no class needs anybody"))
	}
	return strings.Join(parts, "  ")
}

// charts are people online over the time, and how many come and go a minute.
func (v *pulse) charts(w int, tall bool) []string {
	th, t := v.host.Theme(), &v.online
	chart := func(name string, values []int, unit string, tok theme.Token) string {
		now := 0
		if len(values) > 0 {
			now = values[len(values)-1]
		}
		text := " " + th.Say(unit, now)
		room := max(1, w-pulseLabel-2-14)
		top := 1
		if len(values) > 0 {
			top = slices.Max(values)
		}
		return v.label(name, th.Paint(tok, spark(th, values, top, min(room, max(12, len(values)))))+th.Paint(theme.Plain, text), w)
	}
	lines := []string{
		chart("Online", t.levels, "%d now", theme.Accent),
		chart("Come", t.minutely(func(f flow) int { return f.came }), "%d a minute", theme.Good),
		chart("Leave", t.minutely(func(f flow) int { return f.went }), "%d a minute", theme.Warn),
	}
	if tall {
		lines = append(lines, v.label("", th.Paint(theme.Muted, th.Say("online each 10 seconds, come and leave each minute, as far as the counts of the classes tell")), w))
	}
	return lines
}

// deviceLines are the shares of the devices: bars where there is room.
func (v *pulse) deviceLines(f *figures, w int, tall bool) []string {
	th, sum := v.host.Theme(), 0
	for _, n := range f.devices {
		sum += n
	}
	if sum == 0 {
		return []string{v.label("Devices", th.Paint(theme.Muted, th.Say("no member list was read yet")), w)}
	}
	var order []int
	for i, n := range f.devices {
		if n > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return f.devices[b] - f.devices[a] })
	var parts, bars []string
	for k, i := range order {
		part := (100*f.devices[i] + sum/2) / sum
		parts = append(parts, fmt.Sprintf("%s %d%%", th.Tell(class.Device(i).String()), part))
		bar := strings.Repeat(th.Glyphs.Full, max(1, part*max(10, w/3)/100))
		bars = append(bars, v.label(either(k == 0, "Devices", ""), th.Fit(th.Tell(class.Device(i).String()), 12)+th.Paint(theme.Accent, bar)+fmt.Sprintf(" %d%%", part), w))
	}
	if tall {
		return bars
	}
	return []string{v.label("Devices", strings.Join(parts, "  "), w)}
}

func (v *pulse) changeLine(c *change, w int) string {
	th := v.host.Theme()
	look := theme.Muted
	if c.look.Severity > 0 {
		look = urgencyLook(&c.look)
	}
	name := min(max(18, w/4), 44)
	return th.Fit(" "+th.Paint(theme.Muted, c.at.In(v.host.Location()).Format("15:04:05")+" "+th.FitRight(ui.Ago(v.host.Now().Sub(c.at)), 4)+" ")+
		th.Paint(theme.Title, th.Fit(c.card.Room.Name.String(), name))+" "+th.Paint(look, th.Tell(c.text)), w)
}
