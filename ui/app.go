package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/class"
	"classtop/poll"
	"classtop/ui/theme"
)

// App is the program's model. It is used by one goroutine only, Bubble Tea's.
type App struct {
	deps Deps
	ctx  context.Context // ends with the program: commands must not outlive it

	width, height int
	sized         bool // a size has come
	theme         theme.Theme
	look          theme.Options
	named         string // theme that was chosen, or theme.Auto
	light         bool   // the terminal's background is
	looks         Looks  // kept between runs
	keeping       keeping
	mouse         bool // reported to us, not the terminal's own
	arranged      Grid // whose columns stand as they were chosen

	route    []place // home first, the visible view last
	last     Arg     // what `-` goes to, with lastName
	lastName string
	overlay  overlay
	typing   *input // the filter line while it is typed
	toasts   []toast
	running  []sending
	bulk     *bulk
	ended    *outcomes // of the last action on marks
	records  records
	waiting  []waiting // confirmed, not sent yet
	graces   int       // how many there were
	quitting bool      // the next q ends the program

	school    school
	sum       totals
	wants     []poll.Want
	held      []poll.Update // collected while the rows stand still
	heldAt    map[poll.Topic]int
	frozen    bool
	since     time.Time // when they froze
	valid     map[poll.Topic]time.Time
	recent    recent
	acks      acks
	alarms    alarms
	share     float64 // of the account's rate, once somebody changed it
	tapeEnded bool    // somebody was told why the recording has ended
	sent      []*Sent // by name, the newest first

	noted   int             // changes of the notes that are on screen
	asked   map[uint64]bool // proposals that were told; true: their end too
	looked  place           // what the others were told last
	journal journal

	accounts   []Account
	accounting bool      // the visible view shows them
	switched   *Switched // the profile that was chosen to go on with

	pending []tea.Cmd // what handlers left to do

	pressed time.Time // when the last key was
	dirty   bool
	frame   string
	draws   int
}

// place is one view of the route.
type place struct {
	name string
	arg  Arg
	view View
}

// New makes the model. Everything it starts ends with ctx.
func New(ctx context.Context, deps Deps) *App {
	a := &App{deps: deps.fill(), ctx: ctx, look: deps.Look, dirty: true, valid: map[poll.Topic]time.Time{}, heldAt: map[poll.Topic]int{}, recent: recent{}, acks: acks{}}
	a.school.cards = map[class.RoomID]poll.Update{}
	a.looks = deps.Looks
	a.retheme()
	a.useTheme(a.deps.Theme)
	a.Open(a.deps.Home, Arg{})
	a.pressed = a.now() // the start is one too
	return a
}

// Init asks for the background colour and starts the pump and the clock.
func (a *App) Init() tea.Cmd {
	a.demand()
	return tea.Batch(tea.RequestBackgroundColor, a.pump(), a.tick())
}

// Update decides; whatever takes time is a command.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(m.Width, m.Height)
	case tea.KeyPressMsg:
		cmd = a.onKey(m)
	case tea.PasteMsg:
		a.onPaste(m.Content)
	case tea.MouseMsg:
		cmd = a.onMouse(m)
	case tea.BackgroundColorMsg:
		a.onBackground(m.IsDark())
	case tea.ColorProfileMsg:
		a.onColors(m.Profile)
	case tea.ResumeMsg:
		a.dirty = true
	case Updates:
		cmd = a.onUpdates(m)
	case tickMsg:
		cmd = a.onTick()
	case doneMsg:
		cmd = a.onDone(m)
	case AuditRead:
		a.onRecords(m)
	case graceMsg:
		cmd = a.onGrace(m)
	case stepMsg:
		cmd = a.onStep(m)
	case answeredMsg:
		a.onAnswered(m)
	case exportedMsg:
		a.onExported(m)
	case Notice:
		a.say(m.Level, m.Text)
	case accountsMsg:
		a.onAccounts(m)
	case notedMsg:
		a.onNoted(m)
	case keptMsg:
		cmd = a.onKept(m)
	}
	if a.dirty && a.sized {
		a.draw()
		a.demand()
	}
	return a, cmd
}

// View returns the frame that Update made; it never makes one itself.
func (a *App) View() tea.View {
	v := tea.NewView(a.frame)
	v.AltScreen = true
	v.WindowTitle = a.title()
	v.MouseMode = a.mouseMode()
	v.BackgroundColor, v.ForegroundColor = a.theme.Screen()
	return v
}

// resize takes the terminal's size.
func (a *App) resize(w, h int) {
	if a.sized && w == a.width && h == a.height {
		return
	}
	a.width, a.height, a.sized, a.dirty = max(0, w), max(0, h), true, true
}

// tickMsg is the clock: once a second the ages on screen grow.
type tickMsg struct{}

// tick waits for the next whole second of the clock, on a slow link for the
// next five of them.
func (a *App) tick() tea.Cmd {
	if a.deps.Player != nil { // its clock may stand still, or run
		return a.after(time.Second/2, tickMsg{})
	}
	every := a.rhythm()
	return a.after(every-time.Duration(a.now().UnixNano())%every, tickMsg{})
}

// after sends a message when a time has passed, or nothing when the program
// ends before.
func (a *App) after(d time.Duration, msg tea.Msg) tea.Cmd {
	ctx := a.ctx
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return msg
		}
	}
}

func (a *App) onTick() tea.Cmd {
	now := a.now()
	a.school.fresh = true // classes turn late by the clock alone
	a.expire(a.deps.Wall())
	a.watchTape()
	a.lapse(now)
	a.hearProposals()
	a.hearNotes()
	a.watchConnection()
	a.dirty = true
	return tea.Batch(a.tick(), a.alarm(), a.readRecords(), a.readAccounts())
}

func (a *App) now() time.Time { return a.deps.Now() }

func (a *App) top() View { return a.route[len(a.route)-1].view }

// quit ends the program; the session is closed by Run.
func (a *App) quit() tea.Cmd { return tea.Quit }

// Draws counts the frames made, for tests that pin the hot path.
func (a *App) Draws() int { return a.draws }
