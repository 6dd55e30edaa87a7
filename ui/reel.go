package ui

import (
	"fmt"
	"strings"
	"time"

	"classtop/keymap"
	"classtop/ui/theme"
)

// Player plays a recording; its clock is Deps.Now.
type Player interface {
	// Reel is where it stands.
	Reel() Reel
	// Toggle pauses, or goes on.
	Toggle()
	Slower()
	Faster()
	// Jump goes forward, or back, by a time.
	Jump(by time.Duration)
	// Problem goes to where the next problem was raised, or the one before,
	// and tells whether there is one.
	Problem(forward bool) bool
}

// Reel is where a player stands in its recording.
type Reel struct {
	Begin, End, At time.Time
	Speed          float64 // times as fast as it was
	Paused         bool
	Err            error // why it does not go on to its end
}

// Rewinder is a view that remembers more than the last update of each topic.
// It is told to forget when a replay jumps to another time.
type Rewinder interface{ Rewind() }

// Recording is how the recording of this session goes.
type Recording struct {
	Name  string
	Bytes int64 // written so far
	Lost  int64 // updates that were lost because the disk was too slow
	Err   error // why nothing more is recorded; nil: it goes on
}

// The steps of a jump.
const (
	step = 10 * time.Second
	leap = time.Minute
)

// onReel handles the keys of a replay.
func (a *App) onReel(act keymap.Action) bool {
	p := a.deps.Player
	if p == nil {
		return false
	}
	switch act {
	case keymap.ReplayPause:
		p.Toggle()
	case keymap.ReplaySlower:
		p.Slower()
	case keymap.ReplayFaster:
		p.Faster()
	case keymap.ReplayBack:
		a.jump(-step)
	case keymap.ReplayOn:
		a.jump(step)
	case keymap.ReplayFarBack:
		a.jump(-leap)
	case keymap.ReplayFarOn:
		a.jump(leap)
	case keymap.ReplayNext, keymap.ReplayBefore:
		a.toProblem(act == keymap.ReplayNext)
	default:
		return false
	}
	return true
}

func (a *App) jump(by time.Duration) {
	a.deps.Player.Jump(by)
	a.jumped()
}

func (a *App) toProblem(forward bool) {
	switch found := a.deps.Player.Problem(forward); {
	case found:
		a.jumped()
	case forward:
		a.say(Info, "no problem was raised after this")
	default:
		a.say(Info, "no problem was raised before this")
	}
}

// jumped makes the screen forget what it saw at another time.
func (a *App) jumped() {
	a.held = nil
	clear(a.heldAt)
	clear(a.recent)
	a.school.fresh = true
	for _, p := range a.route {
		if v, ok := p.view.(Rewinder); ok {
			v.Rewind()
		}
	}
}

// reel draws the place in the recording: what it does, how fast, a bar of so
// many cells, position and length.
func (a *App) reel(bar int) string {
	r, th, g := a.deps.Player.Reel(), &a.theme, a.theme.Glyphs
	words := g.Live + " " + th.Say("playing")
	switch {
	case !r.At.Before(r.End):
		words = g.Down + " " + th.Say("end")
	case r.Paused:
		words = g.Down + " " + th.Say("paused")
	}
	long, at := r.End.Sub(r.Begin), r.At.Sub(r.Begin)
	full := 0
	if long > 0 {
		full = int(int64(bar) * int64(at) / int64(long))
	}
	return fmt.Sprintf("%s %gx %s%s %s/%s", words, r.Speed, strings.Repeat(g.Full, full), strings.Repeat(g.Nil, bar-full), hours(at), hours(long))
}

// hours writes a length of time as 1:02:03.
func hours(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// reelHead is the right part of the first line in a replay, in a room of so
// many cells.
func (a *App) reelHead(room int) string {
	at := a.now().In(a.deps.Location)
	for _, f := range []struct {
		bar    int
		layout string
	}{{40, time.DateTime}, {24, time.DateTime}, {16, "01-02 15:04:05"}, {8, time.TimeOnly}, {4, time.TimeOnly}} {
		if text := a.reel(f.bar) + " " + at.Format(f.layout) + " "; theme.Width(text) <= room {
			return text
		}
	}
	return a.reel(2) + " "
}

// recording says how the recording goes, for the second line.
func (a *App) recording() string {
	if a.deps.Recording == nil {
		return ""
	}
	r := a.deps.Recording()
	words := a.theme.Say("REC %.1f MB", float64(r.Bytes)/1e6) + " "
	switch {
	case r.Err != nil:
		return a.theme.Paint(theme.Danger, a.theme.Say("NOT RECORDING")+" ")
	case r.Lost > 0:
		return a.theme.Paint(theme.Warn, strings.TrimSpace(words)+", "+a.theme.Say("%d lost", r.Lost)+" ")
	}
	return a.theme.Paint(theme.Muted, words)
}

// watchTape says once why a recording or a replay has ended.
func (a *App) watchTape() {
	var err error
	if a.deps.Recording != nil {
		err = a.deps.Recording().Err
	}
	if a.deps.Player != nil {
		err = a.deps.Player.Reel().Err
	}
	if err != nil && !a.tapeEnded {
		a.tapeEnded = true
		a.say(Failure, err.Error())
	}
}
