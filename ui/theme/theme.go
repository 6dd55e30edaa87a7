// Package theme gives meaning a look: semantic tokens (Danger, Muted, Good …)
// become escape sequences for one kind of terminal. A Theme is a value, built
// per program; nothing here is global, and colour is never the only carrier of
// a state.
package theme

import (
	"image/color"

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

	Light  bool   // the terminal's background is light
	Colors Colors // NO_COLOR gives NoColor
	ASCII  bool   // no box drawing and no characters of ambiguous width
}

// Theme paints text. The zero value paints nothing.
type Theme struct {
	Options
	Glyphs Glyphs
	normal [tokens]string
	picked [tokens]string
}

// New builds the theme for a terminal.
func New(o Options) Theme {
	t := Theme{Options: o, Glyphs: unicodeGlyphs}
	if o.ASCII {
		t.Glyphs = asciiGlyphs
	}
	for tok := range tokens {
		t.normal[tok] = t.style(tok).String()
		t.picked[tok] = t.pick(tok).String()
	}
	return t
}

// Paint gives s the look of a token. Text and width stay the same.
func (t *Theme) Paint(tok Token, s string) string {
	if looks[tok].bar {
		return wrap(t.normal[tok], s)
	}
	return ink(t.normal[tok], s)
}

// PaintRow is Paint for a piece of a table row; the row under the cursor has a
// look of its own that keeps the token's colour.
func (t *Theme) PaintRow(tok Token, s string, selected bool) string {
	if selected {
		return wrap(t.picked[tok], s)
	}
	return t.Paint(tok, s)
}

// ink paints what can be seen: blanks before and after the text stay plain,
// because a blank whose invisible colour changes costs as much as a letter.
func ink(prefix, s string) string {
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

// style is the look of a token on an ordinary line.
func (t *Theme) style(tok Token) ansi.Style {
	var s ansi.Style
	if l := looks[tok]; l.bold {
		s = s.Bold()
	} else if l.faint && t.Colors < Colors256 {
		s = s.Faint()
	}
	if looks[tok].bar {
		return t.bar(s, tok)
	}
	if c := t.fg(tok); c != nil {
		s = s.ForegroundColor(c)
	}
	return s
}

// bar fills the header line; without colours it is shown reversed.
func (t *Theme) bar(s ansi.Style, tok Token) ansi.Style {
	if t.Colors == NoColor || t.Colors == Colors16 {
		return s.Reverse(true)
	}
	bg, fg := hex(0x22384f), hex(0xdce6f0)
	if t.Light {
		bg, fg = hex(0xd5e0ec), hex(0x1c2a38)
	}
	if tok == BarAlert {
		bg, fg = hex(0x9c2f2f), hex(0xffffff)
	}
	// The clock is on this line: its tick every second should be short, and no
	// eye sees the difference between the two ways to say nearly white.
	return s.BackgroundColor(t.depth(bg)).ForegroundColor(ansi.Convert256(fg))
}

// pick is the look of a token in the row under the cursor.
func (t *Theme) pick(tok Token) ansi.Style {
	s := t.style(tok)
	if t.Colors <= Colors16 {
		var plain ansi.Style
		return plain.Bold().Reverse(true)
	}
	bg := hex(0x2f4a66)
	if t.Light {
		bg = hex(0xc4d9ee)
	}
	if tok == Muted || tok == Stale || tok == Border {
		s = t.style(Plain) // faint text would drown in the selection's background
	}
	return s.BackgroundColor(t.depth(bg))
}

func (t *Theme) fg(tok Token) ansi.Color {
	l := looks[tok]
	switch {
	case t.Colors == NoColor || l.dark == 0:
		return nil
	case t.Colors == Colors16:
		if l.basic == 0 {
			return nil
		}
		return l.basic
	case t.Light:
		return t.depth(hex(l.light))
	}
	return t.depth(hex(l.dark))
}

func (t *Theme) depth(c color.Color) ansi.Color {
	if t.Colors == Colors256 {
		return ansi.Convert256(c)
	}
	return c
}

func hex(rgb uint32) color.Color {
	return color.RGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff} //nolint:gosec // bytes of a constant
}
