package theme

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
	Note      string // somebody wrote a note on it
	Up, Fall  string // sort direction
	Full, Nil string // halves of a gauge
	H, V      string // lines
	TL, TR    string // corners
	BL, BR    string
	Yes, No   string // switches: microphone, camera
	Dash      string // between start and end, and for nothing to show
}

var unicodeGlyphs = Glyphs{
	More: "…", Dot: "·", Live: "●", Down: "○", Trail: "›", Cursor: "▌", Mark: "✓", Pin: "◆", Note: "✎",
	Up: "↑", Fall: "↓", Full: "━", Nil: "─", H: "─", V: "│", TL: "╭", TR: "╮", BL: "╰", BR: "╯",
	Yes: "on", No: "·", Dash: "–",
}

var asciiGlyphs = Glyphs{
	More: "~", Dot: "-", Live: "*", Down: "o", Trail: ">", Cursor: ">", Mark: "x", Pin: "^", Note: "\"",
	Up: "^", Fall: "v", Full: "#", Nil: ".", H: "-", V: "|", TL: "+", TR: "+", BL: "+", BR: "+",
	Yes: "on", No: ".", Dash: "-",
}
