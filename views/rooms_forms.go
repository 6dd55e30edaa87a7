package views

import (
	"fmt"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ui"
)

// Offers are the forms that make, change and delete classes.
func (v *rooms) Offers() []ui.Offer {
	out := []ui.Offer{
		{Title: "Create a class", Hint: "CreateRoom", Open: func() { v.host.Request(ui.Request{Action: "CreateRoom"}) }},
		{Title: "Create several classes", Hint: "BatchCreateRoom", Open: func() { v.host.Request(ui.Request{Action: "BatchCreateRoom"}) }},
	}
	if r, ok := v.selected(); ok {
		forms := roomForms(v.host, r.card)
		if v.table.Marks() > 1 {
			for i := range forms {
				forms[i].Why = "this goes for one class at a time; esc drops the marks"
			}
		}
		out = append(out, forms...)
	}
	return out
}

// roomForms are the forms that change a class, filled in with what it is.
func roomForms(h ui.Host, c class.Card) []ui.Offer {
	id := clean.Text(c.Room.ID.String())
	open := func(action string, start map[string]class.Text) func() {
		return func() { h.Request(ui.Request{Action: action, Start: start, Target: callTarget(c)}) }
	}
	change := ui.Offer{Title: "Change the class", Hint: "ModifyRoom", Open: open("ModifyRoom", map[string]class.Text{
		"RoomId": id, "Name": c.Room.Name, "TeacherId": c.Teacher, "StartTime": seconds(c.Room.Start), "EndTime": seconds(c.Room.End),
	})}
	remove := ui.Offer{Title: "Delete the class", Hint: "DeleteRoom", Open: open("DeleteRoom", map[string]class.Text{"RoomId": id})}
	switch c.Room.Status {
	case class.RoomLive:
		remove.Why = "it is live: end it, do not delete it"
	case class.RoomEnded, class.RoomExpired:
		change.Why = "it is over"
	}
	return []ui.Offer{change, remove}
}

func seconds(u class.Unix) class.Text {
	if u == 0 {
		return class.Text{}
	}
	return clean.Text(fmt.Sprint(int64(u)))
}
