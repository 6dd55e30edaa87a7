package ops

import (
	"context"
	"errors"
	"sync"

	"classtop/class"
	"classtop/class/rescue"
)

// atOnce is how many operations of a batch are in flight together: enough to
// use the budget while one of them hangs, few enough to stop soon.
const atOnce = 8

// ErrStop is the cause to cancel RunAll's context with (see
// context.WithCancelCause) when the operator stops a batch: nothing new is
// sent, and what is in flight comes to its own end, read-back included. Any
// other cancelling means that the program ends.
var ErrStop = errors.New("stopped by the operator")

// RunAll carries out a confirmed batch, paced by the sender's own budget. It
// goes on after failures, sends nothing twice, and returns one result for each
// operation in the order given. The callback hears each result as it comes, one
// call at a time.
func (r *Runner) RunAll(ctx context.Context, batch []Op, progress func(i int, res Result)) []Result {
	results := make([]Result, len(batch))
	inFlight, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, rescue.Func("stopping a batch", func() {
		if !errors.Is(context.Cause(ctx), ErrStop) {
			cancel()
		}
	}))()
	level, fresh := Batch(batch).Level(), newSharedReads(r.cfg.Reader, r.cfg.Now)
	one := newGate()
	tell := func(i int, res Result) {
		_ = one.enter(context.Background())
		defer one.leave()
		results[i] = res
		if progress != nil {
			progress(i, res)
		}
	}
	var workers sync.WaitGroup
	queue := make(chan int)
	for range min(atOnce, len(batch)) {
		workers.Go(rescue.Func("a batch", func() {
			for i := range queue {
				tell(i, r.run(inFlight, batch[i], level, level >= 3, fresh))
			}
		}))
	}
	r.feed(ctx, batch, queue, tell)
	close(queue)
	workers.Wait()
	return results
}

// gate lets one goroutine through at a time. Unlike a mutex it can be given up
// by context, and who waits at it does not stop the clock of a test.
type gate chan struct{}

func newGate() gate { return make(gate, 1) }

func (g gate) enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g gate) leave() { <-g }

// feed hands out the operations, each target once, until it is stopped.
func (r *Runner) feed(ctx context.Context, batch []Op, queue chan<- int, tell func(int, Result)) {
	seen := make(map[claim]bool, len(batch))
	for i, o := range batch {
		k := claimOf(o)
		if seen[k] {
			tell(i, r.unsent(o, class.CodeBusy, "The target is in the list twice: the first one counts."))
			continue
		}
		seen[k] = true
		if ctx.Err() == nil {
			select {
			case queue <- i:
				continue
			case <-ctx.Done():
			}
		}
		tell(i, r.unsent(o, class.CodeCancelled, "The batch was stopped before this one."))
	}
}

// unsent is the result of an operation that was not even tried.
func (r *Runner) unsent(o Op, code, why string) Result {
	return r.end(Result{Op: o, Started: r.cfg.Now()}, stop(o, code, why))
}

// Again returns the operations of a batch that failed without changing
// anything, for another try. Those whose end is unknown are left out: look at
// them first.
func Again(results []Result) []Op {
	var out []Op
	for _, r := range results {
		if !r.State.OK() && r.State != StillUnknown && r.State != Asked {
			out = append(out, r.Op)
		}
	}
	return out
}
