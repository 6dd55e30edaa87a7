package views

import (
	"cmp"
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// schedule lists what begins and ends around now, by time.
type schedule struct {
	ui.Base
	host  ui.Host
	cards map[class.RoomID]class.Card
	stale bool // cards changed since the table was filled
	at    int64
	table *table.Table[turnKey, turnRow]
}

// The span that the schedule shows.
const (
	scheduleBack  = 15 * time.Minute
	scheduleAhead = time.Hour
)

// turnKey is the start or the end of a class.
type turnKey struct {
	room class.RoomID
	end  bool
}

// turnRow is a start or an end on screen.
type turnRow struct {
	card class.Card
	end  bool
	when time.Time
}

func newSchedule(h ui.Host, _ ui.Arg) ui.View {
	v := &schedule{host: h, cards: map[class.RoomID]class.Card{}}
	v.table = table.New(v.cols(), func(r *turnRow) turnKey { return turnKey{r.card.Room.ID, r.end} }, turnOrder)
	return v
}

func turnOrder(a, b *turnRow, _ time.Time) int {
	return cmp.Or(a.when.Compare(b.when), cmp.Compare(either(a.end, 0, 1), either(b.end, 0, 1)), cmp.Compare(a.card.Room.ID, b.card.Room.ID))
}

func (v *schedule) Title() string { return v.host.Theme().Say("Schedule") }

func (v *schedule) Context() keymap.Context { return keymap.Classes }

func (v *schedule) Grid() ui.Grid { return v.table }

func (v *schedule) Apply(u poll.Update) bool {
	switch data := u.Data.(type) {
	case class.Card:
		v.cards[data.Room.ID] = data
	case []class.Room:
		listed := make(map[class.RoomID]class.Card, len(data))
		for i := range data {
			c := v.cards[data[i].ID]
			c.Room = data[i]
			listed[data[i].ID] = c
		}
		v.cards = listed
	default:
		return false
	}
	v.stale = true
	return true
}

// fill makes the rows: starts and ends in the span, and those before it that
// are still awaited.
func (v *schedule) fill(now time.Time) {
	if !v.stale && now.Unix() == v.at {
		return
	}
	v.stale, v.at = false, now.Unix()
	from, to := now.Add(-scheduleBack), now.Add(scheduleAhead)
	var rows []turnRow
	for _, c := range v.cards {
		r := &c.Room
		start, end := r.Start.Time(), r.End.Time()
		if r.Start != 0 && (!start.Before(from) || r.Late(now) > 0) && start.Before(to) {
			rows = append(rows, turnRow{card: c, when: start})
		}
		if r.End != 0 && (!end.Before(from) || r.Overrun(now) > 0) && end.Before(to) {
			rows = append(rows, turnRow{card: c, end: true, when: end})
		}
	}
	v.table.Set(rows)
}

func (v *schedule) Key(a keymap.Action) bool {
	r, ok := v.selected()
	if !ok {
		return false
	}
	switch a {
	case keymap.In:
		v.host.Open("room", ui.Arg{Room: r.card.Room.ID, Name: r.card.Room.Name})
	case keymap.Ack:
		v.host.AckMenu(r.card.Room.Name.String(), r.card.Problems)
	default:
		return false
	}
	return true
}

func (v *schedule) selected() (*turnRow, bool) { return v.table.Selected(v.host.Now()) }

func (v *schedule) Target() (ops.Target, bool) {
	r, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	return roomTarget(r.card, r.card.MembersAt), true
}

func (v *schedule) ID() (what, id string) {
	r, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "room id", r.card.Room.ID.String()
}

func (v *schedule) Facts() []ui.Fact {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return cardFacts(v.host, r.card)
}

func (v *schedule) Raw() any {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return r.card
}

// Note counts what did not happen in time.
func (v *schedule) Note(w int) string {
	now, th := v.host.Now(), v.host.Theme()
	late, over, soon := 0, 0, 0
	for _, c := range v.cards {
		switch r := &c.Room; {
		case r.Late(now) > 0:
			late++
		case r.Overrun(now) > 0:
			over++
		case r.Status == class.RoomUpcoming && r.Start.Time().Sub(now) < scheduleAhead:
			soon++
		}
	}
	var parts []string
	add := func(n int, tok theme.Token, word string) {
		if n > 0 {
			parts = append(parts, th.Paint(tok, th.Say(word, n)))
		}
	}
	add(late, theme.Danger, "%d not begun")
	add(over, theme.Warn, "%d past the end")
	add(soon, theme.Info, "%d begin within the hour")
	if line := strings.Join(parts, "  "); theme.Width(line) <= w {
		return line
	}
	return ""
}

func (v *schedule) Render(w, h int) []string {
	now := v.host.Now()
	v.fill(now)
	lines := v.table.Render(v.host.Theme(), w, h, now)
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	th := v.host.Theme()
	if v.table.Len() > 0 {
		return append(lines[:1], ui.Message(th, w, h-1, theme.Warn, "Nothing matches the filter "+v.table.FilterText(), "esc clears the filter")...)
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, "No class begins or ends within the next hour")...)
}

func (v *schedule) cols() []table.Col[turnRow] {
	return []table.Col[turnRow]{
		{ID: "time", Title: "Time", Width: 5, Order: turnOrder,
			Reads: func(r *turnRow, _ time.Time) string { return r.when.In(v.host.Location()).Format("15:04") }},
		{ID: "in", Title: "When", Width: 10, Right: true, Ticks: true, Reads: v.when, Look: turnLook, Order: turnOrder},
		{ID: "what", Title: "What", Words: true, Width: 12, Reads: turnWord, Look: turnLook},
		{ID: "class", Title: "Class", Width: 18, Max: 60, Look: func(*turnRow, time.Time) theme.Token { return theme.Title },
			Reads: func(r *turnRow, _ time.Time) string { return r.card.Room.Name.String() }},
		{ID: "teacher", Title: "Teacher", Width: 9, Max: 24, Reads: func(r *turnRow, _ time.Time) string { return teacher(r.card).String() },
			Look: func(r *turnRow, now time.Time) theme.Token { return teacherLook(&roomRow{card: r.card}, now) }},
		{ID: "online", Title: "Online", Width: 6, Drop: 4, Right: true, Reads: func(r *turnRow, now time.Time) string {
			return online(&roomRow{card: r.card}, now)
		}},
		{ID: "state", Title: "State", Words: true, Width: 10, Drop: 3, Reads: func(r *turnRow, now time.Time) string { return stateWord(&roomRow{card: r.card}, now) },
			Look: func(r *turnRow, now time.Time) theme.Token { return stateLook(&roomRow{card: r.card}, now) }},
		{ID: "id", Title: "Id", Width: 9, Max: 12, Drop: 9, Look: muted[turnRow], Reads: func(r *turnRow, _ time.Time) string { return r.card.Room.ID.String() }},
	}
}

// when says how far off a start or an end is, to either side.
func (v *schedule) when(r *turnRow, now time.Time) string {
	th := v.host.Theme()
	if d := r.when.Sub(now); d > 0 {
		return th.Say("%s to go", ui.Ago(d))
	}
	return th.Say("%s ago", ui.Ago(now.Sub(r.when)))
}

func turnWord(r *turnRow, now time.Time) string {
	room := &r.card.Room
	switch {
	case !r.end && room.Late(now) > 0:
		return "NOT BEGUN"
	case r.end && room.Overrun(now) > 0:
		return "OVERRUN"
	case !r.end && room.Status == class.RoomUpcoming:
		return "begins"
	case !r.end:
		return "began"
	case room.Status >= class.RoomEnded:
		return "ended"
	}
	return "ends"
}

func turnLook(r *turnRow, now time.Time) theme.Token {
	switch turnWord(r, now) {
	case "NOT BEGUN":
		return theme.Danger
	case "OVERRUN":
		return theme.Warn
	case "begins":
		return theme.Info
	case "ends":
		return theme.Plain
	}
	return theme.Muted
}
