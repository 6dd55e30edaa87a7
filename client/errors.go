package client

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
)

// messageCells is how much of a service's message is kept.
const messageCells = 400

// errNotAnswer says that a body with status 200 did not come from the service.
var errNotAnswer = errors.New("not an answer of the service")

// judge turns what an attempt came to into an error, or nil for success.
func (c *Client) judge(ctx context.Context, r *request, x *exchange, err error) *class.Error {
	switch {
	case err != nil && x.status == 0:
		e := c.fault(ctx, r, err)
		e.Maybe = r.action.Write() && c.sent(x, err)
		return e
	case err != nil:
		e := c.bodyFault(ctx, r, err)
		e.Maybe = r.action.Write()
		return e
	case x.status != http.StatusOK:
		return statusError(r, x.status)
	case x.code != "":
		return c.nameSource(r, refusal(r, x.verdict))
	}
	return nil
}

// nameSource adds where the key was read to an error that blames the key:
// often another one was meant.
func (c *Client) nameSource(r *request, e *class.Error) *class.Error {
	source := c.cfg.Credentials.Source
	if r.system.Name != spec.RoomEngine && source != "" && e.HasCode("AuthFailure") && !expired(e.Code) {
		e.Hint = strings.TrimSpace(e.Hint + " The key in use is from: " + source + ".")
	}
	return e
}

// refusal is the service's own no.
func refusal(r *request, v verdict) *class.Error {
	code := canonical(v.code)
	e := newError(r, code, clean.Line(v.message, messageCells))
	e.RequestID = v.requestID
	// The service failed in the middle: it does not know itself how far it got.
	e.Maybe = r.action.Write() && (e.HasCode("InternalError") || e.HasCode("FailedOperation.RequestTimedOut") ||
		e.HasCode("FailedOperation.ProcessTimeout") || code == "100001" || code == "60008")
	return e
}

// canonical mends a code that the manual's tables spell differently and makes
// it safe to show.
func canonical(code string) string {
	code = clean.Line(code, messageCells)
	if rest, ok := strings.CutPrefix(code, "InternalServerError"); ok && (rest == "" || rest[0] == '.') {
		return "InternalError" + rest
	}
	return code
}

// statusError is a gateway's or proxy's answer. Its text is not looked at.
func statusError(r *request, status int) *class.Error {
	e := newError(r, class.CodeHTTPStatus, strings.TrimSpace(strconv.Itoa(status)+" "+http.StatusText(status)))
	e.Maybe = r.action.Write() && (status >= 500 || status == http.StatusRequestTimeout)
	if status/100 == 3 {
		e.Message += ": a redirect, which is never followed"
	}
	e.Cause = gateway(status)
	return e
}

// gateway is the status that a gateway answered with.
type gateway int

func (g gateway) Error() string { return "HTTP status " + strconv.Itoa(int(g)) }

// gatewayFault tells whether the status is one that passes.
func gatewayFault(err *class.Error) bool {
	var g gateway
	return errors.As(err.Cause, &g) && g >= 500
}

// bodyFault is an answer that began and did not end, or is no answer.
func (c *Client) bodyFault(ctx context.Context, r *request, err error) *class.Error {
	switch {
	case errors.Is(err, errTooLarge):
		return newError(r, class.CodeTooLarge, errTooLarge.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), ctx.Err() != nil:
		return c.fault(ctx, r, err)
	case errors.Is(err, errNotAnswer):
		return newError(r, class.CodeBody, "the answer is not one of the service: perhaps a proxy or a login page")
	}
	e := newError(r, class.CodeBody, "the answer broke off")
	e.Cause = errors.New(c.redact(err))
	return e
}

// newError fills in what the facts say of the code.
func newError(r *request, code, message string) *class.Error {
	words := spec.Code(r.system.Name, code).For(r.action.Name)
	return &class.Error{
		System: r.system.Name, Action: r.action.Name, On: r.on,
		Code: code, Message: message, Meaning: words.Meaning, Hint: words.Hint,
	}
}
