package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// inRoomTab opens a class and one of its tabs in a changed dashboard.
func inRoomTab(t *testing.T, w, h int, digit string, change ...func(*ui.Deps)) *stand {
	s := newStand(t, w, h, append([]func(*ui.Deps){onlyTabs("2", digit)}, change...)...)
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter", digit)
	s.Put(membersUpdate(talkRoom))
	return s
}

// morning is how the class went: it fills, and hands go up.
func morning(d *ui.Deps) {
	d.Trend = func(id class.RoomID) []poll.Sample {
		if id != talkRoom {
			return nil
		}
		out := make([]poll.Sample, 60)
		for i := range out {
			out[i] = poll.Sample{At: now.Add(time.Duration(i-60) * 10 * time.Second), Online: min(i, 38), Mics: i / 7 % 4, Hands: i / 4}
		}
		return out
	}
}

func detail() class.RoomDetail {
	room := school()[0].Room
	room.EndDelay = 10
	return class.RoomDetail{
		Room: room, SdkAppID: 1400000001, Teacher: text("t_wang"), Assistants: []class.Text{text("a_liu"), text("a_none")}, GroupID: text("grade10-3"),
		AudienceType: 1, Resolution: 2, AudioQuality: true, SubType: text("videodoc"), FocusMode: true, GradeAfter: true,
	}
}

func withDetail(s *stand, d class.RoomDetail) {
	s.Put(talkUpdate(poll.Detail, "", d))
}

func inOverview(t *testing.T, w, h int, change ...func(*ui.Deps)) *stand {
	s := inRoomTab(t, w, h, "1", append(change, morning)...)
	withDetail(s, detail())
	s.Put(talkUpdate(poll.Events, "", happenings()))
	return s
}

func noColour(s *stand) { s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII}) }

// requireASCII checks that what the views draw themselves is plain: the names
// of the fixture are Chinese all the same.
func requireASCII(t *testing.T, s *stand) {
	t.Helper()
	for _, r := range s.Text() {
		require.NotContains(t, "…│─●→╭╮╰╯▌━·–›↑↓✓▁▂▃▄▅▆▇█", string(r))
	}
}

func TestFramesOfOverview(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inOverview(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameOfOverviewInASCII(t *testing.T) {
	s := inOverview(t, 80, 24, ascii)
	requireFull(t, s, 80, 24)
	requireASCII(t, s)
	golden.RequireEqual(t, s.Text()+"\n")
}

func TestFrameOfOverviewWithoutColour(t *testing.T) {
	s := inOverview(t, 80, 24)
	noColour(s)
	golden.RequireEqual(t, s.Frame()+"\n")
}

func TestOverviewBeforeAnythingCame(t *testing.T) {
	s := newStand(t, 80, 24)
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter", "1")
	requireFull(t, s, 80, 24)
	for _, want := range []string{"not known yet", "no readings yet", "reading"} {
		assert.Contains(t, s.Text(), want)
	}
}

func TestOverviewNamesProblemsOnce(t *testing.T) {
	cards := school()
	c := &cards[0]
	c.Counts.Teachers, c.Counts.Cameras = 0, 0
	c.Problems = []class.Problem{
		{Rule: "cameras off", Severity: 1, Sentence: "all cameras are off", Since: now.Add(-3 * time.Minute)},
		{Rule: "empty", Severity: 2, Sentence: "nobody is in the class"},
	}
	s := inOverview(t, 80, 24)
	s.Put(updates(cards)...)
	assert.Equal(t, 1, strings.Count(s.Text(), "all cameras are off"), s.Text())
	assert.Contains(t, s.line("cameras are off"), "note all cameras are off, for 3m")
	assert.Contains(t, s.line("no teacher is in"), "Problems NOW  no teacher")
	assert.Contains(t, s.line("nobody is in"), "soon")
}

func TestOverviewOfAClassThatEndedMeanwhile(t *testing.T) {
	s := inOverview(t, 80, 24)
	cards := school()
	over := &class.Error{Action: "DescribeCurrentMemberList", Code: "FailedOperation.ClassEnded"}
	for i := range cards {
		if cards[i].Room.ID == talkRoom {
			cards[i].Room.Status, cards[i].Err = class.RoomEnded, over
		}
	}
	s.Put(updates(cards)...)
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Members, Room: talkRoom}, Err: over})
	assert.NotContains(t, s.Text(), "cannot be read", "nothing is wrong")
	assert.Contains(t, s.Lines()[2], "members before the end")
	assert.NotContains(t, s.Lines()[3], "online", "nobody is in it any more")
	assert.Contains(t, s.line("王建国 (t_wang)"), "was here at the end")
	assert.Contains(t, s.Text(), "Last seen ")
}

func TestOverviewTellsOfTheLeaders(t *testing.T) {
	s := inOverview(t, 80, 24)
	assert.Contains(t, s.line("王建国 (t_wang)"), "here, mic on, camera on")
	assert.Contains(t, s.line("刘洋 (a_liu)"), "here, mic off, camera on")
	assert.Contains(t, s.line("a_none"), "NOT HERE, not in the list of members")
	members := crowd()
	members[0].State, members[0].LastQuit = class.Offline, unix(-3)
	s.Put(talkUpdate(poll.Members, "", members))
	assert.Contains(t, s.line("王建国 (t_wang)"), "NOT HERE, left at 09:38")
}

func TestOverviewWantsOnlyWhatItShows(t *testing.T) {
	s := inOverview(t, 80, 24)
	kinds := func() (out []poll.Kind) {
		for _, w := range s.session.Wants() {
			out = append(out, w.Topic.Kind)
		}
		return out
	}
	assert.Contains(t, kinds(), poll.Events)
	assert.Contains(t, kinds(), poll.Detail)
	s.Press("2")
	assert.NotContains(t, kinds(), poll.Events)
}

func TestOverviewKeepsWhatItHasWhenReadingFails(t *testing.T) {
	s := inOverview(t, 80, 24)
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Events, Room: talkRoom}, Started: now, At: now,
		Err: &class.Error{Action: "GetRoomEvent", Code: "InternalError"}})
	assert.Contains(t, s.Text(), "recording finished")
	assert.Regexp(t, `events \S+ old !`, s.Text())
}

func TestSettingsSayEveryNumber(t *testing.T) {
	odd := class.RoomDetail{Room: class.Room{RoomType: 7, EndDelay: -1}, AudienceType: 9, Resolution: -3, SubType: text("hologram"), DisableRecord: 5, LiveType: 1 << 40, DirectControl: true}
	var words []string
	for _, s := range settings(&odd) {
		assert.NotEmpty(t, s.name)
		words = append(words, s.words)
	}
	all := strings.Join(words, "\n")
	for _, want := range []string{"class of kind 7", "audience of type 9", "resolution -3 video, landscape", "content hologram", "recording mode 5",
		"live type 1099511627776", "may not overrun", "nobody on mic besides the teacher", "devices are switched without consent", "not bound to a group"} {
		assert.Contains(t, all, want)
	}
	d := detail()
	words = words[:0]
	for _, s := range settings(&d) {
		words = append(words, s.words)
	}
	all = strings.Join(words, "\n")
	for _, want := range []string{"may overrun by 10 min", "HD video", "high quality audio", "only for the group grade10-3", "focus mode", "up to 6 on mic",
		"documents and video", "devices are switched only with consent", "recorded from start to end"} {
		assert.Contains(t, all, want)
	}
}

func TestSparkFillsItsWidthAndShowsZero(t *testing.T) {
	th, plain := theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true})
	assert.Equal(t, "▁▄█", spark(&th, []int{0, 20, 40}, 40, 3))
	assert.Equal(t, "_:#", spark(&plain, []int{0, 20, 40}, 40, 3))
	assert.Equal(t, "  ▁▁", spark(&th, []int{0, 0}, 0, 4))
	assert.Equal(t, "█", spark(&th, []int{1, 2, 9, 3}, 9, 1), "the highest of a stretch shows")
	assert.Equal(t, "   ", spark(&th, nil, 5, 3))
	assert.Empty(t, spark(&th, []int{1}, 1, -4))
	for w := range 50 {
		require.Equal(t, w, theme.Width(spark(&th, make([]int, 37), 3, w)))
	}
}

func TestShareGivesTheNeededFirst(t *testing.T) {
	part := func(need, least, lines int) section {
		return section{need: need, least: least, lines: make([]string, lines)}
	}
	parts := []section{part(1, 2, 5), part(0, 1, 3), part(2, 1, 9)}
	assert.Equal(t, []int{0, 1, 0}, share(parts, 1))
	assert.Equal(t, []int{2, 1, 1}, share(parts, 4))
	assert.Equal(t, []int{3, 3, 1}, share(parts, 7))
	assert.Equal(t, []int{5, 3, 9}, share(parts, 100))
	assert.Equal(t, []int{0, 0, 0}, share(parts, 0))
}

func TestEveryTabIsNamedAndLeadsOn(t *testing.T) {
	for _, w := range []int{60, 80, 120} {
		s := newStand(t, w, 24)
		s.Put(updates(school())...)
		s.Press("j", "j", "j", "enter")
		for _, from := range tabs() {
			for _, to := range tabs() {
				s.Press(keymap.Default().Keys(from.key)[0], keymap.Default().Keys(to.key)[0])
				require.Contains(t, s.line("Members"), to.title+"]", "from %s at %d", from.title, w)
				require.Contains(t, s.line("Members"), from.title)
			}
			s.Press("]", "[")
			require.Contains(t, s.Text(), tabs()[len(tabs())-1].title+"]")
		}
	}
}

func TestTabsOfARoomAreInOrder(t *testing.T) {
	last := ""
	for _, tb := range tabs() {
		key := keymap.Default().Keys(tb.key)[0]
		assert.Greater(t, key, last, tb.title)
		last = key
	}
}

func TestTheHeadOfAClassGivesWayInWholePieces(t *testing.T) {
	head := func(w int) string {
		s := inOverview(t, w, 24)
		return strings.TrimSpace(strings.Split(s.Text(), "\n")[3])
	}
	require.Equal(t, "LIVE · 09:00–09:45 · 4m left · teacher 王建国 · assistants 0/2 here · 38/42 online · 2 mics · 30 cameras · 17 hands", head(140))
	require.Equal(t, "LIVE · 4m left · teacher 王建国 · assistants 0/2 here · 38/42 online", head(80))
	require.Equal(t, "LIVE · 4m left · teacher 王建国 · 38/42 online", head(60))
}
