package engine

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"classtop/class"
	"classtop/ops"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sender counts what reaches the service.
type sender struct {
	ops.Sender
	sent  atomic.Int64
	user  atomic.Pointer[class.Text]
	takes time.Duration
}

func (s *sender) Kick(_ context.Context, _ class.RoomID, user class.Text, _ bool, _ time.Duration) (string, error) {
	s.sent.Add(1)
	s.user.Store(&user)
	time.Sleep(s.takes)
	return "rid", nil
}

type reader struct{ ops.Reader }

func (reader) Members(context.Context, class.RoomID) ([]class.Member, error) {
	return []class.Member{{ID: class.NewText("␛u", "\x1bu"), State: class.Kicked}}, nil
}

// acting gives every host of the rig a runner that works like those of classtop
// serve, all on one service.
func (r *rig) acting(s *sender) (audits []string) {
	for _, h := range r.hosts {
		path := filepath.Join(r.t.TempDir(), "audit.jsonl")
		audits = append(audits, path)
		audit, err := ops.OpenAudit(path, time.Now)
		require.NoError(r.t, err)
		runner := ops.New(ops.Config{
			Sender: s, Reader: reader{}, Audit: audit, Operator: "li", Role: ops.Lead, Host: h.cfg.Host, Via: h.Via, Second: r.second, Shared: true,
		})
		h.acts.Store(runner)
		h.runner = runner
	}
	return audits
}

func kick() ops.Op {
	return ops.Op{Action: ops.Kick, Duration: time.Minute, Target: ops.Target{
		Room: 2, Status: class.RoomLive, User: class.NewText("␛u", "\x1bu"), State: class.Online, Seat: -1, SeenAt: time.Now(),
	}}
}

// The host that polls carries out what others ask for and writes it down with
// who asked from where.
func TestTheLeaderActsForOthers(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		s := &sender{}
		audits := r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		res := f.runner.Run(t.Context(), kick())
		require.Equal(t, ops.Done, res.State, res.Sentence())
		assert.Equal(t, "rid", res.RequestID)
		assert.EqualValues(t, 1, s.sent.Load())
		assert.Equal(t, "\x1bu", s.user.Load().Raw(), "the service is told what it said")
		for i, h := range r.hosts {
			lines, err := ops.CheckedAudit(audits[i])
			require.NoError(t, err)
			if h != leader {
				assert.Empty(t, lines)
				continue
			}
			require.Len(t, lines, 2)
			assert.Equal(t, "li", lines[0].Operator)
			assert.Equal(t, f.cfg.Host, lines[0].Host)
		}
	})
}

// When the leader is gone before it answers, the target is read back and
// nothing is sent again.
func TestALostAnswerIsReadBack(t *testing.T) {
	together(t, 3, 2, func(t *testing.T, r *rig) {
		s := &sender{takes: 2 * time.Second}
		r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		time.AfterFunc(time.Second, leader.kill)
		res := f.runner.Run(t.Context(), kick())
		assert.Equal(t, ops.Confirmed, res.State, res.Sentence())
		time.Sleep(time.Minute)
		assert.EqualValues(t, 1, s.sent.Load())
	})
}

// While nobody leads an action waits for the next one, and is sent once.
func TestAnActionWaitsForTheNextLeader(t *testing.T) {
	together(t, 3, 2, func(t *testing.T, r *rig) {
		s := &sender{}
		r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		leader.kill()
		res := f.runner.Run(t.Context(), kick())
		assert.Equal(t, ops.Done, res.State, res.Sentence())
		assert.EqualValues(t, 1, s.sent.Load())
	})
}

// A copy of an errand does nothing.
func TestACopyOfAnErrandDoesNothing(t *testing.T) {
	var e errands
	now := time.Now()
	assert.True(t, e.first("a", now))
	assert.False(t, e.first("a", now.Add(time.Minute)))
	assert.False(t, e.first("", now))
	assert.True(t, e.first("b", now.Add(known)))
	assert.Len(t, e.seen, 1)
}
