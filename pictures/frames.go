//go:build unix

package main

import (
	"regexp"
	"slices"
	"strings"
)

// passing is what differs from one run of a scene to the next: numbers with
// what belongs to them, bars, RequestIds, signatures, and how far all that
// pushes the rest.
var passing = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|[0-9a-f]{4}\*+[0-9a-f]{4}|[━─▁-█]+|[+<]?\d[\d:/.–hms%]*| {2,}|\n`)

// words are what a frame says apart from that, in alphabetical order: classes
// that are equally urgent stand in any.
func words(frame string) []string {
	var out []string
	for _, w := range passing.Split(frame, -1) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
