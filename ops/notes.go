package ops

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"classtop/class"
)

// NoteCells bounds the text of a note, in cells.
const NoteCells = 120

// What is kept of notes: no more in all, no more of one class, and none older.
const (
	mostNotes   = 1000
	mostOfClass = 20
	noteLasts   = 7 * 24 * time.Hour
	nameCells   = 60
	noteFile    = 1 << 20 // bytes that surely hold them
)

// Note is what a supervisor wrote down of a class, or of one problem of it, for
// whoever looks at it next. Nothing of it is sent to the service.
type Note struct {
	Time     time.Time    `json:"time"`
	By       string       `json:"by"`
	Room     class.RoomID `json:"room"`
	RoomName string       `json:"room_name,omitempty"`
	Rule     string       `json:"rule,omitempty"` // of the problem; empty: it is about the class
	User     string       `json:"user,omitempty"` // whom the problem names
	Text     string       `json:"text"`
}

// About names the problem that the note is about, or else it is the class.
func (n Note) About() string {
	if n.Rule == "" {
		return "class"
	}
	return strings.TrimSpace(n.Rule + " " + n.User)
}

// Concerns tells whether the note says something of a problem.
func (n *Note) Concerns(p *class.Problem) bool {
	return n.Room == p.Room && (n.Rule == "" || n.Rule == p.Rule && n.User == p.User.String())
}

// cleaned is the note as it may be shown, whoever wrote the file.
func (n *Notes) cleaned(one Note) Note {
	for _, name := range []*string{&one.By, &one.RoomName, &one.Rule, &one.User} {
		*name = n.line(*name, nameCells)
	}
	one.Text = strings.TrimSpace(n.line(one.Text, NoteCells))
	return one
}

// Notes are the notes of one profile. All sessions of a process share them,
// and through their file all processes of one user.
type Notes struct {
	path string // empty: they are kept in memory only
	now  func() time.Time
	line func(raw string, maxCells int) string // makes text safe to show

	mu      sync.Mutex
	all     []Note // the oldest first
	of      map[class.RoomID][]Note
	changes []class.RoomID // classes whose notes changed, in order
}

// OpenNotes reads the file, or begins without one where it does not exist. On
// an error the Notes are returned all the same and hold what they could read;
// a file that is broken is never written over. line makes text safe to show,
// in at most so many cells.
func OpenNotes(path string, now func() time.Time, line func(raw string, maxCells int) string) (*Notes, error) {
	n := &Notes{path: path, now: now, line: line, of: map[class.RoomID][]Note{}}
	all, err := n.read()
	n.take(all)
	n.changes = nil
	return n, err
}

// Notebook is the notes in the hands of one operator.
type Notebook struct {
	*Notes
	operator string
	role     Role
}

// As gives the notes to an operator, under whose name he writes.
func (n *Notes) As(operator string, role Role) *Notebook { return &Notebook{n, operator, role} }

// Of lists the notes on a class, the newest first.
func (n *Notes) Of(room class.RoomID) []Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.of[room]
}

// Since lists the notes of this time and later, the oldest first.
func (n *Notes) Since(t time.Time) []Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(n.all), func(one Note) bool { return one.Time.Before(t) })
}

// News lists the classes whose notes changed after so many changes, and says
// how many there are now.
func (n *Notes) News(after int) (rooms []class.RoomID, seen int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.changes[min(after, len(n.changes)):]), len(n.changes)
}

// Write puts a note down, under this operator's name and now. It waits for the
// disk. On an error the note is not there.
func (b *Notebook) Write(note Note) error {
	if b.role == Viewer {
		return errors.New(Viewer.forbids(1))
	}
	note.Time, note.By = b.now().UTC().Truncate(time.Second), b.operator
	if note = b.cleaned(note); note.Text == "" {
		return errors.New("the note says nothing")
	}
	return b.put(note)
}

// put adds the note to what the file holds now, which other processes may have
// written too.
func (n *Notes) put(note Note) (err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.path == "" {
		n.take(append(n.all, note))
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(n.path), 0o700); err != nil {
		return err
	}
	lock, err := os.OpenFile(n.path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if err := waitLock(lock); err != nil {
		return err
	}
	all, err := n.read()
	if err != nil {
		return err
	}
	all = n.bound(append(all, note))
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	if err := ReplaceFile(n.path, append(data, '\n')); err != nil {
		return err
	}
	n.take(all)
	return nil
}

// read returns what the file holds, bounded and cleaned.
func (n *Notes) read() ([]Note, error) {
	if n.path == "" {
		return nil, nil
	}
	info, err := os.Stat(n.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > noteFile {
		return nil, fmt.Errorf("%s is larger than notes ever are; move it away", n.path)
	}
	data, err := os.ReadFile(n.path)
	if err != nil {
		return nil, err
	}
	var all []Note
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("%s holds no notes; move it away: %w", n.path, err)
	}
	for i := range all {
		all[i] = n.cleaned(all[i])
	}
	return n.bound(all), nil
}

// bound drops what is too old, and the oldest of what is too much.
func (n *Notes) bound(all []Note) []Note {
	oldest := n.now().Add(-noteLasts)
	slices.Reverse(all) // of the same second the last is the newest
	slices.SortStableFunc(all, func(a, b Note) int { return b.Time.Compare(a.Time) })
	count := map[class.RoomID]int{}
	kept := all[:0]
	for _, note := range all {
		if count[note.Room]++; !note.Time.Before(oldest) && note.Text != "" && count[note.Room] <= mostOfClass && len(kept) < mostNotes {
			kept = append(kept, note)
		}
	}
	slices.Reverse(kept)
	return kept
}

// take makes these the notes that are known, and remembers which classes that
// changes.
func (n *Notes) take(all []Note) {
	all = n.bound(all)
	of := map[class.RoomID][]Note{}
	for _, note := range slices.Backward(all) {
		of[note.Room] = append(of[note.Room], note)
	}
	for room, list := range of {
		if !slices.Equal(list, n.of[room]) {
			n.changes = append(n.changes, room)
		}
	}
	for room := range n.of {
		if of[room] == nil {
			n.changes = append(n.changes, room)
		}
	}
	n.all, n.of = all, of
}
