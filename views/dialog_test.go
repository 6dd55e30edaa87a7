package views

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
)

func keyMsg(key string) tea.Msg { return uitest.Key(key) }

func TestDialogIsDeafAtFirst(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K", "y", "y", "esc")
	assert.Contains(t, s.Text(), "[10 min]")
	assert.Empty(t, s.runner.Ran())
	s.now = s.now.Add(399 * time.Millisecond)
	s.Press("y")
	assert.Empty(t, s.runner.Ran())
	s.now = s.now.Add(time.Millisecond)
	s.yes("y")
	assert.Len(t, s.runner.Ran(), 1)
}

func TestDialogNamesEverything(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	for _, want := range []string{"Bobby Tables", "s_10240", "王建国", "310048217", "38 members", "[10 min]", "no (default)", "0s old"} {
		assert.Contains(t, s.Text(), want)
	}
}

func TestEnterNeverConfirms(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.yes("enter")
	assert.Contains(t, s.Text(), "not done")
	s.yes("enter")
	assert.Contains(t, s.Text(), "Describe s_10240", "the second one is for the row")
	assert.Empty(t, s.runner.Ran())
}

func TestPasteNeverConfirms(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.now = s.now.Add(time.Second)
	s.Send(tea.PasteMsg{Content: "y\n"})
	assert.Contains(t, s.Text(), "[10 min]", "the dialog is still open")
	s.press("n", "E")
	s.now = s.now.Add(time.Second)
	s.Send(tea.PasteMsg{Content: "8217"})
	s.yes("enter")
	assert.Empty(t, s.runner.Ran())
}

func TestLevelThreeWantsTheDigits(t *testing.T) {
	s := inMembers(t)
	s.Press("E")
	s.press("y")
	s.yes("enter")
	assert.Contains(t, s.Text(), "that is not 8217: nothing was sent")
	s.press("8", "2", "1", "8")
	s.yes("enter")
	assert.Empty(t, s.runner.Ran())
	s.press("8", "2", "1", "7")
	assert.Empty(t, s.runner.Ran(), "the digits alone do nothing")
	s.yes("enter")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, ops.End, s.runner.Ran()[0].Action)
	assert.Equal(t, class.RoomID(310048217), s.runner.Ran()[0].Target.Room)
}

func TestKickForGoodIsLevelThree(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.press("right", "right", "right")
	assert.Contains(t, s.Text(), "[for good]")
	assert.Contains(t, s.Text(), "Type 8217 and enter")
	s.yes("y")
	assert.Empty(t, s.runner.Ran())
	s.press("left")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, 24*time.Hour, s.runner.Ran()[0].Duration)
}

func TestReasonGoesIntoTheOperation(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.press("r", "s", "p", "a", "m")
	s.Send(tea.PasteMsg{Content: " 广告\n"})
	s.press("enter")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, "spam 广告", s.runner.Ran()[0].Reason)
}

func TestTargetIsFrozenWhileRowsMove(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	before := s.Text()
	gone := membersUpdate(310048217)
	gone.Data = crowd()[:3] // the selected member leaves, with many others
	s.Put(gone)
	assert.Equal(t, before, s.Text(), "no row moves under a dialog")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.Equal(t, "s_10240", s.runner.Ran()[0].Target.User.String())
	assert.Empty(t, s.line("学生05"), "what came meanwhile is shown afterwards")
}

func TestSecondActionOnATargetUnderWay(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.now = s.now.Add(time.Second)
	s.Press("y") // the command is not run: it stays under way
	assert.Contains(t, s.Text(), "kick: sending")
	s.Press("K")
	assert.Contains(t, s.Text(), "is being carried out")
	s.now = s.now.Add(9 * time.Second)
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Card, Room: 1}})
	s.Press("j")
	assert.Contains(t, s.Text(), "no answer, reading back")
}

func TestStaleDataAreShownInTheDialog(t *testing.T) {
	s := inMembers(t)
	s.now = s.now.Add(42 * time.Second)
	s.Press("j", "j", "K")
	assert.Contains(t, s.line("data"), "42s old")
}

func TestTheActionMenuBeginsWithWhatIsPossible(t *testing.T) {
	s := inDocuments(t, 80, 24)
	s.Press("x")
	assert.NotContains(t, s.line("▌"), "no: ")
	kick, end := strings.Index(s.Text(), "Kick the member for good"), strings.Index(s.Text(), "End the class")
	assert.Positive(t, end)
	assert.Less(t, end, kick, "nobody is chosen here")
}

func TestNarrowDialogCutsNothing(t *testing.T) {
	s := newStand(t, 60, 16)
	s.Put(updates(school())...)
	s.Open("room", ui.Arg{Room: 310048217})
	s.Press("2")
	s.Put(membersUpdate(310048217))
	s.Press("j", "j", "K")
	for l := range strings.Lines(s.Text()) {
		if _, inside, ok := strings.Cut(l, "│"); ok {
			inside, _, _ = strings.Cut(inside, "│")
			assert.NotContains(t, inside, "…")
		}
	}
	assert.Contains(t, s.Text(), "for good")
}

// TestTheQuestionStaysOnTheSmallestScreen kicks an assistant, which brings a
// warning, where the dialog has hardly room.
func TestTheQuestionStaysOnTheSmallestScreen(t *testing.T) {
	for name, want := range map[string][]string{"English": {"is an assistant", "no (default)", "[10 min]"}, "Chinese": {"助教", "否（默认）", "[10 分钟]"}} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, 60, 16, onlyTabs("2"), func(d *ui.Deps) {
				if name == "Chinese" {
					inChinese(d)
				}
			})
			s.Put(updates(school())...)
			s.Press("j", "j", "j", "enter")
			s.Put(membersUpdate(310048217))
			s.Press("j", "K")
			s.press("a")
			requireFull(t, s, 60, 16)
			for _, text := range append(want, "310048217", "╰──") {
				assert.Contains(t, s.Text(), text)
			}
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}
