// Package paint writes frames to a terminal as soon as there are new ones, as
// few bytes as show them, and nothing while nothing changes.
//
// Bubble Tea's own renderer wakes many times a second whether or not anything
// changed: that costs processor time in every idle session, and a key waits
// for the next time. So Bubble Tea is given an empty view. It keeps what it is
// good at (raw mode, alternate screen, mouse, title, keys, suspending) and
// writes through the Painter, which sees from the bytes when the screen is not
// its own any more.
package paint

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// between is the least time between two frames: what comes in bursts is
// painted once.
const between = 8 * time.Millisecond

// large is the number of bytes from which on a frame is sent as one piece to
// terminals that can show it so.
const large = 400

// Painter paints the newest frame. It is safe for concurrent use; Show never
// waits for the terminal.
type Painter struct {
	wake chan struct{}

	want sync.Mutex
	next frame

	mu     sync.Mutex // held while the terminal is written to
	out    io.Writer
	canvas canvas
	shown  frame
	state  state
	synced bool
}

type frame struct {
	text string
	w, h int
}

// state is whose the screen is.
type state int

const (
	before state = iota // not entered yet
	ours
	left // given back, at the end or while suspended
)

// New makes a painter for a terminal that shows colours as the profile says.
func New(out io.Writer, profile colorprofile.Profile) *Painter {
	return &Painter{wake: make(chan struct{}, 1), out: out, canvas: canvas{profile: profile}}
}

// Show takes a frame of h rows that are w cells wide. An empty one is none.
func (p *Painter) Show(text string, w, h int) {
	f := frame{text, w, h}
	p.want.Lock()
	same := f == p.next
	if text != "" {
		p.next = f
	}
	p.want.Unlock()
	if same || text == "" {
		return
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Run paints until ctx ends.
func (p *Painter) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		p.paint()
		select {
		case <-ctx.Done():
			return
		case <-time.After(between):
		}
	}
}

// paint paints the newest frame, if the screen is ours.
func (p *Painter) paint() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paintLocked()
}

func (p *Painter) paintLocked() {
	p.want.Lock()
	f := p.next
	p.want.Unlock()
	if f.text == "" || p.state == left || f == p.shown && !p.canvas.fresh {
		return
	}
	start := ""
	if p.state == before { // Bubble Tea will, but only at its next tick
		p.state, p.canvas.fresh = ours, true
		start = ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable
	}
	p.shown = f
	out := p.canvas.paint(f.text, f.w, f.h)
	if p.synced && len(out) > large {
		start, out = start+ansi.SetModeSynchronizedOutput, append(out, ansi.ResetModeSynchronizedOutput...)
	}
	if start != "" {
		out = append([]byte(start), out...)
	}
	if len(out) > 0 {
		_, _ = p.out.Write(out) // who has no terminal any more learns it from the input
	}
}

// Colors changes what colours the terminal shows.
func (p *Painter) Colors(profile colorprofile.Profile) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if profile != p.canvas.profile {
		p.canvas.profile, p.canvas.fresh = profile, true
		p.poke()
	}
}

// Synced says that the terminal can show what is written as one piece.
func (p *Painter) Synced() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.synced = true
}

func (p *Painter) poke() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Write passes on what Bubble Tea writes. What that does to the screen is put
// right in the same moment.
func (p *Painter) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(b)
	switch {
	case bytes.Contains(b, []byte(ansi.ResetModeAltScreenSaveCursor)):
		p.state = left
		b = append([]byte(ansi.ResetStyle), b...)
	case bytes.Contains(b, []byte(ansi.SetModeAltScreenSaveCursor)):
		if p.state == ours { // entered already; to enter again would clear it
			b = bytes.ReplaceAll(b, []byte(ansi.SetModeAltScreenSaveCursor), nil)
		}
		p.state, p.canvas.fresh = ours, true
	case p.state == left && asks(b): // the shell would read the answer
		return n, nil
	}
	if _, err := p.out.Write(b); err != nil {
		return 0, err
	}
	if p.state == ours {
		p.canvas.unsure = true
		p.canvas.fresh = p.canvas.fresh || bytes.Contains(b, []byte("\x1b[2J")) || bytes.Contains(b, []byte("\x1b[J"))
		if p.canvas.fresh {
			p.paintLocked()
		}
	}
	return n, nil
}

// asks tells whether a terminal answers what is written: to a question about
// its modes or its colours.
func asks(b []byte) bool {
	return bytes.Contains(b, []byte("$p")) || bytes.Contains(b, []byte(";?"))
}

// End gives the screen back if Bubble Tea did not.
func (p *Painter) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state == ours {
		_, _ = io.WriteString(p.out, ansi.ResetStyle+ansi.ResetModeAltScreenSaveCursor+ansi.SetModeTextCursorEnable)
	}
	p.state = left
}

// Output is the painter as Bubble Tea's output: a terminal's file if the
// terminal is one, so that it can be asked for its size.
func (p *Painter) Output() io.Writer {
	if f, ok := p.out.(term.File); ok {
		return file{f, p}
	}
	return p
}

// file is a terminal's file that is written to by the painter.
type file struct {
	term.File
	p *Painter
}

// Write implements io.Writer.
func (f file) Write(b []byte) (int, error) { return f.p.Write(b) }
