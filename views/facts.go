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
		{Name: "state", Value: stateWord(row, now), Words: true, Look: stateLook(row, now)},
		{Name: "time", Value: span(h, r) + " " + h.Theme().Tell(leftWords(r, now))},
		{Name: "teacher", Value: teacherWords(h.Theme(), c), Look: teacherLook(row, now)},
	}
	if !c.MembersAt.IsZero() {
		facts = append(facts,
			ui.Fact{Name: "online", Value: h.Theme().Say("%d of %d", n.Online, n.Expected)},
			ui.Fact{Name: "devices", Value: h.Theme().Say("%d microphones, %d cameras on", n.Mics, n.Cameras)},
			ui.Fact{Name: "hands", Value: h.Theme().Say("raised %d times", n.Hands)})
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
	facts = append(facts, ui.Fact{Name: "kind", Value: h.Theme().Tell([...]string{"small class", "lecture"}[min(max(r.RoomType, 0), 1)]) +
		h.Theme().Say(", up to %d on mic", r.MicLimit)})
	if by := claimants(h)[r.ID]; by != "" {
		facts = append(facts, ui.Fact{Name: "taken by", Value: by, Look: theme.Accent})
	}
	facts = append(facts, problemFacts(h, &c)...)
	facts = append(facts, noteFacts(h, r.ID)...)
	if c.Err != nil && !c.Err.ClassOver() {
		facts = append(facts, ui.Fact{Name: "problem", Value: c.Err.Error(), Words: true, Look: theme.Danger})
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

func teacherWords(th *theme.Theme, c class.Card) string {
	name := teacher(c).String()
	switch {
	case name == "":
		name = th.Say("not known yet")
	case c.TeacherName.IsZero() || c.Teacher.IsZero() || c.TeacherName == c.Teacher:
	default:
		name += " (" + c.Teacher.String() + ")"
	}
	if ui.NoTeacher(c) {
		name = th.Say("%s, NOT HERE", name)
	}
	return name
}

// teacherShort names the teacher by one word and says if he is missing.
func teacherShort(th *theme.Theme, c class.Card) string {
	name := teacher(c).String()
	if name == "" {
		name = th.Say("not known yet")
	}
	if ui.NoTeacher(c) {
		name = th.Say("%s NOT HERE", name)
	}
	return name
}

// memberFacts is all that is known of a member.
func memberFacts(h ui.Host, m *class.Member) []ui.Fact {
	at := func(u class.Unix) string {
		if u == 0 {
			return h.Theme().Say("never")
		}
		return u.Time().In(h.Location()).Format("15:04:05")
	}
	yes := func(b bool) string {
		if b {
			return "on"
		}
		return "off"
	}
	th := h.Theme()
	muted := th.Say("may write in the chat")
	if m.Muted {
		muted = th.Say("muted in the chat")
	}
	return []ui.Fact{
		{Name: "name", Value: m.Name.String(), Look: theme.Title},
		{Name: "id", Value: m.ID.String()},
		{Name: "role", Value: m.Role.String(), Words: true},
		{Name: "presence", Value: m.State.String(), Words: true, Look: presenceLook(m, time.Time{})},
		{Name: "microphone", Value: yes(m.Mic), Words: true},
		{Name: "camera", Value: yes(m.Camera), Words: true},
		{Name: "on stage", Value: yes(m.OnStage), Words: true},
		{Name: "chat", Value: th.Say("%s, %d messages", muted, m.Messages)},
		{Name: "hand-ups", Value: fmt.Sprint(m.HandUps)},
		{Name: "answers", Value: fmt.Sprint(m.Answers)},
		{Name: "rewards", Value: fmt.Sprint(m.Rewards)},
		{Name: "on mic", Value: th.Say("%d times", m.MicTimes)},
		{Name: "in class", Value: ui.Ago(m.Present.Duration())},
		{Name: "first came", Value: at(m.FirstJoin)},
		{Name: "last left", Value: at(m.LastQuit)},
		{Name: "device", Value: m.Device.String(), Words: true},
		{Name: "address", Value: m.IP.String()},
		{Name: "place", Value: m.Place.String()},
		{Name: "group", Value: m.GroupID.String()},
	}
}
