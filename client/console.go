package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"classtop/class"
	"classtop/client/spec"
)

// Console is the client as the API console uses it: it signs anything, sends
// what reads, and keeps secrets out of what is shown.
type Console struct{ c *Client }

// Console returns the part of the client that the console uses.
func (c *Client) Console() Console { return Console{c} }

// Prepare checks and signs any action, writes too, without sending it, and
// returns it as lines for people. Secrets are masked.
func (x Console) Prepare(action string, params map[string]any) (string, error) {
	p, err := x.c.Prepare(action, params, TC3)
	if err != nil {
		return "", err
	}
	return p.String(), nil
}

// Read sends an action that reads; it refuses writes.
func (x Console) Read(ctx context.Context, action string, params map[string]any) (class.Reply, error) {
	a, err := x.c.Call(ctx, action, params)
	return a.Reply(), err
}

// Send sends any action of any system once, after holding its parameters
// against the facts. sign is one of SignMethods, or empty.
func (w *Writer) Send(ctx context.Context, action string, params map[string]any, sign string) (class.Reply, error) {
	a, err := w.CallSigned(ctx, action, params, SignMethod(sign))
	return a.Reply(), err
}

// Reply is the answer with its secrets hidden.
func (a Answer) Reply() class.Reply {
	r := class.Reply{RequestID: a.RequestID, Took: a.Took, Shown: a.Data}
	v, err := decodePlain(a.Data)
	if err != nil {
		return r
	}
	masked, hid := spec.Masked(v)
	if !hid {
		return r
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(masked); err != nil {
		b.Reset() // better nothing than a secret
	}
	r.Shown, r.Whole = printable(bytes.TrimSpace(b.Bytes())), class.NewSecret(string(a.Data))
	return r
}

// String writes the request as it would be sent, and what was signed.
func (p Prepared) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", p.Method, p.URL)
	for _, h := range p.Headers {
		fmt.Fprintf(&b, "%s: %s\n", h.Name, h.Value)
	}
	fmt.Fprintf(&b, "\n%s\n", p.Body)
	if p.Canonical != "" {
		fmt.Fprintf(&b, "\ncanonical request\n%s\n", p.Canonical)
	}
	if p.ToSign != "" {
		fmt.Fprintf(&b, "\nstring to sign\n%s\n", p.ToSign)
	}
	return b.String()
}

// rawTexts returns the parameters with texts that came from the service as the
// service spells them. Objects given by the caller are not changed.
func rawTexts(v any) any {
	switch v := v.(type) {
	case class.Text:
		return v.Raw()
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = rawTexts(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = rawTexts(v[i])
		}
		return out
	}
	return v
}
