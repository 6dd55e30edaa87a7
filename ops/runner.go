package ops

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"classtop/class"
	"classtop/class/rescue"
)

// Times of one request.
const (
	sendFor = 10 * time.Second // the longest that a request may take
	// lastWord is what a request in flight still gets for its answer when
	// classtop is told to end.
	lastWord = time.Second
)

// Config is what a Runner needs.
type Config struct {
	Sender   Sender
	Reader   Reader
	Audit    *Audit           // without one nothing is ever sent
	Now      func() time.Time // nil: time.Now
	Operator string           // who acts, for the audit file and the other operators
	Role     Role
	Profile  string
	ReadOnly bool
	Reasons  bool         // refuse what has no reason
	Second   []Action     // what takes a second person to confirm
	Shared   bool         // there may be one: several operators share this Runner
	Host     string       // where the operator is, of several hosts; empty: there is one
	Via      Via          // carries out on another host; nil: there is none
	After    After        // asks it how that ended; nil: nobody knows
	Ended    func(Result) // called with the end of each operation; may be nil
	Changed  func(Op)     // called after a write that may have changed something; may be nil
}

// Runner carries operations out. It may be used by many goroutines.
type Runner struct {
	cfg     Config
	claims  *claims
	crew    *crew
	edition *edition
}

// New makes a Runner.
func New(cfg Config) *Runner {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Operator == "" {
		cfg.Operator = "somebody"
	}
	return &Runner{cfg: cfg, claims: newClaims(), crew: newCrew(), edition: &edition{}}
}

// As returns a Runner for another operator of the same process. Both know what
// the other one is doing. Rights can only be taken away.
func (r *Runner) As(operator string, role Role) *Runner {
	cfg := r.cfg
	cfg.Operator, cfg.Role = operator, cfg.Role.lower(role)
	return &Runner{cfg: cfg, claims: r.claims, crew: r.crew, edition: r.edition}
}

// Busy says who is acting on a target, or on the class it is in, right now.
// It is empty when nobody is.
func (r *Runner) Busy(t Target) string { return r.claims.busy(t, r.cfg.Now()) }

// Run carries out one confirmed operation: it checks again, claims the target,
// writes the intent, sends one request, reads back if no answer came, and
// writes the outcome. It blocks for at most about 30 seconds, and for 40 more
// where another host was to carry it out and does not answer.
//
// The context is that of the program, not of a view or dialog: what ends it
// cuts an unanswered request off after a second and leaves the outcome unknown,
// without any further request.
func (r *Runner) Run(ctx context.Context, o Op) Result {
	level := o.Level()
	return r.run(ctx, o, level, level >= 3, r.cfg.Reader)
}

// run is Run as part of something that was confirmed at a level; reread asks
// for old data to be read again first.
func (r *Runner) run(ctx context.Context, o Op, level int, reread bool, fresh Reader) (res Result) {
	res = Result{Op: o, Started: r.cfg.Now()}
	if r.cfg.Ended != nil {
		defer func() { r.cfg.Ended(res) }()
	}
	if code, why := r.unfit(level, o); code != "" {
		return r.end(res, stop(o, code, why))
	}
	if there, sent := r.elsewhere(ctx, res, level, reread); sent {
		return there
	}
	if r.TakesTwo(o) && o.Second == 0 {
		return r.propose(res)
	}
	var asked *Proposal
	if o.Second != 0 {
		var err *class.Error
		if asked, err = r.accept(o); err != nil {
			return r.end(res, err)
		}
		res.Op.Call = asked.Op.Call
		defer func() { res.Op = o }() // which whoever asked knows it by
		defer func() { r.crew.settle(asked, res.Sentence(), r.cfg.Now()) }()
	}
	if code, why := r.claims.take(o, r.cfg.Operator, res.Started); code != "" {
		return r.end(res, stop(o, code, why))
	}
	defer func() {
		r.claims.release(o, res.State != Refused && res.State != NotApplied && res.State.Sent(), r.cfg.Now())
	}()
	if reread && o.Action != Named && res.Started.Sub(o.Target.SeenAt) > freshFor {
		if err := recheck(ctx, fresh, o); err != nil {
			return r.end(res, err)
		}
	}
	if ctx.Err() != nil {
		return r.end(res, stop(o, class.CodeCancelled, "classtop was told to stop before the request was sent."))
	}
	line := r.intent(o).by(asked)
	if err := r.cfg.Audit.Append(line); err != nil {
		return r.end(res, unaudited(o, err))
	}
	r.send(ctx, &res)
	r.edition.learn(o, res.Err)
	res = r.end(res, res.Err)
	if err := r.cfg.Audit.Append(outcome(line, res)); err != nil {
		res.Warning = "The audit file did not take the outcome: " + plain(err.Error()) + "."
	}
	if res.State.Sent() && r.cfg.Changed != nil {
		r.cfg.Changed(o)
	}
	return res
}

// unfit says with its code why an operation is not possible for this operator,
// on its target, in this profile or with this account.
func (r *Runner) unfit(level int, o Op) (code, why string) {
	if code, why = r.refuses(level, o); code != "" {
		return code, why
	}
	if why = Ready(o, r.cfg.ReadOnly); why != "" {
		if r.cfg.ReadOnly {
			return class.CodeReadOnly, why
		}
		return class.CodeNotReady, why
	}
	if r.cfg.Reasons && o.Reason == "" {
		return class.CodeNotReady, "This profile wants a reason for every write, and none was given."
	}
	if why = r.Lacks(o); why != "" {
		return class.CodeNotReady, why
	}
	return "", ""
}

// end completes a result.
func (r *Runner) end(res Result, err *class.Error) Result {
	res.Err, res.Ended = err, r.cfg.Now()
	if err != nil && res.RequestID == "" {
		res.RequestID = err.RequestID
	}
	return res
}

// stop is an error for something that was not sent.
func stop(o Op, code, why string) *class.Error {
	return &class.Error{Action: o.API(), On: o.Target.place(), Code: code, Meaning: why}
}

func unaudited(o Op, err error) *class.Error {
	return &class.Error{
		Action: o.API(), On: o.Target.place(), Code: class.CodeAudit, Cause: err,
		Meaning: "The audit file cannot be written: " + plain(err.Error()),
		Hint:    "Free space or mend the file's permissions; watching goes on.",
	}
}

// send sends the one request and finds out how it ended.
func (r *Runner) send(ctx context.Context, res *Result) {
	row, _ := rowOf(res.Op.Action)
	request, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendFor)
	defer cancel()
	unhook := context.AfterFunc(ctx, rescue.Func("ending a request", func() {
		sleep(request, lastWord)
		cancel()
	}))
	id, err := row.send(request, r.cfg.Sender, res)
	unhook()
	res.RequestID = id
	res.State, res.Err = classify(res.Op, err)
	if res.State != StillUnknown {
		return
	}
	res.State, res.Found = readBack(ctx, r.cfg.Reader, res.Op)
	if res.State == Confirmed {
		res.Err = nil
	}
}

// classify tells how a request ended. What is not known to have failed is
// unknown.
func classify(o Op, err error) (State, *class.Error) {
	if err == nil {
		return Done, nil
	}
	var e *class.Error
	if !errors.As(err, &e) {
		e = &class.Error{Action: o.API(), On: o.Target.place(), Code: class.CodeNetwork, Meaning: "no answer came", Maybe: true, Cause: err}
		if errors.Is(err, context.DeadlineExceeded) {
			e.Code = class.CodeTimeout
		}
		if errors.Is(err, context.Canceled) {
			e.Code = class.CodeCancelled
		}
	}
	switch {
	case e.Maybe:
		return StillUnknown, e
	case !e.FromService():
		return NotSent, e // no service said no: nothing reached one
	}
	return Refused, e
}

// intent is the audit line before the request.
func (r *Runner) intent(o Op) Entry {
	e := Entry{
		OpID: rand.Text(), Operator: plain(r.cfg.Operator), Host: plain(r.cfg.Host), Profile: plain(r.cfg.Profile),
		Action: o.Action, API: o.API(), Room: o.Target.Room, RoomName: o.Target.RoomName.String(),
		Reason: plain(o.Reason), Text: plain(o.Text), Playbook: plain(o.Playbook), Phase: Intent,
	}
	row, _ := rowOf(o.Action)
	switch row.scope {
	case onDocument:
		e.Document, e.DocName = o.Target.Document.String(), o.Target.DocName.String()
	case onDraft:
		e.URL, e.DocName, e.User = o.Draft.URL.String(), o.Draft.Name.String(), o.Draft.Owner.String()
	case onCall:
		e.User, e.Params = o.Target.User.String(), plain(o.Call.shown())
	case onUser:
		e.User, e.UserName = o.Target.User.String(), o.Target.UserName.String()
	}
	if o.Action == Kick || o.Action == Mute {
		e.Duration = int64(o.Duration / time.Second)
	}
	if row.scope == onSeat || o.Action == SeatPick || o.Action == SeatMove {
		e.Seat = &o.Target.Seat
	}
	return e
}

// outcome is the audit line after the request.
func outcome(intent Entry, res Result) Entry {
	e := intent
	e.Phase, e.Outcome, e.RequestID, e.Found = Outcome, res.State.String(), res.RequestID, res.Found
	if res.Err != nil {
		e.Code = res.Err.Code
	}
	return e
}
