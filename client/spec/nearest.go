package spec

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns up to three names of actions that resemble a misspelt one,
// the most similar first.
func Nearest(name string) []string { return nearest(name, Names(), 3) }

// nearest ranks by edit distance without regard to case. A candidate that
// begins or ends with the name (get_seat for get_seat_list) counts as close.
func nearest(name string, candidates []string, most int) []string {
	type ranked struct {
		name      string
		far, edit int
	}
	name = strings.ToLower(name)
	if name == "" || len(name) > 100 {
		return nil
	}
	var near []ranked
	for _, c := range candidates {
		low := strings.ToLower(c)
		edit := distance(name, low)
		far := edit
		if len(name) > 3 && (strings.HasPrefix(low, name) || strings.HasSuffix(low, name)) {
			far = min(far, 1)
		}
		if far <= max(1, len(name)/3) {
			near = append(near, ranked{c, far, edit})
		}
	}
	slices.SortStableFunc(near, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.edit, b.edit))
	})
	var names []string
	for _, r := range near[:min(most, len(near))] {
		names = append(names, r.name)
	}
	return names
}

// distance counts the insertions, deletions and substitutions of bytes that
// lead from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
