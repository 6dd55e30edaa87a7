package keymap

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTableIsWhole(t *testing.T) {
	seen := map[Action]bool{}
	for _, b := range table() {
		assert.False(t, seen[b.Action], "%s is there twice", b.Action)
		seen[b.Action] = true
		assert.NotEmpty(t, b.Short, b.Action)
		assert.NotEmpty(t, b.Long, b.Action)
		assert.NotEmpty(t, b.In, b.Action)
		assert.Contains(t, groups(), b.Group, b.Action)
		if len(b.Keys) == 0 {
			assert.True(t, b.Writes, "%s has no key, and the x menu is for writes", b.Action)
		}
		for _, k := range b.Keys {
			parsed, err := parseKey(k)
			require.NoError(t, err, b.Action)
			assert.Equal(t, k, parsed)
			assert.Empty(t, unfit(b, k), "%s on %s", b.Action, k)
		}
	}
}

func TestLowerCaseNeverWrites(t *testing.T) {
	m := Default()
	for _, place := range Contexts() {
		for r := rune('!'); r <= '~'; r++ {
			a, ok := m.Find(place, string(r))
			b, _ := m.Binding(a)
			if ok && b.Writes {
				assert.True(t, r >= 'A' && r <= 'Z', "%q writes in %s", r, place)
			}
		}
	}
}

func TestProductKeys(t *testing.T) {
	m := Default()
	for _, c := range []struct {
		place Context
		keys  string
		want  Action
	}{
		{Home, "j down", Down}, {Home, "k up", Up}, {Members, "g", Top}, {Members, "G", Bottom},
		{Home, "ctrl+d", HalfDown}, {Home, "ctrl+u", HalfUp}, {Home, "pgdown", PageDown}, {Home, "pgup", PageUp},
		{Home, "enter", In}, {Members, "esc", Back}, {Room, "[", PrevTab}, {Room, "]", NextTab},
		{Room, "1", TabOverview}, {Members, "8", TabReport}, {Seats, "5", TabSeats},
		{Home, "0", LensAll}, {Home, "9", LensMarked}, {Home, "4", LensAttention}, {Home, "7", LensNoTeacher},
		{Home, "tab", NextPane}, {Home, "p", Preview}, {Home, ":", Palette}, {Home, "?", Help}, {Home, "/", Filter},
		{Home, "a", Ack}, {Home, "w", Pin}, {Home, "-", LastView}, {Home, "x", Actions},
		{Members, "K", Kick}, {Members, "P", SeatPick}, {Home, "E", End}, {Members, "E", End}, {Room, "S", Start},
		{Home, "space", Mark}, {Home, "*", MarkAll}, {Home, "v", MarkRange}, {Home, "c", Copy}, {Home, "d", Describe},
		{Home, "y", JSON}, {Home, "s", Sort}, {Home, "r", Refresh}, {Home, "z", Freeze}, {Home, "e", Export},
		{Home, "q", Leave}, {Home, "ctrl+c", Quit}, {Input, "ctrl+c", Quit}, {Dialog, "ctrl+z", Suspend},
		{Dialog, "y", DialogYes}, {Dialog, "esc n", DialogNo},
	} {
		for k := range strings.FieldsSeq(c.keys) {
			got, ok := m.Find(c.place, k)
			assert.True(t, ok, "%s in %s", k, c.place)
			assert.Equal(t, c.want, got, "%s in %s", k, c.place)
		}
	}
	for _, k := range []string{"K", "E", "x", "1", "q", ":"} {
		_, ok := m.Find(Dialog, k)
		assert.False(t, ok, "%s must do nothing in a dialog", k)
	}
	_, ok := m.Find(Home, "K")
	assert.False(t, ok, "there is nobody to kick in the list of rooms")
	_, ok = m.Find(Room, "0")
	assert.False(t, ok)
}

func TestFullWidthTwins(t *testing.T) {
	for in, want := range map[string]string{
		"：": ":", "／": "/", "？": "?", "Ｋ": "K", "ｊ": "j", "１": "1", "　": "space", " ": "space",
		"enter": "enter", "alt+esc": "esc", "李": "李", "": "", "～": "~", "！": "!", "。": "。", "【": "[", "】": "]", "《": "<", "》": ">", "、": "/", "「": "{", "」": "}", "￥": "$",
	} {
		assert.Equal(t, want, Normalize(in), "%q", in)
	}
	a, ok := Default().Find(Members, "Ｋ")
	assert.True(t, ok)
	assert.Equal(t, Kick, a)
}

func TestOverrides(t *testing.T) {
	m, err := Default().With(map[string][]string{"kick": {"X", "Ｂ"}, "help": {"f1", "?"}, "preview": nil})
	require.NoError(t, err)
	assert.Equal(t, []string{"X", "B"}, m.Keys(Kick))
	a, _ := m.Find(Members, "B")
	assert.Equal(t, Kick, a)
	_, ok := m.Find(Members, "K")
	assert.False(t, ok)
	_, ok = m.Find(Home, "p")
	assert.False(t, ok)
	assert.Equal(t, []string{"K"}, Default().Keys(Kick), "the default must not change")

	m, err = Default().With(map[string][]string{"down": {"k"}, "up": {"j"}})
	require.NoError(t, err, "two actions may change places")
	a, _ = m.Find(Home, "k")
	assert.Equal(t, Down, a)
}

func TestOverrideFaults(t *testing.T) {
	for name, c := range map[string]struct {
		overrides map[string][]string
		says      []string
	}{
		"conflict":        {map[string][]string{"refresh": {"s"}}, []string{`"s"`, `"sort"`, `"refresh"`}},
		"across places":   {map[string][]string{"leave": {"1"}}, []string{`"1"`, `"leave"`, `"lens-live"`, `"tab-overview"`}},
		"with always":     {map[string][]string{"dialog-yes": {"ctrl+c"}}, []string{`"dialog-yes"`, `"quit"`, "dialog"}},
		"unknown action":  {map[string][]string{"kik": {"K"}}, []string{`"kik"`, `"kick"`}},
		"strange action":  {map[string][]string{"zzzzzzzzzz": {"K"}}, []string{`"zzzzzzzzzz"`, "help"}},
		"unknown key":     {map[string][]string{"help": {"escape"}}, []string{`"escape"`, `"esc"`}},
		"unknown mod":     {map[string][]string{"help": {"control+h"}}, []string{`"control+h"`, `"ctrl+h"`}},
		"two characters":  {map[string][]string{"help": {"gg"}}, []string{`"gg"`}},
		"no key":          {map[string][]string{"help": {""}}, []string{`""`}},
		"control":         {map[string][]string{"help": {"\x1b"}}, []string{"there is no key"}},
		"shift":           {map[string][]string{"help": {"shift+h"}}, []string{`"H"`}},
		"lower-case kick": {map[string][]string{"kick": {"k"}}, []string{"kick", "upper-case"}},
		"ctrl kick":       {map[string][]string{"kick": {"ctrl+k"}}, []string{"kick", "upper-case"}},
		"enter is yes":    {map[string][]string{"dialog-yes": {"enter"}}, []string{"dialog-yes", "habit"}},
		"digit in dialog": {map[string][]string{"dialog-no": {"0"}}, []string{"digits"}},
		"text in input":   {map[string][]string{"input-accept": {"a"}}, []string{"text"}},
		"char everywhere": {map[string][]string{"quit": {"Q"}}, []string{"quit", "type"}},
		"needed":          {map[string][]string{"quit": {}}, []string{"quit", "at least one key"}},
		"two faults":      {map[string][]string{"kik": {"K"}, "quit": {}}, []string{"kik", "quit"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Default().With(c.overrides)
			require.Error(t, err)
			for _, s := range c.says {
				assert.ErrorContains(t, err, s)
			}
		})
	}
}

func TestKeyForms(t *testing.T) {
	for in, want := range map[string]string{"+": "+", "ctrl++": "ctrl++", "alt+ctrl+x": "ctrl+alt+x", "shift+tab": "shift+tab", "ctrl+　": "ctrl+space", "é": "é"} {
		got, err := parseKey(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got)
	}
	for _, in := range []string{"ctrl+", "++x", "ctrl+gg", "e\u0301", "\xff"} {
		_, err := parseKey(in)
		assert.Error(t, err, in)
	}
}

func TestHelpAndFooter(t *testing.T) {
	m := Default()
	var actions []Action
	for _, s := range m.Help(Members) {
		for _, r := range s.Rows {
			actions = append(actions, r.Action)
		}
	}
	assert.Contains(t, actions, Kick)
	assert.Contains(t, actions, Quit)
	assert.NotContains(t, actions, LensAll)
	assert.NotContains(t, actions, DialogYes)
	assert.Len(t, m.Commands(Members), len(actions))

	footer := m.Footer(Members)
	assert.Equal(t, Kick, footer[0].Action, "what is special to the place comes first")
	for _, r := range footer {
		assert.Len(t, r.Keys, 1)
	}
	assert.Equal(t, "kick", m.Short(Kick))
	assert.Contains(t, m.Long(Kick), "10 minutes")
	assert.Empty(t, m.Keys("nothing"))
}

func TestMarkdownIsComplete(t *testing.T) {
	md := Default().Markdown()
	for _, b := range table() {
		assert.Contains(t, md, "`"+string(b.Action)+"`")
		for _, k := range b.Keys {
			assert.Contains(t, md, "`"+k+"`")
		}
	}
	for row := range strings.Lines(md) {
		assert.Equal(t, 4, strings.Count(row, "|")-strings.Count(row, "\\|"), row)
	}
}

func TestEveryPlaceIsListed(t *testing.T) {
	for place := range wider {
		assert.Contains(t, Contexts(), place, "no key works in a place that is not listed")
	}
}
