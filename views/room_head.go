package views

import (
	"slices"
	"strings"

	"classtop/class"
	"classtop/ui/theme"
)

// headPart is a piece of the line that stays on top of a class. Where the
// line is too long, the pieces of the highest rank go, whole: half a number
// says something else.
type headPart struct {
	text string
	rank int
}

// factLine is the class in one line.
func (v *room) factLine(w int) string {
	th, c, now := v.host.Theme(), v.card(), v.host.Now()
	row := &roomRow{card: c}
	look := stateLook(row, now)
	parts := []headPart{
		{th.Paint(look, strings.ToUpper(th.Tell(stateWord(row, now)))), 0},
		{span(v.host, &c.Room), 4},
		{th.Paint(look, strings.Trim(th.Tell(leftWords(&c.Room, now)), "()（）")), 1},
		{th.Paint(theme.Muted, th.Word("fact", "teacher")+" ") + th.Paint(teacherLook(row, now), teacherShort(th, c)), 0},
		v.assistantPart(&c),
	}
	if !c.MembersAt.IsZero() && c.Room.Status < class.RoomEnded {
		n := c.Counts
		parts = append(parts, headPart{th.Say("%d/%d online", n.Online, n.Expected), 2},
			headPart{th.Say("%d mics", n.Mics), 5}, headPart{th.Say("%d cameras", n.Cameras), 6}, headPart{th.Say("%d hands", n.Hands), 7})
	}
	return th.Fit(" "+fitParts(parts, th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "), w-1), w)
}

// fitParts joins the pieces, without those that there is no room for.
func fitParts(parts []headPart, sep string, w int) string {
	parts = slices.DeleteFunc(parts, func(p headPart) bool { return p.text == "" })
	for rank := 9; ; rank-- {
		var texts []string
		for _, p := range parts {
			if p.rank <= rank {
				texts = append(texts, p.text)
			}
		}
		if line := strings.Join(texts, sep); theme.Width(line) <= w || rank == 0 {
			return line
		}
	}
}

// assistantPart says how many of the assistants are in the class: of those
// that the class names, or that are in its list.
func (v *room) assistantPart(c *class.Card) headPart {
	th, n := v.host.Theme(), c.Counts
	all := max(n.AllAssistants, len(v.detail.Assistants))
	if all == 0 || c.MembersAt.IsZero() || c.Room.Status >= class.RoomEnded {
		return headPart{}
	}
	look, rank := theme.Plain, 4
	if n.Assistants < all && c.Room.Status == class.RoomLive {
		look, rank = theme.Warn, 3
	}
	return headPart{th.Paint(theme.Muted, th.Word("fact", "assistants")+" ") + th.Paint(look, th.Say("%d/%d here", n.Assistants, all)), rank}
}
