package class

import (
	"strconv"
	"time"
)

// Unix is a moment in seconds since 1970, as every time of the LCIC API is;
// zero means that the service did not say.
type Unix int64

// UnixOf turns a time into a Unix moment; the zero time becomes 0.
func UnixOf(t time.Time) Unix {
	if t.IsZero() {
		return 0
	}
	return Unix(t.Unix())
}

// Time returns the moment as a time; 0 becomes the zero time.
func (u Unix) Time() time.Time {
	if u == 0 {
		return time.Time{}
	}
	return time.Unix(int64(u), 0)
}

// Seconds is a length of time in whole seconds, as the API counts it.
type Seconds int64

// Duration returns the length as a time.Duration.
func (s Seconds) Duration() time.Duration { return time.Duration(s) * time.Second }

// RoomID is the number of an LCIC class; it needs all 64 bits.
type RoomID uint64

// String returns the decimal form.
func (id RoomID) String() string { return strconv.FormatUint(uint64(id), 10) }
