package cli

import (
	"cmp"
	"slices"

	"classtop/class"
	"classtop/lang"
	"classtop/poll"
)

// chronicle turns what the poller brings into lines that say what changed, for
// a reader who cannot look at a screen: one fact a line, nothing twice.
type chronicle struct {
	lang    lang.Lang
	rooms   map[class.RoomID]class.Room
	open    map[trouble]class.Problem
	listed  bool
	silence string // code of the error while the list cannot be read
}

// trouble tells problems apart.
type trouble struct {
	room class.RoomID
	rule string
	user class.Text
}

func newChronicle(l lang.Lang) *chronicle {
	return &chronicle{lang: l, rooms: map[class.RoomID]class.Room{}, open: map[trouble]class.Problem{}}
}

// urgency is a severity in a word, the most urgent first to hear.
func (c *chronicle) urgency(severity int) string {
	switch {
	case severity >= 3:
		return c.lang.Say("NOW")
	case severity == 2:
		return c.lang.Say("SOON")
	}
	return c.lang.Say("NOTE")
}

// apply takes an update and returns the lines it is worth.
func (c *chronicle) apply(u poll.Update) []string {
	switch data := u.Data.(type) {
	case []class.Room:
		if u.More {
			return nil // the rest of the list is not news
		}
		return append(c.again(), c.list(data)...)
	case class.Card:
		return c.card(&data)
	}
	if u.Topic.Kind == poll.Rooms && u.Err != nil && c.silence != u.Err.Code {
		c.silence = u.Err.Code
		return []string{c.lang.Say("TROUBLE: the list of classes cannot be read: %s", c.lang.Tell(u.Err.Error()))}
	}
	return nil
}

// again says that a trouble with the list is over.
func (c *chronicle) again() []string {
	if c.silence == "" {
		return nil
	}
	c.silence = ""
	return []string{c.lang.Say("OVER: the list of classes can be read again")}
}

func (c *chronicle) list(rooms []class.Room) (lines []string) {
	here := make(map[class.RoomID]bool, len(rooms))
	for _, r := range rooms {
		here[r.ID] = true
		was, known := c.rooms[r.ID]
		c.rooms[r.ID] = r
		switch {
		case !c.listed:
		case !known:
			lines = append(lines, c.lang.Say("new class: %s, %s", c.name(r.ID), c.lang.Say(r.Status.String())))
		case was.Status != r.Status:
			lines = append(lines, c.lang.Say("%s is %s now", c.name(r.ID), c.lang.Say(r.Status.String())))
		}
	}
	if !c.listed {
		c.listed = true
		return append(lines, c.totals())
	}
	for id := range c.rooms {
		if !here[id] {
			lines = append(lines, c.lang.Say("no longer listed: %s", c.name(id)))
			delete(c.rooms, id)
		}
	}
	slices.Sort(lines)
	return lines
}

// totals is the school in a line.
func (c *chronicle) totals() string {
	if !c.listed {
		return c.lang.Say("the classes are being read")
	}
	live := 0
	for _, r := range c.rooms {
		if r.Status == class.RoomLive {
			live++
		}
	}
	return c.lang.Say("%d classes, %d of them live, %d problems open", len(c.rooms), live, len(c.open))
}

// card tells problems that came and those that went.
func (c *chronicle) card(card *class.Card) (lines []string) {
	if !c.listed { // of a large school the first classes come before the whole list
		c.rooms[card.Room.ID] = card.Room
	}
	now := map[trouble]bool{}
	for _, p := range card.Problems {
		key := trouble{card.Room.ID, p.Rule, p.User}
		now[key] = true
		if _, known := c.open[key]; !known {
			lines = append(lines, c.problem(&p, card.Room.ID))
		}
		c.open[key] = p
	}
	var over []string
	for key := range c.open {
		if key.room == card.Room.ID && !now[key] {
			over = append(over, c.lang.Say("OVER: %s: %s", c.name(key.room), c.lang.Tell(key.rule)))
			delete(c.open, key)
		}
	}
	slices.Sort(over)
	return append(lines, over...)
}

func (c *chronicle) problem(p *class.Problem, room class.RoomID) string {
	return c.lang.Say("%s: %s: %s", c.urgency(p.Severity), c.name(room), c.lang.Tell(p.Sentence))
}

// attention lists what is open, the worst first, then the oldest.
func (c *chronicle) attention() []string {
	type one struct {
		trouble
		class.Problem
	}
	var all []one
	for key, p := range c.open {
		all = append(all, one{key, p})
	}
	slices.SortFunc(all, func(a, b one) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), a.Since.Compare(b.Since), cmp.Compare(a.room, b.room), cmp.Compare(a.rule, b.rule))
	})
	lines := make([]string, 0, len(all)+1)
	for i := range all {
		lines = append(lines, c.problem(&all[i].Problem, all[i].room))
	}
	return append(lines, c.totals())
}

// name is a class with its number, which the commands take.
func (c *chronicle) name(id class.RoomID) string {
	if r, ok := c.rooms[id]; ok && !r.Name.IsZero() {
		return r.Name.String() + " " + id.String()
	}
	return id.String()
}
