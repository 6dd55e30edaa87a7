package views

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/uitest"
)

func inRooms(t *testing.T) *stand {
	s := newStand(t, 80, 24)
	s.Put(updates(school())...)
	return s
}

func inMembers(t *testing.T) *stand {
	s := inRooms(t)
	s.Press("j", "j", "j", "enter")
	s.Put(membersUpdate(310048217))
	return s
}

// press types keys to a dialog that has been open long enough.
func (s *stand) press(keys ...string) {
	s.now = s.now.Add(time.Second)
	s.Press(keys...)
}

// line is the first line that holds a text.
func (s *stand) line(text string) string {
	for _, l := range s.Lines() {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}

// yes presses a key and runs what comes of it, as the program would.
func (s *stand) yes(key string) {
	s.now = s.now.Add(time.Second)
	_, cmd := s.Update(keyMsg(key))
	s.run(cmd)
}

// run carries a command out and hands on what it says, to its end.
func (s *stand) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, c := range batch {
			s.run(c)
		}
		return
	}
	_, next := s.Update(msg)
	s.run(next)
}

func TestFirstViewBeforeTheFirstSize(t *testing.T) {
	m := ui.New(t.Context(), deps(&stand{now: now, session: uitest.NewSession()}))
	assert.Empty(t, m.View().Content)
	m.Update(tea.WindowSizeMsg{})
	assert.Empty(t, m.View().Content)
	m.Update(tea.WindowSizeMsg{Width: 1, Height: 1})
	assert.Len(t, m.View().Content, 1)
}

func TestTooSmallSaysSo(t *testing.T) {
	s := newStand(t, 50, 10)
	assert.Contains(t, strings.ReplaceAll(s.Text(), "\n", " "), "too small: needs 60x16, this is 50x10")
	requireFull(t, s, 50, 10)
	s.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	requireFull(t, s, 80, 24)
}

func TestResizes(t *testing.T) {
	s := inRooms(t)
	for i := range 300 {
		w, h := (i*37)%220, (i*17)%70
		s.Send(tea.WindowSizeMsg{Width: w, Height: h})
		requireFull(t, s, w, h)
		if i%50 == 20 {
			s.Press("?")
		}
		if i%50 == 40 {
			s.Press("esc")
		}
	}
}

func TestHotPathDoesNoWork(t *testing.T) {
	s := inRooms(t)
	draws, wants := s.Draws(), s.session.Wants()
	for range 100 {
		s.Send(struct{ plain string }{"nothing of interest"})
		s.View()
	}
	assert.Equal(t, draws, s.Draws(), "a message that says nothing makes no frame")
	assert.Equal(t, wants, s.session.Wants())
	assert.Empty(t, s.pokes)
	assert.Empty(t, s.runner.Ran())
}

func TestLensesAndTheirEmptyStates(t *testing.T) {
	s := inRooms(t)
	s.Press("1")
	assert.Contains(t, s.Text(), "[1 live]")
	assert.NotContains(t, s.Text(), "Art club")
	s.Press("8")
	assert.Contains(t, s.Text(), "No class: pinned")
	s.Press("0", "w", "8")
	assert.Contains(t, s.Text(), "Chemistry 9A")
	s.Press("]")
	assert.Contains(t, s.Text(), "[9 marked]")
}

func TestFilterWhileTyping(t *testing.T) {
	s := inRooms(t)
	s.Press("/", "g", "r", "a", "c", "e")
	assert.Contains(t, s.Text(), "English 7B")
	assert.NotContains(t, s.Text(), "Chemistry")
	s.Press("enter")
	assert.Contains(t, s.Text(), "filter: grace")
	s.Press("esc")
	assert.Contains(t, s.Text(), "Chemistry")
	s.Press("/", "x", "x", "x")
	assert.Contains(t, s.Text(), "No class matches the filter xxx")
	s.Press("esc")
	assert.Contains(t, s.Text(), "Chemistry")
	assert.NotContains(t, s.Text(), "filter:")
}

func TestFilterTakesAPasteAsOneLine(t *testing.T) {
	s := inRooms(t)
	s.Press("/")
	s.Send(tea.PasteMsg{Content: "gra\x1bce\n"})
	assert.Contains(t, s.Text(), "/grace")
	assert.Contains(t, s.Text(), "English 7B")
}

func TestFullWidthKeysAct(t *testing.T) {
	s := inRooms(t)
	s.Press("？")
	assert.Contains(t, s.Text(), "Keys here")
	s.Press("esc", "：")
	assert.Contains(t, s.Text(), "Go to")
}

func TestSortMenuReverses(t *testing.T) {
	s := inRooms(t)
	s.Press("s", "3")
	assert.Contains(t, s.Text(), "sorted by Id ↑")
	s.Press("s", "enter")
	assert.Contains(t, s.Text(), "sorted by Id ↓")
	s.Press("s", "0")
	assert.NotContains(t, s.Text(), "sorted by")
}

func TestEscOrderNeverQuits(t *testing.T) {
	s := inMembers(t)
	s.Press("space", "/", "学", "enter")
	s.Press("esc")
	assert.NotContains(t, s.Text(), "filter:")
	assert.Contains(t, s.Text(), "1 marked")
	s.Press("esc")
	assert.NotContains(t, s.Text(), "1 marked")
	s.Press("esc")
	assert.Contains(t, s.Text(), "0-9 lens")
	for range 5 {
		_, cmd := s.Update(keyMsg("esc"))
		assert.Nil(t, cmd)
	}
}

func TestPaletteGoesToAClass(t *testing.T) {
	s := inRooms(t)
	s.Press(":", "e", "n", "g", "l", "i", "s", "h", "enter")
	assert.Contains(t, s.Text(), "Rooms › English 7B")
	s.Press(":", "n", "o", "p", "e", "z", "enter")
	assert.Contains(t, s.Text(), "there is no view, action or class called nopez")
	s.Press("esc", "-")
	assert.Contains(t, s.Text(), "0-9 lens")
	s.Press("-")
	assert.Contains(t, s.Text(), "Rooms › English 7B")
}

func TestPaletteGoesToAClassByNumber(t *testing.T) {
	s := inRooms(t)
	for typed, want := range map[string]string{"room engl": "Rooms › English 7B", "room 4242": "Rooms › room 4242", "4243": "Rooms › room 4243"} {
		s.Press(":")
		s.Press(spell(typed)...)
		s.Press("enter")
		assert.Contains(t, s.Text(), want, typed)
		s.Press("esc")
		require.Contains(t, s.Text(), "0-9 lens", typed)
	}
}

func TestPaletteTakesANumberAtItsWord(t *testing.T) {
	s := inRooms(t)
	known := school()[0].Room
	for typed, want := range map[string]string{
		"room 31":                     "room 31", // although listed classes have such digits in theirs
		"room " + known.ID.String():   "Rooms › " + known.Name.String(),
		known.ID.String():             "Rooms › " + known.Name.String(),
		" room  " + known.ID.String(): "Rooms › " + known.Name.String(),
	} {
		s.Press(":")
		s.Press(spell(typed)...)
		s.Press("enter")
		assert.Contains(t, s.Text(), want, typed)
		s.Press("esc")
		require.Contains(t, s.Text(), "0-9 lens", typed)
	}
	s.Press(":")
	s.Press(spell("room " + known.ID.String())...)
	assert.Contains(t, s.Text(), known.ID.String()+" ", "the number is shown in full")
	s.Press("esc", ":")
	s.Press(spell("nopez")...)
	assert.Contains(t, s.Text(), "no view, action or class is called so")
}

func TestFooterOffersWhatIsPossible(t *testing.T) {
	s := inRooms(t)
	footer := func() string {
		lines := strings.Split(strings.TrimRight(s.Text(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	s.Press("1")
	assert.Contains(t, footer(), "E end class")
	assert.NotContains(t, footer(), "S start class", "a live class cannot be started")
	assert.NotContains(t, footer(), "esc back", "there is no way further back")
	s.Press("/", "e", "enter")
	assert.Contains(t, footer(), "esc back", "it drops the filter")
	s.Press("esc", "2")
	assert.Contains(t, footer(), "S start class")
	assert.NotContains(t, footer(), "E end class")
}

func TestEndingAClassIsAboutNoMember(t *testing.T) {
	s := inMembers(t)
	s.Press("E")
	require.Contains(t, s.Text(), "End the class")
	assert.NotContains(t, s.Text(), "member ")
	assert.Contains(t, s.Text(), "class ")
}

func TestTotalsKeepWhatCallsForAPerson(t *testing.T) {
	s := newStand(t, 60, 16)
	s.Put(updates(school())...)
	assert.Contains(t, s.Text(), "1 no teacher")
	assert.NotContains(t, s.Text(), "7 classes")
}

func TestAListThatIsStillReadSaysSo(t *testing.T) {
	s := newStand(t, 120, 16)
	us := updates(school())
	us[0].More = true
	s.Put(us...)
	assert.Contains(t, s.Text(), "7 classes so far")
	s.Put(updates(school())...)
	assert.NotContains(t, s.Text(), "so far")
}

func TestFreezeHoldsTheRows(t *testing.T) {
	s := inRooms(t)
	s.Press("z")
	assert.Contains(t, s.Text(), "FROZEN")
	changed := school()
	changed[3].Room.Name = text("Renamed")
	s.Put(updates(changed)...)
	assert.NotContains(t, s.Text(), "Renamed")
	s.Press("z")
	assert.Contains(t, s.Text(), "Renamed")
	assert.NotContains(t, s.Text(), "FROZEN")
}

func TestDescribeRawAndCopy(t *testing.T) {
	s := inMembers(t)
	s.Press("d")
	assert.Contains(t, s.Text(), "may write in the chat")
	s.Press("esc", "y")
	assert.Contains(t, s.Text(), `"id": "t_wang"`)
	s.Press("esc")
	_, cmd := s.Update(keyMsg("c"))
	require.NotNil(t, cmd)
	assert.Contains(t, s.Text(), "copied user id t_wang")
}

func TestErrorKeepsOldDataAndMarksThemStale(t *testing.T) {
	s := inMembers(t)
	u := membersUpdate(310048217)
	u.Data, u.Err = nil, &class.Error{Action: "DescribeCurrentMemberList", Code: class.CodeTimeout}
	s.now = s.now.Add(20 * time.Second)
	s.Put(u)
	assert.Contains(t, s.Text(), "刘洋")
	assert.Contains(t, s.Text(), "20s old !")
	s.Put(poll.Update{Topic: u.Topic, Data: crowd(), Started: s.now, At: s.now})
	assert.NotContains(t, s.Text(), " ! ")
}

func TestRoomThatDoesNotExist(t *testing.T) {
	s := inRooms(t)
	s.Open("room", ui.Arg{Room: 42})
	s.Put(poll.Update{Topic: poll.Topic{Kind: poll.Detail, Room: 42},
		Err: &class.Error{Action: "DescribeRoom", Code: "ResourceNotFound.Room", Meaning: "There is no such room."}})
	assert.Contains(t, s.Text(), "There is no class with the id 42")
	assert.Contains(t, s.Text(), "esc goes back")
	s.Press("esc")
	assert.Contains(t, s.Text(), "0-9 lens")
}

func TestOldAnswersAfterAWriteAreDropped(t *testing.T) {
	s := inMembers(t)
	s.Press("j", "j", "K")
	s.yes("y")
	require.Len(t, s.runner.Ran(), 1)
	assert.NotEmpty(t, s.pokes)
	late := membersUpdate(310048217) // asked for before the kick
	late.Data = []class.Member{}
	s.Put(late)
	assert.Contains(t, s.Text(), "Bobby Tables")
	late.Started = s.now.Add(time.Second)
	s.Put(late)
	assert.NotContains(t, s.line("Bobby Tables"), "reconnecting")
}

func TestReadOnlySaysWhy(t *testing.T) {
	s := newStand(t, 80, 24, func(d *ui.Deps) { d.Profile.ReadOnly = true })
	s.Put(updates(school())...)
	assert.Contains(t, s.Text(), "READ-ONLY")
	s.Press("E")
	assert.Contains(t, s.Text(), "read-only")
	s.Press("x")
	assert.Contains(t, s.Text(), "no: ")
	assert.Empty(t, s.runner.Ran())
}

func TestActionMenuExplains(t *testing.T) {
	s := inRooms(t)
	s.Press("x")
	assert.Contains(t, s.line("Kick the member"), "no: No member is chosen")
	s.Press("S")
	assert.Contains(t, s.Text(), "Start the class: ")
	s.Press("E")
	assert.Contains(t, s.Text(), "Type 8240 and enter")
}

func TestResultOfEachStateIsShown(t *testing.T) {
	for state, word := range map[ops.State]string{ops.Done: "done: ", ops.Refused: "failed: ", ops.StillUnknown: "note: "} {
		s := inMembers(t)
		s.runner.Result = func(op ops.Op) ops.Result {
			return ops.Result{Op: op, State: state, RequestID: "rid-77", Err: &class.Error{Code: "FailedOperation.X", RequestID: "rid-77"}}
		}
		s.Press("j", "j", "K")
		s.yes("y")
		assert.Contains(t, s.Text(), word)
		assert.Contains(t, s.Text(), "rid-77")
	}
}

func TestTheTrailKeepsWhereWeAre(t *testing.T) {
	s := newStand(t, 60, 16)
	s.Put(updates(school())...)
	for _, view := range []string{"courseware", "groups", "supervisors", "recordings", "application"} {
		s.Press(":")
		s.Press(spell(view)...)
		s.Press("enter")
	}
	assert.Contains(t, s.Text(), " … › Recordings › Application ")
}

func TestEndedClassIsNotStaleForHavingNobody(t *testing.T) {
	s := inRooms(t)
	over := school()[0]
	over.Room.Status, over.Room.Name = class.RoomEnded, text("Over now")
	over.Teacher, over.TeacherName = class.Text{}, text("Anna")
	over.Err = &class.Error{Action: "DescribeCurrentMemberList", Code: "FailedOperation.ClassEnded"}
	s.Put(updates([]class.Card{over})...)
	s.Press(":")
	s.Press(spell("rooms")...)
	s.Press("enter", "3")
	require.Contains(t, s.Text(), "Over now")
	assert.NotContains(t, s.Text(), " !")
	assert.NotContains(t, s.Text(), "ClassEnded", "that is no problem")
	s.Press("d")
	assert.Contains(t, s.Text(), "Anna")
	assert.NotContains(t, s.Text(), "()", "an id that is not known takes no brackets")
}
