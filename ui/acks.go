package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
	"classtop/poll"
)

// ackKey names what was acknowledged: a rule in a class, about one person
// where the rule names one.
type ackKey struct {
	room class.RoomID
	rule string
	user class.Text
}

func ackOf(p *class.Problem) ackKey { return ackKey{p.Room, p.Rule, p.User} }

// acks remembers what somebody at this screen has taken note of, and until
// when; the zero time is until it clears. Nothing of it is sent anywhere.
type acks map[ackKey]time.Time

// holds tells whether a problem is acknowledged now.
func (k acks) holds(p *class.Problem, now time.Time) bool {
	until, ok := k[ackOf(p)]
	return ok && (until.IsZero() || now.Before(until))
}

// mark returns the update with the acknowledged problems of its card marked
// and put behind the others; the score counts only what is not acknowledged.
func (k acks) mark(u poll.Update, now time.Time) poll.Update {
	c, ok := u.Data.(class.Card)
	if !ok || len(k) == 0 {
		return u
	}
	k.clear(c)
	if !slices.ContainsFunc(c.Problems, func(p class.Problem) bool { return k.holds(&p, now) || p.Acked }) {
		return u
	}
	var open, acked []class.Problem
	for _, p := range c.Problems {
		if p.Acked = k.holds(&p, now); p.Acked {
			acked = append(acked, p)
		} else {
			open = append(open, p)
		}
	}
	slices.SortStableFunc(open, func(a, b class.Problem) int { return b.Severity - a.Severity })
	c.Score = class.Score(open)
	c.Problems = append(open, acked...)
	u.Data = c
	return u
}

// clear forgets what was acknowledged of a class and is a problem no more.
func (k acks) clear(c class.Card) {
	for key := range k {
		if key.room == c.Room.ID && !slices.ContainsFunc(c.Problems, func(p class.Problem) bool { return ackOf(&p) == key }) {
			delete(k, key)
		}
	}
}

// Acknowledge takes note of problems for a time; 0 is until each clears, less
// than 0 takes them back. Every view is told.
func (a *App) Acknowledge(ps []class.Problem, d time.Duration) {
	for i := range ps {
		switch key := ackOf(&ps[i]); {
		case d < 0:
			a.acks[key] = a.now() // over at once, and so marked anew
		case d == 0:
			a.acks[key] = time.Time{}
		default:
			a.acks[key] = a.now().Add(d)
		}
		a.reshow(ps[i].Room)
	}
}

// lapse brings back what was acknowledged for a time that is over.
func (a *App) lapse(now time.Time) {
	for key, until := range a.acks {
		if !until.IsZero() && !now.Before(until) {
			a.reshow(key.room)
			delete(a.acks, key)
		}
	}
}

// reshow hands the last card of a class to every view again.
func (a *App) reshow(id class.RoomID) {
	u, ok := a.school.cards[id]
	if !ok {
		return
	}
	u = a.acks.mark(u, a.now())
	a.school.apply(u)
	for _, p := range a.route {
		p.view.Apply(u)
	}
	a.dirty = true
}

// Choices opens a menu.
func (a *App) Choices(title string, cs ...Pick) {
	m := &menu{title: title}
	for _, c := range cs {
		it := item{key: c.Key, label: c.Label, hint: c.Hint}
		it.run = func(a *App) tea.Cmd {
			c.Run()
			return a.take()
		}
		m.items = append(m.items, it)
	}
	a.show(m)
}

// AckMenu asks for how long problems are to be acknowledged.
func (a *App) AckMenu(what string, ps []class.Problem) {
	if len(ps) == 0 {
		a.say(Info, "there is nothing here to acknowledge")
		return
	}
	take := func(d time.Duration) func() { return func() { a.Acknowledge(ps, d) } }
	cs := []Pick{
		{Key: "a", Label: "until it clears", Hint: "stays listed, marked ack", Run: take(0)},
		{Key: "1", Label: "for 10 minutes", Run: take(10 * time.Minute)},
		{Key: "3", Label: "for 30 minutes", Run: take(30 * time.Minute)},
	}
	if slices.ContainsFunc(ps, func(p class.Problem) bool { return p.Acked }) {
		cs = append(cs, Pick{Key: "u", Label: "not any more", Hint: "it counts again", Run: take(-1)})
	}
	a.Choices("Acknowledge "+what, cs...)
}
