package ops

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLinesSince(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	a, err := OpenAudit(path, nil)
	require.NoError(t, err)
	a.limit = 200 << 10 // a few files, each longer than what is read first
	for i := range 60 {
		require.NoError(t, a.Append(Entry{OpID: strconv.Itoa(i + 1), Reason: strings.Repeat("x", 10<<10), Phase: Intent}))
	}
	require.Greater(t, len(auditFiles(path)), 2)
	for _, from := range []uint64{0, 1, 17, 30, 58, 59, 60, 99} {
		lines, last, err := a.Since(from, 1000)
		require.NoError(t, err)
		assert.EqualValues(t, 60, last)
		require.Len(t, lines, int(60-min(60, from)), from)
		for i, l := range lines {
			assert.Equal(t, from+uint64(i)+1, l.Seq)
			e, err := l.Entry("jump1")
			require.NoError(t, err)
			assert.Equal(t, strconv.Itoa(int(l.Seq)), e.OpID)
			assert.Equal(t, "jump1", e.KeptOn)
		}
	}
	some, _, err := a.Since(3, 2)
	require.NoError(t, err)
	assert.Equal(t, []uint64{4, 5}, []uint64{some[0].Seq, some[1].Seq})
}

// Half a line, or one whose number is not known to be on the disk, is left for
// later.
func TestLinesSinceLeaveOutWhatIsNotThereYet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	a, err := OpenAudit(path, nil)
	require.NoError(t, err)
	require.NoError(t, a.Append(Entry{OpID: "1", Phase: Intent}))
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"seq":2,"op":"half`)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	lines, _, err := a.Since(0, 10)
	require.NoError(t, err)
	assert.Len(t, lines, 1)
}

func TestTheNameOfAFileStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	a, err := OpenAudit(path, nil)
	require.NoError(t, err)
	first, err := a.Name(false)
	require.NoError(t, err)
	b, err := OpenAudit(path, nil)
	require.NoError(t, err)
	again, err := b.Name(false)
	require.NoError(t, err)
	assert.Equal(t, first, again)
	other, err := b.Name(true)
	require.NoError(t, err)
	assert.NotEqual(t, first, other)
	require.NoError(t, os.WriteFile(path+".name", []byte("a.b > c"), 0o600))
	made, err := a.Name(false)
	require.NoError(t, err)
	assert.NotContains(t, made, ".", "what is no name is not taken for one")
	_, err = Verify(path)
	assert.NoError(t, err, "it is no audit file")
}

// The lines of one host keep their order whatever its clock does.
func TestMerge(t *testing.T) {
	at := func(host, op string, minute int) Entry {
		return Entry{KeptOn: host, OpID: op, Hash: op, Time: time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC)}
	}
	a := []Entry{at("a", "a1", 1), at("a", "a2", 5), at("a", "a3", 2), at("a", "a4", 7)}
	others := []Entry{at("b", "b1", 6), at("c", "c1", 4), at("c", "c1", 4), at("b", "b2", 8)}
	var got []string
	for _, e := range Merge(a, others) {
		got = append(got, e.OpID)
	}
	assert.Equal(t, []string{"a1", "c1", "a2", "a3", "b1", "a4", "b2"}, got)
}
