package class

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Playbook is a named sequence of an operator's actions on one class or one
// member of it.
type Playbook struct {
	Name  string
	About string // for people; may be empty
	Steps []Step
}

// Step is one action of a playbook.
type Step struct {
	Do    string        // one of StepWords, but never StepWait
	After time.Duration // waits that stand before it
	For   time.Duration // of a kick or a mute; 0 is for good
	Text  string        // of a notice
	GoOn  bool          // what follows is done even if this fails
}

// StepWait is the word of a step that only waits.
const StepWait = "wait"

// What a step's word takes.
const (
	takesNothing = iota
	takesSpan    // a length of time, or "for good"
	takesText
	takesWait
)

type stepWord struct {
	word   string
	takes  int
	member bool // it is aimed at a member
}

var stepWords = []stepWord{
	{"notice", takesText, false}, {StepWait, takesWait, false}, {"mute", takesSpan, true}, {"unmute", takesNothing, true},
	{"kick", takesSpan, true}, {"unkick", takesNothing, true}, {"seat-off", takesNothing, true}, {"start", takesNothing, false}, {"end", takesNothing, false},
}

// Limits of a playbook.
const (
	MostSteps   = 20
	longestWait = 30 * time.Minute
	longestSpan = 720 * time.Hour
	mostText    = 500 // characters
	forGood     = "for good"
)

// StepWords lists what a step can do.
func StepWords() []string {
	var out []string
	for _, w := range stepWords {
		out = append(out, w.word)
	}
	return out
}

func wordOf(word string) (stepWord, bool) {
	for _, w := range stepWords {
		if w.word == word {
			return w, true
		}
	}
	return stepWord{}, false
}

// NewStep makes a step of its word and what stands behind it. The error says
// what is allowed there. A wait comes back as After of a step that does
// nothing.
func NewStep(word, value string) (Step, error) {
	w, ok := wordOf(word)
	s := Step{Do: word}
	switch {
	case !ok:
		return s, fmt.Errorf("one of: %s", strings.Join(StepWords(), ", "))
	case w.takes == takesNothing && value != "":
		return s, fmt.Errorf("nothing behind it")
	case w.takes == takesText:
		s.Text = value
		if value == "" || len([]rune(value)) > mostText || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return s, fmt.Errorf("one line of text, at most %d characters", mostText)
		}
	case w.takes == takesSpan && value != forGood:
		d, err := time.ParseDuration(value)
		if s.For = d; err != nil || d < time.Second || d > longestSpan {
			return s, fmt.Errorf("a length of time from 1s to 720h, such as 10m, or: %s", forGood)
		}
	case w.takes == takesWait:
		d, err := time.ParseDuration(value)
		if s.Do, s.After = "", d; err != nil || d < time.Second || d > longestWait {
			return s, fmt.Errorf("a length of time from 1s to 30m, such as 30s")
		}
	}
	return s, nil
}

// Member tells whether the playbook is for a member: some step is aimed at
// one. Else it is for a class.
func (p *Playbook) Member() bool {
	for _, s := range p.Steps {
		if w, _ := wordOf(s.Do); w.member {
			return true
		}
	}
	return false
}

// String lists the steps in a line, as the file has them.
func (p *Playbook) String() string {
	var parts []string
	for _, s := range p.Steps {
		if s.After > 0 {
			parts = append(parts, StepWait+" "+short(s.After))
		}
		part := s.Do
		switch w, _ := wordOf(s.Do); {
		case w.takes == takesSpan && s.For == 0:
			part += " " + forGood
		case w.takes == takesSpan:
			part += " " + short(s.For)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// short writes 10m0s as 10m.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = s[:len(s)-2]
	}
	if strings.HasSuffix(s, "h0m") {
		s = s[:len(s)-2]
	}
	return s
}
