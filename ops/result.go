package ops

import (
	"cmp"
	"strings"

	"classtop/class"
)

// String names the state, as audit file and exports have it.
func (s State) String() string {
	switch s {
	case NotSent:
		return "not sent"
	case Done:
		return "done"
	case Refused:
		return "refused"
	case Confirmed:
		return "confirmed"
	case NotApplied:
		return "not applied"
	case Asked:
		return "asked"
	}
	return "unknown"
}

// MarshalText gives the name.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// OK tells whether what was asked for has happened.
func (s State) OK() bool { return s == Done || s == Confirmed }

// Sent tells whether a request left, so that the target may have changed.
func (s State) Sent() bool { return s != NotSent && s != Asked }

// Sentence says how the operation ended, as toasts and the command line show
// it: what happened, why not, what to do, and the RequestId.
func (r Result) Sentence() string {
	var s string
	switch r.State {
	case NotSent:
		s = "Not sent: " + r.Op.Sentence() + ". " + words(r.Err)
	case Done:
		s = strings.TrimSpace(r.Op.done() + ". " + r.Found)
	case Refused:
		s = "Refused: " + r.Op.Sentence() + ". " + words(r.Err)
	case Confirmed:
		s = r.Op.done() + ". " + r.doubt() + ", but reading back shows it: " + r.Found + "."
	case NotApplied:
		s = "Did not happen: " + r.Op.Sentence() + ". " + r.doubt() + ", and after the wait " + r.Found + ". You can try again."
	case Asked:
		s = "Asked for: " + r.Op.Sentence() + ". It waits for a second person to confirm it (:seconds), for " + Span(secondFor) + "."
	default:
		s = "Unknown: " + r.Op.Sentence() + ". " + r.doubt() + "; " + r.Found + ". Look at the target before you try again."
	}
	if r.Warning != "" {
		s += " " + r.Warning
	}
	if r.RequestID != "" {
		s += " RequestId " + r.RequestID
	}
	return s
}

// doubt says why the end had to be read back: the service failed and said so,
// or nothing came from it.
func (r Result) doubt() string {
	if r.Err == nil || !r.Err.FromService() {
		return "No answer came"
	}
	return what(r.Err)
}

// words tells an error: plain words, code, the service's own words, hint.
func words(e *class.Error) string {
	if e == nil {
		return ""
	}
	plain := what(e)
	if plain != "" {
		plain += "."
	}
	return strings.TrimSpace(plain + " " + e.Hint)
}

// what tells an error without what to do about it. The service's own words say
// which parameter or which user it means, where ours only know the code.
func what(e *class.Error) string {
	plain := strings.TrimSuffix(cmp.Or(e.Meaning, e.Message), ".")
	if !e.FromService() {
		return plain
	}
	code := e.Code
	if e.Meaning != "" && e.Message != "" && e.Message != e.Meaning {
		code += ": " + strings.TrimSuffix(e.Message, ".")
	}
	return strings.TrimSpace(plain + " (" + code + ")")
}

// ExitStatus is the command's exit status: 0 done, 1 failed or refused, 3
// unknown.
func (r Result) ExitStatus() int {
	switch r.State {
	case Done, Confirmed:
		return 0
	case StillUnknown:
		return 3
	}
	return 1
}

// ExitStatus is the status of a batch: 3 if the end of any is unknown, else 1
// if any failed.
func ExitStatus(results []Result) int {
	worst := 0
	for _, r := range results {
		worst = max(worst, r.ExitStatus())
	}
	return worst
}
