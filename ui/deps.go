// Package ui is the shell of the dashboard: it owns the screen, the keys, the
// overlays and the way between views. Views (package views) show data and name
// targets; they never draw outside their rectangle and never do I/O.
package ui

import (
	"cmp"
	"context"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui/theme"
)

// Session is this program's place at the poller.
type Session interface {
	// Want replaces what is asked for. It is cheap and never blocks.
	Want(wants []poll.Want)
	// Wait blocks until something came and returns all of it.
	Wait(ctx context.Context) ([]poll.Update, error)
	Close()
}

// Runner carries out operators' writes.
type Runner interface {
	// Run takes as long as the service takes; it is never called in Update.
	Run(ctx context.Context, op ops.Op) ops.Result
	// RunAll carries out a batch and tells of each result as it comes.
	RunAll(ctx context.Context, batch []ops.Op, progress func(i int, res ops.Result)) []ops.Result
	// May says why this operator may not do these at once, or "".
	May(batch ...ops.Op) string
	// Play carries a playbook out, step by step, and tells of each as it comes.
	Play(ctx context.Context, p ops.Play, progress func(i int, res ops.Result)) []ops.Result
	// Busy says who is acting on a target right now, or "".
	Busy(t ops.Target) string
	// Lacks says why the account's edition of the service does not offer an
	// action, or "" when it does or nobody knows yet.
	Lacks(op ops.Op) string
	// TakesTwo tells whether a second person must confirm an operation before
	// anything is sent.
	TakesTwo(op ops.Op) bool
}

// Pace changes how much of the account's rate is spent. Both return the new
// part of it, 0 to 1.
type Pace interface {
	Slower() float64
	Faster() float64
}

// Profile says whose classes these are.
type Profile struct {
	Name      string
	Protected bool   // acting here needs more care: said in words
	ReadOnly  bool   // the client refuses every write
	App       uint64 // SdkAppId; 0 if none is set
	Reasons   bool   // every write needs a reason
	Hosts     bool   // several hosts share the school
}

// Deps is all that the shell needs of the outside. Everything is passed in:
// there is no other clock, environment or network behind it.
type Deps struct {
	Session   Session
	Poke      func(topics ...poll.Topic) // fetch now; none means everything on screen
	Status    func() Status
	Trend     func(id class.RoomID) []poll.Sample // nil: no charts
	Requests  func() []poll.ActionUse             // nil: nothing is known of the budget
	Pace      Pace                                // nil: it cannot be changed
	Alarm     Alarm
	Player    Player           // a recording is played; nil: this is live
	Recording func() Recording // nil: nothing is recorded
	Runner    Runner
	Crew      Crew    // nil: nobody shares the school
	Notes     Notes   // nil: none are kept
	Console   Console // nil: no requests by name
	Keys      keymap.Map
	Views     []Def
	Actions   []Action
	Playbooks []class.Playbook
	Home      string // name of the first view
	Now       func() time.Time
	Wall      func() time.Time // the clock of the person at the screen; nil: Now
	Location  *time.Location
	Window    func(now time.Time) (from, to time.Time) // the span of classes polled
	Profile   Profile
	Version   string
	Demo      bool
	// LowBandwidth redraws less: see slow.go.
	LowBandwidth bool
	Audit        string           // where the audit file is, for people
	Grace        [4]time.Duration // by level: how long a confirmed action can still be cancelled before it is sent

	Calm    bool          // nothing moves by itself but what the data change
	Look    theme.Options // without a palette: that is chosen by name
	Themes  theme.Set
	Theme   string            // name of the theme to begin with; theme.Auto follows the terminal's background
	ThemeBy string            // who fixed the theme, such as "config.yaml:7": then a choice on screen is for this run only
	Looks   Looks             // what was chosen on screen before
	Keep    func(Looks) error // writes it down, outside Update; nil: nothing is kept

	// Records reads and checks the audit file. It runs outside Update. Nil: no
	// view of it.
	Records func() ([]ops.Entry, error)
	// Accounts reads the profiles of the configuration, outside Update. Nil:
	// there are none to go to.
	Accounts func() ([]Account, error)
	// Save writes an export to a new file of that name and says where it is.
	// It runs outside Update. Nil: no exports.
	Save func(name string, data []byte) (path string, err error)
}

// fill gives what was left out a harmless value, so that a test or a demo
// needs to name only what it is about.
func (d Deps) fill() Deps {
	d.Profile.Name = clean.Line(d.Profile.Name, 24)
	d.Theme = cmp.Or(d.Theme, theme.Auto)
	if d.Wall == nil {
		d.Wall = d.Now
	}
	if d.Player == nil {
		d.Keys = d.Keys.Without(keymap.GroupReplay)
	}
	if d.Poke == nil {
		d.Poke = func(...poll.Topic) {}
	}
	if d.Status == nil {
		d.Status = func() Status { return Status{} }
	}
	if d.Trend == nil {
		d.Trend = func(class.RoomID) []poll.Sample { return nil }
	}
	if d.Crew == nil {
		d.Crew = alone{}
	}
	if d.Notes == nil {
		d.Notes = noNotes{}
	}
	if d.Requests == nil {
		d.Requests = func() []poll.ActionUse { return nil }
	}
	if d.Location == nil {
		d.Location = time.UTC
	}
	return d
}
