// Package tape keeps in a file what the poller brought and plays it again
// through the same screens.
//
// A recording is a line of text and then blocks, each compressed and summed by
// itself, so that a file that was cut off is whole up to the last block. What
// changed since the update before is all that is written; every few minutes a
// key block repeats everything, so that a player can begin there.
//
// Only what may be shown is kept: the cleaned form of texts, links without
// their signatures, pseudonyms where they were on the screen. There is no
// credential in it, because the poller has none.
package tape

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

const (
	magic     = "classtop recording 2 " // with the format's number
	headLong  = 64 << 10                // bytes of the first line, at most
	blockLong = 1 << 20                 // bytes after which a block is closed
	blockMost = 48 << 20                // unpacked bytes of a block that is read
	raisesMax = 4096                    // moments a block can name
)

// About says where a recording came from.
type About struct {
	Version string      `json:"version"`
	Profile string      `json:"profile"`
	Began   time.Time   `json:"began"`
	Kinds   []KindAbout `json:"kinds"` // what its data are made of; the recorder fills it in
}

// writeAbout writes the first line.
func writeAbout(w io.Writer, a About) error {
	a.Kinds = spoken()
	line, err := json.Marshal(a)
	if err == nil {
		_, err = fmt.Fprintf(w, "%s%s\n", magic, line)
	}
	return err
}

// readAbout reads the first line and returns where the blocks begin.
func readAbout(data []byte) (a About, d *dialect, rest int, err error) {
	line, _, found := bytes.Cut(data[:min(len(data), headLong)], []byte("\n"))
	text, ours := bytes.CutPrefix(line, []byte(magic))
	switch {
	case bytes.HasPrefix(line, []byte(magic[:len(magic)-2])) && !ours:
		return a, nil, 0, errors.New("this recording has another format: another version of classtop made it, replay it with that one")
	case !ours || !found:
		return a, nil, 0, errors.New("this is no recording of classtop")
	case json.Unmarshal(text, &a) != nil:
		return a, nil, 0, errBroken
	}
	d, err = dialectOf(a.Kinds)
	return a, d, len(line) + 1, err
}

// block is where a block lies and what the player needs to know beforehand.
type block struct {
	Key         uint8 // 1: it begins with all that is known
	Raises      uint16
	Packed, Raw uint32 // bytes
	First, Last int64  // milliseconds since 1970
	raised      []int64
	at          int // where its content begins
}

// fixed is the part of a block's head that has always the same length.
type fixed struct {
	Mark        [4]byte
	Key         uint8
	Raises      uint16
	Packed, Raw uint32
	First, Last int64
}

var mark = [4]byte{'T', 'A', 'P', 'E'}

// pressed packs frames into a block that stands for itself.
func pressed(frames []byte, key bool, first, last int64, raised []int64) ([]byte, error) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(frames)
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, err
	}
	raised = raised[:min(len(raised), raisesMax)]
	h := fixed{Mark: mark, Raises: uint16(len(raised)), Packed: uint32(packed.Len()), Raw: uint32(len(frames)), First: first, Last: last}
	if key {
		h.Key = 1
	}
	var out bytes.Buffer
	_ = binary.Write(&out, binary.LittleEndian, h)
	for _, at := range raised {
		_ = binary.Write(&out, binary.LittleEndian, uint32(min(max(0, at-first), 1<<32-1)))
	}
	out.Write(packed.Bytes())
	return binary.LittleEndian.AppendUint32(out.Bytes(), crc32.ChecksumIEEE(out.Bytes())), nil
}

// index finds the blocks. It stops at the first that is not whole; cut tells
// whether there was such a one.
func index(data []byte, from int) (blocks []block, cut bool) {
	size := binary.Size(fixed{})
	for at := from; at < len(data); {
		rest := data[at:]
		var h fixed
		if len(rest) < size {
			return blocks, true
		}
		_, _ = binary.Decode(rest, binary.LittleEndian, &h)
		head := size + 4*int(h.Raises)
		long := head + int(h.Packed) + 4
		if h.Mark != mark || h.Raw > blockMost || h.Raises > raisesMax || h.Last < h.First || len(rest) < long ||
			binary.LittleEndian.Uint32(rest[long-4:]) != crc32.ChecksumIEEE(rest[:long-4]) {
			return blocks, true
		}
		b := block{Key: h.Key, Packed: h.Packed, Raw: h.Raw, First: h.First, Last: h.Last, at: at + head}
		for i := range int(h.Raises) {
			b.raised = append(b.raised, h.First+int64(binary.LittleEndian.Uint32(rest[size+4*i:])))
		}
		if len(blocks) == 0 && b.Key == 0 || len(blocks) > 0 && b.Last < blocks[len(blocks)-1].First {
			return blocks, true
		}
		blocks = append(blocks, b)
		at += long
	}
	return blocks, false
}

// unpacked returns a block's frames.
func (b *block) unpacked(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data[b.at : b.at+int(b.Packed)]))
	if err != nil {
		return nil, errBroken
	}
	frames, err := io.ReadAll(io.LimitReader(z, int64(b.Raw)+1))
	if err != nil || len(frames) != int(b.Raw) {
		return nil, errBroken
	}
	return frames, nil
}
