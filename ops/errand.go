package ops

import (
	"context"
	"crypto/rand"
	"time"

	"classtop/class"
)

// Errand is an operation that one host asks another to carry out, because that
// one holds the budget and knows who else acts.
type Errand struct {
	ID       string // the same for every copy of it: it is carried out once
	Sent     time.Time
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

// After asks how an errand ended whose answer did not come. Told means that the
// host says so that carried it out; otherwise it read the target back. It is not
// known where no other host can tell.
type After func(ctx context.Context, e Errand) (res Result, told, known bool)

// flying is how long after its sending an errand may still reach the service,
// from a host that is gone for the others.
const flying = 30 * time.Second

// elsewhere has an operation carried out by the host that polls, if that is
// another one. It is sent once: where no answer comes the hosts are asked how it
// ended, and where none knows the target is read back.
func (r *Runner) elsewhere(ctx context.Context, res Result, level int, reread bool) (Result, bool) {
	if r.cfg.Via == nil {
		return res, false
	}
	e := Errand{
		ID: rand.Text(), Sent: res.Started, Host: r.cfg.Host, Operator: r.cfg.Operator, Role: r.cfg.Role, Op: res.Op, Level: level, Reread: reread,
	}
	defer r.claims.away(res.Op, r.cfg.Operator, res.Started)()
	there, here, err := r.cfg.Via(ctx, e)
	switch {
	case here:
		return res, false
	case err != nil && err.Maybe:
		there, err = r.after(ctx, e, err)
	}
	if err != nil {
		err.Action, err.On = res.Op.API(), res.Op.Target.place()
		there.Err = err
	}
	there.Op, there.Started = res.Op, res.Started
	return r.end(there, there.Err), true
}

// after finds out how an errand ended whose answer did not come. That nothing
// was changed is believed late.
func (r *Runner) after(ctx context.Context, e Errand, lost *class.Error) (res Result, err *class.Error) {
	for {
		told, known := false, false
		if r.cfg.After != nil {
			res, told, known = r.cfg.After(ctx, e)
		}
		if !known {
			res = r.Look(ctx, e.Op)
		}
		if known && told || res.State != NotApplied || r.cfg.Now().Sub(e.Sent) >= flying || ctx.Err() != nil {
			break
		}
	}
	if res.Err == nil && (res.State == StillUnknown || res.State == NotApplied) {
		return res, lost
	}
	return res, nil
}

// Look reads back what an operation was to change, for a host that does not
// know how it ended.
func (r *Runner) Look(ctx context.Context, o Op) (res Result) {
	res.State, res.Found = readBack(ctx, r.cfg.Reader, o)
	return res
}

// Serve carries an errand out for another host, which counts it.
func (r *Runner) Serve(ctx context.Context, e Errand) Result {
	guest := r.As(e.Operator, e.Role)
	guest.cfg.Host, guest.cfg.Via, guest.cfg.Ended = e.Host, nil, nil
	return guest.run(ctx, e.Op, e.Level, e.Reread, guest.cfg.Reader)
}
