// Package table collects measurements and prints them.
package table

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Row is one measurement. Met is empty where there is no target.
type Row struct {
	What, Target, Measured, Baseline, Ratio, Met string
}

// Table is all of them.
type Table struct {
	rows   []Row
	missed int
}

// Add adds a row that meets its target or does not.
func (t *Table) Add(met bool, r Row) {
	r.Met = "met"
	if !met {
		r.Met = "MISSED"
		t.missed++
	}
	t.rows = append(t.rows, r)
}

// Note adds a row without a target.
func (t *Table) Note(r Row) { t.rows = append(t.rows, r) }

// Fail adds a row for what could not be measured.
func (t *Table) Fail(what string, err error) {
	text, _, _ := strings.Cut(err.Error(), "\n")
	t.Add(false, Row{What: what, Measured: "not measured: " + text})
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

// Missed is the number of targets that were missed.
func (t *Table) Missed() int { return t.missed }

// Print writes the table as Markdown with aligned columns.
func (t *Table) Print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	print := func(cells ...string) {
		for i, c := range cells {
			if c == "" {
				cells[i] = "-"
			}
		}
		fmt.Fprintf(w, "| %s\t|\n", strings.Join(cells, "\t| "))
	}
	print("what", "target", "measured", "baseline, same run", "ratio", "target is")
	print("---", "---", "---", "---", "---", "---")
	for _, r := range t.rows {
		print(r.What, r.Target, r.Measured, r.Baseline, r.Ratio, r.Met)
	}
	_ = w.Flush()
	fmt.Fprintf(out, "\n%d targets missed\n", t.missed)
}
