//go:build !cluster

package engine

// Open connects this host with the others.
func Open(Options) (Bus, error) { return nil, ErrWithout }
