package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// Answer is what any action answered. Data is the Response object as JSON; a
// write's may be empty. It loses nothing and is safe to print: characters that
// could control a terminal are \u escapes in it. Whoever decodes strings out
// of it has untrusted text again; Fields cleans them.
type Answer struct {
	System, Action, RequestID string
	Data                      json.RawMessage
	Took                      time.Duration // with waiting and retries
}

// Fields decodes Data with every string cleaned and every number kept as it is
// written (json.Number).
func (a Answer) Fields() (map[string]any, error) {
	if len(a.Data) == 0 {
		return map[string]any{}, nil
	}
	v, err := decodePlain(a.Data)
	if err != nil {
		return nil, err
	}
	fields, _ := cleaned(v).(map[string]any)
	return fields, nil
}

// Call sends any read of any system, after holding its parameters against the
// facts. Where an SdkAppId is needed and not given, the configured one is
// taken. It refuses writes; Writer.Call sends them.
func (c *Client) Call(ctx context.Context, action string, params map[string]any) (Answer, error) {
	return c.CallSigned(ctx, action, params, TC3)
}

// CallSigned is Call with another way to sign.
func (c *Client) CallSigned(ctx context.Context, action string, params map[string]any, sign SignMethod) (Answer, error) {
	return c.call(ctx, action, params, sign, false)
}

// Call sends any action of any system once, after holding its parameters
// against the facts.
func (w *Writer) Call(ctx context.Context, action string, params map[string]any) (Answer, error) {
	return w.CallSigned(ctx, action, params, TC3)
}

// CallSigned is Call with another way to sign.
func (w *Writer) CallSigned(ctx context.Context, action string, params map[string]any, sign SignMethod) (Answer, error) {
	return w.c.call(ctx, action, params, sign, true)
}

func (c *Client) call(ctx context.Context, action string, params map[string]any, sign SignMethod, writer bool) (Answer, error) {
	r, err := c.checked(action, params, sign)
	if err != nil {
		return Answer{}, err
	}
	r.writer = writer
	answer := Answer{System: r.system.Name, Action: action}
	started := c.cfg.Now()
	answer.RequestID, err = c.do(ctx, r, func(body []byte) (verdict, error) {
		v, raw, err := open(r.system.Name, body)
		answer.Data = compact(raw)
		return v, err
	})
	answer.Took = c.cfg.Now().Sub(started)
	return answer, err
}

// checked makes a request of an action's name and parameters, if the facts
// allow it.
func (c *Client) checked(action string, params map[string]any, sign SignMethod) (*request, error) {
	a := spec.Find(action)
	if a == nil {
		hint := "classtop call --list names all actions."
		if near := spec.Nearest(action); len(near) > 0 {
			hint = "Did you mean " + strings.Join(near, ", ") + "?"
		}
		return nil, &class.Error{Action: safe(action), Code: class.CodeParameter, Message: "there is no such action", Hint: hint}
	}
	params = c.withApp(a, params)
	if v := spec.Check(a, params); v != nil {
		return nil, &class.Error{
			System: a.System, Action: a.Name, Code: class.CodeParameter,
			Message: safe(v.Param + " " + v.Rule), Hint: "Nothing was sent.", Cause: errors.New(safe(v.Error())),
		}
	}
	r, err := newRequest(a, params, "")
	if err != nil {
		return nil, err
	}
	r.params, r.sign = params, sign
	return r, r.fits()
}

// withApp returns the parameters, texts as the service spells them, with the configured SdkAppId where the action
// requires one and none was given.
func (c *Client) withApp(a *spec.Action, params map[string]any) map[string]any {
	all := map[string]any{}
	for name, v := range params {
		all[name] = rawTexts(v)
	}
	p := a.Param("SdkAppId")
	if _, given := all["SdkAppId"]; p != nil && p.Required && !given && c.cfg.SdkAppID != 0 {
		all["SdkAppId"] = c.cfg.SdkAppID
	}
	return all
}

// compact copies an answer's JSON without blanks and safe to print. It has
// been decoded before, so it is valid.
func compact(raw []byte) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	var b bytes.Buffer
	_ = json.Compact(&b, raw)
	return printable(b.Bytes())
}
