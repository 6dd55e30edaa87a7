// Package nearest finds what a misspelt word most likely meant. Keys, flags,
// settings, commands and API actions all ask here, so that one slip of the
// fingers is understood everywhere alike.
package nearest

import (
	"cmp"
	"slices"
	"strings"
)

// longest bounds the work that a pasted novel can make.
const longest = 100

// Name returns the candidate that resembles a misspelt word most, or "" when
// none is close.
func Name(word string, candidates []string) string {
	if near := Names(word, candidates, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}

// Names returns at most that many candidates that resemble a misspelt word,
// the most similar first, without regard to case. One that begins or ends
// with the word, or begins the word, counts as close: get_seat is meant for
// get_seat_list, and escape for esc.
func Names(word string, candidates []string, most int) []string {
	type ranked struct {
		name      string
		far, edit int
	}
	word = strings.ToLower(word)
	if word == "" || len(word) > longest {
		return nil
	}
	var near []ranked
	for _, c := range candidates {
		low := strings.ToLower(c)
		edit := distance(word, low)
		far := edit
		if part(word, low) {
			far = min(far, 1)
		}
		if far <= len(word)/3+1 && far < max(len(word), 2) {
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

// part tells whether one of the words is a telling part of the other.
func part(word, candidate string) bool {
	return len(word) > 2 && (strings.HasPrefix(candidate, word) || len(word) > 3 && strings.HasSuffix(candidate, word)) ||
		len(candidate) > 2 && strings.HasPrefix(word, candidate)
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbouring bytes that lead from a to b.
func distance(a, b string) int {
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			if a[i] == b[j] {
				row[j+1] = old[j]
				continue
			}
			row[j+1] = min(old[j], old[j+1], row[j]) + 1
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}
