package config

import (
	"fmt"
	"strings"

	"classtop/class/nearest"
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

// unknown words the fault of a key or name that does not exist.
func unknown(what, word string, candidates []string) (problem, allowed string) {
	problem = fmt.Sprintf("unknown %s %q", what, word)
	if near := nearest.Name(word, candidates); near != "" {
		return problem, fmt.Sprintf("did you mean %q? Allowed: %s", near, strings.Join(candidates, ", "))
	}
	return problem, "allowed: " + strings.Join(candidates, ", ")
}
