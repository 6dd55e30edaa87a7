package ops

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"classtop/class"
)

// Call is a write of the API that has no action of its own here: whatever the
// command line or the console sends by name. It must not be changed once it is
// part of an Op.
type Call struct {
	API    string         // CreateRoom
	Level  int            // 1 to 3, as the facts have it
	Params map[string]any // as the client takes them, checked against the facts
	Shown  string         // Params as JSON without their secrets, for people and the audit file
	Sign   string         // how to sign; empty: as usual
	App    uint64         // SdkAppId of the profile; 0 if none is known
}

// NewCall makes the operation that sends a call. What the parameters say of
// room and user becomes its target.
func NewCall(c Call, t Target) Op {
	t.Seat = -1
	if id, ok := number(c.Params["RoomId"]); ok {
		t.Room = class.RoomID(id)
	}
	if u, ok := c.Params["UserId"].(class.Text); ok {
		t.User = u
	}
	return Op{Action: Named, Target: t, Call: &c}
}

// number reads an id in any of the forms that parameters have.
func number(v any) (uint64, bool) {
	switch v := v.(type) {
	case uint64:
		return v, true
	case json.Number:
		n, err := strconv.ParseUint(v.String(), 10, 64)
		return n, err == nil
	case nil:
		return 0, false
	}
	n, err := strconv.ParseUint(fmt.Sprint(v), 10, 64)
	return n, err == nil
}

// same tells whether two operations are the same, wherever they were made. What
// is secret in a call is not compared: the one that was asked for is sent.
func (o Op) same(as Op) bool {
	a, b := o.Call, as.Call
	o.Call, as.Call = nil, nil
	if a == nil || b == nil {
		return a == b && o == as
	}
	return o == as && a.API == b.API && a.Level == b.Level && a.Shown == b.Shown && a.Sign == b.Sign && a.App == b.App
}

func (c *Call) shown() string {
	if c == nil {
		return ""
	}
	return c.Shown
}

// callRow returns what is known of sending a call by name. There is nothing to
// read back, so without an answer the outcome stays unknown.
func callRow() row {
	return row{"", 3, onCall, "Send", "Sent", "sending", callRest, callWhy, sendCall, nil}
}

func sendCall(ctx context.Context, s Sender, r *Result) (string, error) {
	reply, err := s.Send(ctx, r.Op.Call.API, r.Op.Call.Params, r.Op.Call.Sign)
	r.Reply = reply
	return reply.RequestID, err
}

func callRest(o Op) string {
	switch {
	case o.Call == nil:
		return "nothing"
	case o.Target.Room != 0 && !o.Target.User.IsZero():
		return o.Call.API + " for " + o.Target.person() + " in " + o.Target.place()
	case o.Target.Room != 0:
		return o.Call.API + " for " + o.Target.place()
	case !o.Target.User.IsZero():
		return o.Call.API + " for " + o.Target.person()
	}
	return o.Call.API
}

func callWhy(o Op) string {
	if o.Call == nil || o.Call.API == "" {
		return "No action of the API is named."
	}
	return ""
}

// callChallenge is what has to be typed for a call of level 3: the last four
// digits of the class, or else of the application that it changes.
func callChallenge(o Op) string {
	id := strconv.FormatUint(o.Call.App, 10)
	if o.Target.Room != 0 {
		id = o.Target.Room.String()
	}
	return id[max(0, len(id)-4):]
}
