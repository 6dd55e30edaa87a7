package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"classtop/class"
	"classtop/client"
	"classtop/client/spec"
	"classtop/ops"
)

// write sends a writing action that was named by hand: confirmed at the level
// of its facts, audited, once.
func (a *app) write(ctx context.Context, l *link, f call, action *spec.Action, params map[string]any) (client.Answer, error) {
	sentence := fmt.Sprintf("%s changes the school (level %d)", action.Name, action.Level)
	if !f.yes {
		if err := a.confirm(sentence, action.Level, challenge(action, params)); err != nil {
			return client.Answer{}, err
		}
	}
	runner, _ := l.runner(a, nil)
	if runner.ReadOnly() {
		return client.Answer{}, coded{exitFailed, fmt.Errorf("%s: %s", action.Name, ops.Ready(ops.Op{}, true))}
	}
	var answer client.Answer
	id, _ := roomID(cellOf(params["RoomId"]))
	c := ops.Call{API: action.Name, Room: id, User: cellOf(params["UserId"]), Reason: f.reason}
	res := runner.RunCall(ctx, c, func(ctx context.Context) (string, error) {
		var err error
		answer, err = l.client.Writer().CallSigned(ctx, action.Name, params, client.SignMethod(f.sign))
		return answer.RequestID, err
	})
	if res.Warning != "" {
		fmt.Fprintln(a.err, "classtop: "+res.Warning)
	}
	if !res.State.OK() {
		return answer, coded{res.ExitStatus(), fmt.Errorf("%s: %w", res.State, res.Err)}
	}
	return answer, nil
}

// challenge is what has to be typed for a level 3 call: the last four digits
// of the room, or the action's name where no room is concerned.
func challenge(action *spec.Action, params map[string]any) string {
	room := cellOf(params["RoomId"])
	if room == "" {
		return action.Name
	}
	return room[max(0, len(room)-4):]
}

// cellOf shows a decoded value in a cell.
func cellOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case class.Text:
		return v.String()
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = cellOf(v[i])
		}
		return strings.Join(parts, " ")
	case map[string]any:
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(b)
	}
	return fmt.Sprint(v)
}
