package config

import (
	"fmt"
	"strings"
)

// Error is a fault in the configuration: where it is and what is allowed
// there. It never holds a secret.
type Error struct {
	Where   string // file, environment variable or flag
	Line    int    // in the file; 0 elsewhere
	Key     string // profiles.school.share
	Problem string
	Allowed string // what would be right, or what to do
}

// Error puts the fault in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.place())
	if e.Key != "" {
		b.WriteString(": " + e.Key)
	}
	b.WriteString(": " + e.Problem)
	if e.Allowed != "" {
		b.WriteString("; " + e.Allowed)
	}
	return b.String()
}

// place is the file and line, or what stands for them.
func (e *Error) place() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d", e.Where, e.Line)
	}
	return e.Where
}

// Nearest returns the candidate that a mistyped word most likely meant, or ""
// when none is close.
func Nearest(word string, candidates []string) string {
	best, found := len(word)/3+2, ""
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < best {
			best, found = d, c
		}
	}
	return found
}

// distance is the number of letters to insert, delete, change or swap.
func distance(a, b string) int {
	older, old := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(old[j]+cost, old[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old = old, row
	}
	return old[len(b)]
}

// unknown words the fault of a key or name that does not exist.
func unknown(what, word string, candidates []string) (problem, allowed string) {
	problem = fmt.Sprintf("unknown %s %q", what, word)
	if near := Nearest(word, candidates); near != "" {
		return problem, fmt.Sprintf("did you mean %q? Allowed: %s", near, strings.Join(candidates, ", "))
	}
	return problem, "allowed: " + strings.Join(candidates, ", ")
}
