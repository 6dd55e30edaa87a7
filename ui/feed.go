package ui

import (
	"fmt"
	"time"

	"classtop/class"
	"classtop/poll"
	"classtop/ui/theme"
)

// Feed remembers how fresh one topic's data are. An error keeps the time of
// the last good answer: the data stay on screen and grow old visibly.
type Feed struct {
	At  time.Time    // of the last good answer; zero if there was none
	Err *class.Error // why the last fetch failed; nil if it did not
}

// Note takes an update's time or error; it tells whether there are new data.
func (f *Feed) Note(u poll.Update) bool {
	f.Err = u.Err
	if u.Err == nil {
		f.At = u.At
	}
	return u.Err == nil
}

// fresh is the age below which nobody needs to know it exactly. Without it
// every row would change every second: restless, and dear over SSH.
const fresh = 5 * time.Second

// Age says in at most 6 cells how old the data are; "!" marks stale data, "-"
// data that are still to come.
func (f *Feed) Age(now time.Time) string {
	if f.At.IsZero() {
		if f.Err != nil {
			return "none !"
		}
		return "-"
	}
	age := Ago(now.Sub(f.At))
	if now.Sub(f.At) < fresh {
		age = "<5s"
	}
	if f.Err != nil {
		age += " !"
	}
	return age
}

// Look is the token that the age is painted with.
func (f *Feed) Look(now time.Time) theme.Token {
	switch age := now.Sub(f.At); {
	case f.Err != nil:
		return theme.Danger
	case age > time.Minute:
		return theme.Warn
	}
	return theme.Muted
}

// Ago writes a length of time in at most 5 cells: 4s, 12m, 1h05, 3d.
func Ago(d time.Duration) string {
	d = max(0, d)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh%02d", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%dd", d/(24*time.Hour))
}

// Clock writes a moment as 15:04 in a place's time; "" for none.
func Clock(u class.Unix, loc *time.Location) string {
	if u == 0 {
		return ""
	}
	return u.Time().In(loc).Format("15:04")
}
