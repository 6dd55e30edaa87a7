// Package rescue starts every goroutine of the program, so that a panic in any
// of them ends the program in order: the terminal is put back first, and then
// a person reads of it. Without it Go prints the panic over the screen, with
// whatever the panic's value says, and leaves the terminal raw.
package rescue

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// Fault is a panic that was caught. It keeps the kind of the panic and its
// place, but no value that somebody else wrote, because that may hold a
// secret; only the Go runtime's own words are kept.
type Fault struct {
	Where string // what the goroutine was for
	Kind  string // the runtime's words, or the type of the value
	Stack []byte
}

// Error says what failed, in one line.
func (f *Fault) Error() string { return "internal fault in " + f.Where + ": " + f.Kind }

// New makes a fault of what recover returned.
func New(where string, value any) *Fault {
	f := &Fault{Where: where, Kind: fmt.Sprintf("a panic of type %T", value), Stack: debug.Stack()}
	switch v := value.(type) {
	case *Fault:
		return v
	case runtime.Error:
		f.Kind = v.Error()
	}
	return f
}

// handler is told of the faults of goroutines; nil lets the program crash.
var handler atomic.Pointer[func(*Fault)]

// OnFault makes the function hear of every fault until undo is called. It may
// be called from several goroutines at once.
func OnFault(hear func(*Fault)) (undo func()) {
	old := handler.Swap(&hear)
	return func() { handler.Store(old) }
}

// Tell hands a fault to the handler. Where there is none the program crashes,
// because nobody would ever learn of it.
func Tell(f *Fault) {
	h := handler.Load()
	if h == nil {
		panic(fmt.Sprintf("%v\n%s", f, f.Stack))
	}
	(*h)(f)
}

// Go starts a goroutine that reports its panic.
func Go(where string, do func()) { go Func(where, do)() }

// Func wraps a function that something else starts as a goroutine, such as a
// timer or a WaitGroup.
func Func(where string, do func()) func() {
	return func() {
		defer func() {
			if r := recover(); r != nil {
				Tell(New(where, r))
			}
		}()
		do()
	}
}

// Do runs a function and returns its panic as an error.
func Do(where string, do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = New(where, r)
		}
	}()
	return do()
}
