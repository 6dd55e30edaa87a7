package engine

import (
	"bytes"
	"encoding/json"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
	"classtop/tape"
)

// head is the first line of a message; what it is about follows.
type head struct {
	From  string  `json:"from"`            // id of the process
	Host  string  `json:"host,omitempty"`  // its name
	To    string  `json:"to,omitempty"`    // id of the leader that is meant
	Epoch uint64  `json:"epoch,omitempty"` // of what the leader sends
	Seq   uint64  `json:"seq,omitempty"`   // in the epoch, from 1
	Now   int64   `json:"now,omitempty"`   // the sender's clock, in milliseconds
	State *health `json:"state,omitempty"`
}

// health is a poll.Health with spans instead of moments.
type health struct {
	State poll.State    `json:"state"`
	Since time.Duration `json:"since"`
	OK    time.Duration `json:"ok"` // negative: never
	Err   *class.Error  `json:"err,omitempty"`
	Part  string        `json:"part,omitempty"`
}

func healthOf(h poll.Health, now time.Time) *health {
	out := &health{State: h.State, Since: now.Sub(h.Since), OK: -1, Err: h.Err, Part: h.Part}
	if !h.OK.IsZero() {
		out.OK = max(0, now.Sub(h.OK))
	}
	return out
}

func (h *health) at(now time.Time) poll.Health {
	out := poll.Health{State: min(h.State, poll.Stopped), Since: now.Add(-h.Since), Err: saidError(h.Err), Part: said(h.Part)}
	if h.OK >= 0 {
		out.OK = now.Add(-h.OK)
	}
	return out
}

// saidMost bounds a text of another host, in cells.
const saidMost = 2000

// said is what another host says, safe to show.
func said(text string) string { return clean.Line(text, saidMost) }

func saidError(e *class.Error) *class.Error {
	if e == nil {
		return nil
	}
	return &class.Error{
		System: said(e.System), Action: said(e.Action), On: said(e.On), Code: said(e.Code), Message: said(e.Message), Meaning: said(e.Meaning),
		Hint: said(e.Hint), RequestID: said(e.RequestID), Maybe: e.Maybe, Cause: e.Cause,
	}
}

func packWants(wants []poll.Want) []byte {
	data, err := tape.PackWants(wants)
	if err != nil {
		return nil
	}
	return data
}

// send publishes a message. What gets lost is noticed by what comes after.
func (n *Node) send(subject string, h head, body []byte) {
	data, err := pack(h, body)
	if err == nil {
		err = n.cfg.Bus.Publish(subject, data)
	}
	if err != nil {
		n.cfg.Log.Debug("a message was not sent", "subject", subject, "err", err)
	}
}

// pack puts a message together.
func pack(h head, body []byte) ([]byte, error) {
	line, err := json.Marshal(h)
	return append(append(line, '\n'), body...), err
}

// parse takes a message apart.
func parse(data []byte) (h head, body []byte, ok bool) {
	line, body, found := bytes.Cut(data, []byte("\n"))
	return h, body, found && json.Unmarshal(line, &h) == nil && h.From != ""
}
