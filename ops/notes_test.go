package ops

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
)

// desk is a file of notes with a clock that the test moves.
type desk struct {
	path string
	now  time.Time
}

func newDesk(t *testing.T) *desk {
	return &desk{filepath.Join(t.TempDir(), "deep", "notes.json"), time.Date(2026, 3, 2, 14, 5, 0, 0, time.UTC)}
}

func (d *desk) open(t *testing.T) *Notes {
	t.Helper()
	n, err := OpenNotes(d.path, func() time.Time { return d.now }, clean.Line)
	require.NoError(t, err)
	return n
}

func TestANoteIsKeptWithWhoAndWhen(t *testing.T) {
	d := newDesk(t)
	n := d.open(t)
	require.NoError(t, n.As("韩梅", Operator).Write(Note{Room: 7, RoomName: "物理", Text: "  called the teacher\x1b]52;c;eA==\a \n"}))
	d.now = d.now.Add(time.Minute)
	require.NoError(t, n.As("李雷", Lead).Write(Note{Room: 7, Rule: "overrun", Text: "ends at 14:20", By: "somebody else"}))

	for _, again := range []*Notes{n, d.open(t)} {
		of := again.Of(7)
		require.Len(t, of, 2)
		assert.Equal(t, Note{Time: d.now, By: "李雷", Room: 7, Rule: "overrun", Text: "ends at 14:20"}, of[0], "the newest first, in his own name")
		assert.Equal(t, "韩梅", of[1].By)
		assert.Equal(t, "called the teacher␛]52;c;eA==␇ ␊", of[1].Text)
		assert.Empty(t, again.Of(8))
	}
	info, err := os.Stat(d.path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	assert.Len(t, n.Since(d.now), 1)
}

func TestANoteThatIsNotWritten(t *testing.T) {
	d := newDesk(t)
	n := d.open(t)
	assert.ErrorContains(t, n.As("wall", Viewer).Write(Note{Room: 7, Text: "x"}), "as a viewer")
	assert.ErrorContains(t, n.As("li", Lead).Write(Note{Room: 7, Text: " \t"}), "says nothing")
	assert.NoFileExists(t, d.path)

	require.NoError(t, os.MkdirAll(filepath.Dir(d.path), 0o700))
	require.NoError(t, os.WriteFile(d.path, []byte("{half"), 0o600))
	broken, err := OpenNotes(d.path, func() time.Time { return d.now }, clean.Line)
	assert.ErrorContains(t, err, "move it away")
	assert.ErrorContains(t, broken.As("li", Lead).Write(Note{Room: 7, Text: "x"}), "move it away")
	data, _ := os.ReadFile(d.path)
	assert.Equal(t, "{half", string(data), "what somebody may still want is not written over")
	assert.Empty(t, broken.Of(7))
}

func TestNotesAreBounded(t *testing.T) {
	d := newDesk(t)
	li := d.open(t).As("li", Lead)
	require.NoError(t, li.Write(Note{Room: 1, Text: "old"}))
	d.now = d.now.Add(noteLasts)
	for i := range mostOfClass + 5 {
		require.NoError(t, li.Write(Note{Room: 7, Text: fmt.Sprint("n", i)}))
	}
	assert.NotEmpty(t, li.Of(1), "a week old, but not older")
	assert.Len(t, li.Of(7), mostOfClass)
	assert.Equal(t, fmt.Sprint("n", mostOfClass+4), li.Of(7)[0].Text)
	d.now = d.now.Add(time.Second)
	require.NoError(t, li.Write(Note{Room: 8, Text: strings.Repeat("长", 400)}))
	assert.Empty(t, li.Of(1))
	assert.LessOrEqual(t, len([]rune(li.Of(8)[0].Text)), NoteCells/2)

	many := make([]Note, mostNotes+50)
	for i := range many {
		many[i] = Note{Time: d.now, By: "li", Room: class.RoomID(i + 1), Text: "x"}
	}
	data, err := json.Marshal(many)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(d.path, data, 0o600))
	assert.Len(t, d.open(t).Since(time.Time{}), mostNotes)
}

func TestSeveralWriteToOneFile(t *testing.T) {
	d := newDesk(t)
	a, b := d.open(t), d.open(t) // two processes of one person
	require.NoError(t, a.As("li", Lead).Write(Note{Room: 1, Text: "one"}))
	require.NoError(t, b.As("han", Lead).Write(Note{Room: 2, Text: "two"}))
	rooms, seen := b.News(0)
	assert.ElementsMatch(t, []class.RoomID{1, 2}, rooms, "it learns what the other wrote")
	rooms, _ = b.News(seen)
	assert.Empty(t, rooms)
	assert.Len(t, d.open(t).Since(time.Time{}), 2, "neither wrote over the other's")
}

func TestWhatANoteIsAbout(t *testing.T) {
	p := class.Problem{Room: 7, Rule: "kicked is back", User: clean.Text("s_1")}
	for _, c := range []struct {
		note Note
		want bool
	}{
		{Note{Room: 7}, true}, {Note{Room: 8}, false},
		{Note{Room: 7, Rule: "kicked is back", User: "s_1"}, true}, {Note{Room: 7, Rule: "kicked is back", User: "s_2"}, false},
		{Note{Room: 7, Rule: "overrun"}, false},
	} {
		assert.Equal(t, c.want, c.note.Concerns(&p), "%+v", c.note)
	}
}
