//go:build cluster

package engine

import (
	"fmt"
	"os"
	"strings"

	"github.com/nats-io/nkeys"
)

// pass is what proves to NATS who connects.
type pass struct {
	token string
	seed  string // of an nkey
	creds string // name of a creds file
}

// readPass reads the file of credentials, which only its owner may read.
func readPass(name string) (p pass, err error) {
	if name == "" {
		return p, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return p, fmt.Errorf("credentials of the engine: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return p, fmt.Errorf("credentials of the engine: others can read %s: chmod 600 %s", name, name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return p, fmt.Errorf("credentials of the engine: %w", err)
	}
	text := strings.TrimSpace(string(data))
	switch {
	case text == "":
		return p, fmt.Errorf("credentials of the engine: %s is empty", name)
	case strings.Contains(text, "BEGIN NATS USER JWT"):
		p.creds = name
		if _, err := nkeys.ParseDecoratedNKey(data); err != nil {
			return p, fmt.Errorf("credentials of the engine: %s is not whole: it takes a JWT and the seed of its user, as nsc writes them", name)
		}
	case strings.HasPrefix(text, "SU") && len(text) == 58:
		p.seed = text
	default:
		p.token = text
	}
	return p, nil
}

func (p pass) none() bool { return p == pass{} }
