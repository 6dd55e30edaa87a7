package views

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// roomCols are the columns of the list of classes.
func roomCols(h ui.Host) []table.Col[roomRow] {
	num := func(id, title string, drop, w int, n func(*class.Card) int) table.Col[roomRow] {
		return table.Col[roomRow]{ID: id, Title: title, Width: w, Drop: drop, Right: true,
			Reads: func(r *roomRow, _ time.Time) string {
				if r.card.MembersAt.IsZero() {
					return ""
				}
				return zeroless(n(&r.card))
			},
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(n(&b.card), n(&a.card)) }}
	}
	return []table.Col[roomRow]{
		{ID: "state", Title: "State", Words: true, Width: 10, Reads: stateWord, Look: stateLook, Order: worstFirst},
		{ID: "name", Title: "Class", Width: 18, Max: 44, Wide: 60, Reads: func(r *roomRow, _ time.Time) string {
			return pinned(h, r) + claimed(h, r.claim) + noted(h, r.note) + r.card.Room.Name.String()
		},
			Look: func(*roomRow, time.Time) theme.Token { return theme.Title }},
		{ID: "id", Title: "Id", Width: 9, Max: 12, Drop: 9, Reads: func(r *roomRow, _ time.Time) string { return r.card.Room.ID.String() }, Look: muted[roomRow],
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(a.card.Room.ID, b.card.Room.ID) }},
		{ID: "teacher", Title: "Teacher", Width: 8, Max: 20, Wide: 30, Drop: 4, Reads: func(r *roomRow, _ time.Time) string { return teacher(r.card).String() }, Look: teacherLook},
		{ID: "online", Title: "Online", Width: 6, Max: 9, Right: true, Reads: online,
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(b.card.Counts.Online, a.card.Counts.Online) }},
		num("mics", "Mic", 6, 3, func(c *class.Card) int { return c.Counts.Mics }),
		num("cameras", "Cam", 7, 3, func(c *class.Card) int { return c.Counts.Cameras }),
		num("hands", "Hand", 8, 4, func(c *class.Card) int { return c.Counts.Hands }),
		{ID: "time", Title: "Time", Width: 11, Drop: 5, Reads: func(r *roomRow, _ time.Time) string { return span(h, &r.card.Room) },
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(a.card.Room.Start, b.card.Room.Start) }},
		{ID: "left", Title: "Left", Words: true, Width: 6, Drop: 3, Right: true, Ticks: true, Reads: left, Look: stateLook,
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(a.card.Room.End, b.card.Room.End) }},
		{ID: "attention", Title: "Attention", Words: true, Width: 24, Max: 52, Wide: 90, Drop: 10, Reads: troubles, Look: troublesLook,
			Order: func(a, b *roomRow, _ time.Time) int { return cmp.Compare(b.card.Score, a.card.Score) }},
		{ID: "note", Title: "Note", Width: 20, Max: 40, Drop: 11, Reads: func(r *roomRow, _ time.Time) string { return r.note }},
		{ID: "age", Title: "Age", Width: 5, Drop: 2, Right: true, Ticks: true,
			Reads: func(r *roomRow, now time.Time) string { return age(h, &r.feed, now) },
			Look:  func(r *roomRow, now time.Time) theme.Token { return ageLook(h, &r.feed, now) },
			Order: func(a, b *roomRow, _ time.Time) int { return a.feed.At.Compare(b.feed.At) }},
		{ID: "taken", Title: "Taken by", Hidden: true, Reads: func(r *roomRow, _ time.Time) string { return r.claim }},
	}
}

func muted[T any](*T, time.Time) theme.Token { return theme.Muted }

// zeroless writes a count; nothing to count stays blank, which is calmer.
func zeroless[N int | int64](n N) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(int64(n), 10)
}

func pinned(h ui.Host, r *roomRow) string {
	if !r.pinned {
		return ""
	}
	return h.Theme().Glyphs.Pin + " "
}

// concern ranks what needs a person; the lower the sooner.
func concern(r *roomRow, now time.Time) int {
	c := &r.card
	switch {
	case acked(c):
	case ui.NoTeacher(*c):
		return 0
	case c.Room.Overrun(now) > 0:
		return 1
	case c.Room.Late(now) > 0:
		return 2
	}
	return calm + turn[min(max(c.Room.Status, 0), class.RoomExpired)]
}

// calm is the first rank of what needs nobody; live classes come before those
// to come.
const calm = 3

var turn = [...]int{class.RoomLive: 0, class.RoomUpcoming: 1, class.RoomEnded: 2, class.RoomExpired: 3}

// stateWord says the state or, before it, what is wrong: the gravest problem
// that nobody acknowledged. Every problem but LATE means that the class runs.
func stateWord(r *roomRow, now time.Time) string {
	c := &r.card
	if p, ok := worst(c); ok {
		return brief(p.Rule)
	}
	if acked(c) {
		return "ack " + c.Room.Status.String()
	}
	switch concern(r, now) {
	case 0:
		return "NO TEACHER"
	case 1:
		return "OVERRUN"
	case 2:
		return "LATE"
	}
	return c.Room.Status.String()
}

func stateLook(r *roomRow, now time.Time) theme.Token {
	if len(r.card.Problems) > 0 {
		return urgencyLook(&r.card.Problems[0])
	}
	switch concern(r, now) {
	case 0, 1:
		return theme.Danger
	case 2:
		return theme.Warn
	}
	switch r.card.Room.Status {
	case class.RoomLive:
		return theme.Good
	case class.RoomUpcoming:
		return theme.Info
	}
	return theme.Muted
}

func teacherLook(r *roomRow, _ time.Time) theme.Token {
	if ui.NoTeacher(r.card) {
		return theme.Danger
	}
	return theme.Plain
}

func online(r *roomRow, _ time.Time) string {
	c := &r.card
	switch {
	case c.MembersAt.IsZero():
		return ""
	case c.Room.Status >= class.RoomEnded:
		return fmt.Sprintf("%d", c.Counts.Expected)
	}
	return fmt.Sprintf("%d/%d", c.Counts.Online, c.Counts.Expected)
}

// span is the scheduled time of a class.
func span(h ui.Host, r *class.Room) string {
	if r.Start == 0 && r.End == 0 {
		return ""
	}
	return ui.Clock(r.Start, h.Location()) + h.Theme().Glyphs.Dash + ui.Clock(r.End, h.Location())
}

// left is the time to the next turn of a class: to its end, or with a plus
// how far it is past its end or its start.
func left(r *roomRow, now time.Time) string {
	room := &r.card.Room
	if late := max(room.Overrun(now), room.Late(now)); late > 0 {
		return "+" + ui.Ago(late)
	}
	switch {
	case room.Status == class.RoomLive && room.End != 0:
		return ui.Ago(room.End.Time().Sub(now))
	case room.Status == class.RoomUpcoming && room.Start != 0:
		return "in " + ui.Ago(room.Start.Time().Sub(now))
	}
	return ""
}

// worstFirst is the order of the list: pinned, then by the score of what is
// wrong, then what may soon be, then live classes by their end, then those to come. Ended ones come last, the
// latest first. No part of it changes by the second, so rows stand still.
func worstFirst(a, b *roomRow, now time.Time) int {
	if a.pinned != b.pinned {
		if a.pinned {
			return -1
		}
		return 1
	}
	if a.card.Score != b.card.Score {
		return cmp.Compare(b.card.Score, a.card.Score)
	}
	ca, cb := concern(a, now), concern(b, now)
	ra, rb := &a.card.Room, &b.card.Room
	if ca != cb {
		return cmp.Compare(ca, cb)
	}
	var c int
	switch ra.Status {
	case class.RoomUpcoming:
		c = cmp.Compare(ra.Start, rb.Start)
	case class.RoomLive:
		c = cmp.Compare(ra.End, rb.End)
	default:
		c = cmp.Compare(rb.End, ra.End)
	}
	if c != 0 {
		return c
	}
	return cmp.Compare(ra.ID, rb.ID)
}
