package engine

import (
	"errors"
	"log/slog"
)

// Options say how hosts reach each other.
type Options struct {
	URL         string // of a NATS server; empty: one is started here
	Listen      string // host:port of the one that is started
	Credentials string // file with a token, an nkey seed, or a creds file of NATS; empty: none
	Cert, Key   string // files, for the server that is started
	CA          string // file; empty: the system's
	Beside      bool   // the server that another process of this machine started at Listen is joined, none is started
	Dir         string // where the server that is started keeps its lease
	School      string // the application's number: hosts of different schools do not meet
	Log         *slog.Logger
}

// ErrWithout is what Open returns in a program that was built without NATS.
var ErrWithout = errors.New("this classtop was built without the engine for several hosts: use the package classtop-cluster, or build it with make build-cluster")
