package views

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class/clean"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/uitest"
)

// slate is notes that several dashboards share.
func slate(t *testing.T) *ops.Notes {
	t.Helper()
	n, err := ops.OpenNotes(filepath.Join(t.TempDir(), "notes.json"), func() time.Time { return now }, clean.Line)
	require.NoError(t, err)
	return n
}

func noting(n ui.Notes) func(*ui.Deps) { return func(d *ui.Deps) { d.Notes = n } }

// noteDown types a note into the box that is open.
func noteDown(s interface{ Press(...string) }, text string) {
	keys := []string{}
	for _, r := range text {
		key := string(r)
		if r == ' ' {
			key = "space"
		}
		keys = append(keys, key)
	}
	s.Press(append(keys, "enter")...)
}

func TestANoteIsSeenEverywhere(t *testing.T) {
	notes := slate(t)
	require.NoError(t, notes.As("韩梅", ops.Operator).Write(ops.Note{Room: 310048240, RoomName: "Chemistry 9A", Text: "called the teacher"}))
	s := newStand(t, 140, 40, noting(notes.As("李雷", ops.Lead)))
	s.Put(updates(troubled())...)
	assert.Contains(t, s.Text(), "✎ Chemistry 9A", "a mark in the list")
	assert.Contains(t, s.Text(), "note     09:41 韩梅: called the teacher", "in the preview of the first row")
	assert.NotContains(t, lineWith(s.Lines(), "Art club"), "✎")
	s.Press("d")
	assert.Contains(t, s.Text(), "09:41 韩梅: called the teacher", "in the description")
	s.Press("esc", "enter", "1")
	assert.Contains(t, lineWith(s.Lines(), "Notes"), "09:41 韩梅: called the teacher", "in the overview")
	openView(s, "attention")
	assert.Equal(t, 2, strings.Count(s.Text(), "✎ Chemistry 9A"), "at both problems of the class")
}

func TestANoteOnAProblem(t *testing.T) {
	notes := slate(t)
	play(t, 170, 24, func(r *uitest.Rig, s *uitest.Session, run *uitest.Runner) {
		s.Put(updates(troubled())...)
		r.Advance(time.Second)
		openView(r, "attention")
		r.Press("j")
		require.Contains(t, r.Line("no teacher is in"), "▌", r.Screen())
		r.Press("i")
		require.True(t, r.Has("Chemistry 9A (310048240): no teacher"), r.Screen())
		s.Put(updates(school())...) // rows stand still behind it, and the target is frozen
		r.Advance(time.Second)
		noteDown(r, "called him, he comes")
		r.Until("noted: called him, he comes", 5*time.Second)
		require.Len(t, notes.Of(310048240), 1)
		n := notes.Of(310048240)[0]
		assert.Equal(t, "no teacher", n.Rule)
		assert.Equal(t, "李雷", n.By)
		assert.Empty(t, run.Ran(), "nothing is sent")
		s.Put(updates(troubled())...)
		r.Advance(time.Second)
		assert.Contains(t, r.Line("no teacher is in"), "✎ Chemistry 9A")
		assert.Contains(t, r.Line("no teacher is in"), "李雷: called him", r.Screen())
		assert.NotContains(t, r.Line("nobody answers"), "✎", "the note is about the other problem")
	}, noting(notes.As("李雷", ops.Lead)))
}

func TestOthersSeeANoteAtOnce(t *testing.T) {
	notes := slate(t)
	play(t, 120, 24, func(r *uitest.Rig, _ *uitest.Session, _ *uitest.Runner) {
		require.NotContains(t, r.Line("Art club"), "✎")
		require.NoError(t, notes.As("韩梅", ops.Operator).Write(ops.Note{Room: 310048260, Text: "moved to room 2"}))
		r.Advance(time.Second)
		assert.Contains(t, r.Line("Art club"), "✎", r.Screen())
	}, noting(notes.As("李雷", ops.Lead)))
}

// fullDisk keeps no note.
type fullDisk struct{ *ops.Notebook }

func (fullDisk) Write(ops.Note) error { return errors.New("no space left on device") }

func TestANoteThatIsNotKept(t *testing.T) {
	notes := slate(t).As("李雷", ops.Lead)
	play(t, 120, 24, func(r *uitest.Rig, _ *uitest.Session, _ *uitest.Runner) {
		r.Press("i", "a", "enter")
		r.Until("the note is not kept: no space left on device", 5*time.Second)
	}, noting(fullDisk{notes}))
	play(t, 80, 24, func(r *uitest.Rig, _ *uitest.Session, _ *uitest.Runner) {
		r.Press("i", "enter", "i", "a", "esc")
		r.Paste("nothing is typed into")
		r.Press("i")
		r.Paste(strings.Repeat("长", 130))
		assert.True(t, r.Has("0 left, enter keeps it"), r.Screen())
		r.Press("esc")
	}, noting(notes))
	assert.Empty(t, notes.Since(time.Time{}))
	s := newStand(t, 80, 24)
	s.Put(updates(school())...)
	s.Press("i")
	assert.Contains(t, s.Text(), "notes cannot be kept in a replay")
}

func TestNotesAreExported(t *testing.T) {
	notes := slate(t)
	require.NoError(t, notes.As("韩梅", ops.Operator).Write(ops.Note{Room: 310048240, Text: "called the teacher"}))
	var saved string
	play(t, 80, 24, func(r *uitest.Rig, _ *uitest.Session, _ *uitest.Runner) {
		r.Press("e", "1")
		r.Until("rows written", 5*time.Second)
	}, noting(notes.As("李雷", ops.Lead)), func(d *ui.Deps) {
		d.Save = func(_ string, data []byte) (string, error) { saved = string(data); return "x.csv", nil }
	})
	assert.Contains(t, saved, "09:41 韩梅: called the teacher")
}

// lineWith is the first line that holds a text.
func lineWith(lines []string, text string) string {
	for _, l := range lines {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}
