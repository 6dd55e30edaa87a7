package ops

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written makes an audit file with n lines.
func written(t *testing.T, n int, limit int64) *Audit {
	t.Helper()
	a, err := OpenAudit(filepath.Join(t.TempDir(), "deep", "audit.jsonl"), func() time.Time { return time.Unix(1790000000, 5) })
	require.NoError(t, err)
	a.limit = limit
	fill(t, a, n)
	return a
}

func fill(t *testing.T, a *Audit, n int) {
	t.Helper()
	for i := range n {
		require.NoError(t, a.Append(Entry{OpID: fmt.Sprint(i), Operator: "张三", Action: Kick, Room: physics, User: `a,"hash":"b`, Phase: Intent}))
	}
}

// edit rewrites the lines of a file.
func edit(t *testing.T, path string, f func([]string) []string) {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := f(strings.SplitAfter(strings.TrimSuffix(string(b), "\n"), "\n"))
	require.NoError(t, os.WriteFile(path, []byte(strings.TrimSuffix(strings.Join(lines, ""), "\n")+"\n"), 0o600))
}

func TestChain(t *testing.T) {
	a := written(t, 10, rotateAt)
	n, err := Verify(a.Path())
	require.NoError(t, err)
	assert.Equal(t, 10, n)

	b, err := os.ReadFile(a.Path())
	require.NoError(t, err)
	lines := bytes.Split(bytes.TrimSuffix(b, []byte("\n")), []byte("\n"))
	sum := sha256.Sum256(lines[3])
	assert.Contains(t, string(lines[4]), `"prev":"`+hex.EncodeToString(sum[:])+`"`, "as sha256sum would say")
	assert.Contains(t, string(lines[0]), `"time":"2026-09-21T`)
	assert.Contains(t, string(lines[0]), `"room":"331450358"`)

	for path, mode := range map[string]os.FileMode{a.path: 0o600, a.path + ".head": 0o600, filepath.Dir(a.path): 0o700} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, mode, info.Mode().Perm(), path)
	}
}

func TestVerifyFinds(t *testing.T) {
	resealed := func(line string) string {
		e, err := open([]byte(strings.TrimSuffix(line, "\n")))
		require.NoError(t, err)
		e.User = "somebody else"
		out, err := seal(e)
		require.NoError(t, err)
		return string(out)
	}
	for name, c := range map[string]struct {
		edit func([]string) []string
		good int
		says string
	}{
		"a changed line": {func(l []string) []string {
			l[4] = strings.Replace(l[4], "张三", "李四", 1)
			return l
		}, 4, "line 5 was changed: entry 5"},
		"a changed hash": {func(l []string) []string {
			l[4] = strings.Replace(l[4], `"}`, `x"}`, 1)
			return l
		}, 4, "line 5 was changed"},
		"something added after the hash": {func(l []string) []string {
			l[4] = strings.Replace(l[4], "\"}\n", "\",\"outcome\":\"done\"}\n", 1)
			return l
		}, 4, "line 5 was changed"},
		"a changed line with a new hash":      {func(l []string) []string { l[4] = resealed(l[4]); return l }, 5, "line 6 does not fit the line before it: entry 5 was changed"},
		"a changed last line with a new hash": {func(l []string) []string { l[9] = resealed(l[9]); return l }, 9, "line 10 was changed"},
		"a missing line":                      {func(l []string) []string { return append(l[:4], l[5:]...) }, 4, "line 5 holds entry 6: entry 5 is missing"},
		"three missing lines":                 {func(l []string) []string { return append(l[:4], l[7:]...) }, 4, "entries 5 to 7 are missing"},
		"a missing first line":                {func(l []string) []string { return l[1:] }, 0, "entry 1 is missing"},
		"missing last lines":                  {func(l []string) []string { return l[:8] }, 8, "ends with entry 8, but 10 were written"},
		"reordered lines":                     {func(l []string) []string { l[3], l[4] = l[4], l[3]; return l }, 3, "line 4 holds entry 5 where 4 belongs: lines were moved"},
		"a line twice":                        {func(l []string) []string { return append(l[:4], l[3:]...) }, 4, "line 5 holds entry 4 after 4"},
		"a foreign line":                      {func(l []string) []string { l[2] = "hello\n"; return l }, 2, "line 3 is cut off or no audit line"},
		"an empty line":                       {func(l []string) []string { l[2] = "\n"; return l }, 2, "line 3"},
	} {
		t.Run(name, func(t *testing.T) {
			a := written(t, 10, rotateAt)
			edit(t, a.path, c.edit)
			n, err := Verify(a.path)
			assert.ErrorContains(t, err, c.says)
			assert.Equal(t, c.good, n)
			fill(t, a, 1)
			_, err = Verify(a.path)
			assert.Error(t, err, "another line must not heal it")
		})
	}
	_, err := Verify(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestCutOffLine(t *testing.T) {
	a := written(t, 3, rotateAt)
	f, err := os.OpenFile(a.path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"time":"20`)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	_, err = Verify(a.path)
	assert.ErrorContains(t, err, "line 4 is cut off")

	fill(t, a, 2)
	n, err := Verify(a.path)
	assert.Equal(t, 3, n)
	assert.ErrorContains(t, err, "line 4 is cut off")
	entries, err := ReadAudit(a.path)
	assert.ErrorContains(t, err, "line 4 is cut off")
	assert.Len(t, entries, 5, "what is whole can be read")
	assert.Equal(t, uint64(6), entries[4].Seq)
}

func TestRotationKeepsTheChain(t *testing.T) {
	a := written(t, 30, 2000)
	paths := auditFiles(a.path)
	require.GreaterOrEqual(t, len(paths), 5)
	assert.Equal(t, a.path, paths[len(paths)-1])
	n, err := Verify(a.path)
	require.NoError(t, err)
	assert.Equal(t, 30, n)
	entries, err := ReadAudit(a.path)
	require.NoError(t, err)
	for i, e := range entries {
		assert.Equal(t, uint64(i+1), e.Seq)
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		require.NoError(t, err)
		assert.LessOrEqual(t, info.Size(), int64(2000))
	}
	require.NoError(t, os.Remove(paths[2]))
	_, err = Verify(a.path)
	assert.ErrorContains(t, err, "are missing")
	require.NoError(t, os.Remove(a.path))
	fill(t, a, 1)
	entries, err = ReadAudit(a.path)
	require.NoError(t, err)
	assert.Equal(t, uint64(31), entries[len(entries)-1].Seq, "a removed file does not start the count anew")
}

func TestHeadMayStayBehindOrBeLost(t *testing.T) {
	a := written(t, 5, rotateAt)
	head, err := os.ReadFile(a.path + ".head")
	require.NoError(t, err)
	fill(t, a, 1)
	require.NoError(t, os.WriteFile(a.path+".head", head, 0o600))
	_, err = Verify(a.path)
	require.NoError(t, err)
	fill(t, a, 1)
	require.NoError(t, os.Remove(a.path+".head"))
	fill(t, a, 1)
	n, err := Verify(a.path)
	require.NoError(t, err)
	assert.Equal(t, 8, n)
}

func TestOpenNarrowsTheMode(t *testing.T) {
	a := written(t, 1, rotateAt)
	require.NoError(t, os.Chmod(a.path, 0o644))
	_, err := OpenAudit(a.path, nil)
	require.NoError(t, err)
	info, err := os.Stat(a.path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestOpenFailsButCanBeUsedLater(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	require.NoError(t, os.WriteFile(dir, nil, 0o600))
	a, err := OpenAudit(filepath.Join(dir, "audit.jsonl"), nil)
	require.Error(t, err)
	require.Error(t, a.Append(Entry{}))
	require.NoError(t, os.Remove(dir))
	require.NoError(t, a.Append(Entry{}))
	_, err = OpenAudit("", nil)
	assert.ErrorContains(t, err, "no path")
}

func TestReadIsSafeToShow(t *testing.T) {
	a := written(t, 0, rotateAt)
	require.NoError(t, a.Append(Entry{Operator: "\x1b]0;x\u202e", Found: strings.Repeat("长", 900)}))
	entries, err := ReadAudit(a.path)
	require.NoError(t, err)
	assert.Equal(t, "\uFFFD]0;x\uFFFD", entries[0].Operator)
	assert.Equal(t, maxPlain, len([]rune(entries[0].Found)))
}

// TestSeveralProcesses appends to one file from processes of this test binary.
func TestSeveralProcesses(t *testing.T) {
	if path := os.Getenv("CLASSTOP_TEST_AUDIT"); path != "" {
		a, err := OpenAudit(path, nil)
		require.NoError(t, err)
		a.limit = 4000
		fill(t, a, 25)
		return
	}
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	var children []*exec.Cmd
	for range 4 {
		c := exec.Command(os.Args[0], "-test.run=^TestSeveralProcesses$")
		c.Env = append(os.Environ(), "CLASSTOP_TEST_AUDIT="+path)
		require.NoError(t, c.Start())
		children = append(children, c)
	}
	for _, c := range children {
		require.NoError(t, c.Wait())
	}
	n, err := Verify(path)
	require.NoError(t, err)
	assert.Equal(t, 100, n)
}

// What is looked at again and again is read when it changed, also where it was
// changed by somebody else, and not otherwise.
func TestAuditReaderSeesEveryChange(t *testing.T) {
	a, r := written(t, 10, rotateAt), &AuditReader{}
	all, err := r.Read(a.path)
	require.NoError(t, err)
	require.Len(t, all, 10)
	all[0].User = "changed by a reader"
	again, err := r.Read(a.path)
	require.NoError(t, err)
	assert.NotEqual(t, "changed by a reader", again[0].User)
	assert.Less(t, testing.AllocsPerRun(5, func() { _, _ = r.Read(a.path) }), 100.0, "a file that is as it was is not read")
	fill(t, a, 1)
	all, err = r.Read(a.path)
	require.NoError(t, err)
	assert.Len(t, all, 11)
	edit(t, a.path, func(l []string) []string { return l[:8] })
	_, err = r.Read(a.path)
	assert.ErrorContains(t, err, "ends with entry 8, but 11 were written")
	require.NoError(t, os.Remove(a.path))
	all, err = r.Read(a.path)
	assert.Empty(t, all)
	assert.Error(t, err)
	assert.Nil(t, r.seen, "what could not be read is tried again")
}
