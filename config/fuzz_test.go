package config

import (
	"errors"
	"testing"
)

// FuzzFile: whatever the file holds, reading it ends in settings or in an
// error that names the file, never in a panic.
func FuzzFile(f *testing.F) {
	f.Add([]byte(Sample(inEnglish)))
	f.Add([]byte("profiles:\n  school: {share: 0.5, room_ids: {7: x}}\nkeys: {kick: [K, X]}\nui:\n  theme: dark\n"))
	f.Add([]byte("a: &x [1]\nb: *x\n<<: *x\n? {c: d}\n: |\n  text\n--- !!binary\nq"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := parse("config.yaml", data)
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Where != "config.yaml") {
			t.Fatalf("an error without a place: %v", err)
		}
	})
}
