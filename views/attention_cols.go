package views

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// problemOrder puts the worst first: what nobody took note of, then by
// severity, then what lasts longest. What is over keeps its place until it
// goes.
func problemOrder(a, b *problemRow, _ time.Time) int {
	pa, pb := &a.problem, &b.problem
	return cmp.Or(
		cmp.Compare(either(pa.Acked, 1, 0), either(pb.Acked, 1, 0)), cmp.Compare(pb.Severity, pa.Severity),
		pa.Since.Compare(pb.Since), cmp.Compare(pa.Room, pb.Room), cmp.Compare(pa.Rule, pb.Rule),
		cmp.Compare(pa.User.String(), pb.User.String()))
}

func (v *attention) cols() []table.Col[problemRow] {
	loud := func(otherwise theme.Token) func(*problemRow, time.Time) theme.Token {
		return func(r *problemRow, _ time.Time) theme.Token {
			if r.problem.Acked || !r.over.IsZero() {
				return theme.Muted
			}
			return otherwise
		}
	}
	return []table.Col[problemRow]{
		{ID: "look", Title: "Look", Words: true, Width: 4, Reads: lookWord, Look: lookLook, Order: problemOrder},
		{ID: "for", Title: "For", Width: 5, Right: true, Ticks: true,
			Reads: func(r *problemRow, now time.Time) string { return ui.Ago(now.Sub(r.problem.Since)) },
			Order: func(a, b *problemRow, _ time.Time) int { return a.problem.Since.Compare(b.problem.Since) }},
		{ID: "class", Title: "Class", Width: 16, Max: 20, Wide: 50, Look: loud(theme.Title),
			Reads: func(r *problemRow, _ time.Time) string {
				return claimed(v.host, r.claim) + noted(v.host, r.note) + r.card.Room.Name.String()
			}},
		{ID: "problem", Title: "Problem", Words: true, Width: 28, Max: 52, Wide: 90, Look: loud(theme.Plain),
			Reads: func(r *problemRow, _ time.Time) string { return r.problem.Sentence }},
		{ID: "who", Title: "Who", Width: 11, Wide: 30, Drop: 3, Reads: who, Look: loud(theme.Accent)},
		{ID: "note", Title: "Note", Width: 60, Drop: 11, Reads: func(r *problemRow, _ time.Time) string { return r.note }},
		{ID: "online", Title: "Online", Width: 6, Drop: 5, Right: true, Reads: func(r *problemRow, now time.Time) string {
			return online(&roomRow{card: r.card}, now)
		}, Look: loud(theme.Plain)},
		{ID: "taken", Title: "Taken by", Hidden: true, Reads: func(r *problemRow, _ time.Time) string { return r.claim }},
		{ID: "rule", Title: "Rule", Words: true, Hidden: true, Reads: func(r *problemRow, _ time.Time) string { return r.problem.Rule }},
		{ID: "id", Title: "Id", Width: 9, Max: 12, Drop: 9, Look: muted[problemRow],
			Reads: func(r *problemRow, _ time.Time) string { return r.problem.Room.String() }},
	}
}

func lookWord(r *problemRow, _ time.Time) string {
	if !r.over.IsZero() {
		return "over"
	}
	return urgency(&r.problem)
}

func lookLook(r *problemRow, _ time.Time) theme.Token {
	if !r.over.IsZero() {
		return theme.Good
	}
	return urgencyLook(&r.problem)
}

// who is the person whom the problem names, or else the teacher.
func who(r *problemRow, _ time.Time) string {
	if !r.problem.User.IsZero() {
		return r.problem.User.String()
	}
	return teacher(r.card).String()
}

// Note counts by how soon somebody should look.
func (v *attention) Note(w int) string {
	th := v.host.Theme()
	var counts [4]int
	acks := 0
	for _, r := range v.rows {
		switch {
		case !r.over.IsZero():
		case r.problem.Acked:
			acks++
		default:
			counts[min(max(r.problem.Severity, 1), 3)]++
		}
	}
	var parts []string
	for s := 3; s > 0; s-- {
		if counts[s] > 0 {
			p := class.Problem{Severity: s}
			parts = append(parts, th.Paint(urgencyLook(&p), fmt.Sprintf("%d %s", counts[s], th.Tell(urgency(&p)))))
		}
	}
	if acks > 0 {
		parts = append(parts, th.Paint(theme.Muted, th.Say("%d ack", acks)))
	}
	line := strings.Join(parts, "  ")
	if theme.Width(line) > w {
		return ""
	}
	return line
}
