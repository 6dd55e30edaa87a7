package engine

import (
	"encoding/json"
	"strings"
	"time"

	"classtop/class"
	"classtop/ops"
	"classtop/tape"
)

// Times of an errand.
const (
	answerFor = 12 * time.Second // then the host is asked how it ended
	endFor    = 35 * time.Second // a runner takes at most 30
	leaderFor = 6 * time.Second  // how long to wait for a host that polls
	known     = 10 * time.Minute // how long a finished errand is remembered
)

// errand is an ops.Errand on its way.
type errand struct {
	ID, Host, Operator string
	Role               ops.Role
	Level              int
	Reread             bool
	Age                time.Duration // of what the operator saw
	Op                 op
}

// op is an ops.Op whose texts travel beside it, with what the wire said.
type op struct {
	Action                    ops.Action
	Duration                  time.Duration
	Text, Playbook, Reason    string
	Locks, TargetLocks        class.SeatLocks
	Transcode                 int64
	Public                    bool
	Second                    uint64
	Room                      class.RoomID
	Status                    int
	Online                    int
	Role, State               int
	Muted, SeatSeen, IsSeated bool
	Seat                      int64
	Texts                     []string
	Call                      *call `json:",omitempty"`
}

func texts(o *ops.Op) []*class.Text {
	t, d := &o.Target, &o.Draft
	return []*class.Text{&t.RoomName, &t.Teacher, &t.User, &t.UserName, &t.Document, &t.DocName, &d.URL, &d.Name, &d.Owner}
}

func packOp(o ops.Op) op {
	t := &o.Target
	out := op{
		Action: o.Action, Duration: o.Duration, Text: o.Text, Playbook: o.Playbook, Reason: o.Reason, Locks: o.Locks, TargetLocks: t.Locks,
		Transcode: o.Draft.Transcode, Public: o.Draft.Public, Second: o.Second, Room: t.Room, Status: int(t.Status), Online: t.Online,
		Role: int(t.Role), State: int(t.State), Muted: t.Muted, SeatSeen: t.SeatSeen, IsSeated: t.Seated, Seat: t.Seat,
	}
	for _, text := range texts(&o) {
		out.Texts = append(out.Texts, tape.Exact(*text))
	}
	out.Call = packCall(o.Call)
	return out
}

func (p op) unpack(seen time.Time) ops.Op {
	o := ops.Op{
		Action: p.Action, Duration: p.Duration, Text: p.Text, Playbook: p.Playbook, Reason: p.Reason, Locks: p.Locks, Second: p.Second,
		Draft: ops.Draft{Transcode: p.Transcode, Public: p.Public},
		Target: ops.Target{
			Room: p.Room, Status: class.RoomStatus(p.Status), Online: p.Online, Role: class.Role(p.Role), State: class.Presence(p.State),
			Muted: p.Muted, SeatSeen: p.SeatSeen, Seated: p.IsSeated, Seat: p.Seat, Locks: p.TargetLocks, SeenAt: seen,
		},
	}
	for i, text := range texts(&o) {
		if i < len(p.Texts) {
			*text = tape.OfExact(p.Texts[i])
		}
	}
	o.Call = p.Call.unpack()
	return o
}

// outcome is what answers an errand.
type outcome struct {
	Idle                      bool // this host does not lead: nothing was done
	Looked                    bool `json:",omitempty"` // it did not carry it out, and says what the target shows
	State                     int  // an ops.State
	RequestID, Found, Warning string
	Err                       *class.Error
	Reply                     *reply `json:",omitempty"`
}

func packResult(r ops.Result) outcome {
	return outcome{State: int(r.State), RequestID: r.RequestID, Found: r.Found, Warning: r.Warning, Err: r.Err, Reply: packReply(r.Reply)}
}

func (o outcome) unpack() ops.Result {
	return ops.Result{
		State: ops.State(o.State), RequestID: said(o.RequestID), Found: said(o.Found), Warning: said(o.Warning), Err: saidError(o.Err), Reply: o.Reply.unpack(),
	}
}

const tooLong = "The answer is too long to come here from the host that carried it out."

// bytes are the outcome as a message; an answer that is too long for one stays
// behind.
func (o outcome) bytes() []byte {
	text, _ := json.Marshal(o)
	if len(text) > chunkBytes {
		o.Reply, o.Warning = nil, strings.TrimSpace(o.Warning+" "+tooLong)
		text, _ = json.Marshal(o)
	}
	return text
}
