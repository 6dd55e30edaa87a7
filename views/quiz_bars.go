package views

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"classtop/class"
	"classtop/ui/theme"
)

func isRight(q *question, option int) bool { return q.Correct&(1<<option) != 0 }

// bars shows how often each option was chosen, in at most h lines of w cells:
// where the options are more, they stand in several columns.
func bars(th *theme.Theme, q *question, w, h int) []string {
	n := len(q.sum.Letters)
	columns := (n + h - 1) / h
	rows := (n + columns - 1) / columns
	cell := (w - 1) / columns
	out := make([]string, rows)
	for r := range out {
		var b strings.Builder
		for c := range columns {
			if i := c*rows + r; i < n {
				b.WriteString(" " + th.Fit(bar(th, q, i, cell-1), cell-1))
			}
		}
		out[r] = th.Fit(b.String(), w)
	}
	return out
}

// told are texts in the reader's language.
func told(th *theme.Theme, texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = th.Tell(s)
	}
	return out
}

// mostBar is the longest bar: longer ones are harder to compare.
const mostBar = 60

// bar is one option: its letter, count, share and bar, and whether it is
// right. In a narrow cell the bar goes first, then the share.
func bar(th *theme.Theme, q *question, option, w int) string {
	n, all := q.sum.Letters[option], q.sum.Answered
	right := isRight(q, option)
	look := either(right, theme.Good, theme.Accent)
	digits := max(2, len(fmt.Sprint(all)))
	text := fmt.Sprintf("%c %*d", 'A'+option, digits, n)
	full, short := "", " "
	if right {
		full, short = " "+th.Tell(verdict(th, true)), tick(th)
	}
	share := fmt.Sprintf(" %4s ", portion(n, all))
	length := min(w-len(text)-len(share)-len(" * right"), mostBar)
	switch {
	case length >= 4:
		return th.Paint(look, text) + share + gauge(th, look, n, all, length) + th.Paint(look, full)
	case w >= len(text)+len(share)+len("*"):
		return th.Paint(look, text+share+short)
	}
	return th.Paint(look, text+short)
}

// gauge is a bar of w cells filled by n of all. Anything above zero shows.
func gauge(th *theme.Theme, look theme.Token, n, all int64, w int) string {
	filled := 0
	if n > 0 && all > 0 {
		filled = min(max(1, int(math.Round(float64(n)/float64(all)*float64(w)))), w)
	}
	return th.Paint(look, strings.Repeat(th.Glyphs.Full, filled)) + theme.Spaces(w-filled)
}

// combinations lists the answers that were not one option of A to Z, with
// their counts, the most frequent first.
func combinations(q *question) []string {
	counts := map[class.Options]int64{}
	for _, s := range q.Stats {
		if s.Count > 0 && (bits.OnesCount64(uint64(s.Options)) != 1 || s.Options>>26 != 0) {
			counts[s.Options] += s.Count
		}
	}
	sets := make([]class.Options, 0, len(counts))
	for o := range counts {
		sets = append(sets, o)
	}
	slices.SortFunc(sets, func(a, b class.Options) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	out := make([]string, len(sets))
	for i, o := range sets {
		out[i] = fmt.Sprintf("%s %d", spelled(o), counts[o])
		if o == q.Correct {
			out[i] += " right"
		}
		if o>>26 != 0 {
			out[i] += " (+ is an option beyond Z)"
		}
	}
	if len(out) > 0 {
		out[0] = "chosen together: " + out[0]
	}
	return out
}
