package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// maxLink is the longest address that is made a link; terminals cut longer
// ones.
const maxLink = 2000

// Link makes text lead to an address when clicked (OSC 8), where the terminal
// can: those with fewer than 256 colours and ASCII screens get the plain text.
// Only an https address of plain visible ASCII becomes a link, so that what
// strangers wrote can neither leave the escape sequence nor hide where it
// leads.
func (t *Theme) Link(text, url string) string {
	if t.ASCII || t.Colors < Colors256 || !linkable(url) {
		return text
	}
	return ansi.SetHyperlink(url) + text + ansi.ResetHyperlink()
}

// linkable tells whether an address may become a link.
func linkable(url string) bool {
	rest, ok := strings.CutPrefix(url, "https://")
	if !ok || rest == "" || len(url) > maxLink {
		return false
	}
	for _, c := range []byte(url) {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// Tail is the end of s, at most w cells wide, behind the theme's mark when
// something is left out.
func (t *Theme) Tail(s string, w int) string {
	n := Width(s)
	if n <= w {
		return s
	}
	mark := Width(t.Glyphs.More)
	out := ansi.TruncateLeft(s, n-w+mark, "")
	if Width(out) > w-mark { // a wide character was cut in half
		out = ansi.TruncateLeft(s, n-w+mark+1, "")
	}
	return t.Glyphs.More + out
}
