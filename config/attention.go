package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Attention holds the thresholds of the rules that say which class needs a
// person. docs/attention.md says what each of them is for.
type Attention struct {
	Off        []string // names of rules that are switched off
	Late       time.Duration
	NoTeacher  time.Duration
	Empty      time.Duration
	Drop       float64 // part of those online
	DropWithin time.Duration
	DropLeast  int // people
	Overrun    time.Duration
	Cameras    time.Duration
	Unanswered time.Duration
	Stale      time.Duration
	Leavers    int     // people
	LeavePart  float64 // part of those who were there
	Questions  bool    // read every running class's questions, not only of those on screen
	Documents  bool    // the same for documents
}

// ruleNames are the rules of package poll, which this package does not know. A
// test keeps the two lists the same.
var ruleNames = []string{
	"not started", "no teacher", "kicked is back", "online fell", "many left at once", "empty", "in two classes",
	"document failed", "data too old", "overrun", "cameras off", "too many mics", "question unanswered",
}

var attentionSettings = []setting{
	{key: "attention.off", allowed: "names of rules with commas between them: " + strings.Join(ruleNames, ", "),
		about: "When a class needs a person. Rules that are switched off …", example: "cameras off, overrun", set: setOff},
	ruleSpan("late", "2m", "… a class that has not begun so long after its start …", func(a *Attention) *time.Duration { return &a.Late }),
	ruleSpan("no_teacher", "1m", "… one that runs without a teacher for so long …", func(a *Attention) *time.Duration { return &a.NoTeacher }),
	ruleSpan("empty", "1m", "… with nobody in it for so long …", func(a *Attention) *time.Duration { return &a.Empty }),
	rulePart("drop", "0.3", "… from which this part of those online went away …", func(a *Attention) *float64 { return &a.Drop }),
	ruleSpanTo("drop_within", "2m", 10*time.Minute, "… within so long …", func(a *Attention) *time.Duration { return &a.DropWithin }),
	ruleCount("drop_least", "3", "… and at least so many people …", func(a *Attention) *int { return &a.DropLeast }),
	ruleSpan("overrun", "5m", "… that goes on so long after its end …", func(a *Attention) *time.Duration { return &a.Overrun }),
	ruleSpan("cameras", "2m", "… with all cameras off for so long …", func(a *Attention) *time.Duration { return &a.Cameras }),
	ruleSpan("unanswered", "1m", "… with a question that nobody answers for so long …", func(a *Attention) *time.Duration { return &a.Unanswered }),
	ruleSpan("stale", "3m", "… whose member list is so old, and half a second more for each running class …", func(a *Attention) *time.Duration { return &a.Stale }),
	ruleCount("leavers", "8", "… from which people left whose place or device so many left from, in two or more classes …", func(a *Attention) *int { return &a.Leavers }),
	rulePart("leave_part", "0.3", "… if they are this part of those from there.", func(a *Attention) *float64 { return &a.LeavePart }),
	ruleSwitch("questions", "Read the questions of every running class, for the rule about them; else only of classes on screen.",
		func(a *Attention) *bool { return &a.Questions }),
	ruleSwitch("documents", "The same for documents.", func(a *Attention) *bool { return &a.Documents }),
}

const (
	shortestRule = 10 * time.Second
	longestRule  = 4 * time.Hour
	mostPeople   = 1000
)

func ruleSpan(key, def, about string, to func(*Attention) *time.Duration) setting {
	return ruleSpanTo(key, def, longestRule, about, to)
}

func ruleSpanTo(key, def string, longest time.Duration, about string, to func(*Attention) *time.Duration) setting {
	allowed := strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace("a length of time from 10s to " + longest.String() + ", such as 90s")
	return setting{key: "attention." + key, def: def, about: about, example: def, allowed: allowed,
		set: func(c *Config, v string) error {
			d, err := time.ParseDuration(v)
			if err != nil || d < shortestRule || d > longest {
				return errValue
			}
			*to(&c.Profile.Attention) = d
			return nil
		}}
}

func rulePart(key, def, about string, to func(*Attention) *float64) setting {
	return setting{key: "attention." + key, def: def, about: about, example: def, allowed: "a number from 0.05 to 1",
		set: func(c *Config, v string) error {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil || !(f >= 0.05 && f <= 1) {
				return errValue
			}
			*to(&c.Profile.Attention) = f
			return nil
		}}
}

func ruleCount(key, def, about string, to func(*Attention) *int) setting {
	return setting{key: "attention." + key, def: def, about: about, example: def, allowed: fmt.Sprintf("a number of people from 1 to %d", mostPeople),
		set: func(c *Config, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n < 1 || n > mostPeople {
				return errValue
			}
			*to(&c.Profile.Attention) = n
			return nil
		}}
}

func ruleSwitch(key, about string, to func(*Attention) *bool) setting {
	return setting{key: "attention." + key, def: "true", about: about, example: "false", allowed: "true or false",
		set: func(c *Config, v string) error { return setBool(to(&c.Profile.Attention), v) }}
}

// setOff takes names of rules.
func setOff(c *Config, v string) error {
	var off []string
	for name := range strings.SplitSeq(v, ",") {
		name = strings.TrimSpace(name)
		if !slices.Contains(ruleNames, name) {
			return errValue
		}
		off = append(off, name)
	}
	c.Profile.Attention.Off = off
	return nil
}
