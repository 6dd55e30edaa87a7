package ops

import (
	"context"
	"crypto/rand"

	"classtop/class"
)

// Call is a write of the API that has no action of its own here: whatever the
// command line or the console sends by name.
type Call struct {
	API    string       // CreateRoom
	Room   class.RoomID // 0 where the action has none
	User   string       // user id where the action has one; only for the audit file
	Reason string
}

// RunCall carries out a confirmed call with the same audit as an operator's
// action: a line before, one request, a line after. There is nothing to read
// back, so without an answer the outcome stays unknown.
func (r *Runner) RunCall(ctx context.Context, c Call, send func(context.Context) (requestID string, err error)) Result {
	o := Op{Action: Action(c.API), Target: Target{Room: c.Room, Seat: -1}, Reason: c.Reason}
	res := Result{Op: o, Started: r.cfg.Now()}
	refuse := func(code, why string) Result {
		return r.end(res, &class.Error{Action: c.API, Code: code, Meaning: why})
	}
	if r.cfg.ReadOnly {
		return refuse(class.CodeReadOnly, Ready(o, true))
	}
	if ctx.Err() != nil {
		return refuse(class.CodeCancelled, "classtop was told to stop before the request was sent.")
	}
	line := Entry{
		OpID: rand.Text(), Operator: plain(r.cfg.Operator), Profile: plain(r.cfg.Profile), Action: o.Action, API: c.API,
		Room: c.Room, User: plain(c.User), Reason: plain(c.Reason), Phase: Intent,
	}
	if err := r.cfg.Audit.Append(line); err != nil {
		e := unaudited(o, err)
		e.Action, e.On = c.API, ""
		return r.end(res, e)
	}
	request, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	id, err := send(request)
	res.RequestID = id
	res.State, res.Err = classify(o, err)
	if res.State == StillUnknown {
		res.Found = "what it changed cannot be read back"
	}
	res = r.end(res, res.Err)
	if err := r.cfg.Audit.Append(outcome(line, res)); err != nil {
		res.Warning = "The audit file did not take the outcome: " + plain(err.Error()) + "."
	}
	return res
}
