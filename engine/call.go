package engine

import (
	"bytes"
	"encoding/json"
	"time"

	"classtop/class"
	"classtop/ops"
	"classtop/tape"
)

// call is an ops.Call on its way.
type call struct {
	API    string
	Level  int
	Params json.RawMessage
	Shown  string
	Sign   string
	App    uint64
}

// reply is a class.Reply on its way, with its secrets: they are for the person
// who asked, and the way is guarded as the lease is.
type reply struct {
	RequestID string
	Took      time.Duration
	Shown     json.RawMessage `json:",omitempty"`
	Whole     string          `json:",omitempty"`
}

func packCall(c *ops.Call) *call {
	if c == nil {
		return nil
	}
	params, _ := json.Marshal(packValue(c.Params)) // of what JSON is made of alone
	return &call{c.API, c.Level, params, c.Shown, c.Sign, c.App}
}

func (c *call) unpack() *ops.Call {
	if c == nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(c.Params))
	d.UseNumber() // ids need all 64 bits
	var v any
	_ = d.Decode(&v)
	params, _ := unpackValue(v).(map[string]any)
	return &ops.Call{API: c.API, Level: c.Level, Params: params, Shown: c.Shown, Sign: c.Sign, App: c.App}
}

func packReply(r class.Reply) *reply {
	if len(r.Shown) == 0 && r.Whole.IsZero() {
		return nil
	}
	return &reply{r.RequestID, r.Took, r.Shown, r.Whole.Reveal()}
}

func (r *reply) unpack() class.Reply {
	if r == nil {
		return class.Reply{}
	}
	return class.Reply{RequestID: r.RequestID, Took: r.Took, Shown: r.Shown, Whole: class.NewSecret(r.Whole)}
}

// textKey marks a text of the service among the values of a call: no parameter
// has such a name.
const textKey = "\x00text"

// packValue writes a call's value so that what the wire said of a text is kept.
func packValue(v any) any {
	switch v := v.(type) {
	case class.Text:
		return map[string]any{textKey: tape.Exact(v)}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = packValue(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = packValue(v[i])
		}
		return out
	}
	return v
}

// unpackValue is the reverse of packValue.
func unpackValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if text, ok := v[textKey].(string); ok {
			return tape.OfExact(text)
		}
		for name, item := range v {
			v[name] = unpackValue(item)
		}
	case []any:
		for i := range v {
			v[i] = unpackValue(v[i])
		}
	}
	return v
}
