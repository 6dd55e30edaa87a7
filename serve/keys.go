package serve

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"classtop/class/clean"
	"classtop/ops"
)

// Person is somebody who may come in.
type Person struct {
	Name string // for the audit file and the other people
	Role ops.Role
	Key  string // fingerprint, SHA256:…
}

// Keys knows who may come in, from a file of public keys. A line is that of
// OpenSSH's authorized_keys with the options name and role:
//
//	name="李雷",role="operator" ssh-ed25519 AAAA… comment
//
// The file is read again at each use, so that who was taken out of it stays
// out. Lines that cannot be read let nobody in.
type Keys struct {
	path string
	log  *slog.Logger

	mu     sync.Mutex
	read   []byte // what people was made of
	people map[string]Person
}

// OpenKeys reads the file. It must hold a key, and every line must be good:
// at the start somebody is there to mend it.
func OpenKeys(path string, log *slog.Logger) (*Keys, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("without keys nobody can come in: %w", err)
	}
	people, bad := parseKeys(path, data)
	if len(bad) > 0 {
		return nil, errors.Join(bad...)
	}
	if len(people) == 0 {
		return nil, fmt.Errorf("%s holds no key, so nobody could come in: add a line such as "+
			`name="李雷",role="operator" ssh-ed25519 AAAA…`, path)
	}
	return &Keys{path: path, log: log, read: data, people: people}, nil
}

// Len is how many keys there are.
func (k *Keys) Len() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.people)
}

// Find tells whose key it is, by the file as it is now.
func (k *Keys) Find(key ssh.PublicKey) (Person, bool) {
	if key == nil {
		return Person{}, false
	}
	p, ok := k.all()[gossh.FingerprintSHA256(key)]
	return p, ok
}

// all are the people by their fingerprints, by the file as it is now. The map
// is not changed any more.
func (k *Keys) all() map[string]Person {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refresh()
	return k.people
}

// refresh reads the file again if it changed.
func (k *Keys) refresh() {
	data, err := os.ReadFile(k.path)
	if err != nil {
		if k.people != nil {
			k.log.Error("the keys cannot be read, so nobody comes in", "file", k.path, "err", err)
		}
		k.read, k.people = nil, nil
		return
	}
	if k.people != nil && bytes.Equal(data, k.read) {
		return
	}
	people, bad := parseKeys(k.path, data)
	for _, err := range bad {
		k.log.Error("a key is left out", "err", err)
	}
	k.log.Info("the keys were read", "file", k.path, "keys", len(people))
	k.read, k.people = data, people
}

// parseKeys reads the lines, and says of the bad ones where they are.
func parseKeys(path string, data []byte) (people map[string]Person, bad []error) {
	people = map[string]Person{}
	lines := map[string]int{}
	scan := bufio.NewScanner(bytes.NewReader(data))
	scan.Buffer(nil, 64<<10)
	n := 0
	for scan.Scan() {
		n++
		line := strings.TrimSpace(scan.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		p, err := parseKey(line)
		if first, twice := lines[p.Key]; err == nil && twice {
			err = fmt.Errorf("the same key is in line %d", first)
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s:%d: %w", path, n, err))
			continue
		}
		people[p.Key], lines[p.Key] = p, n
	}
	if err := scan.Err(); err != nil {
		bad = append(bad, fmt.Errorf("%s:%d: %w", path, n+1, err))
	}
	return people, bad
}

// nameCells is the longest name of a person.
const nameCells = 24

func parseKey(line string) (Person, error) {
	key, comment, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return Person{}, errors.New(`no public key: a line is name="…",role="…" ssh-ed25519 AAAA…`)
	}
	p := Person{Name: comment, Key: gossh.FingerprintSHA256(key)}
	for _, o := range options {
		name, value, _ := strings.Cut(o, "=")
		if text, err := strconv.Unquote(value); err == nil {
			value = text
		}
		switch strings.ToLower(name) {
		case "name":
			p.Name = value
		case "role":
			if p.Role, err = ops.ParseRole(value); err != nil {
				return Person{}, err
			}
		default:
			return Person{}, fmt.Errorf("classtop does not know the option %q, so it could not keep to it; options: name, role", clean.Line(name, 40))
		}
	}
	switch {
	case p.Role == "":
		return Person{}, fmt.Errorf(`no role is named: put role="%s", role="%s" or role="%s" before the key`, ops.Viewer, ops.Operator, ops.Lead)
	case strings.TrimSpace(p.Name) == "":
		return Person{}, errors.New(`nobody is named: put name="…" before the key`)
	case clean.Line(p.Name, nameCells) != p.Name:
		return Person{}, fmt.Errorf("the name is too long or holds what cannot be shown: %s", clean.Line(p.Name, nameCells))
	}
	return p, nil
}
