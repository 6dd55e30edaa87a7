package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// Version is that of the file's form. A file of an older one is read all the
// same; Migrate rewrites it. One of a newer form is refused, because what it
// says could be misread.
const Version = 1

// steps lead from each version to the next.
var steps = [Version]struct {
	about string
	do    func([]byte) []byte
}{
	0: {"it says which version it has, and editors find its schema", func(old []byte) []byte {
		head := "version: 1\n"
		if !bytes.Contains(old, []byte("$schema=")) {
			head = modeline + head
		}
		return append([]byte(head), old...)
	}},
}

// Migrated says what Migrate did.
type Migrated struct {
	Backup  string   // the old file; "" if nothing had to be done
	Changes []string // in words
}

// Migrate brings a file to this version, after a copy of the old one was put
// beside it. A file that cannot be read as it is is left alone.
func Migrate(path string, tell Teller) (Migrated, error) {
	f, err := readFile(path, true)
	if err != nil || f.version == Version {
		return Migrated{}, err
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return Migrated{}, err
	}
	done := Migrated{Backup: fmt.Sprintf("%s.v%d", path, f.version)}
	text := bytes.Clone(old)
	for _, step := range steps[f.version:] {
		text = step.do(text)
		done.Changes = append(done.Changes, step.about)
	}
	if _, err := parse(path, text); err != nil {
		return Migrated{}, fmt.Errorf("the file was left as it is: %w", err)
	}
	if err := create(done.Backup, old); err != nil {
		return Migrated{}, err
	}
	return done, errors.Join(os.WriteFile(path, text, 0o600), writeSchema(path, tell))
}

// create writes a new file of its owner's, never over one that is there.
func create(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &Error{Where: path, Problem: "is already there", Allowed: "move it away first; classtop config show prints what is in force"}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// writeSchema puts the schema beside a configuration.
func writeSchema(path string, tell Teller) error {
	return os.WriteFile(filepath.Join(filepath.Dir(path), SchemaName), Schema(tell), 0o600)
}

// setVersion takes the version that a file says it has.
func (f *file) setVersion(v scalar) error {
	n, err := strconv.Atoi(v.text)
	switch {
	case err != nil || n < 1:
		return &Error{Where: f.path, Line: v.line, Key: "version", Problem: `"` + v.text + `" is not a version`, Allowed: "allowed: " + strconv.Itoa(Version)}
	case n > Version:
		return &Error{Where: f.path, Line: v.line, Key: "version", Problem: "the file was written for a newer classtop",
			Allowed: fmt.Sprintf("this one knows version %d: update classtop, or use another file with --config", Version)}
	}
	f.version = n
	return nil
}
