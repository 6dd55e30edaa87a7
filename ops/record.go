package ops

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is one operation as the audit file has it: the line before the
// request and, unless it is missing, the line after it.
type Record struct {
	Intent  Entry
	Outcome Entry
	Ended   bool // there is a line after the request
	Place   int  // in the order of beginning
}

// UnfinishedEnd is what a record's end is called that has no second line: it runs
// now, or classtop was killed during it. Whether it happened is unknown.
const UnfinishedEnd = "unfinished"

// End names how the operation ended.
func (r Record) End() string {
	if !r.Ended {
		return UnfinishedEnd
	}
	return r.Outcome.Outcome
}

// OK tells whether the operation has happened.
func (r Record) OK() bool {
	return r.Ended && (r.End() == Done.String() || r.End() == Confirmed.String())
}

// Open tells whether nobody knows how it ended.
func (r Record) Open() bool { return !r.Ended || r.End() == StillUnknown.String() }

// Target names what the operation was aimed at: "李雷 (u123)".
func (r Record) Target() string {
	e := r.Intent
	switch {
	case e.User != "":
		return named(e.UserName, e.User)
	case e.Document != "" || e.DocName != "":
		return named(e.DocName, e.Document)
	case e.Seat != nil:
		return "seat " + strconv.FormatInt(*e.Seat, 10)
	case e.Room != 0:
		return named(e.RoomName, e.Room.String())
	}
	return e.Params
}

// What names the action: its own name, or that of the API for a call by name.
func (r Record) What() string {
	switch e := r.Intent; {
	case e.Action == Named:
		return e.API
	case e.Action == SeatPick:
		return "put on seat"
	case e.Text != "":
		return string(e.Action) + " “" + e.Text + "”"
	case e.Duration == int64(ForGood/time.Second):
		return string(e.Action) + " for good"
	case e.Duration > 0:
		return string(e.Action) + " for " + Span(time.Duration(e.Duration)*time.Second)
	default:
		return strings.ReplaceAll(string(e.Action), "-", " ")
	}
}

// Records joins the lines of each operation, in the order of their beginning.
func Records(entries []Entry) []Record {
	var out []Record
	at := make(map[string]int)
	for _, e := range entries {
		i, known := at[e.OpID]
		switch {
		case e.Phase == Intent:
			at[e.OpID] = len(out)
			out = append(out, Record{Intent: e, Place: len(out)})
		case known:
			out[i].Outcome, out[i].Ended = e, true
		}
	}
	return out
}

// Kicked is a kick that keeps a member out now.
type Kicked struct {
	Record
	Until time.Time // zero: for good
	Sure  bool      // false: nobody knows whether the kick happened
}

// Out returns the kicks of a record of operations that still keep somebody out,
// the one that ends first in front; those for good come last. A later kick of
// the same member in the same class replaces the earlier one, and letting the
// member in again ends it.
func Out(records []Record, now time.Time) []Kicked {
	type who struct{ room, user string }
	latest := make(map[who]int)
	var out []Kicked
	for _, r := range records {
		id := who{r.Intent.Room.String(), r.Intent.User}
		if i, kicked := latest[id]; kicked && r.Intent.Action == Unkick && r.OK() {
			out[i].Until = r.began() // over
			continue
		}
		if r.Intent.Action != Kick && r.Intent.Action != Ban || !r.OK() && !r.Open() {
			continue
		}
		k := Kicked{Record: r, Sure: r.OK()}
		if r.Intent.Action == Kick {
			k.Until = r.began().Add(time.Duration(r.Intent.Duration) * time.Second)
		}
		if i, again := latest[id]; again {
			if k.Sure || !out[i].Sure {
				out[i] = k
			}
			continue
		}
		latest[id] = len(out)
		out = append(out, k)
	}
	return running(out, now)
}

// began is when the member was put out, as far as that is known.
func (r Record) began() time.Time {
	if r.Ended {
		return r.Outcome.Time
	}
	return r.Intent.Time
}

// running keeps the kicks whose time is not over and sorts them.
func running(all []Kicked, now time.Time) []Kicked {
	out := slices.DeleteFunc(all, func(k Kicked) bool { return !k.Until.IsZero() && !k.Until.After(now) })
	slices.SortStableFunc(out, func(a, b Kicked) int {
		switch {
		case a.Until.IsZero() == b.Until.IsZero():
			return a.Until.Compare(b.Until)
		case a.Until.IsZero():
			return 1
		}
		return -1
	})
	return out
}
