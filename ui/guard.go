package ui

import (
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/class/rescue"
	"classtop/ui/paint"
)

// guard is the model with a net below it: a panic in Update, in drawing or in
// a command ends this program as q does, so that the terminal is put back and
// other programs of the process go on. Bubble Tea's own net would print the
// panic's value, whatever it holds.
type guard struct {
	app     *App
	painter *paint.Painter
	end     func() // ends the program
	mu      sync.Mutex
	fault   *rescue.Fault // the first
}

// Init implements tea.Model.
func (g *guard) Init() (cmd tea.Cmd) {
	defer g.catch("the first frame", &cmd)
	return g.safe(g.app.Init())
}

// Update implements tea.Model.
func (g *guard) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = g // whatever happens: Bubble Tea draws the model that it gets
	if g.failed() != nil {
		return g, tea.Quit
	}
	defer g.catch("the dashboard", &cmd)
	g.terminal(msg)
	_, cmd = g.app.Update(msg)
	return g, g.safe(cmd)
}

// View implements tea.Model. App's only hands out what Update made. The frame
// goes to the painter; to Bubble Tea's renderer it is an empty screen.
func (g *guard) View() tea.View {
	v := g.app.View()
	g.painter.Show(v.Content, g.app.width, g.app.height)
	v.Content = " "
	return v
}

// terminal hands on what becomes known of the terminal.
func (g *guard) terminal(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.ColorProfileMsg:
		g.painter.Colors(m.Profile)
	case tea.ModeReportMsg:
		if m.Mode == ansi.ModeSynchronizedOutput && m.Value == ansi.ModeReset {
			g.painter.Synced()
		}
	}
}

// catch is deferred: it notes a panic and quits in place of the command.
func (g *guard) catch(where string, cmd *tea.Cmd) {
	if r := recover(); r != nil {
		g.note(rescue.New(where, r))
		*cmd = tea.Quit
	}
}

func (g *guard) note(f *rescue.Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fault == nil {
		g.fault = f
	}
	g.end()
}

func (g *guard) failed() *rescue.Fault {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault
}

// safe puts the net below a command and below the commands of a batch.
func (g *guard) safe(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				g.note(rescue.New("a command", r))
				msg = nil
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.safe(batch[i])
			}
		}
		return msg
	}
}

// suspension prepares each suspension, and forbids it in a shared process.
func suspension(shared bool, suspending *atomic.Bool) func(tea.Model, tea.Msg) tea.Msg {
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			if shared {
				return nil
			}
			suspending.Store(true)
			beforeSuspend(suspending)
		case tea.ResumeMsg:
			suspending.Store(false)
		}
		return msg
	}
}
