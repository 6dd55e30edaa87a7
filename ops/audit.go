package ops

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	rotateAt = 10 << 20 // bytes; a full file is renamed to path.1, path.2 …
	maxLine  = 64 << 10 // bytes that surely hold a line
	lockFor  = 5 * time.Second
)

// Audit is the append-only file of what operators did: JSON Lines, each synced
// before Append returns, each carrying the hash of the one before. Several
// processes may write to the same file. Next to it lies path.head, which holds
// the number and hash of the last line and serves as the lock.
type Audit struct {
	path  string
	now   func() time.Time
	limit int64
	mu    sync.Mutex
	write func(*os.File, []byte) error // writes and syncs; tests make it fail
}

// OpenAudit opens the file for appending and makes it, for its owner only,
// where it does not exist. On an error the Audit is returned all the same: it
// tries again with each line, so that writes are refused until the disk is
// mended and watching goes on.
func OpenAudit(path string, now func() time.Time) (*Audit, error) {
	if now == nil {
		now = time.Now
	}
	a := &Audit{path: path, now: now, limit: rotateAt, write: writeSynced}
	return a, a.locked(func(*os.File) error {
		f, _, err := a.file()
		if err != nil {
			return err
		}
		return f.Close()
	})
}

// Path returns the file's path.
func (a *Audit) Path() string { return a.path }

// Append gives the entry its time, number and hashes, and returns when its
// line is on the disk. When it fails the line is not in the file.
func (a *Audit) Append(e Entry) error {
	if a == nil {
		return errors.New("there is no audit file")
	}
	return a.locked(func(head *os.File) error {
		last := a.last(head)
		e.Time, e.Seq, e.Prev = a.now().UTC(), last.seq+1, last.digest
		line, err := seal(e)
		if err != nil {
			return err
		}
		if err := a.put(line); err != nil {
			return err
		}
		// The line is safe already: a head that stays behind is put right
		// by the next line, and Verify allows for it.
		_, _ = head.WriteAt(mark{e.Seq, digest(line[:len(line)-1])}.bytes(), 0)
		return nil
	})
}

// locked runs f while no other goroutine or process touches the file.
func (a *Audit) locked(f func(head *os.File) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.path == "" {
		return errors.New("no path is set for the audit file")
	}
	if err := os.MkdirAll(filepath.Dir(a.path), 0o700); err != nil {
		return err
	}
	head, err := os.OpenFile(a.path+".head", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer head.Close()
	if err := waitLock(head); err != nil {
		return err
	}
	return f(head)
}

// waitLock takes the lock, waiting for other processes to finish their line.
func waitLock(f *os.File) error {
	for end := time.Now().Add(lockFor); ; time.Sleep(5 * time.Millisecond) {
		ok, err := tryLock(f)
		if ok || err != nil {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("%s: another process has kept it locked for %s", f.Name(), Span(lockFor))
		}
	}
}

// file opens the current file and tells whether it is new.
func (a *Audit) file() (f *os.File, fresh bool, err error) {
	_, err = os.Stat(a.path)
	fresh = errors.Is(err, os.ErrNotExist)
	if f, err = os.OpenFile(a.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600); err != nil {
		return nil, false, err
	}
	if info, err := f.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(a.path, 0o600); err != nil {
			return nil, false, errors.Join(err, f.Close())
		}
	}
	return f, fresh, nil
}

// put writes one line at the end, in a new file where the old one is full.
func (a *Audit) put(line []byte) (err error) {
	if info, err := os.Stat(a.path); err == nil && info.Size() > 0 && info.Size()+int64(len(line)) > a.limit {
		if err := a.rotate(); err != nil {
			return err
		}
	}
	f, fresh, err := a.file()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if torn(a.path, info.Size()) {
		line = append([]byte("\n"), line...)
	}
	if err := a.write(f, line); err != nil {
		// Half a line must not stay; where even this fails, Verify will tell.
		_ = os.Truncate(a.path, info.Size())
		return err
	}
	if fresh {
		return syncDir(filepath.Dir(a.path))
	}
	return nil
}

func writeSynced(f *os.File, line []byte) error {
	if _, err := f.Write(line); err != nil {
		return err
	}
	return f.Sync()
}

// torn tells whether a crash left a line without its end.
func torn(path string, size int64) bool {
	tail, err := readTail(path, 1)
	return err == nil && size > 0 && tail[0] != '\n'
}

// rotate gives the full file the next number.
func (a *Audit) rotate() error {
	next := 1
	if old := rotated(a.path); len(old) > 0 {
		next = old[len(old)-1] + 1
	}
	return os.Rename(a.path, numbered(a.path, next))
}

func numbered(path string, n int) string { return path + "." + strconv.Itoa(n) }

// rotated returns the numbers of the full files, oldest first.
func rotated(path string) []int {
	names, _ := os.ReadDir(filepath.Dir(path))
	var out []int
	for _, d := range names {
		number, ok := strings.CutPrefix(d.Name(), filepath.Base(path)+".")
		if n, err := strconv.Atoi(number); ok && err == nil && n > 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// mark is the number and the digest of a line.
type mark struct {
	seq    uint64
	digest string
}

// bytes has always the same length, so that it can be written over.
func (m mark) bytes() []byte { return fmt.Appendf(nil, "%020d %s\n", m.seq, m.digest) }

func readMark(r io.ReaderAt) mark {
	b := make([]byte, 20+1+64)
	if n, _ := r.ReadAt(b, 0); n != len(b) {
		return mark{}
	}
	seq, err := strconv.ParseUint(string(b[:20]), 10, 64)
	if err != nil {
		return mark{}
	}
	return mark{seq, string(b[21:])}
}

// last returns the mark of the last line: the head's, or the file's where the
// head stayed behind.
func (a *Audit) last(head io.ReaderAt) mark {
	m := readMark(head)
	paths := auditFiles(a.path)
	for _, path := range slices.Backward(paths) {
		tail, err := readTail(path, maxLine)
		tail = bytes.TrimSuffix(tail, []byte("\n"))
		if err != nil || len(tail) == 0 {
			continue
		}
		line := tail[bytes.LastIndexByte(tail, '\n')+1:]
		e, _ := open(line)
		if e.Seq == 0 { // torn: it took the number after the head's
			e.Seq = m.seq + 1
		}
		if e.Seq > m.seq {
			return mark{e.Seq, digest(line)}
		}
		break
	}
	return m
}

// auditFiles returns the files that exist, oldest first.
func auditFiles(path string) []string {
	var out []string
	for _, n := range rotated(path) {
		out = append(out, numbered(path, n))
	}
	if _, err := os.Stat(path); err == nil {
		out = append(out, path)
	}
	return out
}

// readTail returns up to n bytes from the end of a file.
func readTail(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	n = min(n, info.Size())
	b := make([]byte, n)
	_, err = f.ReadAt(b, info.Size()-n)
	return b, err
}
