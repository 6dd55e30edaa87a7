package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/sim"
)

func TestASchoolOfForty(t *testing.T) {
	x := open(t, sim.Options{Seed: 7})
	all := x.rooms()
	assert.Len(t, all, 40)
	count := map[int64]int{}
	for _, room := range all {
		count[num(room["Status"])]++
	}
	t.Log(count)
	assert.InDelta(t, 28, count[1], 3, "about seven of ten are on")
	assert.Positive(t, count[0])
	assert.Positive(t, count[2])
	for range 12 {
		x.pass(30 * time.Minute)
		assert.InDelta(t, 27, len(x.rooms(1)), 11, "the school never dries out")
	}
}

func TestKickIsSeenInTheNextRead(t *testing.T) {
	x := open(t, sim.Options{Rooms: 1, Members: 20})
	room := x.rooms(1)[0]["RoomId"]
	var user any
	for _, m := range x.members(room) {
		if num(m["CurrentState"]) == 1 && num(m["Role"]) == 0 {
			user = m["UserId"]
		}
	}
	state := func() int64 {
		for _, m := range x.members(room) {
			if m["UserId"] == user {
				return num(m["CurrentState"])
			}
		}
		return -1
	}
	x.ok("KickUserFromRoom", map[string]any{"RoomId": room, "UserId": user, "KickType": 1, "Duration": 600})
	assert.EqualValues(t, 3, state())
	x.pass(590 * time.Second)
	assert.EqualValues(t, 3, state(), "kicked ones stay kicked")
	x.pass(15 * time.Second)
	assert.Contains(t, []int64{1, 2}, state(), "until their time is over")
	x.ok("KickUserFromRoom", map[string]any{"RoomId": room, "UserId": user, "KickType": 2, "Duration": 0})
	x.pass(10 * time.Minute)
	assert.EqualValues(t, 4, state())
	assert.Len(t, x.s.Journal(), 2)
}

func TestEndAndStart(t *testing.T) {
	x := open(t, sim.Options{Rooms: 60, Members: 20})
	room := x.rooms(1)[0]["RoomId"]
	assert.Equal(t, "FailedOperation.ClassStarted", x.do("StartRoom", map[string]any{"RoomId": room}).Code)
	x.ok("EndRoom", map[string]any{"RoomId": room})
	assert.EqualValues(t, 2, num(x.ok("DescribeRoom", map[string]any{"RoomId": room}).Fields["Status"]))
	assert.Equal(t, "FailedOperation.ClassEnded", x.do("EndRoom", map[string]any{"RoomId": room}).Code)
	assert.Equal(t, "FailedOperation.ClassEnded", x.do("StartRoom", map[string]any{"RoomId": room}).Code)
	assert.Equal(t, "FailedOperation.ClassEnded", x.do("DescribeCurrentMemberList", map[string]any{"RoomId": room, "Page": 1, "Limit": 10}).Code)
	assert.Equal(t, "ResourceNotFound.Room", x.do("EndRoom", map[string]any{"RoomId": 1}).Code)

	for _, p := range x.s.Problems() {
		if p.Kind != sim.ProblemLate {
			continue
		}
		assert.EqualValues(t, 0, num(x.ok("DescribeRoom", map[string]any{"RoomId": p.Room}).Fields["Status"]))
		x.ok("StartRoom", map[string]any{"RoomId": p.Room})
		assert.EqualValues(t, 1, num(x.ok("DescribeRoom", map[string]any{"RoomId": p.Room}).Fields["Status"]))
		return
	}
	t.Fatal("no class is late")
}
