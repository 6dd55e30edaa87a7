package ops

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// auditLine is one line as it lies in a file.
type auditLine struct {
	file   string
	number int
	bytes  []byte
	entry  Entry
	err    error // what is wrong with the line by itself
}

func (l auditLine) problem(format string, args ...any) error {
	return fmt.Errorf("%s line %d %w", filepath.Base(l.file), l.number, fmt.Errorf(format, args...))
}

// readAudit reads every line of every file, oldest first, and the head.
func readAudit(path string) (lines []auditLine, head mark, err error) {
	paths, texts, head, err := auditTexts(path)
	if err != nil {
		return nil, head, err
	}
	for i, b := range texts {
		number := 0
		for text := range bytes.Lines(b) {
			number++
			l := auditLine{file: paths[i], number: number, bytes: bytes.TrimSuffix(text, []byte("\n"))}
			if l.entry, l.err = open(l.bytes); len(l.bytes) == len(text) {
				l.err = errors.New("is cut off: it has no end")
			}
			lines = append(lines, l)
		}
	}
	return lines, head, nil
}

// auditTexts reads the files as they lie there. Who writes waits for it and for
// nothing else: to understand long files takes a while.
func auditTexts(path string) (paths []string, texts [][]byte, head mark, err error) {
	if f, err := os.Open(path + ".head"); err == nil {
		defer f.Close()
		// Without the lock a line that is being written might be seen in
		// part; a copy on a read-only disk has nobody who writes.
		_ = waitLock(f)
		head = readMark(f)
	}
	if paths = auditFiles(path); len(paths) == 0 {
		_, err = os.Stat(path)
		return nil, nil, head, err
	}
	texts = make([][]byte, len(paths))
	for i, p := range paths {
		if texts[i], err = os.ReadFile(p); err != nil {
			return nil, nil, head, err
		}
	}
	return paths, texts, head, nil
}

// ReadAudit returns the entries of the file and of the full files before it,
// oldest first, safe to show. Lines that cannot be read are left out and named
// in the error; the entries are good all the same.
func ReadAudit(path string) ([]Entry, error) {
	lines, _, err := readAudit(path)
	entries, faults := shownEntries(lines)
	return entries, errors.Join(err, faults)
}

// shownEntries are the entries of the lines that can be read; the error names
// the others.
func shownEntries(lines []auditLine) ([]Entry, error) {
	var faults []error
	entries := make([]Entry, 0, len(lines))
	for _, l := range lines {
		if l.entry.Seq == 0 {
			faults = append(faults, l.problem("%w", l.err))
			continue
		}
		entries = append(entries, l.entry.shown())
	}
	return entries, errors.Join(faults...)
}

// Verify checks that no line was changed, removed or moved since it was
// written. It returns how many lines are good from the start, and the first
// problem, with file and line.
func Verify(path string) (n int, problem error) {
	lines, head, err := readAudit(path)
	if err != nil {
		return 0, err
	}
	return verify(path, lines, head)
}

func verify(path string, lines []auditLine, head mark) (n int, problem error) {
	later := make(map[uint64]bool, len(lines))
	for _, l := range lines {
		later[l.entry.Seq] = true
	}
	last := mark{}
	for i, l := range lines {
		if err := l.follows(last, later); err != nil {
			return i, err
		}
		last = mark{l.entry.Seq, digest(l.bytes)}
		if last.seq == head.seq && last.digest != head.digest {
			return i, l.problem("was changed: entry %d is not the one that was written", last.seq)
		}
	}
	if head.seq > last.seq {
		return len(lines), fmt.Errorf("%s ends with entry %d, but %d were written: the last ones were removed", filepath.Base(path), last.seq, head.seq)
	}
	return len(lines), nil
}

// follows tells whether the line is what has to come after the one before.
func (l auditLine) follows(before mark, there map[uint64]bool) error {
	want := before.seq + 1
	switch got := l.entry.Seq; {
	case l.err != nil:
		return l.problem("%w", l.err)
	case got > want && there[want]:
		return l.problem("holds entry %d where %d belongs: lines were moved", got, want)
	case got > want+1:
		return l.problem("holds entry %d: entries %d to %d are missing", got, want, got-1)
	case got > want:
		return l.problem("holds entry %d: entry %d is missing", got, want)
	case got < want:
		return l.problem("holds entry %d after %d: lines were moved or copied", got, before.seq)
	case l.entry.Prev != before.digest:
		return l.problem("does not fit the line before it: entry %d was changed", before.seq)
	}
	return nil
}

// CheckedAudit is ReadAudit with Verify's problem, if there is one.
func CheckedAudit(path string) ([]Entry, error) {
	lines, head, err := readAudit(path)
	entries, faults := shownEntries(lines)
	if err = errors.Join(err, faults); err == nil {
		_, err = verify(path, lines, head)
	}
	return entries, err
}

// AuditReader is CheckedAudit for those who look again and again: it reads the
// files of one audit only when one of them has another size or time than it
// had. The zero value is ready, for any number of goroutines.
type AuditReader struct {
	mu      sync.Mutex
	seen    []stamp
	entries []Entry
	err     error
}

// stamp tells whether a file is as it was.
type stamp struct {
	path    string
	size    int64
	changed time.Time
}

// Read returns the entries of the audit at a path.
func (r *AuditReader) Read(path string) ([]Entry, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := stamps(path); r.seen == nil || !slices.Equal(now, r.seen) {
		r.seen = now // of before it is read: what comes meanwhile is read the next time
		r.entries, r.err = CheckedAudit(path)
		if errors.As(r.err, new(*fs.PathError)) {
			r.seen = nil // it may be mended without a change of the file
		}
	}
	return slices.Clone(r.entries), r.err
}

func stamps(path string) []stamp {
	all := []stamp{{path: path}}
	for _, p := range append(auditFiles(path), path+".head") {
		if info, err := os.Stat(p); err == nil {
			all = append(all, stamp{p, info.Size(), info.ModTime()})
		}
	}
	return all
}
