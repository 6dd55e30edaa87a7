package ops

import (
	"fmt"
	"slices"
	"strings"

	"classtop/class"
)

// Role says what an operator may do. The zero value, of somebody at the
// keyboard of his own machine, may do everything.
type Role string

// The roles, each of which may do what those before it may.
const (
	Viewer   Role = "viewer"   // looks and changes nothing
	Operator Role = "operator" // acts, but not where the last four digits must be typed (level 3)
	Lead     Role = "lead"     // acts at every level
)

// Roles lists the roles, the least first.
func Roles() []Role { return []Role{Viewer, Operator, Lead} }

// ParseRole reads the name of a role.
func ParseRole(s string) (Role, error) {
	if r := Role(s); slices.Contains(Roles(), r) {
		return r, nil
	}
	names := make([]string, 0, len(Roles()))
	for _, r := range Roles() {
		names = append(names, string(r))
	}
	return "", fmt.Errorf("there is no role %q; roles: %s", plain(s), strings.Join(names, ", "))
}

// forbids says why a role may not do something of a level, or "".
func (r Role) forbids(level int) string {
	switch {
	case r == Viewer:
		return "You are here as a viewer, who changes nothing. Ask a lead to do it, or for another role."
	case r == Operator && level >= 3:
		return "You are here as an operator; this takes a lead. Ask one to do it, or for that role."
	}
	return ""
}

// lower is the one of two roles that may do less.
func (r Role) lower(other Role) Role {
	for _, one := range Roles() {
		if r == one || other == one {
			return one
		}
	}
	return "" // both may do everything
}

// May says why this operator may not do these at once, or "" if nothing speaks
// against it. The state of the targets is Ready's.
func (r *Runner) May(batch ...Op) string {
	_, why := r.refuses(Batch(batch).Level(), batch...)
	return why
}

// refuses is May with the code of the refusal.
func (r *Runner) refuses(level int, batch ...Op) (code, why string) {
	if len(batch) > 0 && !slices.ContainsFunc(batch, func(o Op) bool { return !r.TakesTwo(o) }) {
		level = min(level, 2) // two people answer for it
	}
	if why := r.cfg.Role.forbids(level); why != "" {
		return class.CodeForbidden, why
	}
	for _, o := range batch {
		if why := r.oneTooFew(o); why != "" {
			return class.CodeForbidden, why
		}
		if code, why := r.strange(o); why != "" {
			return code, why
		}
		if why := r.claimed(o); why != "" {
			return class.CodeBusy, why
		}
	}
	return "", ""
}
