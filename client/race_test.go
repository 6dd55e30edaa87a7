//go:build race

package client

// raced: under the race detector pools forget at random, so allocations say
// nothing.
const raced = true
