//go:build unix

package main

import (
	"fmt"
	"time"

	"classtop/bench/table"
)

func screenBytes(t *table.Table) error {
	f, err := figures(".", "./screen", ".")
	if err != nil {
		return err
	}
	row := func(name string, r table.Row) table.Row {
		r.Measured = fmt.Sprintf("%.0f bytes", f[name+"-bytes"])
		r.Baseline = fmt.Sprintf("%.0f minimum, %.0f full repaint", f[name+"-least"], f[name+"-repaint"])
		r.Ratio = times(f[name+"-bytes"] / f[name+"-least"])
		return r
	}
	t.Add(f["clock-bytes"] <= 40, row("clock", table.Row{What: "bytes when only the clock ticks, 120x40", Target: "at most 40"}))
	t.Add(f["cells-bytes"] <= 1.25*f["cells-least"], row("cells", table.Row{
		What: fmt.Sprintf("bytes when %.1f %% of the cells change", f["cells-changed"]), Target: "at most 1.25 x the minimum"}))
	t.Add(f["line-bytes"] <= 1.25*f["line-least"], row("line", table.Row{What: "bytes when the table scrolls by a line", Target: "at most 1.25 x the minimum"}))
	t.Note(row("page", table.Row{What: "bytes of a page down"}))
	t.Add(f["nothing-bytes"] == 0, table.Row{What: "bytes when the same data come again", Target: "0", Measured: fmt.Sprintf("%.0f", f["nothing-bytes"])})
	return slowLink(t)
}

// slowLink compares a minute of a busy school with and without
// --low-bandwidth.
func slowLink(t *table.Table) error {
	f, err := figures("..", "./views", "TestASlowLinkIsSpared")
	if err != nil {
		return err
	}
	t.Note(table.Row{What: "bytes of a minute of news every second, --low-bandwidth", Measured: fmt.Sprintf("%.0f bytes", f["minute-slow"]),
		Baseline: fmt.Sprintf("%.0f without", f["minute-usual"]), Ratio: times(f["minute-slow"] / f["minute-usual"])})
	return nil
}

func frames(t *table.Table) error {
	f, err := benchmarks("./views", "BenchmarkFrame|BenchmarkUpdate", "100ms")
	if err != nil {
		return err
	}
	few, many := f["Frame/100"], f["Frame/10_000"]
	if many.ns == 0 {
		many = f["Frame/10000"]
	}
	t.Add(many.ns <= float64(3*time.Millisecond), table.Row{What: "a key and its frame at 200x60, 10000 members", Target: "at most 3 ms", Measured: nanos(many.ns)})
	t.Add(many.allocs <= few.allocs+5, table.Row{What: "its allocations against 100 members", Target: "independent of the number",
		Measured: fmt.Sprintf("%.0f", many.allocs), Baseline: fmt.Sprintf("%.0f with 100", few.allocs), Ratio: times(many.allocs / few.allocs)})
	t.Add(many.ns <= 1.25*few.ns, table.Row{What: "its cost against 100 members", Target: "independent of the number", Measured: nanos(many.ns),
		Baseline: nanos(few.ns) + " with 100, " + nanos(f["Frame/1000"].ns) + " with 1000", Ratio: times(many.ns / few.ns)})
	t.Note(table.Row{What: "a new list of 10000 members and its frame", Measured: nanos(f["Update"].ns)})
	return nil
}
