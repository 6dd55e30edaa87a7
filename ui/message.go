package ui

import "classtop/ui/theme"

// Message fills h lines of w cells with text in the middle: what a view shows
// instead of an empty table. The first paragraph is the title. All of it is
// told in the reader's language.
func Message(th *theme.Theme, w, h int, tok theme.Token, paragraphs ...string) []string {
	var text []string
	for i, p := range paragraphs {
		look := theme.Muted
		if i == 0 {
			look = tok
		}
		for _, l := range theme.Wrap(th.Tell(p), max(1, min(w-4, 72))) {
			text = append(text, th.Paint(look, l))
		}
	}
	out := make([]string, 0, h)
	for range max(0, (h-len(text))/3) {
		out = append(out, theme.Spaces(w))
	}
	for _, l := range text {
		if len(out) < h {
			out = append(out, th.Fit(theme.Spaces((w-theme.Width(l))/2)+l, w))
		}
	}
	for len(out) < h {
		out = append(out, theme.Spaces(w))
	}
	return out
}
