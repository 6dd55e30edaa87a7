package sim_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"classtop/sim"
)

// watch keeps what a supervisor would need to judge one class.
type watch struct {
	online map[int64]int64 // by moment
	kicked map[string]bool
	open   map[string]int64 // since when a question has no answers
}

// finding is a kind and a room.
type finding struct {
	kind string
	room uint64
}

// inspect reads one live class and adds what is wrong with it to found.
func (x *school) inspect(room map[string]any, w *watch, users map[string][]uint64, found map[finding]bool) {
	id := uint64(num(room["RoomId"]))
	now := x.clock.Unix()
	hit := func(kind string, when bool) {
		if when {
			found[finding{kind, id}] = true
		}
	}
	r := x.do("DescribeCurrentMemberList", map[string]any{"RoomId": room["RoomId"], "Page": 1, "Limit": 1000})
	if r.Code != "" {
		return // it ended in between
	}
	var online, mics, cameras, teachers int64
	for _, m := range r.list("MemberRecords") {
		user, state := m["UserId"].(string), num(m["CurrentState"])
		if state == 3 {
			w.kicked[user] = true
		}
		if state != 1 && state != 5 {
			continue
		}
		hit(sim.ProblemKickedBack, w.kicked[user])
		online++
		mics += num(m["Mic"])
		cameras += num(m["Camera"])
		if num(m["Role"]) == 1 {
			teachers++
		}
		users[user] = append(users[user], id)
	}
	w.online[now] = online
	for at, before := range w.online {
		hit(sim.ProblemDrop, before > 0 && now-at <= 120 && online*100 <= before*70)
	}
	hit(sim.ProblemEmpty, online == 0)
	hit(sim.ProblemNoTeacher, online > 0 && teachers == 0)
	hit(sim.ProblemCameras, online > 0 && cameras == 0)
	hit(sim.ProblemMics, mics > num(room["MaxMicNumber"]))
	hit(sim.ProblemOverrun, now > num(room["EndTime"]))
	for _, d := range x.ok("DescribeDocumentsByRoom", map[string]any{"RoomId": room["RoomId"]}).list("Documents") {
		hit(sim.ProblemDocument, num(d["TranscodeState"]) == 2)
	}
	questions := x.ok("DescribeQuestionList", map[string]any{"RoomId": room["RoomId"]}).list("QuestionInfo")
	if len(questions) == 0 || questions[len(questions)-1]["AnswerStats"] != nil {
		return
	}
	last := questions[len(questions)-1]["QuestionId"].(string)
	if w.open[last] == 0 {
		w.open[last] = now
	}
	hit(sim.ProblemQuestion, now-w.open[last] > 40)
}

func TestEachProblemShowsAndNothingElse(t *testing.T) {
	x := open(t, sim.Options{Seed: 7, Rooms: 60})
	want := map[finding]bool{}
	for _, p := range x.s.Problems() {
		if p.Kind != sim.ProblemExodus && p.From < x.clock.Unix()+600 {
			want[finding{p.Kind, p.Room}] = true
		}
	}
	found, watches := map[finding]bool{}, map[uint64]*watch{}
	for end := x.clock.Add(12 * time.Minute); x.clock.Before(end); x.pass(10 * time.Second) {
		users := map[string][]uint64{}
		for _, room := range x.rooms(0) {
			if x.clock.Unix() > num(room["StartTime"])+60 {
				found[finding{sim.ProblemLate, uint64(num(room["RoomId"]))}] = true
			}
		}
		for _, room := range x.rooms(1) {
			id := uint64(num(room["RoomId"]))
			if watches[id] == nil {
				watches[id] = &watch{online: map[int64]int64{}, kicked: map[string]bool{}, open: map[string]int64{}}
			}
			x.inspect(room, watches[id], users, found)
		}
		for _, rooms := range users {
			for _, room := range rooms {
				if len(rooms) > 1 {
					found[finding{sim.ProblemTwoRooms, room}] = true
				}
			}
		}
	}
	for _, f := range slices.SortedFunc(maps.Keys(found), func(a, b finding) int { return int(int64(a.room) - int64(b.room)) }) {
		assert.True(t, want[f], "%v is not on the list", f)
	}
	for f := range want {
		assert.True(t, found[f], "%v does not show", f)
	}
	assert.Len(t, kindsOf(x.s.Problems()), 12, "one of each kind")
}

func kindsOf(list []sim.Problem) map[string]bool {
	out := map[string]bool{}
	for _, p := range list {
		out[p.Kind] = true
	}
	return out
}

func TestManyLeaveFromOnePlaceAtOnce(t *testing.T) {
	x := open(t, sim.Options{Seed: 7, Rooms: 60})
	var from int64
	rooms := map[uint64]bool{}
	for _, p := range x.s.Problems() {
		if p.Kind == sim.ProblemExodus {
			from, rooms[p.Room] = p.From, true
		}
	}
	assert.Len(t, rooms, 4)
	gone := func() (places map[any]int) {
		places = map[any]int{}
		for room := range rooms {
			for _, m := range x.members(room) {
				if num(m["CurrentState"]) == 2 && num(m["LastQuitTimestamp"]) >= from {
					places[m["Location"]]++
				}
			}
		}
		return places
	}
	x.pass(time.Unix(from, 0).Add(-2 * time.Second).Sub(x.clock))
	before := gone()
	x.pass(15 * time.Second)
	after := gone()
	assert.Empty(t, before)
	assert.GreaterOrEqual(t, slices.Max(slices.Collect(maps.Values(after))), 8, fmt.Sprint(after))
}
