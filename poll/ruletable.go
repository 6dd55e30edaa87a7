package poll

import (
	"fmt"
	"time"

	"classtop/class"
)

// rule is one row of the table: its condition must hold for the time of raise
// before it is a problem and fail for the time of hold before it is none.
type rule struct {
	name     string
	severity int
	raise    func(*Rules) time.Duration
	hold     time.Duration
	holds    func(*scene) bool
	sentence func(*scene) string
	user     func(*scene) class.Text // nil: no single person
	since    func(*scene) time.Time  // nil: since it was first seen
}

// calm is how long a condition must fail before its problem is over, so that
// nothing flickers.
const calm = 10 * time.Second

func at(d time.Duration) func(*Rules) time.Duration { return func(*Rules) time.Duration { return d } }

func says(sentence string) func(*scene) string { return func(*scene) string { return sentence } }

// ruleTable lists the rules, the gravest first.
var ruleTable = [...]rule{
	{name: "not started", severity: 3, raise: at(0),
		holds:    func(s *scene) bool { return s.card.Room.Late(s.school) >= s.rules.Late },
		sentence: says("the class has not begun although its time has come"),
		since:    func(s *scene) time.Time { return s.card.Room.Start.Time() }},
	{name: "no teacher", severity: 3, raise: func(r *Rules) time.Duration { return r.NoTeacher }, hold: calm,
		holds: func(s *scene) bool {
			return s.running() && s.card.Counts.Online > 0 && s.card.Counts.Teachers == 0
		},
		sentence: says("no teacher is in the class")},
	{name: "kicked is back", severity: 3, raise: at(0), hold: calm,
		holds: func(s *scene) bool { return s.running() && !s.live.back.id.IsZero() },
		sentence: func(s *scene) string {
			return s.live.back.String() + " was kicked and is back"
		},
		user: func(s *scene) class.Text { return s.live.back.id }},
	{name: "online fell", severity: 3, raise: at(0), hold: 30 * time.Second, holds: fell,
		sentence: func(s *scene) string {
			return fmt.Sprintf("many left within %.2g minutes", s.rules.DropWithin.Minutes())
		}},
	{name: "many left at once", severity: 3, raise: at(0), hold: 30 * time.Second,
		holds:    func(s *scene) bool { return s.running() && s.exodus != "" },
		sentence: func(s *scene) string { return s.exodus }},
	{name: "empty", severity: 2, raise: func(r *Rules) time.Duration { return r.Empty }, hold: calm,
		holds:    func(s *scene) bool { return s.running() && s.card.Counts.Online == 0 },
		sentence: says("nobody is in the class")},
	{name: "in two classes", severity: 2, raise: at(0), hold: calm,
		holds: func(s *scene) bool { return s.running() && !s.live.twice.id.IsZero() },
		sentence: func(s *scene) string {
			return fmt.Sprintf("%s is in class %s at the same time", s.live.twice, s.live.elsewhere)
		},
		user: func(s *scene) class.Text { return s.live.twice.id }},
	{name: "document failed", severity: 2, raise: at(0), hold: calm,
		holds: func(s *scene) bool { return s.running() && !s.live.failed.IsZero() },
		sentence: func(s *scene) string {
			return "the document " + s.live.failed.String() + " could not be transcoded"
		}},
	{name: "data too old", severity: 2, raise: at(0),
		holds: func(s *scene) bool {
			return s.running() && s.now.Sub(s.card.MembersAt) >= s.stale
		},
		sentence: says("the member list is too old to be trusted"),
		since:    func(s *scene) time.Time { return s.card.MembersAt }},
	{name: "overrun", severity: 1, raise: at(0),
		holds:    func(s *scene) bool { return s.card.Room.Overrun(s.school) >= s.rules.Overrun },
		sentence: says("the class goes on past its end"),
		since:    func(s *scene) time.Time { return s.card.Room.End.Time() }},
	{name: "cameras off", severity: 1, raise: func(r *Rules) time.Duration { return r.Cameras }, hold: calm,
		holds: func(s *scene) bool {
			return s.running() && s.card.Counts.Online >= 3 && s.card.Counts.Cameras == 0
		},
		sentence: says("all cameras are off")},
	{name: "too many mics", severity: 1, raise: at(2 * time.Second), hold: calm,
		holds: func(s *scene) bool {
			return s.running() && s.card.Room.MicLimit > 0 && int64(s.live.mics) > s.card.Room.MicLimit
		},
		sentence: func(s *scene) string {
			return fmt.Sprintf("more microphones are on than the %d that are allowed", s.card.Room.MicLimit)
		}},
	{name: "question unanswered", severity: 1, raise: func(r *Rules) time.Duration { return r.Unanswered },
		holds:    func(s *scene) bool { return s.running() && s.live.unanswered && s.card.Counts.Online > 1 },
		sentence: says("nobody answers the question")},
}
