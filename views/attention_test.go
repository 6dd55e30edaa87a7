package views

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
)

// troubled is the school with what the rules found wrong.
func troubled() []class.Card {
	cards := school()
	say := func(i int, rule string, severity, ago int, sentence, user string) {
		c := &cards[i]
		c.Problems = append(c.Problems, class.Problem{Rule: rule, Severity: severity, Room: c.Room.ID, User: text(user),
			Since: now.Add(-time.Duration(ago) * time.Second), Sentence: sentence})
		c.Score = class.Score(c.Problems)
	}
	say(0, "in two classes", 2, 40, "s_10231 is in class 310048230 at the same time", "s_10231")
	say(1, "document failed", 2, 300, "the document 阅读材料.pptx could not be transcoded", "")
	say(2, "overrun", 1, 720, "the class goes on past its end", "")
	say(3, "no teacher", 3, 75, "no teacher is in the class", "")
	say(3, "question unanswered", 1, 62, "nobody answers the question", "")
	say(4, "not started", 3, 360, "the class has not begun although its time has come", "")
	return cards
}

// openView opens a view by its name in the palette.
func openView(s interface{ Press(...string) }, name string) {
	keys := []string{":"}
	for _, r := range name {
		keys = append(keys, string(r))
	}
	s.Press(append(keys, "enter")...)
}

func TestFramesOfTheLookouts(t *testing.T) {
	for _, view := range []string{"attention", "schedule", "patrol", "pulse", "requests"} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s/%dx%d", view, size.w, size.h), func(t *testing.T) {
				s := newStand(t, size.w, size.h, func(d *ui.Deps) {
					d.Requests = func() []poll.ActionUse { return someUse }
					d.Trend = someTrend
				})
				s.status.Foreign = 8
				s.Put(updates(troubled())...)
				openView(s, view)
				s.Put(membersUpdate(310048240), membersUpdate(310048217))
				s.now = s.now.Add(2 * time.Second)
				s.Put(membersUpdate(310048240))
				s.Press("?", "esc") // draws again
				requireFull(t, s, size.w, size.h)
				golden.RequireEqual(t, s.Text()+"\n")
			})
		}
	}
}

var someUse = []poll.ActionUse{
	{Action: "DescribeCurrentMemberList", Limit: 20, Full: 10, Share: 10, Used: 10, Waiting: 31, Latency: 42 * time.Millisecond, RequestIDs: []string{"8f2c91d0-0001", "8f2c91d0-0002"}},
	{Action: "DescribeRoom", Limit: 50, Full: 25, Share: 25, Used: 3, Latency: 18 * time.Millisecond},
	{Action: "GetRooms", Limit: 20, Full: 10, Share: 4.5, Used: 4, Refused: 17, Recent: 3, Foreign: 8.2, Latency: 1204 * time.Millisecond, RequestIDs: []string{"8f2c91d0-0009"}},
}

func someTrend(id class.RoomID) []poll.Sample {
	var out []poll.Sample
	for i := range 60 {
		out = append(out, poll.Sample{At: now.Add(time.Duration(i-60) * 5 * time.Second), Online: 20 + (i*i+int(id))%9})
	}
	return out
}

func TestFramesOfRoomsInTrouble(t *testing.T) {
	for _, size := range sizes[:4] {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := newStand(t, size.w, size.h)
			s.Put(updates(troubled())...)
			s.Press("a", "a")
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestTheLensOfAttentionFollowsTheRules(t *testing.T) {
	s := newStand(t, 120, 24)
	s.Put(updates(troubled())...)
	s.Press("4")
	for _, want := range []string{"Chemistry 9A", "语文 阅读课", "English 7B", "物理实验"} {
		assert.Contains(t, s.Text(), want)
	}
	assert.NotContains(t, s.Text(), "Art club")
	assert.Contains(t, s.Text(), "5 need attention")
}

// watching plays a story over a school in trouble.
func watching(t *testing.T, story func(r *uitest.Rig, s *uitest.Session)) {
	t.Helper()
	play(t, 120, 24, func(r *uitest.Rig, s *uitest.Session, _ *uitest.Runner) {
		s.Put(updates(troubled())...)
		r.Advance(time.Second)
		story(r, s)
	})
}

func TestAcknowledge(t *testing.T) {
	watching(t, func(r *uitest.Rig, s *uitest.Session) {
		openView(r, "attention")
		require.True(t, r.Has("5 need attention"), r.Screen())
		assert.Contains(t, r.Line("语文 阅读课"), "▌ NOW")
		r.Press("a", "1") // ten minutes
		assert.Contains(t, r.Line("语文 阅读课"), "ack")
		assert.True(t, r.Has("4 need attention"), r.Screen())
		r.Press("q")
		assert.Contains(t, r.Line("语文 阅读课"), "ack upcom")
		r.Skip(9 * time.Minute)
		assert.True(t, r.Has("4 need attention"), r.Screen())
		r.Skip(2 * time.Minute)
		assert.True(t, r.Has("5 need attention"), r.Screen())
		assert.Contains(t, r.Line("语文 阅读课"), "LATE")
	})
}

func TestAcknowledgeUntilItClears(t *testing.T) {
	watching(t, func(r *uitest.Rig, s *uitest.Session) {
		openView(r, "attention")
		r.Press("j", "a", "a")
		require.Contains(t, r.Line("no teacher is in"), "ack", r.Screen())
		r.Skip(2 * time.Hour)
		assert.Contains(t, r.Line("no teacher is in"), "ack")

		cards := troubled()
		bad := cards[3].Problems
		cards[3].Problems, cards[3].Score = nil, 0
		s.Put(updates(cards)[4])
		r.Advance(time.Second)
		assert.Contains(t, r.Line("no teacher is in"), "over", "it stays a moment")
		r.Advance(6 * time.Second)
		assert.False(t, r.Has("no teacher is in"), r.Screen())

		cards[3].Problems, cards[3].Score = bad, class.Score(bad)
		s.Put(updates(cards)[4])
		r.Advance(time.Second)
		assert.Contains(t, r.Line("no teacher is in"), "NOW", "it came again: that is news")
	})
}

func TestTakeAnAcknowledgementBack(t *testing.T) {
	watching(t, func(r *uitest.Rig, _ *uitest.Session) {
		openView(r, "attention")
		r.Press("a", "a", "G", "a", "u")
		assert.True(t, r.Has("5 need attention"), r.Screen())
	})
}

func TestFromAProblemIntoTheClass(t *testing.T) {
	watching(t, func(r *uitest.Rig, s *uitest.Session) {
		openView(r, "attention")
		r.Press("/", "s", "a", "m", "e", "enter")
		require.Contains(t, r.Line("s_10231 is in class"), "▌", r.Screen())
		s.Put(membersUpdate(310048217))
		r.Advance(time.Second)
		r.Press("K")
		require.True(t, r.Has("欧阳娜娜 (s_10231)"), r.Screen())
		r.Advance(time.Second)
		r.Press("n", "enter")
		s.Put(membersUpdate(310048217))
		r.Advance(time.Second)
		assert.Contains(t, r.Line("s_10231"), "▌", r.Screen())
		assert.True(t, r.Has("[2 Members]"), r.Screen())
		r.Press("esc", "esc", "/", "d", "o", "c", "enter", "enter")
		assert.True(t, r.Has("[4 Documents]"), r.Screen())
	})
}

func TestPatrolWalksAndPauses(t *testing.T) {
	watching(t, func(r *uitest.Rig, s *uitest.Session) {
		openView(r, "patrol")
		r.Advance(time.Second)
		require.True(t, r.Has("Chemistry 9A"), "the worst live class first: "+r.Screen())
		assert.True(t, r.Has("1 of 4 inspected"), r.Screen())
		r.Advance(8 * time.Second)
		assert.False(t, r.Has("Chemistry 9A"), r.Screen())
		assert.True(t, r.Has("2 of 4 inspected"), r.Screen())
		r.Press("d")
		r.Press("esc")
		require.True(t, r.Has("PAUSED"), r.Screen())
		r.Advance(time.Minute)
		assert.True(t, r.Has("2 of 4 inspected"), r.Screen())
		r.Press("space")
		assert.False(t, r.Has("PAUSED"), r.Screen())
		assert.True(t, r.Has("3 of 4 inspected"), r.Screen())
		r.Press("space")
		assert.True(t, r.Has("PAUSED"), "the first key only pauses: "+r.Screen())
		assert.True(t, r.Has("3 of 4 inspected"), r.Screen())
		r.Press("enter")
		r.Advance(time.Second)
		assert.True(t, r.Has("4 of 4 inspected"), r.Screen())
	})
}

func TestTheWorstIsSeenOftenAndNobodyForgotten(t *testing.T) {
	s := newStand(t, 80, 24)
	v := newPatrol(s.App, ui.Arg{}).(*patrol)
	for i := range 100 {
		c := class.Card{Room: class.Room{ID: class.RoomID(i + 1), Status: class.RoomLive}}
		if i < 8 {
			c.Score = 100
		}
		v.cards[c.Room.ID] = c
	}
	shown := map[class.RoomID]int{}
	for range 450 { // an hour at eight seconds each
		v.walk()
		shown[v.room]++
		s.now = s.now.Add(patrolStays)
	}
	assert.Len(t, shown, 100, "everybody within the hour")
	assert.Greater(t, shown[1], 2*shown[50])
}

func TestSlowerAndFaster(t *testing.T) {
	budget := poll.NewBudget(poll.BudgetConfig{})
	s := newStand(t, 120, 24, func(d *ui.Deps) { d.Pace = budget })
	s.Press("{")
	assert.InDelta(t, 0.4, budget.Share(), 1e-9)
	assert.Contains(t, s.Text(), "at 40%")
	s.Press("}", "}")
	assert.Contains(t, s.Text(), "at 62%")
	plain := newStand(t, 120, 24)
	plain.Press("{")
	assert.Contains(t, plain.Text(), "cannot be changed")
	assert.Equal(t, []string{"{"}, keymap.Default().Keys(keymap.Slower))
}
