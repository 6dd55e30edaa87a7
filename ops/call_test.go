package ops

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// Send takes a call by name; what it changes is not part of this small world.
func (s *school) Send(ctx context.Context, api string, params map[string]any, _ string) (class.Reply, error) {
	id, err := s.write(ctx, api, "", func() {})
	if id == "" {
		var e *class.Error
		if errors.As(err, &e) {
			id = e.RequestID
		}
	}
	return class.Reply{RequestID: id, Shown: json.RawMessage(`{}`)}, err
}

func create(level int) Op {
	c := Call{API: "CreateGroup", Level: level, Params: map[string]any{"Name": "x"}, Shown: `{"Name":"x"}`, App: 1400123456}
	return NewCall(c, Target{SeenAt: time.Now()})
}

func TestNewCallFindsItsTarget(t *testing.T) {
	for _, id := range []any{uint64(7), int64(7), json.Number("7"), "7"} {
		o := NewCall(Call{API: "DeleteRoom", Level: 3, Params: map[string]any{"RoomId": id, "UserId": text("u1")}}, Target{})
		assert.Equal(t, class.RoomID(7), o.Target.Room)
		assert.Equal(t, "u1", o.Target.User.String())
		assert.Equal(t, "Send DeleteRoom for u1 in room 7", o.Sentence())
	}
	assert.Zero(t, NewCall(Call{API: "x", Params: map[string]any{"RoomId": "@TGS#1"}}, Target{}).Target.Room)
}

func TestTheLevelOfACallIsThatOfItsFacts(t *testing.T) {
	for level := 1; level <= 3; level++ {
		assert.Equal(t, level, create(level).Level())
	}
	assert.Equal(t, 3, create(0).Level(), "unknown is grave")
	assert.Equal(t, 3, Op{Action: Named}.Level())
	assert.Equal(t, "3456", create(3).Challenge())
	assert.Empty(t, create(2).Challenge())
	o := create(3)
	o.Target.Room = physics
	assert.Equal(t, "0358", o.Challenge())
	assert.Equal(t, "No action of the API is named.", Ready(Op{Action: Named}, false))
}

func TestACallIsAuditedOnce(t *testing.T) {
	for name, tc := range map[string]struct {
		err     error
		state   State
		status  int
		outcome string
	}{
		"done":    {nil, Done, 0, "done"},
		"refused": {&class.Error{Code: "FailedOperation.RoomIdExist", RequestID: "req-9"}, Refused, 1, "refused"},
		"unknown": {&class.Error{Code: class.CodeTimeout, Maybe: true}, StillUnknown, 3, "unknown"},
		"bare":    {errors.New("connection reset"), StillUnknown, 3, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSchool()
				r := newRig(t, s)
				s.fault = func(int, string) (bool, bool, error) {
					assert.Len(t, r.lines(t), 1, "the intent is on the disk before the request")
					return true, false, tc.err
				}
				o := create(3)
				o.Reason = "test"
				time.Sleep(time.Minute) // old data are no reason to read a class that there is not
				res := r.Run(t.Context(), o)
				assert.Equal(t, tc.state, res.State)
				assert.Equal(t, tc.status, res.ExitStatus())
				assert.Equal(t, 1, s.count())
				lines := r.lines(t)
				require.Len(t, lines, 2)
				assert.Equal(t, tc.outcome, lines[1].Outcome)
				assert.Equal(t, Named, lines[1].Action)
				assert.Equal(t, "CreateGroup", lines[1].API)
				assert.Equal(t, `{"Name":"x"}`, lines[1].Params)
				assert.Equal(t, "test", lines[1].Reason)
			})
		})
	}
}

func TestTheSameCallIsNotSentTwiceFromOneScreen(t *testing.T) {
	s := newSchool()
	r := newRig(t, s)
	o := create(2)
	assert.Equal(t, Done, r.Run(t.Context(), o).State)
	assert.Equal(t, class.CodeStale, r.Run(t.Context(), o).Err.Code)
	other := NewCall(Call{API: "CreateGroup", Level: 2, Params: map[string]any{"Name": "y"}, Shown: `{"Name":"y"}`}, Target{SeenAt: o.Target.SeenAt})
	assert.Equal(t, Done, r.Run(t.Context(), other).State)
	assert.Equal(t, 2, s.count())
}

func TestACallIsRefusedBeforeItIsSent(t *testing.T) {
	s := newSchool()
	r := newRig(t, s)
	assert.Equal(t, class.CodeForbidden, r.As("x", Viewer).Run(t.Context(), create(1)).Err.Code)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, class.CodeCancelled, r.Run(over, create(1)).Err.Code)
	assert.Empty(t, r.lines(t))

	r.audit.write = func(*os.File, []byte) error { return errors.New("disk full") }
	res := r.Run(t.Context(), create(1))
	assert.Equal(t, NotSent, res.State)
	assert.Equal(t, class.CodeAudit, res.Err.Code)
	assert.ErrorContains(t, res.Err, "disk full")
	assert.Zero(t, s.count())
}
