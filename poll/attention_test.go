package poll

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// stage is one class before the rules, moved on by hand.
type stage struct {
	t     *testing.T
	scene scene
	watch watch
	start time.Time
}

// newStage is a running class of ten with a teacher in which all is well.
func newStage(t *testing.T) *stage {
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	rules := Rules{}.withDefaults()
	s := &stage{t: t, start: start, scene: scene{
		card: &class.Card{
			Room: class.Room{
				ID: 7, Status: class.RoomLive, MicLimit: 2,
				Start: class.UnixOf(start), End: class.UnixOf(start.Add(time.Hour)),
			},
			Counts: class.Counts{Online: 10, Expected: 10, Cameras: 4, Teachers: 1},
		},
		live: new(living), rules: &rules, stale: rules.Stale,
	}}
	s.scene.now, s.scene.school = start, start
	return s
}

// after lets time pass, reads the members again and applies the rules.
func (s *stage) after(d time.Duration) []class.Problem {
	s.pass(d)
	s.scene.card.MembersAt = s.scene.now
	s.scene.live.history.Add(s.scene.now, s.scene.card.Counts)
	return s.look()
}

func (s *stage) pass(d time.Duration) {
	s.scene.now, s.scene.school = s.scene.now.Add(d), s.scene.school.Add(d)
}

func (s *stage) look() []class.Problem {
	problems := assess(&s.scene, &s.watch)
	s.scene.card.Problems = problems
	return problems
}

// is asserts that exactly these rules are raised.
func (s *stage) is(problems []class.Problem, rules ...string) {
	s.t.Helper()
	names := []string{}
	for _, p := range problems {
		names = append(names, p.Rule)
		assert.EqualValues(s.t, 7, p.Room)
		assert.NotEmpty(s.t, p.Sentence)
		assert.InDelta(s.t, 2, p.Severity, 1)
	}
	assert.Equal(s.t, append([]string{}, rules...), names)
}

// ruleCases say how each rule is raised and cleared.
var ruleCases = []struct {
	rule        string
	bad, good   func(*scene)
	raise, hold time.Duration // how long it must be bad, and then good
	user        string
}{
	{rule: "no teacher", raise: time.Minute, hold: 10 * time.Second,
		bad:  func(s *scene) { s.card.Counts.Teachers = 0 },
		good: func(s *scene) { s.card.Counts.Teachers = 1 }},
	{rule: "empty", raise: time.Minute, hold: 10 * time.Second,
		bad: func(s *scene) {
			s.card.Room.End = 0
			s.rules.Off = map[string]bool{"online fell": true}
			s.card.Counts.Online = 0
		},
		good: func(s *scene) { s.card.Counts.Online = 10 }},
	{rule: "cameras off", raise: 2 * time.Minute, hold: 10 * time.Second,
		bad:  func(s *scene) { s.card.Counts.Cameras = 0 },
		good: func(s *scene) { s.card.Counts.Cameras = 1 }},
	{rule: "too many mics", raise: 2 * time.Second, hold: 10 * time.Second,
		bad:  func(s *scene) { s.live.mics = 3 },
		good: func(s *scene) { s.live.mics = 2 }},
	{rule: "kicked is back", hold: 10 * time.Second, user: "u1",
		bad:  func(s *scene) { s.live.back = person{id: plain("u1"), name: plain("李雷")} },
		good: func(s *scene) { s.live.back = person{} }},
	{rule: "in two classes", hold: 10 * time.Second, user: "u2",
		bad:  func(s *scene) { s.live.twice, s.live.elsewhere = person{id: plain("u2")}, 9 },
		good: func(s *scene) { s.live.twice = person{} }},
	{rule: "document failed", hold: 10 * time.Second,
		bad:  func(s *scene) { s.live.document([]class.Document{{Name: plain("a.ppt"), State: class.TranscodeFail}}) },
		good: func(s *scene) { s.live.document([]class.Document{{Name: plain("a.ppt"), State: class.Transcoded}}) }},
	{rule: "question unanswered", raise: time.Minute,
		bad:  func(s *scene) { s.live.question(make([]class.Question, 1)) },
		good: func(s *scene) { s.live.question([]class.Question{{Stats: []class.AnswerStat{{Options: 1, Count: 1}}}}) }},
	{rule: "many left at once", hold: 30 * time.Second,
		bad:  func(s *scene) { s.exodus = "many left" },
		good: func(s *scene) { s.exodus = "" }},
	{rule: "online fell", hold: 30 * time.Second,
		bad:  func(s *scene) { s.card.Counts.Online = 7 },
		good: func(s *scene) { s.card.Counts.Online = 9 }},
}

func plain(s string) class.Text { return class.NewText(s, s) }

func TestRulesRaiseHoldAndClear(t *testing.T) {
	for _, c := range ruleCases {
		t.Run(c.rule, func(t *testing.T) {
			s := newStage(t)
			s.is(s.after(time.Minute))
			c.bad(&s.scene)
			if c.raise > 0 {
				s.is(s.after(time.Second))
				c.good(&s.scene)
				s.is(s.after(time.Second)) // a moment is no problem
				c.bad(&s.scene)
				s.is(s.after(time.Second))
			}
			problems := s.after(max(c.raise, apart*time.Second))
			s.is(problems, c.rule)
			assert.Equal(t, c.user, problems[0].User.String())
			since := problems[0].Since
			c.good(&s.scene)
			if c.hold > 0 {
				s.is(s.after(time.Second), c.rule)
				c.bad(&s.scene)
				again := s.after(time.Second)
				s.is(again, c.rule)
				assert.Equal(t, since, again[0].Since, "one problem, not two")
				c.good(&s.scene)
				held := s.after(time.Second)
				s.is(held, c.rule)
				assert.Equal(t, problems[0].Sentence, held[0].Sentence, "the words stay while it fades")
			}
			s.is(s.after(c.hold + time.Second))
		})
	}
}

func TestEveryRuleIsTried(t *testing.T) {
	tried := []string{"not started", "overrun", "data too old"} // below, by the clock
	for _, c := range ruleCases {
		tried = append(tried, c.rule)
	}
	assert.ElementsMatch(t, RuleNames(), tried)
}

func TestRulesOfTheSchedule(t *testing.T) {
	s := newStage(t)
	s.scene.card.Room.Status = class.RoomUpcoming
	s.is(s.after(119 * time.Second))
	late := s.after(time.Second)
	s.is(late, "not started")
	assert.True(t, late[0].Since.Equal(s.start))
	s.scene.card.Room.Status = class.RoomLive
	s.is(s.after(time.Second))
	s.is(s.after(time.Hour))
	over := s.after(3 * time.Minute)
	s.is(over, "overrun")
	assert.True(t, over[0].Since.Equal(s.start.Add(time.Hour)))
	s.scene.card.Room.Status = class.RoomEnded
	s.is(s.after(time.Second))
}

func TestRuleOfOldData(t *testing.T) {
	s := newStage(t)
	s.is(s.after(time.Second))
	s.pass(179 * time.Second)
	s.is(s.look())
	s.pass(time.Second)
	s.is(s.look(), "data too old")
	s.is(s.after(time.Second))
}

func TestLeavingBeforeTheEndIsNoWonder(t *testing.T) {
	s := newStage(t)
	s.is(s.after(56 * time.Minute))
	s.scene.card.Counts.Online = 2
	s.is(s.after(time.Minute))
}

func TestRulesCanBeSwitchedOff(t *testing.T) {
	s := newStage(t)
	s.scene.rules.Off = map[string]bool{"no teacher": true}
	s.scene.card.Counts.Teachers = 0
	s.is(s.after(time.Hour - 10*time.Minute))
	s.is(s.after(2 * time.Minute))
	assert.Contains(t, RuleNames(), "no teacher")
	assert.Len(t, RuleNames(), 13)
}

func TestOnlyWhoIsHereThereAndHereIsInTwoClasses(t *testing.T) {
	var s sightings
	now := time.Unix(1000, 0)
	here, gone := someone("u", class.RoleStudent, class.Online), someone("u", class.RoleStudent, class.Offline)
	see := func(m class.Member, room class.RoomID) class.RoomID {
		now = now.Add(10 * time.Second)
		return s.see(&m, room, now)
	}
	assert.Zero(t, see(here, 1))
	assert.Zero(t, see(here, 2), "moved from 1 to 2, for all we know")
	assert.Zero(t, see(gone, 1), "indeed")
	assert.Zero(t, see(here, 1))
	assert.EqualValues(t, 1, see(here, 2), "here, there and here again")
	assert.EqualValues(t, 2, see(here, 1))
	assert.EqualValues(t, 1, see(here, 2))
	assert.Zero(t, see(gone, 2))
	assert.Zero(t, see(here, 1))
	assert.Zero(t, see(gone, 1))
	assert.Empty(t, s.people)
	assert.Zero(t, see(here, 1))
	now = now.Add(3 * forgetSighting * time.Second)
	assert.Zero(t, see(someone("v", 0, class.Online), 1))
	assert.Len(t, s.people, 1, "who was not seen for long is forgotten")
}

// crowd is a member list of people from a place, of whom some left just now.
func crowd(room class.RoomID, place string, here, left int) []class.Member {
	list := []class.Member{someone(fmt.Sprint("t", room), class.RoleTeacher, class.Online)}
	for i := range here + left {
		m := someone(fmt.Sprint("s", room, ".", i), class.RoleStudent, class.Online)
		m.Place, m.Camera = class.NewText(place, place), true
		if i >= here {
			m.State, m.LastQuit = class.Offline, class.UnixOf(time.Now().Add(-30*time.Second))
		}
		list = append(list, m)
	}
	return list
}

func TestHubRaisesProblemsOnCards(t *testing.T) {
	running(t, 6, func(b *bench) {
		start := time.Now()
		b.src.members = func(id class.RoomID) []class.Member {
			list := crowd(id, "Chengdu", 20, 0)
			switch {
			case id == 1:
				list = list[1:]
			case id == 2 && time.Since(start) < 10*time.Second:
				list[3].State = class.KickedForGood
			case id >= 3 && id <= 4:
				list = append(list, someone("twin", class.RoleStudent, class.Online), someone("boss", class.RoleSupervisor, class.Online))
			case id >= 5 && time.Since(start) > 3*time.Minute:
				list = crowd(id, "Kunming", 11, 5)
			}
			return list
		}
		s := b.Join()
		s.Want([]Want{all(Visible)})
		problems := func(id class.RoomID) (all []string) {
			b.mu.Lock()
			defer b.mu.Unlock()
			for _, p := range b.rooms[id].card.Problems {
				all = append(all, p.Rule+" "+p.User.String())
			}
			return all
		}
		time.Sleep(2 * time.Minute)
		assert.Equal(t, []string{"no teacher "}, problems(1))
		assert.Equal(t, []string{"kicked is back s2.2"}, problems(2))
		assert.Equal(t, []string{"in two classes twin"}, problems(3))
		assert.Equal(t, []string{"in two classes twin"}, problems(4))
		assert.Empty(t, problems(5))
		card := b.take(s)[Topic{Kind: Card, Room: 1}]
		require.NotEmpty(t, card)
		assert.Equal(t, 100, card[0].Data.(class.Card).Score)
		time.Sleep(80 * time.Second)
		assert.Contains(t, problems(5), "many left at once ")
		assert.Contains(t, problems(6), "many left at once ")
		assert.NotContains(t, problems(1), "many left at once ")
	})
}

func TestClassesWithProblemsAreReadMoreOften(t *testing.T) {
	running(t, 300, func(b *bench) {
		var mu sync.Mutex
		reads := map[class.RoomID]int{}
		b.src.members = func(id class.RoomID) []class.Member {
			mu.Lock()
			reads[id]++
			mu.Unlock()
			list := crowd(id, "", 5, 0)
			if id == 1 {
				list = list[1:]
			}
			return list
		}
		b.Join().Want([]Want{all(Visible)})
		time.Sleep(20 * time.Minute)
		b.end()
		assert.Greater(t, reads[1], 2*reads[2])
		assert.Greater(t, reads[2], 25, "and the others lose little")
	})
}

func TestAProblemNamesItsPerson(t *testing.T) {
	m := class.Member{ID: plain("u1"), Name: plain("李雷"), State: class.Kicked}
	l := &living{}
	l.meet(&m)
	m.State = class.Online
	l.meet(&m)
	assert.Equal(t, "李雷 (u1)", l.back.String())
	m.Name = class.Text{}
	l.meet(&m)
	assert.Equal(t, "u1", l.back.String(), "who has no name keeps his id")
}
