package client

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// Reads are tried up to three times; writes once, whatever happens.
const (
	maxTries  = 3
	firstWait = 200 * time.Millisecond // the limit of the first wait; the second is four times that
	rateWait  = time.Second            // after too many calls: the services count by the second
)

// verdict is what an answer says about the call itself.
type verdict struct {
	code, message, requestID string
}

// decoder reads a body: the verdict, and on success whatever it was made for.
// An error means that the body is no answer of the service.
type decoder func(body []byte) (verdict, error)

// do is the one place through which every request goes. It returns the
// RequestId of the answer; an error is a *class.Error.
func (c *Client) do(ctx context.Context, r *request, decode decoder) (string, error) {
	if err := cmp.Or(c.permit(r), c.ready(r)); err != nil {
		return "", err
	}
	corrected := false
	for try := 1; ; try++ {
		o, err := c.attempt(ctx, r, decode)
		if err == nil {
			return o.requestID, nil
		}
		switch {
		case !corrected && expired(err.Code) && c.learn(o):
			corrected = true // the request was refused for its time alone: even a write may go again
			try--
		case r.action.Write() || try == maxTries || !c.retryable(err):
			return o.requestID, err
		case c.pause(ctx, err, try) != nil:
			return o.requestID, err
		}
	}
}

// permit is the one place where writes are refused: all of them in a read-only
// session, and any that does not come from the Writer.
func (c *Client) permit(r *request) error {
	switch {
	case !r.action.Write():
		return nil
	case c.cfg.ReadOnly:
		return r.refused(class.CodeReadOnly, "this is a read-only session", "Start without --read-only to change anything.")
	case !r.writer:
		return r.refused(class.CodeReadOnly, "this action changes the server and was asked for as a read", "Send it as an operation.")
	}
	return nil
}

// ready finds reasons why a request cannot be signed or sent as it is.
func (c *Client) ready(r *request) error {
	cred := c.cfg.Credentials
	engine := r.system.Name == spec.RoomEngine
	switch {
	case r.sign != "" && !slices.Contains(SignMethods, r.sign):
		return r.refused(class.CodeParameter, "unknown signature method", fmt.Sprintf("Known are %s.", SignMethods))
	case r.action.Write() && r.sign.get():
		return r.refused(class.CodeParameter, "a write is never sent with GET: a connection fault could repeat it", "Use POST.")
	case engine && !(r.sign == "" || r.sign == TC3):
		return r.refused(class.CodeParameter, "the room engine takes a UserSig, not "+string(r.sign), "Leave the signature method out.")
	case engine && (c.cfg.SdkAppID == 0 || c.cfg.UserSigKey.IsZero()):
		return r.refused(class.CodeConfig, "the room engine needs the SdkAppId and its secret key", "Set both in the profile.")
	case !engine && (cred.ID == "" || cred.Key.IsZero()):
		return r.refused(class.CodeConfig, "no credentials", "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or try --demo.")
	case r.needApp && c.cfg.SdkAppID == 0:
		return r.refused(class.CodeConfig, "no SdkAppId", "Set CLASSTOP_SDK_APP_ID, or sdk_app_id in the profile.")
	case r.system.RegionRequired && c.cfg.Region == "":
		return r.refused(class.CodeConfig, r.system.Title+" needs a region", "Set region to one of "+strings.Join(r.system.Regions, ", ")+".")
	}
	return nil
}

// refused is an error from before anything was sent.
func (r *request) refused(code, message, hint string) error {
	return &class.Error{System: r.system.Name, Action: r.action.Name, On: r.on, Code: code, Message: message, Hint: hint}
}

// retryable tells whether the same read may succeed in a moment. A timeout is
// not tried again: it has cost eight seconds, and whoever asked decides.
// RequestLimitExceeded only where nobody else asks again: the poller slows
// down first.
func (c *Client) retryable(err *class.Error) bool {
	if err.RateLimited() {
		return c.cfg.Patient
	}
	switch err.Code {
	case class.CodeNetwork, class.CodeBody,
		"100001", "60008", "60013", "60014", // the room engine's "retry"
		"ServiceUnavailable", "FailedOperation.RequestTimedOut":
		return true
	case class.CodeHTTPStatus:
		return gatewayFault(err)
	}
	return err.HasCode("InternalError")
}

// pause waits before the next try, with full jitter, within the context.
func (c *Client) pause(ctx context.Context, err *class.Error, try int) error {
	limit := firstWait
	for range try - 1 {
		limit *= 4
	}
	wait := c.jitter(limit)
	if err.RateLimited() {
		wait += rateWait
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
