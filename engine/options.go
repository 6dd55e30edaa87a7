package engine

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
)

// Options say how hosts reach each other.
type Options struct {
	URL         string // of a NATS server; empty: one is started here
	Listen      string // host:port of the one that is started
	Credentials string // file with a token, an nkey seed, or a creds file of NATS; empty: none
	Cert, Key   string // files, for the server that is started
	CA          string // file; empty: the system's
	Dir         string // where the server that is started keeps its lease
	School      string // the application's number: hosts of different schools do not meet
	Log         *slog.Logger
}

// ErrWithout is what Open returns in a program that was built without NATS.
var ErrWithout = errors.New("this classtop was built without the engine for several hosts: use the package classtop-cluster, or build it with make build-cluster")

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
	case strings.HasPrefix(text, "SU") && len(text) == 58:
		p.seed = text
	default:
		p.token = text
	}
	return p, nil
}

func (p pass) none() bool { return p == pass{} }
