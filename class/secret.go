package class

import "fmt"

// Secret is a key or token. It never shows itself: not through fmt, whatever
// the verb, not through JSON or YAML, and not as a field of a struct that is
// printed with %+v, because the value hides behind a closure that no printer
// follows.
type Secret struct{ reveal func() string }

// NewSecret hides a value. The empty string makes the zero Secret.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{func() string { return value }}
}

// Reveal returns the value. It is for signing and for nothing else.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// IsZero tells whether there is no value.
func (s Secret) IsZero() bool { return s.reveal == nil }

// String returns asterisks, or nothing for the zero Secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return "****"
}

// Format writes asterisks for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// MarshalText gives asterisks, so that JSON and YAML hold no secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
