package class

import (
	"encoding/json"
	"time"
)

// Reply is what an action of the API answered. It may be shown, logged and
// kept: what is secret in it (a token, a signature) is asterisks, and hides in
// Whole.
type Reply struct {
	RequestID string
	Took      time.Duration   // with waiting and retries
	Shown     json.RawMessage // the answer as JSON that is safe to print; empty for none
	Whole     Secret          // the same with its secrets
}

// Hides tells whether something in it is not shown.
func (r Reply) Hides() bool { return !r.Whole.IsZero() }
