package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"classtop/class"
	"classtop/client"
	"classtop/client/spec"
	"classtop/ops"
)

// write sends a writing action that was named by hand: confirmed at the level
// of its facts, audited, once. The answer is printed as a whole, secrets too.
func (a *app) write(ctx context.Context, l *link, f call, action *spec.Action, params map[string]any) (client.Answer, error) {
	op := ops.NewCall(ops.Call{
		API: action.Name, Level: action.Level, Params: params, Shown: spec.Shown(params), Sign: f.sign, App: l.cfg.Profile.SdkAppID,
	}, ops.Target{SeenAt: l.now()})
	op.Reason = f.reason
	runner := l.runner(a, nil)
	if why := cmp.Or(runner.May(op), ops.Ready(op, l.cfg.Profile.ReadOnly)); why != "" {
		return client.Answer{}, coded{exitFailed, fmt.Errorf("%s: %s", action.Name, why)}
	}
	if why := l.unexplained(f.reason); why != nil {
		return client.Answer{}, why
	}
	if !f.yes {
		if err := a.confirm(op.Sentence(), op.Level(), op.Challenge()); err != nil {
			return client.Answer{}, err
		}
	}
	res := runner.Run(ctx, op)
	if res.Warning != "" {
		fmt.Fprintln(a.err, "classtop: "+a.lang.Tell(res.Warning))
	}
	answer := client.Answer{System: action.System, Action: action.Name, RequestID: res.RequestID, Data: res.Reply.Shown, Took: res.Reply.Took}
	if res.Reply.Hides() {
		answer.Data = json.RawMessage(res.Reply.Whole.Reveal())
	}
	switch {
	case res.Err == nil && !res.State.OK(): // it waits for a second person
		return answer, coded{res.ExitStatus(), errors.New(res.Sentence())}
	case !res.State.OK():
		return answer, coded{res.ExitStatus(), fmt.Errorf("%s: %w", res.State, res.Err)}
	}
	return answer, nil
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
