package rescue

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPanicOfAGoroutineIsHeard(t *testing.T) {
	heard := make(chan *Fault, 1)
	undo := OnFault(func(f *Fault) { heard <- f })
	defer undo()
	Go("the test", func() { panic("key=hunter2") })
	f := <-heard
	assert.Equal(t, "internal fault in the test: a panic of type string", f.Error())
	assert.Contains(t, string(f.Stack), "TestPanicOfAGoroutineIsHeard")
	assert.NotContains(t, f.Error()+string(f.Stack), "hunter2", "a panic's value may be secret")

	var group sync.WaitGroup
	group.Go(Func("a slice", func() { _ = make([]int, 0)[len(heard)] }))
	group.Wait()
	assert.Contains(t, (<-heard).Error(), "index out of range", "the runtime's own words are kept")
}

func TestDoReturnsThePanicAsAnError(t *testing.T) {
	var f *Fault
	require.ErrorAs(t, Do("reading", func() error { panic(errors.New("secret")) }), &f)
	assert.Equal(t, "internal fault in reading: a panic of type *errors.errorString", f.Error())
	assert.NoError(t, Do("reading", func() error { return nil }))
	assert.Same(t, f, New("again", f), "a fault that passes a second net stays what it is")
}

func TestNobodyListensIsACrash(t *testing.T) {
	assert.Panics(t, func() { Func("alone", func() { panic(1) })() })
}
