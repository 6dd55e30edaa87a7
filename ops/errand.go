package ops

import (
	"context"
	"crypto/rand"

	"classtop/class"
)

// Errand is an operation that one host asks another to carry out, because that
// one holds the budget and knows who else acts.
type Errand struct {
	ID       string // the same for every copy of it: it is carried out once
	Host     string // that asks
	Operator string
	Role     Role
	Op       Op
	Level    int  // at which it was confirmed
	Reread   bool // read the target again first, if what was seen is old
}

// Via sends an errand. Here means that this host carries it out itself; without
// an error the result is the end of it. An error with Maybe set means that it
// may have been carried out; any other that it certainly was not.
type Via func(ctx context.Context, e Errand) (res Result, here bool, err *class.Error)

// elsewhere has an operation carried out by the host that polls, if that is
// another one. It is asked once: where no answer comes the target is read back.
// A call by name stays here: nobody else knows what its parameters are.
func (r *Runner) elsewhere(ctx context.Context, res Result, level int, reread bool) (Result, bool) {
	if r.cfg.Via == nil || res.Op.Action == Named {
		return res, false
	}
	there, here, err := r.cfg.Via(ctx, Errand{
		ID: rand.Text(), Host: r.cfg.Host, Operator: r.cfg.Operator, Role: r.cfg.Role, Op: res.Op, Level: level, Reread: reread,
	})
	switch {
	case here:
		return res, false
	case err == nil:
		there.Op, there.Started = res.Op, res.Started
		return r.end(there, there.Err), true
	}
	err.Action, err.On = res.Op.API(), res.Op.Target.place()
	if err.Maybe {
		res.State = StillUnknown
		if res.State, res.Found = readBack(ctx, r.cfg.Reader, res.Op); res.State == Confirmed {
			err = nil
		}
	}
	return r.end(res, err), true
}

// Serve carries an errand out for another host.
func (r *Runner) Serve(ctx context.Context, e Errand) Result {
	guest := r.As(e.Operator, e.Role)
	guest.cfg.Host, guest.cfg.Via = e.Host, nil
	return guest.run(ctx, e.Op, e.Level, e.Reread, guest.cfg.Reader)
}
