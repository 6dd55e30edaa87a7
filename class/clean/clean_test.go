package clean_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class/clean"
)

func TestLineShowsWhatCouldHarm(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"plain":            {"Zhang San-1", "Zhang San-1"},
		"chinese":          {"张三（数学课）·，é", "张三（数学课）·，é"},
		"escape":           {"a\x1b[31mb", "a␛[31mb"},
		"open OSC":         {"a\x1b]52;c;", "a␛]52;c;"},
		"line break":       {"a\r\nb", "a␍␊b"},
		"tab":              {"a\tb", "a b"},
		"NUL":              {"a\x00b", "a␀b"},
		"DEL":              {"a\x7fb", "a␡b"},
		"C1 CSI":           {"a\u009b31m", "a<009B>31m"},
		"bidi":             {"abc\u202etxt.exe", "abc<202E>txt.exe"},
		"separator":        {"a\u2028b", "a<2028>b"},
		"zero width space": {"a\u200bb", "a<200B>b"},
		"tag":              {"a\U000e0041", "a<E0041>"},
		"blank filler":     {"\u3164", "<3164>"},
		"invalid UTF-8":    {"a\xffb\xc3", "a\ufffdb\ufffd"},
		"marks":            {"e\u0301\u0302\u0303\u0304x", "e\u0301\u0302\u0303<0304>x"},
		"mark alone":       {"\u0301x", "<0301>x"},
		"family":           {"👨\u200d👩\u200d👧!", "👨!"},
		"skin tone":        {"👍🏽", "👍"},
		"heart":            {"❤\ufe0f", "❤"},
		"keycap":           {"1\ufe0f\u20e3", "1"},
		"emoji":            {"好😀", "好😀"},
		"ellipsis stays":   {"a…", "a…"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, clean.Line(c.raw, 200))
		})
	}
}

func TestLineCutsByCells(t *testing.T) {
	assert.Equal(t, "ab…", clean.Line("abcd", 3))
	assert.Equal(t, "abc", clean.Line("abc", 3))
	assert.Equal(t, "张…", clean.Line("张三李", 4), "half a character does not fit")
	assert.Equal(t, "张三", clean.Line("张三", 4))
	assert.Equal(t, "…", clean.Line("张三", 1))
	assert.Empty(t, clean.Line("abc", 0))
	assert.Equal(t, 200, ansi.StringWidth(clean.Text(strings.Repeat("x", 9999)).String()))
	assert.Equal(t, 2000, ansi.StringWidth(clean.Block(strings.Repeat("x", 9999)).String()))
}

func TestTextKeepsWhatTheWireSaid(t *testing.T) {
	text := clean.Text("u\x1b1")
	assert.Equal(t, "u␛1", text.String())
	assert.Equal(t, "u\x1b1", text.Raw())
	assert.Equal(t, "a␊b", clean.Block("a\nb").String())
}

func TestCSVDisarmsFormulas(t *testing.T) {
	for raw, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "＝1": "'＝1",
		"a=1": "a=1", "": "", "\t=1": " =1", "张三": "张三",
	} {
		assert.Equal(t, want, clean.CSV(raw), "%q", raw)
	}
	long := strings.Repeat("x", 5000)
	assert.Equal(t, long, clean.CSV(long), "an export loses nothing")
}

func TestPlainTextCostsNothing(t *testing.T) {
	raw := "张三 Zhang San"
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = clean.Text(raw) }))
	assert.True(t, clean.IsText([]byte(raw)))
	assert.False(t, clean.IsText([]byte("a\x1b")))
	assert.False(t, clean.IsText([]byte("a\xff")))
	assert.False(t, clean.IsText([]byte(strings.Repeat("x", 201))))
}

func TestHugeTextIsCheap(t *testing.T) {
	marks := "a" + strings.Repeat("\u0301", 4<<20)
	got := clean.Line(marks, 200)
	assert.LessOrEqual(t, ansi.StringWidth(got), 200)
}

// untrusted is the corpus of what strangers call themselves.
func untrusted(t testing.TB) (texts []string) {
	data, err := os.ReadFile("../../testdata/untrusted.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		name, rest, _ := strings.Cut(line, " ")
		if name == "#" {
			continue
		}
		quoted, err := strconv.QuotedPrefix(rest)
		require.NoError(t, err, name)
		text, err := strconv.Unquote(quoted)
		require.NoError(t, err, name)
		texts = append(texts, text)
	}
	return texts
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "abc", "张三", "a\x1b]0;x", "\u202e", "👨\u200d👩\u200d👧", "e\u0301\u0302\u0303\u0304", "\xff\xfe",
		"🇨🇳🇨", "ᄀᄀᄀ각ᆨᆨ", "น้ำ", "क्षि", "\u0600a", "❤\ufe0f", "a\u0000b", "<202E>", "=1",
	} {
		f.Add(s, 20)
	}
	for _, s := range untrusted(f) {
		f.Add(s, 40)
	}
	f.Fuzz(func(t *testing.T, raw string, maxCells int) {
		maxCells %= 300
		got := clean.Line(raw, maxCells)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: not UTF-8: %q", raw, got)
		}
		for _, r := range got {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 {
				t.Fatalf("%q: %U in %q", raw, r, got)
			}
		}
		cells := 0
		terminal := runewidth.Condition{}
		for _, r := range got {
			cells += terminal.RuneWidth(r)
		}
		if w := max(cells, ansi.StringWidth(got)); w > max(0, maxCells) || len(got) > 64*w {
			t.Fatalf("%q: %d cells, %d bytes of at most %d cells: %q", raw, w, len(got), maxCells, got)
		}
		if again := clean.Line(got, maxCells); again != got {
			t.Fatalf("%q: not stable: %q, then %q", raw, got, again)
		}
		if raw != "" && maxCells > 0 && got == "" {
			t.Fatalf("%q vanished", raw)
		}
	})
}
