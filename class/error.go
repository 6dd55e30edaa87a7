package class

import "strings"

// Error is a failed call to one of the systems, in words for a person. All
// strings in it are safe to show.
type Error struct {
	System    string `json:"system"`     // lcic, car, iotexplorer, roomengine
	Action    string `json:"action"`     // KickUserFromRoom
	On        string `json:"on"`         // what was acted on: "u1 in room 7"; may be empty
	Code      string `json:"code"`       // FailedOperation.ClassEnded, 100004, or a Code… constant below
	Message   string `json:"message"`    // the service's words
	Meaning   string `json:"meaning"`    // our words for the code
	Hint      string `json:"hint"`       // what the person can do
	RequestID string `json:"request_id"` // quote it to support; empty if no answer came
	Maybe     bool   `json:"maybe"`      // the request may have been carried out all the same
	Cause     error  `json:"-"`
}

// Codes that classtop itself gives where no service answered.
const (
	CodeTimeout    = "Client.Timeout"     // no answer in time
	CodeNetwork    = "Client.Network"     // refused, reset, DNS
	CodeTLS        = "Client.TLS"         // certificate or handshake
	CodeHTTPStatus = "Client.HTTPStatus"  // a gateway answered, not the service
	CodeBody       = "Client.Body"        // not JSON, cut off
	CodeTooLarge   = "Client.TooLarge"    // the answer is over the limit
	CodeCancelled  = "Client.Cancelled"   // the caller gave up
	CodeReadOnly   = "Client.ReadOnly"    // writes are switched off
	CodeParameter  = "Client.Parameter"   // refused before sending: the facts do not allow it
	CodeConfig     = "Client.Config"      // a credential or setting is missing
	CodeStale      = "Client.Stale"       // the target changed since the dialog opened
	CodeAudit      = "Client.AuditFailed" // the audit line could not be written, so nothing was sent
	CodeBusy       = "Client.Busy"        // somebody is acting on the same target now
	CodeForbidden  = "Client.Forbidden"   // the operator's role does not allow it
	CodeNotReady   = "Client.NotReady"    // the target's state does not allow the action
)

// Error says what failed, on what, the code, the words and the RequestId.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Action)
	if e.On != "" {
		b.WriteString(" " + e.On)
	}
	b.WriteString(": " + e.Code)
	if e.Meaning != "" {
		b.WriteString(": " + e.Meaning)
	}
	if e.Message != "" && e.Message != e.Meaning {
		b.WriteString(" (" + e.Message + ")")
	}
	if e.Hint != "" {
		b.WriteString(" " + e.Hint)
	}
	if e.RequestID != "" {
		b.WriteString(" [RequestId " + e.RequestID + "]")
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, &Error{Code: "X"}) true for X and for X.Anything.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code != "" && e.HasCode(t.Code)
}

// HasCode tells whether the code is this one or below it: RequestLimitExceeded
// matches RequestLimitExceeded.UinLimitExceeded too.
func (e *Error) HasCode(code string) bool {
	return e.Code == code || strings.HasPrefix(e.Code, code+".")
}

// FromService tells whether the code is a service's, not one of classtop's own.
func (e *Error) FromService() bool { return !strings.HasPrefix(e.Code, "Client.") }

// RateLimited tells whether the service refused for too many calls.
func (e *Error) RateLimited() bool {
	switch e.Code {
	case "60007", "60011", "60018", "60019", "100012":
		return true
	}
	return e.HasCode("RequestLimitExceeded")
}

// OfTarget tells whether the service is well and only has nothing to say of
// this one class, user or document: it is not there, is over, has no seats.
func (e *Error) OfTarget() bool {
	switch {
	case e.RateLimited(), e.Code == "100001":
		return false
	case e.System == "roomengine":
		return len(e.Code) == len("100004") && (strings.HasPrefix(e.Code, "1000") || strings.HasPrefix(e.Code, "1002"))
	}
	return e.HasCode("ResourceNotFound") || strings.HasPrefix(e.Code, "FailedOperation.Class") || strings.HasPrefix(e.Code, "FailedOperation.Room")
}

// ClassOver tells whether the class was asked after its end: nothing is wrong.
func (e *Error) ClassOver() bool {
	return e.HasCode("FailedOperation.ClassEnded") || e.HasCode("FailedOperation.ClassExpired")
}

// Fatal tells whether trying again cannot help until a person mends the
// credentials or the permissions: polling stops instead of storming.
func (e *Error) Fatal() bool {
	switch e.Code {
	case "60006", "60010", "60016", "60017", "60021", "70003", "70009", "70013", "70014", "70016", "70020", "70051", CodeConfig:
		return true
	case "AuthFailure.SignatureExpire":
		return false
	}
	return e.HasCode("AuthFailure") || e.HasCode("UnauthorizedOperation") || e.HasCode("IpNotInWhitelist") || e.HasCode("IpInBlacklist")
}
