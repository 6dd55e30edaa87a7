package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"classtop/class"
)

// watchedClass is a class of the shift that had a problem, a note or an action.
type watchedClass struct {
	id   class.RoomID
	name string
	time string
	what []string
}

// classes lists the classes that something was the matter with or that somebody
// acted in, those with the longest story first.
func (s *shift) classes() []*watchedClass {
	var out []*watchedClass
	of := func(id class.RoomID, name string) *watchedClass {
		i := slices.IndexFunc(out, func(c *watchedClass) bool { return c.id == id })
		if i < 0 {
			i, out = len(out), append(out, &watchedClass{id: id, name: name})
		}
		return out[i]
	}
	for _, r := range s.Late {
		c := of(r.ID, r.Name.String())
		c.what = append(c.what, s.Why(r))
	}
	for _, d := range s.Deeds {
		if d.Intent.Room != 0 {
			c := of(d.Intent.Room, d.Intent.RoomName)
			c.what = append(c.what, s.lang.Tell(d.What())+" ("+s.lang.Tell(d.End())+")")
		}
	}
	for _, n := range s.Notes {
		c := of(n.Room, n.RoomName)
		text := n.Text
		if n.Rule != "" {
			text = s.lang.Tell(n.Rule) + ": " + text
		}
		c.what = append(c.what, text)
	}
	for _, c := range out {
		c.time = s.span(c.id)
	}
	slices.SortStableFunc(out, func(a, b *watchedClass) int { return cmp.Compare(len(b.what), len(a.what)) })
	return out
}

// span is when a class is planned; empty where the list no longer has it.
func (s *shift) span(id class.RoomID) string {
	i := slices.IndexFunc(s.Rooms, func(r class.Room) bool { return r.ID == id })
	if i < 0 {
		return ""
	}
	end := "?"
	if s.Rooms[i].End != 0 {
		end = s.Rooms[i].End.Time().In(s.zone).Format("15:04")
	}
	return s.When(s.Rooms[i].Start.Time()) + "–" + end
}

// watchedPart counts the classes by state and names those with a story.
func (s *shift) watchedPart() part {
	p := part{head: s.lang.Say("Watched"), text: s.lang.Say("%d classes:", len(s.Rooms)), heads: s.heads("Id", "Class", "Time", "What")}
	for _, c := range s.Counts {
		p.list = append(p.list, fmt.Sprintf("%d %s", c.N, s.lang.Tell(c.State)))
	}
	for _, c := range s.classes() {
		p.rows = append(p.rows, line{false, []string{c.id.String(), c.name, c.time, strings.Join(c.what, "; ")}})
	}
	return p
}
