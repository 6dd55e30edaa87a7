package views

import (
	"slices"
	"time"

	"classtop/class"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// pane is the preview next to the list of classes: the class under the cursor
// and who is in it, without going in.
type pane struct {
	room    class.RoomID
	members []class.Member
	first   []*class.Member // of them, once they were asked for: no frame sorts them all
	feed    ui.Feed
}

func (p *pane) apply(u poll.Update) bool {
	if p.room != u.Topic.Room {
		p.members, p.first, p.feed = nil, nil, ui.Feed{}
		p.room = u.Topic.Room
	}
	if members, ok := u.Data.([]class.Member); p.feed.Note(u) && ok {
		p.members, p.first = members, nil
	}
	return true
}

// paneNames is the width of the names of facts in it.
const paneNames = 9

// render fills h lines of w cells.
func (p *pane) render(host ui.Host, row *roomRow, w, h int) []string {
	th, now := host.Theme(), host.Now()
	var lines []string
	add := func(s string) { lines = append(lines, th.Fit(" "+s, w)) }
	if row == nil {
		return ui.Message(th, w, h, theme.Muted, "nothing selected")
	}
	add(th.Paint(theme.Title, row.card.Room.Name.String()))
	for _, f := range cardFacts(host, row.card)[1:] {
		name, value := th.Word("fact", f.Name), []string{f.In(th)}
		if f.Long {
			value = theme.Wrap(value[0], max(1, w-1-paneNames))
		}
		for _, l := range value {
			add(th.Paint(theme.Muted, th.Fit(name, paneNames)) + th.Paint(f.Look, l))
			name = ""
		}
	}
	add("")
	if p.room != row.card.Room.ID {
		add(th.Paint(theme.Muted, th.Say("reading the members")))
	} else if p.feed.Err != nil && p.feed.Err.ClassOver() {
		add(th.Paint(theme.Muted, th.Say("The class is over")))
	} else {
		add(th.Paint(theme.Head, th.Sides(th.Say("Members"), p.feed.Age(now)+" ", w-1)))
		for _, m := range p.here(h - len(lines)) {
			add(p.line(th, m, w-1, now))
		}
	}
	for len(lines) < h {
		lines = append(lines, theme.Spaces(w))
	}
	return lines[:h]
}

// here are the first n members in the order of the members tab.
func (p *pane) here(n int) []*class.Member {
	n = max(0, min(n, len(p.members)))
	if len(p.first) < n {
		p.first = firstMembers(p.members, n)
	}
	return p.first[:n]
}

// firstMembers are the first n in their order.
func firstMembers(all []class.Member, n int) []*class.Member {
	out := make([]*class.Member, 0, n+1)
	for i := range all {
		m := &all[i]
		if len(out) == n && memberOrder(out[n-1], m) <= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, m, memberOrder)
		out = slices.Insert(out, at, m)
		out = out[:min(n, len(out))]
	}
	return out
}

func (p *pane) line(th *theme.Theme, m *class.Member, w int, now time.Time) string {
	right := ""
	if m.Mic {
		right += th.Say("mic") + " "
	}
	if m.Camera {
		right += th.Say("cam") + " "
	}
	if m.HandUps > 0 {
		right += th.Say("hand %d", m.HandUps) + " "
	}
	left := th.Paint(presenceLook(m, now), th.Fit(th.Tell(m.State.String()), 12)) + " " + m.Name.String()
	if m.Role != class.RoleStudent {
		left += th.Paint(theme.Accent, " "+th.Tell(m.Role.String()))
	}
	return th.Sides(left, " "+th.Paint(theme.Muted, right), w)
}
