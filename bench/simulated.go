//go:build unix

package main

import (
	"fmt"
	"regexp"
	"strconv"

	"classtop/bench/table"
)

// numbers returns the numbers that a pattern's groups match, for every match.
func numbers(out string, pattern *regexp.Regexp) (all [][]float64) {
	for _, m := range pattern.FindAllStringSubmatch(out, -1) {
		var row []float64
		for _, s := range m[1:] {
			n, _ := strconv.ParseFloat(s, 64)
			row = append(row, n)
		}
		all = append(all, row)
	}
	return all
}

var memoryLine = regexp.MustCompile(`([\d.]+) MiB, (\d+) objects`)

func memory(t *table.Table) error {
	out, err := goRun("..", "test", "-count", "1", "-v", "-run", "TestMemoryOfAThousandClasses", "./poll")
	found := numbers(out, memoryLine)
	if len(found) == 0 {
		return fmt.Errorf("the poller's test printed nothing: %w", err)
	}
	mib, objects := found[0][0], found[0][1]
	t.Add(mib <= 10, table.Row{What: "memory for 1000 rooms of 50 members", Target: "at most 10 MiB", Measured: fmt.Sprintf("%.1f MiB", mib)})
	t.Add(objects <= 5000, table.Row{What: "objects for them", Target: "at most 5000", Measured: fmt.Sprintf("%.0f", objects)})
	return nil
}

func pacing(t *table.Table) error {
	f, err := figures(".", "./pacing", ".")
	if err != nil {
		return err
	}
	t.Add(f["jitter-ours-beyond"] == 0, table.Row{What: "arrivals over the limit, an hour with jitter", Target: "0", Measured: fmt.Sprintf("%.0f", f["jitter-ours-beyond"]),
		Baseline: fmt.Sprintf("%.1f %% x/time/rate", f["jitter-rate-beyond"])})
	t.Add(f["no-jitter-ours-beyond"] == 0, table.Row{What: "the same with little jitter", Target: "0", Measured: fmt.Sprintf("%.0f", f["no-jitter-ours-beyond"]),
		Baseline: fmt.Sprintf("%.1f %% x/time/rate", f["no-jitter-rate-beyond"])})
	t.Add(f["no-jitter-use"] >= 98, table.Row{What: "use of the budget, little jitter", Target: "at least 98 %", Measured: fmt.Sprintf("%.1f %%", f["no-jitter-use"])})
	t.Note(table.Row{What: "use of the budget, much jitter", Measured: fmt.Sprintf("%.1f %%", f["jitter-use"])})
	return nil
}

var (
	agesLine     = regexp.MustCompile(`(\d+) rooms  focused ([\d.]+)s p99 ([\d.]+)s  visible ([\d.]+)s p99 ([\d.]+)s(?:  background ([\d.]+)s = ([\d.]+) of fair)?.*never read (\d+)`)
	backLine     = regexp.MustCompile(`after the stranger of (\d+)/s left: ([\d.]+)/s`)
	strangerLine = regexp.MustCompile(`stranger (\d+)/s: we get ([\d.]+)/s of ([\d.]+) fair`)
)

func ages(t *table.Table) error {
	out, err := goRun("..", "test", "-count", "1", "-v", "-run", "TestAges|TestBudgetSharesWithAStranger", "./poll")
	found := numbers(out, agesLine)
	if len(found) == 0 {
		return fmt.Errorf("the poller's test printed nothing: %w", err)
	}
	for _, f := range found {
		of := fmt.Sprintf(" of %.0f rooms", f[0])
		age := func(what string, mean, p99, mostMean, mostP99 float64) {
			t.Add(mean <= mostMean && p99 <= mostP99, table.Row{What: what + of, Target: fmt.Sprintf("%.2f s, p99 %.2f s", mostMean, mostP99),
				Measured: fmt.Sprintf("%.3f s, p99 %.3f s", mean, p99)})
		}
		age("age of the focused room", f[1], f[2], 1.0205, 1.25)
		age("age of the visible rooms", f[3], f[4], 3.0505, 3.5)
		if f[6] > 0 {
			t.Add(f[6] <= 1.05, table.Row{What: "age of the background" + of, Target: "at most 1.05 of fair", Measured: fmt.Sprintf("%.1f s", f[5]),
				Baseline: fmt.Sprintf("%.1f s fair", f[5]/f[6]), Ratio: fmt.Sprintf("%.3f x", f[6])})
		}
		t.Add(f[7] == 0, table.Row{What: "classes never read" + of, Target: "0", Measured: fmt.Sprintf("%.0f", f[7])})
	}
	for _, f := range numbers(out, strangerLine) {
		t.Add(f[1] >= 0.9*f[2], table.Row{What: fmt.Sprintf("beside another client of %.0f calls a second", f[0]), Target: "at least 90 % of the fair share",
			Measured: fmt.Sprintf("%.2f a second", f[1]), Baseline: fmt.Sprintf("%.0f fair", f[2]), Ratio: times(f[1] / f[2])})
	}
	for _, f := range numbers(out, backLine) {
		t.Add(f[1] >= 9.6, table.Row{What: fmt.Sprintf("10 s after that of %.0f calls a second left", f[0]), Target: "full, 10 a second less the way", Measured: fmt.Sprintf("%.2f a second", f[1])})
	}
	return nil
}
