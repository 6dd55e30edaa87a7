package uitest

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"time"
)

// Film is a moving picture: an SVG that shows one frame after the other, for
// ever. Rows that stay the same are drawn once, so that it stays small.
type Film struct {
	paper  Paper
	w, h   int
	frames []filmFrame
}

type filmFrame struct {
	caption string
	until   time.Duration // since the start of the film
	rows    []string
}

// Shoot adds what the screen shows now to the film, for a while, and says in
// the title bar what happens. The first frame gives the film its size.
func (r *Rig) Shoot(f *Film, caption string, hold time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f.paper, f.w, f.h = Night, r.term.Width(), r.term.Height()
	frame := filmFrame{caption: caption}
	if n := len(f.frames); n > 0 {
		frame.until = f.frames[n-1].until
	}
	frame.until += hold
	for y := range f.h {
		var s strings.Builder
		svgRow(&s, r.term, y, f.paper)
		frame.rows = append(frame.rows, s.String())
	}
	f.frames = append(f.frames, frame)
}

// SVG draws the film. Where nothing moves, because the reader asked for that
// or the viewer cannot, the poster is shown: the frame of that number.
func (f *Film) SVG(poster int) string {
	var body strings.Builder
	shown := map[string]string{} // the key frames of CSS by their name
	part := func(of func(i int) string) {
		for _, text := range distinct(len(f.frames), of) {
			on := func(i int) bool { return of(i) == text }
			look := "visible"
			if !on(poster) {
				look = "hidden"
			}
			fmt.Fprintf(&body, `<g visibility="%s" style="animation-name:%s">`+"\n%s</g>\n", look, f.keyframes(shown, on), text)
		}
	}
	for y := range f.h {
		part(func(i int) string { return f.frames[i].rows[y] })
	}
	part(func(i int) string {
		return fmt.Sprintf(`<text x="50%%" y="23" text-anchor="middle" font-family="sans-serif" font-size="13" fill="%s">%s</text>`+"\n",
			f.paper.Fg, html.EscapeString(f.frames[i].caption))
	})
	var s strings.Builder
	svgOpen(&s, f.w, f.h, f.paper, f.frames[poster].caption)
	fmt.Fprintf(&s, "<style>\n.film g { animation-duration:%.1fs; animation-timing-function:step-end; animation-iteration-count:infinite }\n", f.length().Seconds())
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		fmt.Fprintf(&s, "@keyframes %s {%s}\n", name, shown[name])
	}
	s.WriteString("@media (prefers-reduced-motion: reduce) { .film g { animation:none } }\n</style>\n")
	fmt.Fprintf(&s, "<g class=\"film\" %s>\n%s</g>\n</svg>\n", svgFont, body.String())
	return s.String()
}

func (f *Film) length() time.Duration { return f.frames[len(f.frames)-1].until }

// keyframes names a rule that shows something in some frames and keeps it.
func (f *Film) keyframes(rules map[string]string, on func(i int) bool) string {
	name, rule, was := "f", "", ""
	begin := time.Duration(0)
	for i := range f.frames {
		now, bit := "hidden", "0"
		if on(i) {
			now, bit = "visible", "1"
		}
		name += bit
		if now != was {
			rule += fmt.Sprintf(" %.2f%%{visibility:%s}", 100*float64(begin)/float64(f.length()), now)
			was = now
		}
		begin = f.frames[i].until
	}
	rules[name] = rule + " "
	return name
}

// distinct lists the different texts in the order in which they come.
func distinct(n int, of func(i int) string) (out []string) {
	for i := range n {
		if text := of(i); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}
