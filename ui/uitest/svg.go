package uitest

import (
	"fmt"
	"html"
	"image/color"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// The picture's measures, in SVG user units.
const (
	cellW, cellH = 8.4, 18.0
	padding      = 14.0
	barH         = 30.0
)

// Paper is the pair of colours that a picture's plain cells have.
type Paper struct{ Fg, Bg string }

// Night is the paper of pictures of a dark terminal.
var Night = Paper{Fg: "#d7dae0", Bg: "#16181d"}

// SVG draws a screen's cells as a picture with a window frame and a title. Each
// run of cells states its length, so that Chinese and Latin text line up in
// whatever font the reader has.
func SVG(scr uv.Screen, paper Paper, title string) string {
	b := scr.Bounds()
	var s strings.Builder
	svgOpen(&s, b.Dx(), b.Dy(), paper, title)
	fmt.Fprintf(&s, `<text x="50%%" y="23" text-anchor="middle" font-family="sans-serif" font-size="13" fill="%s" opacity="0.7">%s</text>`+"\n", paper.Fg, html.EscapeString(title))
	fmt.Fprintf(&s, "<g %s>\n", svgFont)
	for y := range b.Dy() {
		svgRow(&s, scr, y, paper)
	}
	s.WriteString("</g>\n</svg>\n")
	return s.String()
}

// svgFont is how text is set: the fonts are those of terminals.
const svgFont = `font-family="'Cascadia Mono','JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace" font-size="14" xml:space="preserve"`

// svgOpen begins a picture of w by h cells with the frame of a window.
func svgOpen(s *strings.Builder, w, h int, paper Paper, title string) {
	x, y := float64(w)*cellW+2*padding, float64(h)*cellH+2*padding+barH
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.1f %.1f" role="img" aria-label="%s">`+"\n", x, y, x, y, html.EscapeString(title))
	fmt.Fprintf(s, `<rect width="100%%" height="100%%" rx="10" fill="%s"/>`+"\n", paper.Bg)
	for i, dot := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(s, `<circle cx="%d" cy="18" r="6" fill="%s"/>`+"\n", 22+20*i, dot)
	}
}

// run is a stretch of cells that look the same.
type run struct {
	text  strings.Builder
	x, w  int
	wide  bool   // holds one wide cell
	look  string // fill and weight attributes of the text
	under string // background colour, empty for the paper's
}

// svgRow writes the backgrounds and the texts of one row.
func svgRow(s *strings.Builder, scr uv.Screen, y int, paper Paper) {
	var runs []*run
	for x := 0; x < scr.Bounds().Dx(); {
		c := scr.CellAt(x, y)
		text, width := " ", 1
		look, under := fmt.Sprintf(`fill="%s"`, paper.Fg), ""
		if c != nil && c.Width > 0 {
			text, width = c.Content, c.Width
			look, under = svgLook(c.Style, paper)
		}
		last := len(runs) - 1
		// A wide cell stands alone: its glyph may come from another font.
		if last < 0 || runs[last].look != look || runs[last].under != under || width > 1 || runs[last].wide {
			runs = append(runs, &run{x: x, look: look, under: under, wide: width > 1})
			last++
		}
		runs[last].text.WriteString(text)
		runs[last].w += width
		x += width
	}
	for _, r := range runs {
		r.write(s, y)
	}
}

func (r *run) write(s *strings.Builder, y int) {
	x, top := padding+float64(r.x)*cellW, padding+barH+float64(y)*cellH
	if r.under != "" {
		fmt.Fprintf(s, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", x, top, float64(r.w)*cellW+0.2, cellH+0.2, r.under)
	}
	if r.wide {
		r.piece(s, x, top, r.text.String(), r.w)
		return
	}
	// Blanks are left out: fonts and viewers disagree about their width.
	text := r.text.String()
	for at := 0; at < len(text); {
		skip := len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
		at += skip
		x += float64(skip) * cellW
		word, _, _ := strings.Cut(text[at:], "  ")
		word = strings.TrimRight(word, " ")
		n := utf8.RuneCountInString(word)
		if n > 0 {
			r.piece(s, x, top, word, n)
		}
		at += len(word)
		x += float64(n) * cellW
	}
}

// piece writes text that is n cells wide.
func (r *run) piece(s *strings.Builder, x, top float64, text string, n int) {
	fmt.Fprintf(s, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" %s>%s</text>`+"\n",
		x, top+13.5, float64(n)*cellW, r.look, html.EscapeString(text))
}

// svgLook turns a cell's style into attributes and a background.
func svgLook(st uv.Style, paper Paper) (look, under string) {
	fg, bg := hexOr(st.Fg, paper.Fg), hexOr(st.Bg, "")
	if st.Attrs&uv.AttrReverse != 0 {
		if bg == "" {
			bg = paper.Bg
		}
		fg, bg = bg, fg
	}
	look = fmt.Sprintf(`fill="%s"`, fg)
	if st.Attrs&uv.AttrBold != 0 {
		look += ` font-weight="bold"`
	}
	if st.Attrs&uv.AttrFaint != 0 {
		look += ` opacity="0.6"`
	}
	if st.Attrs&uv.AttrItalic != 0 {
		look += ` font-style="italic"`
	}
	if st.Underline != uv.UnderlineNone {
		look += ` text-decoration="underline"`
	}
	return look, bg
}

func hexOr(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
