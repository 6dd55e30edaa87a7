package ops

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

// What another host carries out for somebody here is what he does.
func TestWhoActsThroughAnotherHostIsSeen(t *testing.T) {
	var r *Runner
	seen := ""
	r = New(Config{Operator: "li", Via: func(context.Context, Errand) (Result, bool, *class.Error) {
		seen = r.Here().People[0].Doing
		return Result{State: Done, RequestID: "rid"}, false, nil
	}})
	place := r.Enter("")
	kick := Op{Action: Kick, Duration: time.Minute, Target: Target{Room: physics, RoomName: text("高二物理"), Status: class.RoomLive, User: text("u123"), State: class.Online, Seat: -1}}
	res := r.Run(t.Context(), kick)
	assert.Equal(t, "rid", res.RequestID, res.Sentence())
	assert.Contains(t, seen, "kicking u123 from 高二物理")
	assert.Empty(t, place.People()[0].Doing, "it is over")
}

// An answer that did not come is asked for, and what is found out is said; that
// nothing was changed takes its time.
func TestHowAnErrandEndedIsFoundOut(t *testing.T) {
	lost := func(context.Context, Errand) (Result, bool, *class.Error) {
		return Result{}, false, &class.Error{Code: class.CodeNetwork, Maybe: true, Meaning: "the host that carries it out did not answer"}
	}
	now := time.Now()
	for _, c := range []struct {
		name   string
		state  State
		told   bool
		err    *class.Error
		after  State
		failed bool
		asked  int
	}{
		{"it was done", Done, true, nil, Done, false, 1},
		{"it was refused", Refused, true, &class.Error{Code: "FailedOperation"}, Refused, true, 1},
		{"it says that nothing changed", NotApplied, true, nil, NotApplied, true, 1},
		{"another one read it back", Confirmed, false, nil, Confirmed, false, 1},
		{"another one saw no change, too early", NotApplied, false, nil, NotApplied, true, 3},
	} {
		asked := 0
		r := New(Config{Operator: "li", Now: func() time.Time { return now }, Via: lost, After: func(context.Context, Errand) (Result, bool, bool) {
			asked++
			now = now.Add(10 * time.Second)
			return Result{State: c.state, Err: c.err}, c.told, true
		}})
		res := r.Run(t.Context(), Op{Action: End, Target: Target{Room: physics, Status: class.RoomLive, Seat: -1, SeenAt: now}})
		assert.Equal(t, c.after, res.State, c.name)
		assert.Equal(t, c.failed, res.Err != nil, c.name)
		assert.Equal(t, c.asked, asked, c.name)
	}
}
