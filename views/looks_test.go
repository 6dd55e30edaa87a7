package views

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
	"classtop/ui/uitest"
)

// blue is a piece of nord that no other theme has.
const blue = "38;2;136;192;208"

func TestAThemeIsSeenBeforeItIsChosen(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Put(updates(school())...)
	before := s.Frame()
	s.Press(":")
	for _, c := range "theme" {
		s.Press(string(c))
	}
	s.Press("enter")
	require.Contains(t, s.Text(), "high-contrast")
	for range len((theme.Set{}).Names()) {
		if strings.Contains(s.Frame(), blue) {
			break
		}
		s.Press("j")
	}
	require.Contains(t, s.Frame(), blue)
	require.NotNil(t, s.View().BackgroundColor)
	s.Press("esc")
	assert.Equal(t, before, s.Frame(), "closing the menu leaves all as it was")
	assert.Nil(t, s.View().BackgroundColor)
}

func TestAThemeByItsName(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Press(":")
	for _, c := range "theme nord" {
		s.Press(strings.Replace(string(c), " ", "space", 1))
	}
	s.Press("enter")
	assert.Contains(t, s.Frame(), blue)
	s.Send(background(false))
	assert.Contains(t, s.Frame(), blue, "the terminal's background does not matter any more")
}

func TestABrokenThemeSaysWhy(t *testing.T) {
	s := newStand(t, 120, 40, func(d *ui.Deps) { d.Themes.Own = map[string][]byte{"mine": []byte("dangr: bold")} })
	s.Press(":")
	for _, c := range "theme mine" {
		s.Press(strings.Replace(string(c), " ", "space", 1))
	}
	s.Press("enter")
	assert.Contains(t, s.Text(), "dangr: there is no such token")
}

// TestNothingIsSaidByColourAlone reads every state of the school and of a
// class without any colour, in letters.
func TestNothingIsSaidByColourAlone(t *testing.T) {
	s := newStand(t, 160, 60, func(d *ui.Deps) { d.Theme = "no-colour" }, onlyTabs("2"))
	s.Put(updates(school())...)
	assert.NotRegexp(t, `\x1b\[[0-9;]*[34]8;`, s.Frame())
	for _, word := range []string{"NO TEACHER", "OVERRUN", "LATE", "live", "upcoming", "ended"} {
		assert.Contains(t, s.Text(), word)
	}
	s.Press("j", "j", "j", "enter")
	s.Put(membersUpdate(310048217))
	for _, word := range []string{"online", "reconnecting", "offline", "absent", "kicked", "teacher", "assistant"} {
		assert.Contains(t, s.Text(), word)
	}
}

func TestColumnsAreChosenAndFollowAtOnce(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Put(updates(school())...)
	head := func() string { return s.Lines()[3] }
	require.Contains(t, head(), "Teacher")
	s.Press("o", "j", "j", "j", "space")
	s.Press("esc")
	assert.NotContains(t, head(), "Teacher")
	assert.Contains(t, head(), "Class")
	s.Press("o", "]", "esc")
	assert.Less(t, strings.Index(head(), "Class"), strings.Index(head(), "State"), "moved behind the next")
	s.Press("o", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "esc")
	s.Press("o", "0", "esc")
	assert.Contains(t, head(), "Teacher")
	assert.Less(t, strings.Index(head(), "State"), strings.Index(head(), "Class"))
}

func TestOneColumnStays(t *testing.T) {
	s := newStand(t, 100, 30)
	s.Put(updates(school())...)
	s.Press("o")
	for range 20 {
		s.Press("space", "j")
	}
	assert.Contains(t, s.Text(), "one column has to stay")
}

func TestColumnsComeBackNextTime(t *testing.T) {
	looks := ui.Looks{Columns: map[string][]table.Column{
		"rooms":        {{ID: "name", Width: 30}, {ID: "state"}, {ID: "id", Off: true}, {ID: "gone"}},
		"room/members": {{ID: "name"}, {ID: "role", Off: true}},
	}}
	s := newStand(t, 120, 30, func(d *ui.Deps) { d.Looks = looks }, onlyTabs("2"))
	s.Put(updates(school())...)
	head := s.Lines()[3]
	assert.Equal(t, 31, strings.Index(head, "State")-strings.Index(head, "Class"))
	assert.NotContains(t, head, " Id ")
	assert.Contains(t, head, "Teacher", "columns that the list does not name stay")
	s.Press("j", "j", "j", "enter")
	s.Put(membersUpdate(310048217))
	assert.NotContains(t, s.Text(), "Role")
}

func TestChoicesAreWrittenDownOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stand{now: now, runner: &uitest.Runner{}, session: uitest.NewSession()}
		d := deps(s)
		var kept []ui.Looks
		d.Keep = func(l ui.Looks) error {
			time.Sleep(time.Second)
			kept = append(kept, l)
			return nil
		}
		rig := uitest.Start(t, d, 100, 30)
		s.session.Put(updates(school())...)
		rig.Advance(time.Second)
		rig.Press("o", "space", "j", "space", "j", "space", "esc")
		rig.Advance(5 * time.Second)
		require.NotEmpty(t, kept)
		last := kept[len(kept)-1].Columns["rooms"]
		assert.True(t, last[0].Off && last[1].Off && last[2].Off, "%v", last)
	})
}

func TestAChoiceThatCannotBeKeptSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stand{now: now, runner: &uitest.Runner{}, session: uitest.NewSession()}
		d := deps(s)
		d.Keep = func(ui.Looks) error { return errors.New("the disk is full") }
		rig := uitest.Start(t, d, 100, 30)
		s.session.Put(updates(school())...)
		rig.Press("o", "space", "esc")
		rig.Until("for this run only: the disk is full", 5*time.Second)
	})
}

func TestNothingMovesByItselfWhereMotionDisturbs(t *testing.T) {
	s := newStand(t, 120, 40, func(d *ui.Deps) { d.Calm = true })
	s.Put(updates(school())...)
	assert.NotContains(t, s.Lines()[0], "09:41:07")
	assert.Contains(t, s.Lines()[0], "09:41")
	s.Open("patrol", ui.Arg{})
	s.Put(updates(school())...)
	assert.Contains(t, s.Text(), "PAUSED")
}

// TestOverlaysFollowTheKeymap gives keys of overlays other places.
func TestOverlaysFollowTheKeymap(t *testing.T) {
	keys, err := keymap.Default().With(map[string][]string{"describe": {"o"}, "columns": {"d"}, "help": {"f1"}})
	require.NoError(t, err)
	s := newStand(t, 100, 30, func(d *ui.Deps) { d.Keys = keys })
	s.Put(updates(school())...)
	s.Press("o")
	require.Contains(t, s.Text(), "Describe")
	s.Press("d")
	require.Contains(t, s.Text(), "Describe", "d is another key now")
	s.Press("o")
	assert.NotContains(t, s.Text(), "Describe")
	s.Press("d")
	assert.Contains(t, s.Text(), "shows or hides")
}
