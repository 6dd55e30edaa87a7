package views

import (
	"slices"
	"strings"

	"github.com/NimbleMarkets/ntcharts/v2/sparkline"

	"classtop/ui/theme"
)

// steps are the nine heights of a chart's column, as ntcharts draws them, and
// flat their likeness in ASCII.
const (
	steps = " ▁▂▃▄▅▆▇█"
	flat  = " _.-:=+*#"
)

// spark draws values as a line of w columns from 0 to top, the latest on the
// right. A zero is a low column, so that it differs from no reading at all.
func spark(th *theme.Theme, values []int, top, w int) string {
	return tallSpark(th, values, top, w, 1)[0]
}

// tallSpark is spark in so many rows, the highest first.
func tallSpark(th *theme.Theme, values []int, top, w, rows int) []string {
	if w < 1 || len(values) == 0 {
		return slices.Repeat([]string{theme.Spaces(w)}, rows)
	}
	top = max(1, top)
	chart := sparkline.New(w, rows, sparkline.WithNoAutoMaxValue(), sparkline.WithMaxValue(float64(top)))
	least := float64(top) / float64(rows*(len(flat)-1))
	for _, v := range squeeze(values, w) {
		chart.Push(max(float64(v), least))
	}
	chart.Draw()
	line := chart.View()
	if th.ASCII {
		line = strings.Map(flatten, line)
	}
	lines := strings.Split(line, "\n")
	for i := range lines {
		lines[i] = th.Fit(lines[i], w)
	}
	return lines
}

// squeeze makes at most w values of many: the highest of each stretch.
func squeeze(values []int, w int) []int {
	if len(values) <= w {
		return values
	}
	out := make([]int, w)
	for i, v := range values {
		at := i * w / len(values)
		out[at] = max(out[at], v)
	}
	return out
}

// flatten gives the ASCII likeness of a chart's column.
func flatten(r rune) rune {
	for i, step := range []rune(steps) {
		if r == step {
			return rune(flat[i])
		}
	}
	return r
}
