package ops

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"classtop/class"
)

// edition knows which of the newer actions the account's edition of the
// service lacks. All operators of one process share it.
type edition struct {
	mu    sync.Mutex
	known bool              // the question was answered
	none  string            // the code that said that none is there
	lacks map[string]string // API action → the code that said so
}

// why says that an operation's action is not there, or nothing while nobody
// has said so.
func (e *edition) why(o Op) string {
	if _, newer := newerRow(o.Action); !newer {
		return ""
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	code := e.lacks[o.API()]
	if code == "" {
		code = e.none
	}
	if code == "" {
		return ""
	}
	return "This account's edition of the service does not have " + o.API() + " (" + code + "). It is newer than the manual; ask whoever runs the account."
}

// learn remembers that a service refused an action because it has none such.
func (e *edition) learn(o Op, err *class.Error) {
	if _, newer := newerRow(o.Action); newer && err != nil && absent(err.Code) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.lacks == nil {
			e.lacks = map[string]string{}
		}
		e.lacks[o.API()] = err.Code
	}
}

// absent tells whether a code says that there is no such action.
func absent(code string) bool {
	return code == "InvalidAction" || code == "UnsupportedOperation" || strings.HasPrefix(code, "UnsupportedOperation.")
}

// Times between two tries to ask for the edition.
const (
	probeAgain = 30 * time.Second
	probeRare  = 10 * time.Minute
)

// nowhere is the class that the question is about: there is none of that
// number, and a service that knows the action says just that.
const nowhere = class.RoomID(1)

// Probe asks once which edition the account has, by a read that came with the
// newer actions: DescribeRoomForbiddenUser of a class that does not exist. It
// asks again only where nothing that could be understood came back, and ends
// with the context. It never writes; an action that is newer than the rest is
// found missing when it is first refused.
func (r *Runner) Probe(ctx context.Context) {
	for wait := probeAgain; ctx.Err() == nil; wait = min(2*wait, probeRare) {
		_, err := r.cfg.Reader.Muted(ctx, nowhere)
		if r.edition.answered(err) || !sleep(ctx, wait) {
			return
		}
	}
}

// answered notes what the probe brought and tells whether that is an answer.
func (e *edition) answered(err error) bool {
	var why *class.Error
	if err != nil && !errors.As(err, &why) {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case why == nil || tells(why.Code):
		e.known = true
	case absent(why.Code):
		e.known, e.none = true, why.Code
	}
	return e.known
}

// tells tells whether a refusal comes from the action itself, which then is
// there. Limits, credentials and faults on the way say nothing.
func tells(code string) bool {
	kind, _, _ := strings.Cut(code, ".")
	switch kind {
	case "ResourceNotFound", "InvalidParameter", "InvalidParameterValue", "FailedOperation", "UnauthorizedOperation":
		return true
	}
	return false
}

// Lacks says why the account's edition of the service does not offer an
// operation, or nothing when it does or nobody knows yet.
func (r *Runner) Lacks(o Op) string { return r.edition.why(o) }
