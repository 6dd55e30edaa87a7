//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"
)

// The simulated school begins when the program starts, and its classes at
// multiples of five minutes. So that it is the same school every time, the
// program starts at such a multiple; and so that it is the same morning, its
// time zone is one in which the morning begins then.
const lessonStep = 5 * time.Minute

// opening is the next moment to start the program at.
func opening(now time.Time) time.Time { return now.Truncate(lessonStep).Add(lessonStep) }

// wait waits for a moment.
func wait(ctx context.Context, until time.Time) error {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// zoneOf is a file of a time zone (RFC 9636, version 1) in which it is the
// morning's time of day at that moment.
func zoneOf(at time.Time) []byte {
	const day = 24 * 60 * 60
	_, east := morning.Zone()
	offset := (morning.Unix() + int64(east) - at.Unix()) % day
	if offset > day/2 {
		offset -= day
	}
	if offset < -day/2 {
		offset += day
	}
	out := bytes.NewBufferString("TZif" + string(make([]byte, 16)))
	for _, n := range []uint32{0, 0, 0, 0, 1, 4} { // one type of local time, four characters of names
		_ = binary.Write(out, binary.BigEndian, n)
	}
	_ = binary.Write(out, binary.BigEndian, int32(offset))
	out.WriteString("\x00\x00CST\x00") // no summer time, the name's place, the name
	return out.Bytes()
}
