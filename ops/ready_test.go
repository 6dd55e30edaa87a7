package ops

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/class"
)

func TestReady(t *testing.T) {
	change := func(o Op, f func(*Op)) Op { f(&o); return o }
	status := func(o Op, s class.RoomStatus) Op { o.Target.Status = s; return o }
	state := func(o Op, s class.Presence) Op { o.Target.State = s; return o }
	start := end()
	start.Action, start.Target.Status = Start, class.RoomUpcoming
	for name, c := range map[string]struct {
		op   Op
		says string
	}{
		"kick":              {kick(), ""},
		"kick before start": {status(kick(), class.RoomUpcoming), ""},
		"kick reconnecting": {state(kick(), class.Reconnecting), ""},
		"kick the teacher":  {change(kick(), func(o *Op) { o.Target.Role = class.RoleTeacher }), ""},
		"kick after end":    {status(kick(), class.RoomEnded), "has ended: nobody"},
		"kick expired":      {status(kick(), class.RoomExpired), "has expired"},
		"kick absent":       {state(kick(), class.Absent), "not in the class now (absent)"},
		"kick offline":      {state(kick(), class.Offline), "(offline). Wait"},
		"kick kicked":       {state(kick(), class.Kicked), "is kicked already. To keep"},
		"kick banned":       {state(kick(), class.KickedForGood), "is banned already"},
		"kick no time":      {change(kick(), func(o *Op) { o.Duration = time.Millisecond }), "at least one second"},
		"kick nobody":       {change(kick(), func(o *Op) { o.Target.User = class.Text{} }), "No member is chosen"},
		"no class":          {change(end(), func(o *Op) { o.Target.Room = 0 }), "No class is chosen"},
		"no action":         {change(end(), func(o *Op) { o.Action = "dance" }), "no such action"},
		"ban offline":       {state(with(Ban, -1), class.Offline), ""},
		"ban kicked":        {state(with(Ban, -1), class.Kicked), ""},
		"ban banned":        {state(with(Ban, -1), class.KickedForGood), "banned already"},
		"ban after end":     {status(with(Ban, -1), class.RoomEnded), "has ended"},
		"end":               {end(), ""},
		"end unknown state": {status(end(), 9), ""},
		"end upcoming":      {status(end(), class.RoomUpcoming), "has not started"},
		"end ended":         {status(end(), class.RoomEnded), "has ended already"},
		"end expired":       {status(end(), class.RoomExpired), "has expired"},
		"start":             {start, ""},
		"start live":        {status(start, class.RoomLive), "is live already"},
		"start ended":       {status(start, class.RoomEnded), "create a new one"},
		"start expired":     {status(start, class.RoomExpired), "create a new one"},
		"seat":              {with(SeatPick, 0), ""},
		"seat none":         {with(SeatPick, -1), "No seat is chosen"},
		"seat away":         {state(with(SeatMove, 1), class.Offline), "not in the class"},
		"off":               {with(SeatOff, -1), ""},
		"off after end":     {status(with(SeatOff, -1), class.RoomEnded), "has ended"},
		"lock":              {with(SeatLock, 1), ""},
		"unlock none":       {with(SeatUnlock, -1), "No seat is chosen"},
		"lock after end":    {status(with(SeatLock, 1), class.RoomEnded), "has ended"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.says == "" {
				assert.Empty(t, Ready(c.op, false))
			} else {
				assert.Contains(t, Ready(c.op, false), c.says)
			}
			assert.Contains(t, Ready(c.op, true), "read-only")
		})
	}
}

func TestWarning(t *testing.T) {
	o := kick()
	assert.Empty(t, o.Warning())
	for role, says := range map[class.Role]string{class.RoleTeacher: "the teacher", class.RoleAssistant: "an assistant", class.RoleSupervisor: "a supervisor"} {
		o.Target.Role = role
		assert.Contains(t, o.Warning(), says)
		e := end()
		e.Target.Role = role
		assert.Empty(t, e.Warning())
	}
}

func TestLevels(t *testing.T) {
	for a, want := range map[Action]int{Kick: 2, Ban: 3, End: 3, Start: 2, SeatPick: 2, SeatOff: 2, SeatLock: 2, SeatUnlock: 2, SeatMove: 2, "strange": 3} {
		assert.Equal(t, want, with(a, 0).Level(), a)
	}
	assert.Equal(t, "0358", end().Challenge())
	assert.Empty(t, kick().Challenge())
	short := end()
	short.Target.Room = 42
	assert.Equal(t, "42", short.Challenge())

	assert.Equal(t, 2, Batch{kick(), kick()}.Level())
	assert.Equal(t, 3, Batch{kick(), end()}.Level())
	assert.Equal(t, "2", Batch{kick(), end()}.Challenge())
	assert.Equal(t, "0358", Batch{end()}.Challenge())
	assert.Empty(t, Batch{kick(), kick(), kick(), kick()}.Challenge())
	assert.Equal(t, "5", Batch{kick(), kick(), kick(), kick(), kick()}.Challenge())
	assert.Equal(t, 1, Batch{}.Level())
}

func TestSentences(t *testing.T) {
	video, both, all := with(SeatLock, 1), with(SeatLock, 1), with(SeatLock, 1)
	video.Locks.Video = true
	both.Locks = class.SeatLocks{Video: true, Audio: true}
	all.Locks = class.SeatLocks{Taken: true, Audio: true}
	bare := kick()
	bare.Target.UserName, bare.Target.RoomName = class.Text{}, class.Text{}
	for _, c := range []struct {
		op   Op
		want string
	}{
		{kick(), "Kick 李雷 (u123) from 高二物理 (331450358) for 10 minutes"},
		{bare, "Kick u123 from room 331450358 for 10 minutes"},
		{with(Ban, -1), "Kick 李雷 (u123) from 高二物理 (331450358) for good"},
		{end(), "End 高二物理 (331450358)"},
		{with(Start, -1), "Start 高二物理 (331450358)"},
		{with(SeatPick, 3), "Put 李雷 (u123) on seat 3 in 高二物理 (331450358)"},
		{with(SeatMove, 3), "Move 李雷 (u123) to seat 3 in 高二物理 (331450358)"},
		{with(SeatOff, 3), "Take 李雷 (u123) off the seat in 高二物理 (331450358)"},
		{with(SeatLock, 3), "Lock seat 3 in 高二物理 (331450358)"},
		{with(SeatUnlock, 3), "Unlock seat 3 in 高二物理 (331450358)"},
		{video, "Lock the video of seat 1 in 高二物理 (331450358)"},
		{both, "Lock the video and audio of seat 1 in 高二物理 (331450358)"},
		{all, "Lock taking and audio of seat 1 in 高二物理 (331450358)"},
		{with("dance", 0), `Do "dance" in 高二物理 (331450358)`},
	} {
		assert.Equal(t, c.want, c.op.Sentence())
	}
	for d, want := range map[time.Duration]string{
		0: "no time", time.Second: "1 second", 90 * time.Second: "1 minute 30 seconds", time.Hour: "1 hour", 49 * time.Hour: "2 days 1 hour",
	} {
		assert.Equal(t, want, Span(d))
	}
}
