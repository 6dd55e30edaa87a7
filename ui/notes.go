package ui

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"classtop/class"
	"classtop/class/clean"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui/theme"
)

// Notes are what supervisors wrote down of classes.
type Notes interface {
	// Of lists the notes on a class, the newest first. It never blocks for long.
	Of(room class.RoomID) []ops.Note
	// News lists the classes whose notes changed after so many changes, and
	// says how many there are now.
	News(after int) (rooms []class.RoomID, seen int)
	// Write puts a note down, in this operator's name and now. It waits for the
	// disk and is never called in Update.
	Write(n ops.Note) error
}

// noNotes is where none can be kept.
type noNotes struct{}

func (noNotes) Of(class.RoomID) []ops.Note     { return nil }
func (noNotes) News(int) ([]class.RoomID, int) { return nil, 0 }
func (noNotes) Write(ops.Note) error           { return errNoNotes }

var errNoNotes = errors.New("notes cannot be kept in a replay, nor behind --mask")

// Troubled is a view whose row is a problem: a note there is about it.
type Troubled interface {
	Trouble() (class.Problem, bool)
}

// Notes is what was written down of classes.
func (a *App) Notes() Notes { return a.deps.Notes }

// hearNotes shows what was written down since, here or by others.
func (a *App) hearNotes() {
	var rooms []class.RoomID
	rooms, a.noted = a.deps.Notes.News(a.noted)
	for _, room := range rooms {
		a.reshow(room)
	}
}

// notedMsg says how writing a note down ended.
type notedMsg struct {
	text string
	err  error
}

func (a *App) onNoted(m notedMsg) {
	if m.err != nil {
		a.say(Failure, "the note is not kept: "+clean.Line(m.err.Error(), 200))
		return
	}
	a.say(Success, "noted: "+clean.Line(m.text, ops.NoteCells))
	a.hearNotes()
}

// openNote asks what is to be noted of the problem or the class under the
// cursor.
func (a *App) openNote() {
	if _, none := a.deps.Notes.(noNotes); none {
		a.say(Warning, errNoNotes.Error())
		return
	}
	t, ok := a.top().Target()
	if !ok || t.Room == 0 {
		a.say(Warning, "there is no class here to "+a.deps.Keys.Short(keymap.Note))
		return
	}
	n := &note{about: ops.Note{Room: t.Room, RoomName: t.RoomName.String()}, old: a.deps.Notes.Of(t.Room)}
	if v, is := a.top().(Troubled); is {
		if p, ok := v.Trouble(); ok {
			n.about.Rule, n.about.User = p.Rule, p.User.String()
		}
	}
	a.show(n)
}

// note is the overlay in which a note is typed.
type note struct {
	about ops.Note // frozen when it opened
	old   []ops.Note
	line  input
}

func (n *note) holds() bool { return true }

func (n *note) paste(text string) {
	n.line.add(text)
	n.bound()
}

// bound keeps the note as short as it will be kept.
func (n *note) bound() {
	if text := n.line.text(); theme.Width(text) > ops.NoteCells {
		n.line.set(ansi.Truncate(text, ops.NoteCells, ""))
	}
}

func (n *note) key(a *App, key string, press tea.KeyPressMsg) (bool, tea.Cmd) {
	switch act, _ := a.deps.Keys.Find(keymap.Input, key); act {
	case keymap.InputCancel:
		return true, nil
	case keymap.InputAccept, keymap.InputSend:
		if strings.TrimSpace(n.line.text()) == "" {
			return true, nil
		}
		one, write := n.about, a.deps.Notes.Write
		one.Text = n.line.text()
		return true, func() tea.Msg { return notedMsg{one.Text, write(one)} }
	}
	n.line.key(press)
	n.bound()
	return false, nil
}

// oldNotes is how many earlier notes are shown where a new one is typed.
const oldNotes = 5

func (n *note) box(a *App, w, h int) (string, []string) {
	w = min(w, ops.NoteCells+2)
	th := &a.theme
	about := n.about.RoomName + " (" + n.about.Room.String() + ")"
	if n.about.Rule != "" {
		about += ": " + strings.TrimSpace(th.Tell(n.about.Rule)+" "+n.about.User)
	}
	lines := []string{th.Paint(theme.Title, th.Fit(about, w))}
	for _, old := range n.old[:max(0, min(len(n.old), oldNotes, h-4))] {
		lines = append(lines, th.Paint(theme.Muted, th.Fit(NoteLine(old, a.now(), a.deps.Location), w)))
	}
	typed := n.line.line(th, theme.Plain, w-3)
	lines = append(lines, theme.Spaces(w), th.Fit(th.Paint(theme.Accent, th.Glyphs.Cursor)+" "+typed, w))
	hint := th.Say("%d left, enter keeps it, esc leaves; nothing is sent", ops.NoteCells-theme.Width(n.line.text()))
	return th.Say("Note"), append(lines, th.Paint(theme.Muted, th.FitRight(hint, w)))
}

// NoteLine is a note in a line: when, who, what.
func NoteLine(n ops.Note, now time.Time, loc *time.Location) string {
	at, layout := n.Time.In(loc), "15:04"
	if at.Format(time.DateOnly) != now.In(loc).Format(time.DateOnly) {
		layout = "01-02 15:04"
	}
	return at.Format(layout) + " " + n.By + ": " + n.Text
}
