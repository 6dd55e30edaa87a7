package paint

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const w, h = 40, 12

var pieces = []string{"a", "Wei", "王", "欧阳娜娜", " ", "     ", "3", "\x1b[31m红\x1b[m", "\x1b[1;38;2;10;20;30mbold\x1b[m", "\x1b[44m  \x1b[m", "é", "…", "─",
	"\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\"}

// padded fits a text into a row.
func padded(text string) string {
	text = ansi.Truncate(text, w, "")
	return text + strings.Repeat(" ", w-ansi.StringWidth(text))
}

func randomRow(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(14) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return padded(b.String())
}

// next changes some of a frame: rows, their place, or all of it.
func next(r *rand.Rand, rows []string) []string {
	out := append([]string(nil), rows...)
	switch r.IntN(5) {
	case 0:
		for y := range out {
			out[y] = randomRow(r)
		}
	case 1: // scrolls, with a head and a foot that stay
		by := 1 + r.IntN(3)
		copy(out[1:h-2], rows[1+by:h-2])
		for y := h - 2 - by; y < h-2; y++ {
			out[y] = randomRow(r)
		}
	case 2:
		copy(out[3:h-1], rows[2:h-2])
		out[2] = randomRow(r)
	default:
		for range 1 + r.IntN(3) {
			out[r.IntN(h)] = randomRow(r)
		}
	}
	return out
}

// TestTheTerminalShowsTheFrame compares what a terminal makes of the bytes
// with the frame, cell by cell, over many changes.
func TestTheTerminalShowsTheFrame(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		term, c := vt.NewEmulator(w, h), canvas{profile: colorprofile.TrueColor, fresh: true}
		rows := make([]string, h)
		for y := range rows {
			rows[y] = randomRow(r)
		}
		for step := range 50 {
			if r.IntN(10) == 0 { // somebody else writes without changing cells
				_, _ = term.WriteString("\x1b[7m\x1b[3;5H")
				c.unsure = true
			}
			_, err := term.Write(c.paint(strings.Join(rows, "\n"), w, h))
			require.NoError(t, err)
			for y, row := range rows {
				want := uv.NewScreenBuffer(w, 1)
				uv.NewStyledString(row).Draw(want, want.Bounds())
				for x := range w {
					expect, cell := want.Lines[0][x], term.CellAt(x, y)
					if expect.Width == 0 {
						continue
					}
					require.Equal(t, expect.Link.IsZero(), cell.Link.IsZero(), "seed %d, step %d, row %d, cell %d", seed, step, y, x)
					expect.Link = cell.Link // the two read its parameters differently
					require.True(t, expect.Equal(cell), "seed %d, step %d, row %d, cell %d: %+v, want %+v", seed, step, y, x, cell, expect)
				}
			}
			rows = next(r, rows)
		}
	}
}

func TestBytes(t *testing.T) {
	rows := make([]string, h)
	for y := range rows {
		rows[y] = padded(fmt.Sprintf("row %d 欧阳", y))
	}
	c := canvas{profile: colorprofile.TrueColor, fresh: true}
	frame := func() int { return len(c.paint(strings.Join(rows, "\n"), w, h)) }
	frame()
	assert.Zero(t, frame(), "nothing changed")
	rows[0] = padded("row 0 欧阳修")
	assert.Equal(t, len("\x1b[1;11H修"), frame())
	rows = append(rows[1:], padded("new"))
	assert.Equal(t, len("\x1b[1;12r\x1b[1S\x1b[r\x1b[12;1Hnew"), frame(), "the terminal moves what only moved")
	rows[4] = padded("")
	assert.LessOrEqual(t, frame(), len("\x1b[5;1H\x1b[K"))
}

// recorder is a terminal that can stop reading.
type recorder struct {
	bytes.Buffer
	stalled chan struct{}
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.stalled != nil {
		<-r.stalled
	}
	return r.Buffer.Write(b)
}

func start(t *testing.T, out *recorder) *Painter {
	p := New(out, colorprofile.TrueColor)
	go p.Run(t.Context())
	return p
}

func full(text string) string {
	rows := make([]string, h)
	for y := range rows {
		rows[y] = padded(fmt.Sprint(text, y))
	}
	return strings.Join(rows, "\n")
}

func TestPaintsAtOnceAndSleepsOtherwise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &recorder{}
		p, began := start(t, out), time.Now()
		p.Show(full("a"), w, h)
		synctest.Wait()
		assert.Zero(t, time.Since(began), "the first frame waits for nothing")
		assert.True(t, strings.HasPrefix(out.String(), ansi.SetModeAltScreenSaveCursor))
		for i := range 100 {
			p.Show(full(fmt.Sprint(i%10)), w, h)
		}
		synctest.Wait()
		seen := out.Len()
		p.Show(full("last"), w, h)
		time.Sleep(between)
		synctest.Wait()
		assert.Contains(t, out.String()[seen:], "last")
		seen = out.Len()
		p.Show(full("last"), w, h)
		time.Sleep(time.Hour)
		assert.Equal(t, seen, out.Len())
	})
}

func TestAStalledTerminalHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &recorder{stalled: make(chan struct{})}
		p := start(t, out)
		for i := range 100 {
			p.Show(full(fmt.Sprint("frame ", i)), w, h)
			synctest.Wait()
		}
		close(out.stalled)
		time.Sleep(time.Second)
		synctest.Wait()
		assert.True(t, strings.HasSuffix(out.String(), "\x1b[12;7H9911"), "the newest wins: %q", out)
		assert.Less(t, out.Len(), 500, "and what came before it is not painted")
	})
}

func TestGivesTheScreenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &recorder{}
		p := start(t, out)
		p.Show(full("a"), w, h)
		synctest.Wait()
		_, err := p.Write([]byte(ansi.ResetModeAltScreenSaveCursor)) // suspended
		require.NoError(t, err)
		seen := out.Len()
		_, err = p.Write([]byte(ansi.RequestModeSynchronizedOutput + ansi.RequestBackgroundColor))
		require.NoError(t, err)
		p.Show(full("b"), w, h)
		time.Sleep(time.Second)
		assert.Equal(t, seen, out.Len(), "what comes while the shell has the screen is kept, and nothing asked that it would read")
		_, err = p.Write([]byte(ansi.SetModeAltScreenSaveCursor))
		require.NoError(t, err)
		assert.Contains(t, out.String()[seen:], "b3", "painted in the same moment")
		p.End()
		assert.True(t, strings.HasSuffix(out.String(), ansi.ResetModeAltScreenSaveCursor+ansi.SetModeTextCursorEnable))
		seen = out.Len()
		p.End()
		p.Show(full("c"), w, h)
		time.Sleep(time.Second)
		assert.Equal(t, seen, out.Len())
	})
}
