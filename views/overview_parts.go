package views

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"classtop/class"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// problems are what the poller's rules found, and what can be seen at once
// without waiting for them.
func (v *overview) problems() []class.Problem {
	c, now := v.card(), v.host.Now()
	r, out := &c.Room, slices.Clone(c.Problems)
	add := func(is bool, rule string, severity int, since time.Time, sentence string) {
		known := slices.ContainsFunc(out, func(p class.Problem) bool { return p.Rule == rule })
		if is && !known {
			out = append(out, class.Problem{Rule: rule, Severity: severity, Since: since, Sentence: sentence})
		}
	}
	read := r.Status == class.RoomLive && !c.MembersAt.IsZero()
	add(r.Late(now) > 0, "not started", 3, r.Start.Time(), "the class has not begun although its time has come")
	add(ui.NoTeacher(c), "no teacher", 3, time.Time{}, "no teacher is in the class")
	add(r.Overrun(now) > 0, "overrun", 1, r.End.Time(), "the class goes on past its end")
	add(read && c.Counts.Online > 1 && c.Counts.Cameras == 0, "cameras off", 1, time.Time{}, "all cameras are off")
	if c.Err != nil && !c.Err.ClassOver() {
		out = append(out, class.Problem{Rule: "unread", Severity: 2, Sentence: "the members cannot be read: " + c.Err.Code})
	}
	slices.SortStableFunc(out, func(a, b class.Problem) int { return cmp.Compare(b.Severity, a.Severity) })
	return out
}

// severities are said in words, because colour alone says nothing to some.
var severities = [...]string{"note", "note", "soon", "NOW"}

func severityWord(n int) string { return severities[min(max(n, 0), len(severities)-1)] }

func severityLook(n int) theme.Token {
	return [...]theme.Token{theme.Info, theme.Info, theme.Warn, theme.Danger}[min(max(n, 0), len(severities)-1)]
}

func (v *overview) problemPart(w int) section {
	th, s := v.host.Theme(), section{labels: []string{"Problems"}, need: 0, least: 2}
	list := v.problems()
	for i := range list {
		look := urgencyLook(&list[i])
		s.lines = append(s.lines, th.Paint(look, th.Fit(th.Tell(urgency(&list[i])), 4)+" "+th.Fit(problemWords(v.host, &list[i]), within(w)-5)))
	}
	if len(list) == 0 {
		s.lines = []string{th.Paint(theme.Good, th.Say("none that can be seen"))}
	}
	return s
}

// leader is the teacher or an assistant of a class.
type leader struct {
	part, name, words string
	here              bool
	look              theme.Token
}

// leaders are those whom the class names, and whoever else came as one:
// teachers, then assistants, of each first those who are missing.
func (v *overview) leaders() []leader {
	var out []leader
	done := map[class.Text]bool{}
	add := func(part string, id class.Text) {
		if !id.IsZero() && !done[id] {
			done[id] = true
			out = append(out, v.leader(part, id))
		}
	}
	add("teacher", v.card().Teacher)
	add("teacher", v.detail.Teacher)
	v.came(class.RoleTeacher, func(id class.Text) { add("teacher", id) })
	for _, id := range v.detail.Assistants {
		add("assistant", id)
	}
	v.came(class.RoleAssistant, func(id class.Text) { add("assistant", id) })
	slices.SortStableFunc(out, func(a, b leader) int {
		return cmp.Or(cmp.Compare(b.part, a.part), cmp.Compare(either(a.here, 1, 0), either(b.here, 1, 0)))
	})
	return out
}

func (v *overview) came(role class.Role, each func(class.Text)) {
	for i := range v.members {
		if v.members[i].Role == role {
			each(v.members[i].ID)
		}
	}
}

func (v *overview) leader(part string, id class.Text) leader {
	l := leader{part: part, name: id.String(), words: "not known yet", look: theme.Muted}
	if name := v.names.of(id); name != id {
		l.name = name.String() + " (" + id.String() + ")"
	}
	if v.seen.At.IsZero() {
		return l
	}
	m, ok := v.people.find(id)
	if ok && !m.Name.IsZero() && m.Name != m.ID {
		l.name = m.Name.String() + " (" + id.String() + ")"
	}
	l.here = ok && m.State.Here()
	if v.card().Room.Status >= class.RoomEnded {
		l.words = either(l.here, "was here at the end", "was not here at the end")
		return l
	}
	if l.here {
		l.words, l.look = "here, mic "+either(m.Mic, "on", "off")+", camera "+either(m.Camera, "on", "off"), presenceLook(m, time.Time{})
		if m.State == class.Reconnecting {
			l.words = "reconnecting"
		}
		return l
	}
	l.words = "NOT HERE"
	switch {
	case !ok:
		l.words += ", not in the list of members"
	case m.State.Kicked():
		l.words += ", " + m.State.String()
	case m.LastQuit != 0:
		l.words += ", left at " + ui.Clock(m.LastQuit, v.host.Location())
	}
	if v.card().Room.Status == class.RoomLive {
		l.look = either(part == "teacher", theme.Danger, theme.Warn)
	}
	return l
}

func (v *overview) leaderPart(w int) section {
	th, s := v.host.Theme(), section{need: 1, least: 2}
	last := ""
	for _, l := range v.leaders() {
		label := ""
		if l.part != last {
			label = map[string]string{"teacher": "Teacher", "assistant": "Assistants"}[l.part]
		}
		last = l.part
		s.labels = append(s.labels, label)
		words := th.Tell(l.words)
		state := th.Paint(l.look, words)
		name := th.Fit(l.name, max(8, min(theme.Width(l.name), within(w)-theme.Width(words)-2)))
		s.lines = append(s.lines, th.Paint(theme.Title, name)+"  "+state)
	}
	if last != "assistant" && !v.told.At.IsZero() {
		s.labels = append(s.labels, "Assistants")
		s.lines = append(s.lines, th.Paint(theme.Muted, th.Say("none")))
	}
	if len(s.lines) == 0 {
		s.labels, s.lines = []string{"Teacher"}, []string{th.Paint(theme.Muted, th.Say("not known yet"))}
	}
	return s
}

func (v *overview) countPart(w int) section {
	th, c := v.host.Theme(), v.card()
	s := section{labels: []string{"Now"}, need: 2, least: 1}
	n := c.Counts
	if c.Room.Status >= class.RoomEnded {
		s.labels[0] = "Last seen"
	}
	if !v.seen.At.IsZero() {
		n = class.Count(v.members)
	} else if c.MembersAt.IsZero() {
		s.lines = []string{th.Paint(theme.Muted, th.Tell(either(c.Room.Status == class.RoomLive, "reading the members", "the class is not live")))}
		return s
	}
	items := []string{th.Say("%d of %d online", n.Online, n.Expected), th.Say("%d mics", n.Mics),
		th.Say("%d cameras", n.Cameras), th.Say("%d hand-ups", n.Hands)}
	if n.Kicked > 0 {
		items = append(items, th.Say("%d kicked", n.Kicked))
	}
	s.lines = pack(items, " "+th.Glyphs.Dot+" ", within(w))
	return s
}

// trendPart draws how the class went since it is watched; every chart begins
// at zero and says its highest value. Each is so many rows tall.
func (v *overview) trendPart(w, rows int) section {
	th, s := v.host.Theme(), section{labels: []string{"Trend"}, need: 3, least: 3}
	samples := v.host.Trend(v.arg.Room)
	if len(samples) == 0 {
		s.lines = []string{th.Paint(theme.Muted, th.Say("no readings yet"))}
		return s
	}
	s.labels = append(s.labels, th.Say("since"), samples[0].At.In(v.host.Location()).Format("15:04:05"))
	for _, line := range []struct {
		name string
		of   func(*poll.Sample) int
	}{
		{"online", func(s *poll.Sample) int { return s.Online }},
		{"mics", func(s *poll.Sample) int { return s.Mics }},
		{"hand-ups", func(s *poll.Sample) int { return s.Hands }},
	} {
		values := make([]int, len(samples))
		for i := range samples {
			values[i] = line.of(&samples[i])
		}
		top := slices.Max(values)
		scale := fmt.Sprintf("0%s%d", th.Glyphs.Dash, top)
		wide := min(len(values), within(w)-trendLabel-1-theme.Width(scale))
		head := th.Fit(th.Tell(line.name), 8) + " " + th.Paint(theme.Title, th.FitRight(fmt.Sprint(values[len(values)-1]), 5)) + " "
		for i, row := range tallSpark(th, values, top, wide, rows) {
			mark := ""
			switch {
			case rows == 1:
				mark = scale
			case i == 0:
				mark = fmt.Sprint(top)
			case i == rows-1:
				mark = "0"
			}
			s.lines = append(s.lines, head+th.Paint(theme.Accent, row)+" "+th.Paint(theme.Muted, mark))
			head = theme.Spaces(trendLabel)
		}
	}
	if rows > 1 {
		s.lines = append(s.lines, theme.Spaces(trendLabel)+th.Paint(theme.Muted, v.timeAxis(samples, within(w)-trendLabel)))
	}
	s.least = len(s.lines)
	return s
}

// trendLabel is the room for what stands before a chart.
const trendLabel = 8 + 1 + 5 + 1

// timeAxis says when the charts begin and end.
func (v *overview) timeAxis(samples []poll.Sample, w int) string {
	at := func(s *poll.Sample) string { return s.At.In(v.host.Location()).Format("15:04") }
	from, to := at(&samples[0]), at(&samples[len(samples)-1])
	gap := min(len(samples), w) - len(from) - len(to)
	if gap < 1 {
		return from
	}
	return from + theme.Spaces(gap) + to
}

// trendRows is how tall the charts may be, so that the rest of the column has
// its lines too.
func trendRows(h, rest int) int { return min(max(1, (h-rest)/3), 8) }

// latest is how many events the overview shows where they have to share a
// column.
const latest = 5

func (v *overview) eventPart(w, most int) section {
	th, s := v.host.Theme(), section{labels: []string{"Events"}, need: 4, least: 1}
	list := slices.Clone(v.events)
	slices.Reverse(list) // of the same second the last in the list is the newest
	slices.SortStableFunc(list, func(a, b class.Event) int { return cmp.Compare(b.At, a.At) })
	for _, e := range list[:min(most, len(list))] {
		who := v.people.name(e.User)
		text := th.Tell(eventText(&event{Event: e}))
		line := th.Paint(theme.Muted, th.Fit(clock(e.At, v.host.Location()), 8)) + " "
		if who != "" {
			line += th.Paint(theme.Title, th.Fit(who, min(theme.Width(who), max(6, within(w)-10-theme.Width(text))))) + " "
		}
		s.lines = append(s.lines, line+th.Paint(eventLook(&event{Event: e}, time.Time{}), text))
	}
	if len(list) == 0 {
		s.lines = []string{v.silence(&v.log, "nothing has happened yet")}
	}
	return s
}

// silence says why there is nothing to show of a feed.
func (v *overview) silence(f *ui.Feed, none string) string {
	th := v.host.Theme()
	switch {
	case f.Err != nil && f.At.IsZero():
		return th.Paint(theme.Danger, th.Say("cannot be read: %s", th.Tell(f.Err.Error())))
	case f.At.IsZero():
		return th.Paint(theme.Muted, th.Say("reading"))
	}
	return th.Paint(theme.Muted, th.Tell(none))
}

func (v *overview) settingPart(w int, named bool) section {
	th, s := v.host.Theme(), section{labels: []string{"Settings"}, need: 5, least: 1}
	if v.told.At.IsZero() {
		s.lines = []string{v.silence(&v.told, "")}
		return s
	}
	var items []string
	for _, set := range settings(&v.detail) {
		if named {
			name := th.Word("fact", set.name)
			for _, l := range theme.Wrap(th.Tell(set.words), max(1, within(w)-12)) {
				s.lines = append(s.lines, th.Paint(theme.Muted, th.Fit(name, 12))+l)
				name = ""
			}
		}
		items = append(items, th.Tell(set.words))
	}
	if !named {
		s.lines = pack(items, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "), within(w))
	}
	return s
}
