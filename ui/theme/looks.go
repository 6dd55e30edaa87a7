package theme

import "github.com/charmbracelet/x/ansi"

// look is what a token is made of: a colour for each background and one of
// the sixteen for old terminals. 0 leaves the terminal's own colour; so does a
// zero basic, because dark grey cannot be read on half of the palettes.
type look struct {
	dark, light uint32
	basic       ansi.BasicColor
	bold, faint bool
	bar         bool
}

// looks is a constant table; a theme is built of it once.
var looks = [tokens]look{
	Plain:    {},
	Muted:    {dark: 0x8b98a5, light: 0x5b6875, faint: true},
	Title:    {dark: 0xf0f4f8, light: 0x101820, bold: true},
	Accent:   {dark: 0x6cb6ff, light: 0x0a5fb4, basic: ansi.Cyan},
	Good:     {dark: 0x6fcf8e, light: 0x1a7a3c, basic: ansi.Green},
	Warn:     {dark: 0xe5b454, light: 0x8f5a00, basic: ansi.Yellow},
	Danger:   {dark: 0xff7b72, light: 0xb8231a, basic: ansi.Red, bold: true},
	Stale:    {dark: 0x9a8f7a, light: 0x7a6a4a, faint: true},
	Info:     {dark: 0xa7b7d8, light: 0x3c5488, basic: ansi.Blue},
	Bar:      {bar: true},
	BarAlert: {bar: true, bold: true},
	Key:      {dark: 0x6cb6ff, light: 0x0a5fb4, basic: ansi.Cyan, bold: true},
	Head:     {dark: 0x9fb3c8, light: 0x44566a, bold: true},
	Border:   {dark: 0x51677d, light: 0x8496a8, faint: true},
}

// Glyphs are the few characters that are not letters. In ASCII mode each is
// one plain cell; the others are one cell wherever ambiguous width is narrow.
type Glyphs struct {
	More      string // end of a truncated text
	Dot       string // between facts
	Live      string // connection is up
	Down      string // connection is down
	Trail     string // between the places of the trail
	Cursor    string // the row under the cursor
	Mark      string // a marked row
	Pin       string // a pinned row
	Up, Fall  string // sort direction
	Full, Nil string // halves of a gauge
	H, V      string // lines
	TL, TR    string // corners
	BL, BR    string
	Yes, No   string // switches: microphone, camera
	Dash      string // between start and end, and for nothing to show
}

var unicodeGlyphs = Glyphs{
	More: "…", Dot: "·", Live: "●", Down: "○", Trail: "›", Cursor: "▌", Mark: "✓", Pin: "◆",
	Up: "↑", Fall: "↓", Full: "━", Nil: "─", H: "─", V: "│", TL: "╭", TR: "╮", BL: "╰", BR: "╯",
	Yes: "on", No: "·", Dash: "–",
}

var asciiGlyphs = Glyphs{
	More: "~", Dot: "-", Live: "*", Down: "o", Trail: ">", Cursor: ">", Mark: "x", Pin: "^",
	Up: "^", Fall: "v", Full: "#", Nil: ".", H: "-", V: "|", TL: "+", TR: "+", BL: "+", BR: "+",
	Yes: "on", No: ".", Dash: "-",
}
