package theme

import (
	"regexp"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class/clean"
)

func all() []Theme {
	var out []Theme
	for _, colors := range []Colors{NoColor, Colors16, Colors256, TrueColor} {
		for _, light := range []bool{false, true} {
			for _, ascii := range []bool{false, true} {
				out = append(out, New(Options{Palette: palette(light), Colors: colors, ASCII: ascii}))
			}
		}
	}
	return out
}

func TestPaintKeepsTextAndWidth(t *testing.T) {
	for _, th := range all() {
		for tok := range tokens {
			for _, selected := range []bool{false, true} {
				got := th.PaintRow(tok, "王 Anna", selected)
				assert.Equal(t, "王 Anna", ansi.Strip(got))
				assert.Equal(t, 7, Width(got))
			}
		}
		assert.Empty(t, th.Paint(Danger, ""))
	}
}

func TestColoursFitTheTerminal(t *testing.T) {
	sgr := regexp.MustCompile(`\x1b\[([0-9;]*)m`)
	colour := map[Colors]*regexp.Regexp{
		NoColor:   regexp.MustCompile(`(^|;)(3[0-8]|4[0-8]|9[0-7])`),
		Colors16:  regexp.MustCompile(`[34]8;`),
		Colors256: regexp.MustCompile(`[34]8;2;`),
	}
	for _, th := range all() {
		for tok := range tokens {
			for _, m := range sgr.FindAllStringSubmatch(th.Paint(tok, "x")+th.PaintRow(tok, "x", true), -1) {
				if bad := colour[th.Colors]; bad != nil {
					assert.NotRegexp(t, bad, m[1], "token %d with %d colours", tok, th.Colors)
				}
			}
		}
	}
}

func TestSelectionIsSeenWithoutColours(t *testing.T) {
	for _, th := range all() {
		assert.NotEqual(t, th.PaintRow(Plain, "x", false), th.PaintRow(Plain, "x", true))
	}
}

func TestASCIIGlyphsAreASCII(t *testing.T) {
	g := asciiGlyphs
	for _, s := range []string{g.More, g.Dot, g.Live, g.Down, g.Trail, g.Cursor, g.Mark, g.Pin, g.Up, g.Fall, g.Full, g.Nil, g.H, g.V, g.TL, g.TR, g.BL, g.BR, g.Dash} {
		require.Len(t, s, 1)
		require.True(t, plainASCII(s))
	}
}

func TestSides(t *testing.T) {
	th := New(Options{ASCII: true})
	assert.Equal(t, "left    right", th.Sides("left", "right", 13))
	assert.Equal(t, "le~right", th.Sides("left side", "right", 8))
	assert.Equal(t, "rig~", th.Sides("left", "right", 4))
	assert.Equal(t, "left  ", th.Sides("left", "", 6))
}

func TestWrap(t *testing.T) {
	assert.Equal(t, []string{"one two", "three"}, Wrap("one two three", 8))
	assert.Empty(t, Wrap("x", 0))
	assert.Equal(t, []string{"id", "5f3c-9a1e"}, Wrap("id 5f3c-9a1e", 10))
	assert.Equal(t, []string{"二次函", "数"}, Wrap("二次函数", 7))
	assert.Equal(t, []string{"字"}, Wrap("字", 1))
	assert.Equal(t, []string{"  in", "dent"}, Wrap("  in dent", 5))
	assert.Equal(t, []string{""}, Wrap("", 5))
	assert.Equal(t, []string{"the id: 课堂已经", "结束了"}, Wrap("the id: 课堂已经结束了", 17), "a line breaks between Chinese characters")
	assert.Equal(t, []string{"a 5f3c/9a1e", "x"}, Wrap("a 5f3c/9a1e x", 12))
	assert.Equal(t, []string{"to", "/tmp/x"}, Wrap("to /tmp/x", 8), "a path is a word")
	assert.Equal(t, []string{"a", "5f3c/9a1e"}, Wrap("a 5f3c/9a1e", 9))
	for _, closing := range "，。：；！？）】》、”」" {
		assert.Equal(t, []string{"已经结", "束" + string(closing) + "请"}, Wrap("已经结束"+string(closing)+"请", 8), "no line begins with %c", closing)
	}
	assert.Equal(t, []string{"请看", "（这", "里）"}, Wrap("请看（这里）", 7), "no line ends with an opening bracket")
}

func FuzzFit(f *testing.F) {
	f.Add("王小明 Anna", 5)
	f.Add("", 3)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w = min(max(w, -1), 300)
		th := New(Options{})
		s = clean.Line(s, 200)
		for _, got := range []string{th.Fit(s, w), th.FitRight(s, w)} {
			if Width(got) != max(0, w) {
				t.Fatalf("%q in %d cells is %d wide: %q", s, w, Width(got), got)
			}
		}
	})
}
