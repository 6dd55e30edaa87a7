package cli

import (
	"testing"
	"time"

	"classtop/ops"

	"github.com/stretchr/testify/assert"
)

func TestAReplayHasNobodyToSendTo(t *testing.T) {
	a := &app{now: time.Now}
	r := a.idle()
	op := ops.Op{Action: ops.Kick, Target: ops.Target{Room: 7}}
	assert.Equal(t, ops.NotSent, r.Run(t.Context(), op).State)
	for _, res := range r.RunAll(t.Context(), []ops.Op{op}, func(int, ops.Result) {}) {
		assert.Equal(t, ops.NotSent, res.State)
	}
	assert.Empty(t, r.Busy(op.Target))
}
