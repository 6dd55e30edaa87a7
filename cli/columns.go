package cli

import (
	"strings"
	"time"

	"classtop/class"
)

func memberCols(*time.Location) []col[class.Member] {
	return []col[class.Member]{
		{"USER", func(m *class.Member) string { return m.ID.String() }},
		{"NAME", func(m *class.Member) string { return m.Name.String() }},
		{"ROLE", func(m *class.Member) string { return m.Role.String() }},
		{"STATE", func(m *class.Member) string { return m.State.String() }},
		{"MIC", func(m *class.Member) string { return yes(m.Mic) }},
		{"CAMERA", func(m *class.Member) string { return yes(m.Camera) }},
		{"MUTED", func(m *class.Member) string { return yes(m.Muted) }},
		{"HANDS", func(m *class.Member) string { return number(m.HandUps) }},
		{"ANSWERS", func(m *class.Member) string { return number(m.Answers) }},
		{"REWARDS", func(m *class.Member) string { return number(m.Rewards) }},
		{"PRESENT", func(m *class.Member) string { return span(m.Present) }},
		{"DEVICE", func(m *class.Member) string { return m.Device.String() }},
		{"PLACE", func(m *class.Member) string { return m.Place.String() }},
	}
}

func questionCols(*time.Location) []col[class.Question] {
	return []col[class.Question]{
		{"QUESTION", func(q *class.Question) string { return q.ID.String() }},
		{"TEXT", func(q *class.Question) string { return q.Text.String() }},
		{"RIGHT", func(q *class.Question) string { return q.Correct.String() }},
		{"ANSWERS", func(q *class.Question) string {
			var parts []string
			for _, s := range q.Stats {
				parts = append(parts, s.Options.String()+":"+number(s.Count))
			}
			return strings.Join(parts, " ")
		}},
	}
}

func documentCols(zone *time.Location) []col[class.Document] {
	return []col[class.Document]{
		{"DOCUMENT", func(d *class.Document) string { return d.ID.String() }},
		{"NAME", func(d *class.Document) string { return d.Name.String() }},
		{"STATE", func(d *class.Document) string { return d.State.String() }},
		{"PERCENT", func(d *class.Document) string { return number(d.Progress) }},
		{"BYTES", func(d *class.Document) string { return number(d.Size) }},
		{"PAGES", func(d *class.Document) string { return number(d.Pages) }},
		{"OWNER", func(d *class.Document) string { return d.Owner.String() }},
		{"PUBLIC", func(d *class.Document) string { return yes(d.Public) }},
		{"UPDATED", func(d *class.Document) string { return moment(d.Updated, zone) }},
		{"WHY", func(d *class.Document) string { return d.Info.String() }},
	}
}

func seatCols(*time.Location) []col[class.Seat] {
	return []col[class.Seat]{
		{"SEAT", func(s *class.Seat) string { return number(s.Index) }},
		{"USER", func(s *class.Seat) string { return s.User.String() }},
		{"LOCKED", func(s *class.Seat) string { return yes(s.Locked) }},
		{"VIDEO LOCKED", func(s *class.Seat) string { return yes(s.VideoLocked) }},
		{"AUDIO LOCKED", func(s *class.Seat) string { return yes(s.AudioLocked) }},
	}
}

func messageCols(zone *time.Location) []col[class.Message] {
	return []col[class.Message]{
		{"SEQ", func(m *class.Message) string { return number(m.Seq) }},
		{"AT", func(m *class.Message) string { return moment(m.At, zone) }},
		{"FROM", func(m *class.Message) string { return m.From.String() }},
		{"MESSAGE", func(m *class.Message) string {
			var parts []string
			for _, p := range m.Body {
				parts = append(parts, p.Text.String())
			}
			return strings.Join(parts, " ")
		}},
	}
}

func eventCols(zone *time.Location) []col[class.Event] {
	return []col[class.Event]{
		{"AT", func(e *class.Event) string { return moment(e.At, zone) }},
		{"EVENT", func(e *class.Event) string { return e.Kind.String() }},
		{"USER", func(e *class.Event) string { return e.User.String() }},
		{"DEVICE", func(e *class.Event) string { return e.Device.String() }},
	}
}
