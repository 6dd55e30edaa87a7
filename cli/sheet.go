package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/lang"

	"github.com/charmbracelet/x/ansi"
)

// sheet is what a read gave: the values for JSON, the cells for people.
type sheet struct {
	data  any
	heads []string
	rows  [][]string
}

// col is one column over rows of one type.
type col[T any] struct {
	head string
	cell func(*T) string
}

// sheetOf lays items out in columns. A nil list becomes an empty one, so that
// scripts always get an array.
func sheetOf[T any](items []T, cols []col[T]) sheet {
	if items == nil {
		items = []T{}
	}
	s := sheet{data: items}
	for _, c := range cols {
		s.heads = append(s.heads, c.head)
	}
	for i := range items {
		row := make([]string, len(cols))
		for j, c := range cols {
			row[j] = c.cell(&items[i])
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// write prints the sheet in one of the formats of get. Only the table is in the
// reader's language: the others are for scripts.
func (s sheet) write(w io.Writer, format string, l lang.Lang) error {
	switch format {
	case "json":
		return writeJSON(w, s.data)
	case "csv":
		return s.writeCSV(w)
	}
	return s.in(l).writeTable(w)
}

// worded are the columns whose cells are classtop's own words.
var worded = []string{"ROLE", "STATE", "MIC", "CAMERA", "MUTED", "LOCKED", "VIDEO LOCKED", "AUDIO LOCKED", "PUBLIC", "RIGHT", "DEVICE", "FACT", "LEVEL", "CATEGORY"}

// in puts the heads and classtop's own words into the reader's language.
func (s sheet) in(l lang.Lang) sheet {
	out := sheet{data: s.data}
	own := make([]bool, len(s.heads))
	for i, head := range s.heads {
		own[i] = slices.Contains(worded, head)
		out.heads = append(out.heads, l.Word("sheet", head))
	}
	for _, row := range s.rows {
		told := slices.Clone(row)
		for i := range told {
			if own[i] || i > 0 && row[i-1] == "state" { // the fact with this name
				told[i] = l.Tell(told[i])
			}
		}
		out.rows = append(out.rows, told)
	}
	return out
}

// writeCSV guards every cell: a spreadsheet runs what begins like a formula.
func (s sheet) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(s.heads); err != nil {
		return err
	}
	for _, row := range s.rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = clean.CSV(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeTable pads by cells on the screen, not by letters: Chinese ones are
// two wide.
func (s sheet) writeTable(w io.Writer) error {
	widths := make([]int, len(s.heads))
	for _, row := range append([][]string{s.heads}, s.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range append([][]string{s.heads}, s.rows...) {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// facts lays one record out as name and value.
func facts(data any, pairs ...string) sheet {
	s := sheet{data: data, heads: []string{"FACT", "VALUE"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		s.rows = append(s.rows, pairs[i:i+2])
	}
	return s
}

// The cells that many columns share.

func number[N ~int | ~int64 | ~uint64](n N) string { return fmt.Sprint(int64(n)) }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func span(s class.Seconds) string { return s.Duration().String() }

// moment is a time in the school's zone; nothing where the service said none.
func moment(u class.Unix, zone *time.Location) string {
	if u == 0 {
		return ""
	}
	return u.Time().In(zone).Format("2006-01-02 15:04:05")
}

// roomID reads the number of a class.
func roomID(text string) (class.RoomID, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n == 0 {
		return 0, usage("%q is not the number of a class (RoomId), such as 347306302; classtop get rooms lists them", text)
	}
	return class.RoomID(n), nil
}
