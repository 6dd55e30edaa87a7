package ui

import (
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// View is one screen. Embed Base and write only what differs.
type View interface {
	// Title is the view's place in the trail.
	Title() string
	// Wants says what to fetch for what the last frame showed.
	Wants() []poll.Want
	// Apply takes an update and tells whether the screen changed. On an error
	// the old data stay; see Feed.
	Apply(u poll.Update) bool
	// Context is where the view lies in the keymap.
	Context() keymap.Context
	// Key handles an action of the keymap and tells whether it did. It must
	// not block; what it wants done it asks of its Host. A view that closes
	// something of its own on Back says so, or else the shell leaves the view.
	Key(a keymap.Action) bool
	// Render returns h lines of w cells.
	Render(w, h int) []string
	// Grid is the table that moving, filter, sort and marks work on, or nil.
	Grid() Grid
	// Target is what an operator's action would be aimed at.
	Target() (ops.Target, bool)
	// Targets are the marked rows; an action then goes to all of them.
	Targets() []ops.Target
	// ID is what `c` copies: a word for it and the id itself.
	ID() (what, id string)
	// Facts is what `d` shows, all fields of the selection.
	Facts() []Fact
	// Raw is what `y` shows as JSON: a value of package class.
	Raw() any
	// Sheet is what an export of the view is called; empty: its title.
	Sheet() string
	// Places are where the palette can go from here.
	Places() []Place
	// Note is a remark of at most w cells for the trail line, such as a lens.
	Note(w int) string
}

// Toucher is a view that wants to know of every key, before what it does.
type Toucher interface{ Touched() }

// Grid is what a table offers to the shell; table.Table satisfies it.
type Grid interface {
	Hold()
	Move(n int, now time.Time)
	Page(share float64, now time.Time)
	First(now time.Time)
	Last(now time.Time)
	Mark(now time.Time)
	MarkAll(now time.Time)
	MarkRange(now time.Time) bool
	ClearMarks()
	Marks() int
	Filter(line string)
	FilterText() string
	SortCols() []table.SortCol
	Sort(id string)
	SortedBy() (title string, down bool)
	Position() int
	Shown() int
	Len() int
	Sheet(now time.Time) (heads []string, rows [][]string)
	Columns() []table.Column
	Arrange(columns []table.Column)
}

// Parted is a view with more than one table; GridName tells them apart where
// the columns are kept.
type Parted interface{ GridName() string }

// Fact is one line of a description.
type Fact struct {
	Name, Value string
	Words       bool // the value is classtop's own words, not data
	Look        theme.Token
	Link        string // address that the value leads to; see theme.Link
	Long        bool   // a sentence, to be read to its end: it goes on below
}

// In is the value in the reader's language.
func (f Fact) In(th *theme.Theme) string {
	if f.Words {
		return th.Tell(f.Value)
	}
	return f.Value
}

// Place is somewhere the palette can go.
type Place struct {
	Label string // what is typed and completed
	Hint  string // what it is
	View  string
	Arg   Arg
}

// Arg says what a view is about.
type Arg struct {
	Room class.RoomID
	Name class.Text // of the room, if it is known already
	User class.Text // member to select
	Tab  string     // tab to open
	Text string     // what was typed behind the view's name
}

// Def registers a view: one line in package views.
type Def struct {
	Name  string // the word behind `:`
	Title string
	Help  string // one sentence
	Needs bool   // it needs a room: not offered without one
	New   func(h Host, arg Arg) View
}

// Action registers something an operator can do. Ways gives the ways to do it
// to a target, Pick the index of the one offered first.
type Action struct {
	Key   keymap.Action
	Title string
	Pick  int
	Ways  func(t ops.Target) []Way
	// Ask puts what is still to be answered before the confirmation; it is
	// called again with each answer, until it returns nil. May be nil.
	Ask func(h Host, t ops.Target) Question
}

// Way is one way to carry out an action.
type Way struct {
	Label string // "10 minutes"
	Op    ops.Op
}

// Host is the shell as a view sees it.
type Host interface {
	Now() time.Time
	Theme() *theme.Theme
	Location() *time.Location
	Profile() Profile
	// Calm tells that nothing should move by itself.
	Calm() bool
	// Still tells that rows must not move now: they are frozen, or a dialog is
	// open. Updates are kept back by the shell; a view asks where it changes rows
	// for another reason.
	Still() bool
	Window() (from, to time.Time)
	// Open goes to a view; the trail remembers where from.
	Open(name string, arg Arg)
	// Back goes to the parent.
	Back()
	// Say shows a toast.
	Say(level Level, text string)
	// Copy puts text on the clipboard (OSC 52) and shows it.
	Copy(what, text string)
	// Poke fetches topics now.
	Poke(topics ...poll.Topic)
	// Act asks for an operator's action on targets, as its key would.
	Act(a keymap.Action, ts ...ops.Target)
	// Request opens the form of an action of the API, filled in.
	Request(r Request)
	// Read sends an action that reads and shows its answer.
	Read(action string, params map[string]any)
	// Records is what the audit file said when it was read last.
	Records() Records
	// Sent is what was sent by name in this session, the newest first.
	Sent() []*Sent
	// ShowAnswer opens what was sent and its answer.
	ShowAnswer(s *Sent)
	// KeyOf is the first key of an action, or "" if only the x menu has it.
	KeyOf(a keymap.Action) string
	// Card is what the list of rooms knows of a class.
	Card(id class.RoomID) (class.Card, bool)
	// Trend is how the figures of a class went lately, oldest first.
	Trend(id class.RoomID) []poll.Sample
	// Status is the state of the connection.
	Status() Status
	// Choices opens a menu.
	Choices(title string, cs ...Pick)
	// AckMenu asks for how long problems are to be acknowledged.
	AckMenu(what string, ps []class.Problem)
	// Second opens the dialog that confirms what somebody else asked for.
	Second(p ops.Proposal)
	// Crew is who else works on this school.
	Crew() Crew
	// Notes is what was written down of classes.
	Notes() Notes
	// Accounts are the profiles of the configuration as they were read last.
	Accounts() []Account
	// Switch goes to another profile.
	Switch(to Account)
	// Log is what the program said since it began, the oldest first.
	Log() []LogLine
	// Requests is the use of the budget, action by action.
	Requests() []poll.ActionUse
}

// Pick is one line of a menu.
type Pick struct {
	Key, Label, Hint string
	Run              func()
}

// Base gives a View everything but Title and Render.
type Base struct{}

// Wants asks for nothing.
func (Base) Wants() []poll.Want { return nil }

// Apply ignores the update.
func (Base) Apply(poll.Update) bool { return false }

// Key handles nothing.
func (Base) Key(keymap.Action) bool { return false }

// Context is what works everywhere.
func (Base) Context() keymap.Context { return keymap.Global }

// Grid is none.
func (Base) Grid() Grid { return nil }

// Target is none.
func (Base) Target() (ops.Target, bool) { return ops.Target{}, false }

// Targets are none.
func (Base) Targets() []ops.Target { return nil }

// ID is none.
func (Base) ID() (what, id string) { return "", "" }

// Facts is none.
func (Base) Facts() []Fact { return nil }

// Raw is nothing.
func (Base) Raw() any { return nil }

// Sheet is the view's title.
func (Base) Sheet() string { return "" }

// Places is none.
func (Base) Places() []Place { return nil }

// Note is empty.
func (Base) Note(int) string { return "" }
