// Package faults holds tests only: everything that can go wrong between a
// school and the screen, played against the whole program. go test -v prints
// one line for each fault with what was measured.
package faults
