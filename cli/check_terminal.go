package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"classtop/class/rescue"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// terminal says what the screen can do.
func (c *checker) terminal(ambiguous int) {
	name, _ := c.a.env("TERM")
	out, ok := c.a.out.(*os.File)
	if !ok || !terminal(out) || !terminal(c.a.in) {
		c.warn("terminal", "standard input or output is not a terminal", "the dashboard needs both; get, call, check and --plain do not")
		return
	}
	w, h, err := term.GetSize(out.Fd())
	switch {
	case err != nil || name == "" || name == "dumb":
		c.wrong("terminal", "TERM="+name+" cannot place the cursor", "use a terminal such as xterm-256color or tmux, or classtop --plain")
		return
	case w < 60 || h < 16:
		c.warn("terminal", fmt.Sprintf("%s, %dx%d", name, w, h), "the dashboard needs 60x16")
	default:
		c.ok("terminal", fmt.Sprintf("%s, %dx%d", name, w, h))
	}
	c.colours(colorprofile.Detect(out, c.a.screen().Env))
	c.letters()
	c.widths(ambiguous)
	c.sequences()
}

// columns is the width of the terminal that is written to, 0 where there is
// none.
func (a *app) columns() int {
	out, ok := a.out.(*os.File)
	if !ok {
		return 0
	}
	w, _, err := term.GetSize(out.Fd())
	if err != nil {
		return 0
	}
	return w
}

func (c *checker) colours(p colorprofile.Profile) {
	if v, set := c.a.env("NO_COLOR"); set && v != "" {
		c.ok("colours", "none, because NO_COLOR is set; state is told in words")
		return
	}
	switch p {
	case colorprofile.TrueColor:
		c.ok("colours", "16 million")
	case colorprofile.ANSI256:
		c.ok("colours", "256; with COLORTERM=truecolor in the environment, all")
	case colorprofile.ANSI:
		c.ok("colours", "16")
	default:
		c.warn("colours", "none", "set TERM to xterm-256color if the terminal has them")
	}
}

// letters tells whether the locale writes UTF-8.
func (c *checker) letters() {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		v, ok := c.a.env(name)
		if !ok || v == "" {
			continue
		}
		if l := strings.ToLower(v); strings.Contains(l, "utf-8") || strings.Contains(l, "utf8") {
			c.ok("letters", name+"="+v)
		} else {
			c.warn("letters", name+"="+v+" is not UTF-8", "set LANG to C.UTF-8 or zh_CN.UTF-8, or use --ascii")
		}
		return
	}
	c.warn("letters", "LC_ALL, LC_CTYPE and LANG are not set", "set LANG to C.UTF-8, or use --ascii")
}

// samples are characters whose cells terminals do not agree on.
var samples = []struct{ text, name string }{{"中", "Chinese"}, {"…", "ambiguous"}, {"😀", "emoji"}}

// widths asks the terminal how many cells it gives to characters.
func (c *checker) widths(ambiguous int) {
	in, ok := c.a.in.(*os.File)
	if !ok {
		return
	}
	state, err := term.MakeRaw(in.Fd())
	if err != nil {
		return
	}
	got := measure(in, c.a.out, time.Second)
	_ = term.Restore(in.Fd(), state)
	c.judge(got, ambiguous)
}

// judge says what measured widths mean.
func (c *checker) judge(got []int, ambiguous int) {
	if len(got) != len(samples) {
		c.warn("width", "the terminal does not say where its cursor is", "if Chinese names do not line up, use --ascii or ui.ambiguous_width")
		return
	}
	found := make([]string, len(got))
	for i, n := range got {
		found[i] = samples[i].name + " " + strconv.Itoa(n)
	}
	text := "cells: " + strings.Join(found, ", ")
	switch {
	case got[0] != 2:
		c.wrong("width", text, "Chinese characters need two cells: check the font, and that terminal and tmux are started with a UTF-8 locale")
	case got[1] != ambiguous:
		c.warn("width", text, fmt.Sprintf("set ui.ambiguous_width: %d", got[1]))
	case got[2] != 2:
		c.warn("width", text, "lines with emoji may not line up; a newer terminal or tmux does better")
	default:
		c.ok("width", text)
	}
}

var cursorAt = regexp.MustCompile(`\x1b\[\d+;(\d+)R`)

// measure prints each sample at the beginning of the line and asks where the
// cursor is; what every terminal answers, its attributes, ends the answers.
func measure(in io.Reader, out io.Writer, patience time.Duration) []int {
	var ask strings.Builder
	for _, s := range samples {
		ask.WriteString("\r" + s.text + "\x1b[6n")
	}
	ask.WriteString("\r\x1b[K\x1b[c")
	if _, err := io.WriteString(out, ask.String()); err != nil {
		return nil
	}
	answers := make(chan string, 1)
	rescue.Go("the terminal's answers", func() { answers <- readAnswers(in) })
	var text string
	select {
	case text = <-answers:
	case <-time.After(patience):
		return nil
	}
	var got []int
	for _, m := range cursorAt.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		got = append(got, n-1)
	}
	return got
}

// readAnswers reads up to the attributes, which end in c.
func readAnswers(in io.Reader) string {
	var text strings.Builder
	buf := make([]byte, 64)
	for text.Len() < 4096 {
		n, err := in.Read(buf)
		text.Write(buf[:n])
		if err != nil || strings.HasSuffix(text.String(), "c") {
			break
		}
	}
	return text.String()
}

// sequences says what passes: clipboard, links, notifications.
func (c *checker) sequences() {
	program, _ := c.a.env("TERM_PROGRAM")
	_, inTmux := c.a.env("TMUX")
	_, inScreen := c.a.env("STY")
	switch {
	case inTmux:
		c.tmux()
	case inScreen:
		c.warn("clipboard", "GNU screen keeps OSC 52 to itself", "c shows the id too, so that you can select it; or use tmux")
	case program == "Apple_Terminal":
		c.warn("clipboard", "Terminal.app does not take OSC 52", "c shows the id too, so that you can select it")
	default:
		c.ok("clipboard", "c sends OSC 52; most terminals take it, some ask or want it switched on")
	}
	c.ok("links", "OSC 8 from 256 colours up")
	switch program {
	case "iTerm.app", "WezTerm":
		c.ok("notify", "possible here: ui.notify: osc9")
	case "ghostty":
		c.ok("notify", "possible here: ui.notify: osc777")
	default:
		c.ok("notify", "ui.bell rings everywhere; ui.notify where the terminal knows osc9 or osc777")
	}
}

// tmux asks tmux whether it passes the clipboard on.
func (c *checker) tmux() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "tmux", "show-options", "-sv", "set-clipboard").Output()
	switch got := strings.TrimSpace(string(out)); {
	case err != nil:
		c.warn("clipboard", "inside tmux, which did not say whether it passes OSC 52 on", "put into ~/.tmux.conf: set -s set-clipboard on")
	case got == "off":
		c.warn("clipboard", "tmux keeps OSC 52 to itself (set-clipboard off)", "put into ~/.tmux.conf: set -s set-clipboard on")
	case got == "external":
		c.warn("clipboard", "tmux lets no program inside set the clipboard (set-clipboard external)", "put into ~/.tmux.conf: set -s set-clipboard on")
	default:
		c.ok("clipboard", "tmux passes OSC 52 on (set-clipboard "+got+")")
	}
}
