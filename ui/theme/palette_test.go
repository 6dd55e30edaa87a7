package theme

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// palette is the theme for a kind of background.
func palette(light bool) *Palette {
	name := Dark
	if light {
		name = Light
	}
	p, _ := Set{}.Find(name)
	return p
}

func every(t *testing.T) map[string]*Palette {
	t.Helper()
	out := map[string]*Palette{}
	for _, name := range (Set{}).Names() {
		p, err := Set{}.Find(name)
		require.NoError(t, err)
		require.NotEmpty(t, p.About, name)
		out[name] = p
	}
	require.Greater(t, len(out), 10)
	return out
}

// brightness is the relative luminance of the WCAG, 0 to 1.
func brightness(c Colour) float64 {
	part := func(shift int) float64 {
		v := float64(c.RGB>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(a, b Colour) float64 {
	x, y := brightness(a), brightness(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestEveryThemeCanBeRead(t *testing.T) {
	for name, p := range every(t) {
		least := 4.0
		if name == "high-contrast" {
			least = 7
		}
		ground := p.Background
		if !ground.Set {
			ground = Colour{RGB: 0x1e1e1e, Set: true}
			if p.Light {
				ground.RGB = 0xffffff
			}
		}
		for tok, word := range names() {
			k := p.inks[tok]
			switch {
			case !k.fg.Set || Token(tok) == Border: //nolint:gosec // few tokens
				continue
			case k.bg.Set:
				assert.GreaterOrEqual(t, contrast(k.fg, k.bg), least, "%s: %s", name, word)
			default:
				assert.GreaterOrEqual(t, contrast(k.fg, ground), least, "%s: %s", name, word)
				if p.selection.bg.Set && Token(tok) != Muted && Token(tok) != Stale { //nolint:gosec // few tokens
					assert.GreaterOrEqual(t, contrast(k.fg, p.selection.bg), 3.0, "%s: %s under the cursor", name, word)
				}
			}
		}
	}
}

func TestNoColourThemeHasNone(t *testing.T) {
	th := New(Options{Palette: every(t)["no-colour"], Colors: TrueColor})
	for tok := range tokens {
		assert.NotRegexp(t, `[34]8;`, th.Paint(tok, "x")+th.PaintRow(tok, "x", true))
	}
	assert.NotEqual(t, th.Paint(Plain, "x"), th.PaintRow(Plain, "x", true))
}

func TestTheScreenGetsItsColoursOnlyWhereTheTerminalCan(t *testing.T) {
	nord := every(t)["nord"]
	th := New(Options{Palette: nord, Colors: TrueColor})
	back, fore := th.Screen()
	assert.NotNil(t, back)
	assert.NotNil(t, fore)
	th = New(Options{Palette: nord, Colors: Colors16})
	back, _ = th.Screen()
	assert.Nil(t, back)
}

func TestAPersonsOwnTheme(t *testing.T) {
	own := Set{Own: map[string][]byte{"mine": []byte("good: \"#00ff00 bright-green bold\"\n"), "nord": []byte("about: another\n")}}
	p, err := own.Find("mine")
	require.NoError(t, err)
	assert.Equal(t, ink{fg: Colour{0x00ff00, true}, basic: 10, named: true, bold: true}, p.inks[Good])
	p, err = own.Find("nord")
	require.NoError(t, err)
	assert.Equal(t, "another", p.About)
	assert.Contains(t, own.Names(), "mine")
	_, err = own.Find("nothing")
	require.ErrorIs(t, err, ErrUnknown)
	_, err = own.Find("../theme")
	require.ErrorIs(t, err, ErrUnknown)
}

func TestWhatIsWrongInAThemeIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"dangr: bold":              `theme x: dangr: there is no such token; there are: plain, muted`,
		"danger: '#12345'":         `theme x: danger: "#12345" is not a colour of the form #rrggbb`,
		"danger: '#ff0000 boldly'": `theme x: danger: "boldly" is neither`,
		"danger: 'bold on'":        `"on" is neither`,
		"background: red":          `"red" is not a colour`,
		"light: perhaps":           `theme x: light:`,
		"- a\n- b":                 `theme x: not lines of the form`,
	} {
		_, err := Parse("x", []byte(text))
		assert.ErrorContains(t, err, want, text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("danger: \"#ff0000 on #000000 bold\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse("x", data)
		if (p == nil) == (err == nil) {
			t.Fatal("a theme or an error, never both")
		}
	})
}
