package ops

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestRunCallIsAuditedOnce(t *testing.T) {
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
			r := newRig(t, newSchool())
			sent := 0
			res := r.RunCall(t.Context(), Call{API: "CreateRoom", Room: 7, Reason: "test"}, func(context.Context) (string, error) {
				sent++
				assert.Len(t, r.lines(t), 1, "the intent is on the disk before the request")
				return "req-9", tc.err
			})
			assert.Equal(t, tc.state, res.State)
			assert.Equal(t, tc.status, res.ExitStatus())
			assert.Equal(t, "req-9", res.RequestID)
			assert.Equal(t, 1, sent)
			lines := r.lines(t)
			require.Len(t, lines, 2)
			assert.Equal(t, tc.outcome, lines[1].Outcome)
			assert.Equal(t, "CreateRoom", lines[1].API)
			assert.Equal(t, class.RoomID(7), lines[1].Room)
		})
	}
}

func TestRunCallRefusesBeforeItSends(t *testing.T) {
	never := func(context.Context) (string, error) { t.Error("sent"); return "", nil }
	r := newRig(t, newSchool())
	res := r.As("x", true).RunCall(t.Context(), Call{API: "CreateRoom"}, never)
	assert.Equal(t, class.CodeReadOnly, res.Err.Code)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, class.CodeCancelled, r.RunCall(over, Call{API: "CreateRoom"}, never).Err.Code)
	assert.Empty(t, r.lines(t))

	r.audit.write = func(*os.File, []byte) error { return errors.New("disk full") }
	res = r.RunCall(t.Context(), Call{API: "CreateRoom"}, never)
	assert.Equal(t, NotSent, res.State)
	assert.Equal(t, class.CodeAudit, res.Err.Code)
	assert.ErrorContains(t, res.Err, "disk full")
}
