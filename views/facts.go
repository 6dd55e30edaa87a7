package views

import (
	"fmt"
	"time"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

// cardFacts is all that is known of a class from its card.
func cardFacts(h ui.Host, c class.Card) []ui.Fact {
	r, n, loc, now := &c.Room, c.Counts, h.Location(), h.Now()
	row := &roomRow{card: c}
	facts := []ui.Fact{
		{Name: "class", Value: r.Name.String(), Look: theme.Title},
		{Name: "id", Value: r.ID.String()},
		{Name: "state", Value: stateWord(row, now), Look: stateLook(row, now)},
		{Name: "time", Value: span(h, r) + " " + leftWords(r, now)},
		{Name: "teacher", Value: teacherWords(c), Look: teacherLook(row, now)},
	}
	if !c.MembersAt.IsZero() {
		facts = append(facts,
			ui.Fact{Name: "online", Value: fmt.Sprintf("%d of %d", n.Online, n.Expected)},
			ui.Fact{Name: "devices", Value: fmt.Sprintf("%d microphones, %d cameras on", n.Mics, n.Cameras)},
			ui.Fact{Name: "hands", Value: fmt.Sprintf("raised %d times", n.Hands)})
		if n.Kicked > 0 {
			facts = append(facts, ui.Fact{Name: "kicked", Value: fmt.Sprint(n.Kicked), Look: theme.Warn})
		}
	}
	if r.RealStart != 0 {
		facts = append(facts, ui.Fact{Name: "started", Value: r.RealStart.Time().In(loc).Format("15:04:05")})
	}
	if r.RealEnd != 0 {
		facts = append(facts, ui.Fact{Name: "ended", Value: r.RealEnd.Time().In(loc).Format("15:04:05")})
	}
	facts = append(facts, ui.Fact{Name: "kind", Value: [...]string{"small class", "lecture"}[min(max(r.RoomType, 0), 1)] +
		fmt.Sprintf(", up to %d on mic", r.MicLimit)})
	facts = append(facts, problemFacts(h, &c)...)
	if c.Err != nil {
		facts = append(facts, ui.Fact{Name: "problem", Value: c.Err.Error(), Look: theme.Danger})
	}
	return facts
}

// leftWords says in a sentence what the column Left says in short.
func leftWords(r *class.Room, now time.Time) string {
	switch {
	case r.Overrun(now) > 0:
		return "(" + ui.Ago(r.Overrun(now)) + " over its end)"
	case r.Late(now) > 0:
		return "(" + ui.Ago(r.Late(now)) + " late)"
	case r.Status == class.RoomLive && r.End != 0:
		return "(" + ui.Ago(r.End.Time().Sub(now)) + " left)"
	case r.Status == class.RoomUpcoming && r.Start != 0:
		return "(in " + ui.Ago(r.Start.Time().Sub(now)) + ")"
	}
	return ""
}

func teacherWords(c class.Card) string {
	name := teacher(c).String()
	switch {
	case name == "":
		name = "not known yet"
	case c.TeacherName.IsZero() || c.TeacherName == c.Teacher:
	default:
		name += " (" + c.Teacher.String() + ")"
	}
	if ui.NoTeacher(c) {
		name += ", NOT HERE"
	}
	return name
}

// teacherShort names the teacher by one word and says if he is missing.
func teacherShort(c class.Card) string {
	name := teacher(c).String()
	if name == "" {
		name = "not known yet"
	}
	if ui.NoTeacher(c) {
		name += " NOT HERE"
	}
	return name
}

// memberFacts is all that is known of a member.
func memberFacts(h ui.Host, m *class.Member) []ui.Fact {
	at := func(u class.Unix) string {
		if u == 0 {
			return "never"
		}
		return u.Time().In(h.Location()).Format("15:04:05")
	}
	yes := func(b bool) string {
		if b {
			return "on"
		}
		return "off"
	}
	muted := "may write in the chat"
	if m.Muted {
		muted = "muted in the chat"
	}
	return []ui.Fact{
		{Name: "name", Value: m.Name.String(), Look: theme.Title},
		{Name: "id", Value: m.ID.String()},
		{Name: "role", Value: m.Role.String()},
		{Name: "presence", Value: m.State.String(), Look: presenceLook(m, time.Time{})},
		{Name: "microphone", Value: yes(m.Mic)},
		{Name: "camera", Value: yes(m.Camera)},
		{Name: "on stage", Value: yes(m.OnStage)},
		{Name: "chat", Value: fmt.Sprintf("%s, %d messages", muted, m.Messages)},
		{Name: "hand-ups", Value: fmt.Sprint(m.HandUps)},
		{Name: "answers", Value: fmt.Sprint(m.Answers)},
		{Name: "rewards", Value: fmt.Sprint(m.Rewards)},
		{Name: "on mic", Value: fmt.Sprintf("%d times", m.MicTimes)},
		{Name: "in class", Value: ui.Ago(m.Present.Duration())},
		{Name: "first came", Value: at(m.FirstJoin)},
		{Name: "last left", Value: at(m.LastQuit)},
		{Name: "device", Value: m.Device.String()},
		{Name: "address", Value: m.IP.String()},
		{Name: "place", Value: m.Place.String()},
		{Name: "group", Value: m.GroupID.String()},
	}
}
