package class

import "strings"

// Text is a string that came from a stranger: a name, a message, an error's
// message, an id that users chose. What String returns is safe to put on a
// terminal; what the wire said is kept only where it differs and is reached
// only through Raw.
//
// The cleaned form and the raw form share one string, parted by a NUL, which
// a cleaned form can never hold. So a Text costs one string header, can be
// compared with == and can be a map key.
type Text struct{ s string }

// NewText makes a Text of its cleaned and its raw form. Only the cleaner
// (class/clean) may call it with strings that it did not itself produce.
func NewText(shown, raw string) Text {
	if shown == raw {
		return Text{shown}
	}
	return Text{shown + "\x00" + raw}
}

// String returns the form that may be shown.
func (t Text) String() string {
	if i := strings.IndexByte(t.s, 0); i >= 0 {
		return t.s[:i]
	}
	return t.s
}

// Raw returns what the wire said. It is for sending the value back to the
// service and for nothing else; a lint test lists the files that call it.
func (t Text) Raw() string {
	if i := strings.IndexByte(t.s, 0); i >= 0 {
		return t.s[i+1:]
	}
	return t.s
}

// As returns a text that shows something else and stands for the same: what is
// sent back to the service stays what the wire said. Empty stays empty.
func (t Text) As(shown string) Text {
	if t.IsZero() {
		return t
	}
	return NewText(shown, t.Raw())
}

// Clone returns a copy that shares no memory with the answer it came from, for
// keeping one name of a long list.
func (t Text) Clone() Text { return Text{strings.Clone(t.s)} }

// IsZero tells whether the text is empty.
func (t Text) IsZero() bool { return t.s == "" }

// MarshalText gives the shown form, so that exports hold no escapes.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
