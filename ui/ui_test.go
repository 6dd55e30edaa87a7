package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/poll"
	"classtop/ui/theme"
)

func TestInputEdits(t *testing.T) {
	in := input{}
	key := func(k rune, mod tea.KeyMod, text string) bool {
		return in.key(tea.KeyPressMsg{Code: k, Mod: mod, Text: text})
	}
	in.add("find 王小明\r\n\x1b[31m")
	assert.Equal(t, "find 王小明[31m", in.text())
	key(tea.KeyBackspace, 0, "")
	key('w', tea.ModCtrl, "")
	assert.Equal(t, "find ", in.text())
	key('e', 0, "e\u0301")
	key(tea.KeyBackspace, 0, "")
	assert.Equal(t, "find ", in.text(), "a character goes as a whole")
	key(tea.KeyHome, 0, "")
	key('王', 0, "王")
	assert.Equal(t, "王find ", in.text(), "typed where the cursor is")
	th := theme.New(theme.Options{ASCII: true})
	assert.Equal(t, "王>find ", in.line(&th, theme.Plain, 20))
	assert.Equal(t, "王>f~", in.line(&th, theme.Plain, 5))
	key(tea.KeyEnd, 0, "")
	key('u', tea.ModCtrl, "")
	assert.Empty(t, in.text())
	key(tea.KeyBackspace, 0, "")
	assert.Empty(t, in.text())
	assert.False(t, key(tea.KeyF5, 0, ""))
	assert.False(t, key('v', tea.ModCtrl, ""), "nothing is read from the system's clipboard")
	in.add(strings.Repeat("x", maxInput+1))
	assert.Empty(t, in.text(), "too long is not taken in part")
}

func TestSpliceCutsWideCharacters(t *testing.T) {
	const line = "ab王小明cd赵敏xyz" // 18 cells
	for x := range 12 {
		for w := 1; w <= 18-x; w++ {
			got := splice(line, strings.Repeat("#", w), x, w, 17)
			if x+w <= 17 {
				require.Equal(t, 17, theme.Width(got), "x=%d w=%d: %q", x, w, got)
			}
		}
	}
}

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0s", 59 * time.Second: "59s", time.Minute: "1m", 65 * time.Minute: "1h05", 25 * time.Hour: "1d",
	} {
		assert.Equal(t, want, Ago(d))
	}
}

func TestFeedKeepsTheLastGoodTime(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var f Feed
	assert.Equal(t, "-", f.Age(now))
	assert.True(t, f.Note(poll.Update{At: now}))
	assert.Equal(t, "<5s", f.Age(now))
	assert.False(t, f.Note(poll.Update{At: now.Add(time.Second), Err: &class.Error{Code: "X"}}))
	assert.Equal(t, "12s !", f.Age(now.Add(12*time.Second)))
	assert.Equal(t, theme.Danger, f.Look(now))
}

func TestStatusOfTheBusiestAction(t *testing.T) {
	st := StatusOf(poll.Health{State: poll.Connected}, []poll.ActionUse{
		{Action: "A", Share: 10, Used: 3}, {Action: "B", Share: 25, Used: 20}, {Action: "C"},
	}, 2*time.Second)
	assert.Equal(t, Status{Used: 20, Limit: 25, Offset: 2 * time.Second}, st)
	st = StatusOf(poll.Health{State: poll.Stopped, Err: &class.Error{Code: "AuthFailure"}}, []poll.ActionUse{{Recent: 1, Share: 5}}, 0)
	assert.True(t, st.Stopped)
	assert.True(t, st.Slowed)
	assert.NotNil(t, st.Problem)
	st = StatusOf(poll.Health{State: poll.Degraded, Err: &class.Error{Code: class.CodeNetwork}, Part: "room engine"}, nil, 0)
	assert.Nil(t, st.Problem, "the classes come all the same")
	assert.Equal(t, "room engine", st.Part)
	assert.NotNil(t, st.Partly)
}

func TestMessageFillsItsRectangle(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, size := range [][2]int{{1, 1}, {10, 3}, {80, 20}} {
		lines := Message(&th, size[0], size[1], theme.Danger, "没有课", strings.Repeat("long words ", 30))
		require.Len(t, lines, size[1])
		for _, l := range lines {
			require.Equal(t, size[0], theme.Width(l))
		}
	}
}
