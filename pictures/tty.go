//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"classtop/bench/term"
	"classtop/ui/uitest"
)

// recording is what the program wrote to its terminal, with what happened in
// between.
type recording struct {
	width, height int // at the beginning
	bytes         []byte
	events        []event
}

// event happened when so many bytes had been written: a change of size, or a
// shot if width is 0.
type event struct {
	at            int
	width, height int
	shot
}

// shot is a moment to be drawn.
type shot struct {
	name  string // of the picture, in a tour
	title string
	hold  time.Duration // in a film
}

// In a film each key is seen for a moment, and what is typed letter by letter.
const (
	keyHold    = 400 * time.Millisecond
	letterHold = 120 * time.Millisecond
)

// location is the real program on a pseudo-terminal.
type location struct {
	session *session
	desk    *term.Desk
	recording
}

// openLocation starts the program on the school of the pictures, in a home and
// a time zone of its own.
func openLocation(s *session, program, home, zone string) (*location, error) {
	l := &location{session: s, recording: recording{width: 100, height: 30}}
	args := []string{"--demo", "--seed", strconv.Itoa(seed), "--rooms", strconv.Itoa(rooms), "--members", strconv.Itoa(members),
		"--theme", s.theme, "--lang", s.lang}
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, err
	}
	var err error
	l.desk, err = term.RunWith([]string{"HOME=" + home, "XDG_STATE_HOME=" + filepath.Join(home, "state"), "USER=lin", "TZ=" + zone}, l.width, l.height, program, args...)
	return l, err
}

func (l *location) warm() error {
	until := morning.Add(warmUp).Format("15:04:")
	_, err := l.desk.Within(warmUp+30*time.Second, "the time "+until, func() bool { return strings.Contains(l.desk.Line(0), until) })
	return err
}

func (l *location) press(key string) error {
	filming := l.session.film != "" && len(l.events) > 0
	pieces, hold := []string{uitest.Sequence(key)}, keyHold
	if filming && pieces[0] == key && utf8.RuneCountInString(key) > 1 {
		pieces, hold = strings.Split(key, ""), letterHold
	}
	for _, piece := range pieces {
		if err := l.desk.Type(piece); err != nil {
			return err
		}
		l.desk.Rest(rest)
		if filming {
			l.keep(event{shot: shot{hold: hold}})
		}
	}
	return nil
}

// rest is for how long nothing is written when the program has shown what a
// key does: it draws at most every 33 ms, and waits 50 ms for what may follow
// esc.
const rest = 150 * time.Millisecond

func (l *location) resize(w, h int) error {
	l.keep(event{width: w, height: h})
	if err := l.desk.Resize(w, h); err != nil {
		return err
	}
	l.desk.Rest(rest)
	return nil
}

func (l *location) await(text string) error {
	if _, err := l.desk.Until(text, func() bool { return strings.Contains(l.desk.Screen(), text) }); err != nil {
		return fmt.Errorf("%w\n%s", err, l.desk.Screen())
	}
	l.desk.Rest(2 * rest)
	return nil
}

func (l *location) shoot(s scene) error {
	title := s.title
	if title == "" {
		title = l.session.command
	}
	if l.session.film != "" { // the keys that led here happened under this title
		for i := len(l.events) - 1; i >= 0 && l.events[i].title == "" && l.events[i].width == 0; i-- {
			l.events[i].title = title
		}
	}
	l.keep(event{shot: shot{s.name, title, s.hold}})
	return nil
}

func (l *location) keep(e event) {
	l.bytes = l.desk.Recording()
	e.at = len(l.bytes)
	l.events = append(l.events, e)
}
