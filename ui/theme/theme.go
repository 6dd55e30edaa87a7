// Package theme gives meaning a look: semantic tokens (Danger, Muted, Good …)
// become escape sequences for one kind of terminal. A Theme is a value, built
// per program; nothing here is global, and colour is never the only carrier of
// a state.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/lang"
)

// Token names what a piece of text means.
type Token uint8

// The tokens. Plain is the terminal's own foreground.
const (
	Plain    Token = iota
	Muted          // labels, ages, things of no concern now
	Title          // names of what is on screen
	Accent         // keys, links, the current tab
	Good           // live, online, done
	Warn           // late, stale soon, near the limit
	Danger         // overrun, failed, refused
	Stale          // old data kept after an error
	Info           // neutral states: upcoming
	Bar            // the header's first line
	BarAlert       // PROTECTED and READ-ONLY in the header
	Key            // a key cap in the footer
	Head           // column heads
	Border         // lines around overlays
	tokens
)

// Colors says how many colours the terminal shows.
type Colors uint8

// The colour depths, from none (NO_COLOR) to 24 bit.
const (
	NoColor Colors = iota
	Colors16
	Colors256
	TrueColor
)

// Options choose a look and the language: what draws has both at hand.
type Options struct {
	lang.Lang

	Palette *Palette // nil is the dark one
	Colors  Colors   // NO_COLOR gives NoColor
	ASCII   bool     // no box drawing and no characters of ambiguous width
}

// Theme paints text. The zero value paints nothing.
type Theme struct {
	Options
	Glyphs Glyphs
	bars   [tokens]bool // tokens that fill their blanks too
	normal [tokens]string
	picked [tokens]string
}

// New builds the theme for a terminal.
func New(o Options) Theme {
	t := Theme{Options: o, Glyphs: unicodeGlyphs}
	if o.ASCII {
		t.Glyphs = asciiGlyphs
	}
	p := o.Palette
	if p == nil {
		p, _ = Set{}.Find(Dark) // a test reads every file of the program
	}
	for tok := range tokens {
		k := p.inks[tok]
		t.bars[tok] = k.bg.Set || k.invert
		t.normal[tok] = prefix(t.style(k))
		t.picked[tok] = prefix(t.pick(p, tok))
	}
	return t
}

// Screen is the background and the foreground that the whole screen gets, nil
// where the terminal keeps its own.
func (t *Theme) Screen() (background, foreground color.Color) {
	if t.Palette == nil || t.Colors < Colors256 || !t.Palette.Background.Set || !t.Palette.Foreground.Set {
		return nil, nil
	}
	return hex(t.Palette.Background.RGB), hex(t.Palette.Foreground.RGB)
}

// Paint gives s the look of a token. Text and width stay the same.
func (t *Theme) Paint(tok Token, s string) string {
	if t.bars[tok] {
		return wrap(t.normal[tok], s)
	}
	return tint(t.normal[tok], s)
}

// PaintRow is Paint for a piece of a table row; the row under the cursor has a
// look of its own that keeps the token's colour.
func (t *Theme) PaintRow(tok Token, s string, selected bool) string {
	if selected {
		return wrap(t.picked[tok], s)
	}
	return t.Paint(tok, s)
}

// tint paints what can be seen: blanks before and after the text stay plain,
// because a blank whose invisible colour changes costs as much as a letter.
func tint(prefix, s string) string {
	from, to := 0, len(s)
	for from < to && s[from] == ' ' {
		from++
	}
	for to > from && s[to-1] == ' ' {
		to--
	}
	if from == to {
		return s
	}
	return s[:from] + wrap(prefix, s[from:to]) + s[to:]
}

func wrap(prefix, s string) string {
	if s == "" || prefix == "" || prefix == ansi.ResetStyle {
		return s
	}
	return prefix + s + ansi.ResetStyle
}

// prefix is what Lip Gloss writes before a styled text. It is asked once for
// each token: its Render for every cell of every frame would be most of the
// work of a frame.
func prefix(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}

// style is the look of a token on an ordinary line.
func (t *Theme) style(k ink) lipgloss.Style {
	rich := t.Colors >= Colors256
	s := lipgloss.NewStyle().Bold(k.bold).Underline(k.underline).
		Faint(!k.bold && k.faint && !(rich && k.fg.Set)) // where there is a colour, the colour is faint
	if k.invert || k.bg.Set && !rich {
		return s.Reverse(true)
	}
	if k.bg.Set {
		// The clock is on the bar: its tick every second should be short, and no
		// eye sees the difference between the two ways to say nearly white.
		return s.Background(t.depth(k.bg)).Foreground(ansi.Convert256(hex(k.fg.RGB)))
	}
	switch {
	case rich && k.fg.Set:
		s = s.Foreground(t.depth(k.fg))
	case t.Colors == Colors16 && k.named:
		s = s.Foreground(k.basic)
	}
	return s
}

// pick is the look of a token in the row under the cursor.
func (t *Theme) pick(p *Palette, tok Token) lipgloss.Style {
	if t.Colors < Colors256 || !p.selection.bg.Set {
		return lipgloss.NewStyle().Bold(true).Reverse(true)
	}
	if tok == Muted || tok == Stale || tok == Border {
		tok = Plain // faint text would drown in the selection's background
	}
	return t.style(p.inks[tok]).Background(t.depth(p.selection.bg))
}

func (t *Theme) depth(c Colour) color.Color {
	if t.Colors == Colors256 {
		return ansi.Convert256(hex(c.RGB))
	}
	return hex(c.RGB)
}

func hex(rgb uint32) color.Color {
	return color.RGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff} //nolint:gosec // bytes of 24 bits
}
