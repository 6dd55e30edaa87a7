package views

import (
	"classtop/class"
	"classtop/poll"
	"classtop/ui"
)

// about is what a screen inside a class knows of the class itself. Tabs embed
// it and hand it each update.
type about struct {
	host   ui.Host
	arg    ui.Arg
	detail class.RoomDetail
	told   ui.Feed // of the detail
}

// hear takes an update about the class; it tells whether it was one.
func (a *about) hear(u poll.Update) bool {
	if u.Topic.Room != a.arg.Room {
		return false
	}
	switch u.Topic.Kind {
	case poll.Card:
		return true
	case poll.Detail:
		if d, ok := u.Data.(class.RoomDetail); a.told.Note(u) && ok {
			a.detail = d
		}
		return true
	}
	return false
}

// card is what is known of the class, from whichever answer has come: a class
// that was opened by its id need not be in the list.
func (a *about) card() class.Card {
	c, ok := a.host.Card(a.arg.Room)
	if !ok {
		c.Room, c.Teacher = a.detail.Room, a.detail.Teacher
		c.Room.ID = a.arg.Room
		if c.Room.Name.IsZero() {
			c.Room.Name = a.arg.Name
		}
	}
	return c
}
