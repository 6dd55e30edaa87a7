package ops

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// Line is one line of an audit file as it lies there, without its newline.
type Line struct {
	Seq   uint64
	Bytes []byte
}

// Same tells whether a line is the one with this text.
func (l Line) Same(text []byte) bool { return digest(l.Bytes) == digest(text) }

// Follows tells whether the line is the next after another one.
func (l Line) Follows(before Line) bool {
	e, _ := open(l.Bytes)
	return l.Seq == before.Seq+1 && e.Prev == digest(before.Bytes)
}

// Entry reads the line of a host's file, safe to show, and says what is wrong
// with it.
func (l Line) Entry(host string) (Entry, error) {
	e, err := open(l.Bytes)
	e.KeptOn = host
	return e.shown(), err
}

// OpenLine is the line with this text. One that is no audit line has no number.
func OpenLine(text []byte) Line {
	e, _ := open(text)
	return Line{e.Seq, text}
}

// Name is what the file is called among those of other hosts: a word made up
// once, which lies next to it. Anew makes up another, for a file that is no
// longer the one that had the name.
func (a *Audit) Name(anew bool) (name string, err error) {
	path := a.path + ".name"
	err = a.locked(func(*os.File) error {
		known, err := os.ReadFile(path)
		if name = strings.TrimSpace(string(known)); err == nil && name != "" && !anew && plainName(name) {
			return nil
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		name = rand.Text()
		return os.WriteFile(path, []byte(name+"\n"), 0o600)
	})
	return name, err
}

// plainName tells whether a name is one that was made up here: it becomes part
// of the subject of a message.
func plainName(s string) bool {
	return len(s) <= 64 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// Since returns up to most lines after the one with number seq, oldest first,
// and the number of the last line of all. Only lines that are surely on the
// disk are among them.
func (a *Audit) Since(seq uint64, most int) (lines []Line, last uint64, err error) {
	var head mark
	if err = a.locked(func(f *os.File) error { head = readMark(f); return nil }); err != nil || head.seq <= seq {
		return nil, head.seq, err
	}
	files := auditFiles(a.path)
	from := len(files) - 1
	for from > 0 && firstSeq(files[from]) > seq+1 {
		from--
	}
	for _, path := range files[max(0, from):] {
		some, err := after(path, seq, head.seq)
		if err != nil {
			return nil, head.seq, err
		}
		if lines = append(lines, some...); len(lines) >= most {
			break
		}
	}
	return lines[:min(most, len(lines))], head.seq, nil
}

// firstSeq is the number of a file's first line; one that cannot be read comes
// after all.
func firstSeq(path string) uint64 {
	f, err := os.Open(path)
	if err != nil {
		return math.MaxUint64
	}
	defer f.Close()
	text, _ := bufio.NewReaderSize(f, maxLine).ReadSlice('\n')
	if l := OpenLine(bytes.TrimSuffix(text, []byte("\n"))); l.Seq != 0 {
		return l.Seq
	}
	return math.MaxUint64
}

// after returns the lines of one file with numbers behind seq, up to last. It
// reads from the end, so that a long file with a few new lines costs little.
func after(path string, seq, last uint64) (lines []Line, err error) {
	for size := int64(maxLine); ; size *= 8 {
		tail, err := readTail(path, size)
		if err != nil {
			return nil, err
		}
		all, old := int64(len(tail)) < size, false
		if !all { // the first line may be cut
			tail = tail[bytes.IndexByte(tail, '\n')+1:]
		}
		lines = nil
		for text := range bytes.Lines(tail) {
			l := OpenLine(bytes.TrimSuffix(text, []byte("\n")))
			switch {
			case l.Seq != 0 && l.Seq <= seq:
				old = true
			case l.Seq != 0 && l.Seq <= last:
				lines = append(lines, l)
			}
		}
		if old || all {
			return lines, nil
		}
	}
}

// Partial is the error of lines that are good, but where those of other hosts
// may be missing.
type Partial struct{ Err error }

func (p Partial) Error() string { return p.Err.Error() }

// Unwrap is why.
func (p Partial) Unwrap() error { return p.Err }

// Merge joins what the audit files of several hosts say, oldest first by the
// hosts' own clocks. The lines of one host keep their order, and none is there
// twice.
func Merge(lists ...[]Entry) []Entry {
	type placed struct {
		Entry
		at time.Time
	}
	var all []placed
	known, at := map[string]bool{}, map[string]time.Time{}
	for _, e := range slices.Concat(lists...) {
		if e.Hash != "" && known[e.Hash] {
			continue
		}
		known[e.Hash] = true
		if e.Time.After(at[e.KeptOn]) {
			at[e.KeptOn] = e.Time
		}
		all = append(all, placed{e, at[e.KeptOn]})
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at.Compare(b.at) })
	out := make([]Entry, len(all))
	for i := range all {
		out[i] = all[i].Entry
	}
	return out
}
