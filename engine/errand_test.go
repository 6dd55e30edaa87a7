package engine

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
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
	params map[string]any
	called string
	sent   atomic.Int64
	user   atomic.Pointer[class.Text]
	takes  time.Duration
}

func (s *sender) Kick(_ context.Context, _ class.RoomID, user class.Text, _ bool, _ time.Duration) (string, error) {
	s.sent.Add(1)
	s.user.Store(&user)
	time.Sleep(s.takes)
	return "rid", nil
}

func (s *sender) Send(_ context.Context, action string, params map[string]any, sign string) (class.Reply, error) {
	s.params, s.called = params, action+" "+sign
	return class.Reply{RequestID: "rid", Shown: []byte(`{"Token":"****"}`), Whole: class.NewSecret(`{"Token":"canary"}`)}, nil
}

// reader is how a host reads back.
type reader struct {
	ops.Reader
	*host
}

func (r reader) Members(context.Context, class.RoomID) ([]class.Member, error) {
	r.read.Add(1)
	return []class.Member{{ID: class.NewText("␛u", "\x1bu"), State: r.state}}, nil
}

// acting gives every host of the rig a runner that works like those of classtop
// serve, all on one service.
func (r *rig) acting(s *sender) (audits []string) {
	for _, h := range r.hosts {
		h.state = class.Kicked
		path := filepath.Join(r.t.TempDir(), "audit.jsonl")
		audits = append(audits, path)
		audit, err := ops.OpenAudit(path, time.Now)
		require.NoError(r.t, err)
		runner := ops.New(ops.Config{
			Sender: s, Reader: reader{host: h}, Audit: audit, Operator: "li", Role: ops.Lead, Host: h.cfg.Host, Via: h.Via, After: h.After, Second: r.second, Shared: true,
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
		begun := time.Now()
		res := f.runner.Run(t.Context(), kick())
		assert.Equal(t, ops.Confirmed, res.State, res.Sentence())
		assert.Nil(t, res.Err)
		assert.Less(t, time.Since(begun), 20*time.Second)
		read := int64(0)
		for _, h := range r.hosts {
			read += h.read.Load()
		}
		assert.NotZero(t, read, "the next leader read, out of the budget of all")
		time.Sleep(time.Minute)
		assert.EqualValues(t, 1, s.sent.Load())
	})
}

// An answer that got lost is asked for again: the host that acted knows it.
func TestALostAnswerIsAskedFor(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		s := &sender{takes: time.Second}
		r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		f.runner = ops.New(ops.Config{Sender: s, Operator: "li", Via: f.Via, After: f.After})
		r.field.mu.Lock()
		r.field.mute = 1
		r.field.mu.Unlock()
		res := f.runner.Run(t.Context(), kick())
		assert.Equal(t, ops.Done, res.State, res.Sentence())
		assert.Equal(t, "rid", res.RequestID)
		assert.Zero(t, leader.read.Load(), "nothing had to be read back")
		assert.EqualValues(t, 1, s.sent.Load())
	})
}

// What the school was told by a host that is gone may still be on its way: that
// nothing changed is said late.
func TestNothingChangedIsSaidLate(t *testing.T) {
	together(t, 3, 2, func(t *testing.T, r *rig) {
		s := &sender{takes: 2 * time.Second}
		r.acting(s)
		for _, h := range r.hosts {
			h.state = class.Online
		}
		time.Sleep(5 * time.Second)
		f := r.other(r.leader())
		time.AfterFunc(time.Second, r.leader().kill)
		begun := time.Now()
		res := f.runner.Run(t.Context(), kick())
		assert.Equal(t, ops.NotApplied, res.State, res.Sentence())
		assert.Greater(t, time.Since(begun), 30*time.Second)
		assert.Error(t, res.Err)
	})
}

// A call by name goes the same way, with its parameters, and its answer comes
// back with what is secret in it.
func TestTheLeaderSendsCallsByName(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		s := &sender{}
		audits := r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		f := r.other(leader)
		f.runner = ops.New(ops.Config{Operator: "li", Host: f.cfg.Host, Role: ops.Lead, Via: f.Via, After: f.After})
		params := map[string]any{
			"RoomId": json.Number("18446744073709551615"), "UserId": class.NewText("␛u", "\x1bu"), "Password": "canary", "On": true,
			"List": []any{json.Number("1"), map[string]any{"Name": class.NewText("n", "n")}}, "None": nil,
		}
		op := ops.NewCall(ops.Call{API: "CreateThing", Level: 2, Params: params, Shown: `{"Password":"****"}`, Sign: "v1-sha1", App: 7}, ops.Target{SeenAt: time.Now()})
		res := f.runner.Run(t.Context(), op)
		require.Equal(t, ops.Done, res.State, res.Sentence())
		assert.Equal(t, params, s.params)
		assert.Equal(t, "CreateThing v1-sha1", s.called)
		assert.JSONEq(t, `{"Token":"****"}`, string(res.Reply.Shown))
		assert.JSONEq(t, `{"Token":"canary"}`, res.Reply.Whole.Reveal())
		for i, h := range r.hosts {
			text, err := os.ReadFile(audits[i])
			require.NoError(t, err)
			assert.NotContains(t, string(text), "canary")
			assert.Equal(t, h == leader, len(text) > 0)
		}
	})
}

// full gives every field a value.
func full(t *testing.T, v reflect.Value) {
	switch v.Interface().(type) {
	case class.Text:
		v.Set(reflect.ValueOf(class.NewText("␛u", "\x1bu")))
		return
	case class.Secret:
		v.Set(reflect.ValueOf(class.NewSecret(`{"Token":"canary"}`)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 9, 14, 10, 20, 0, 0, time.UTC)))
		return
	case json.RawMessage:
		v.SetBytes([]byte(`{"A":1}`))
		return
	case map[string]any:
		v.Set(reflect.ValueOf(map[string]any{"A": json.Number("1")}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			full(t, v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		full(t, v.Elem())
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint64:
		v.SetUint(1)
	case reflect.Interface: // the cause of an error stays where it is
	default:
		t.Fatalf("say how to fill %s", v.Type())
	}
}

// Whatever an operation and its end hold gets to the other host.
func TestEveryFieldOfAnErrandTravels(t *testing.T) {
	var o ops.Op
	full(t, reflect.ValueOf(&o).Elem())
	data, err := json.Marshal(packOp(o))
	require.NoError(t, err)
	var p op
	require.NoError(t, json.Unmarshal(data, &p))
	assert.Equal(t, o, p.unpack(o.Target.SeenAt))

	var r ops.Result
	full(t, reflect.ValueOf(&r).Elem())
	r.Op, r.Started, r.Ended = ops.Op{}, time.Time{}, time.Time{} // which the one who asks knows
	var out outcome
	require.NoError(t, json.Unmarshal(packResult(r).bytes(), &out))
	back := out.unpack()
	assert.Equal(t, r.Reply.Whole.Reveal(), back.Reply.Whole.Reveal())
	r.Reply.Whole, back.Reply.Whole = class.Secret{}, class.Secret{}
	assert.Equal(t, r, back)
}

// What another host says acts on no terminal.
func TestWhatOtherHostsSayIsSafeToShow(t *testing.T) {
	const evil = "a\x1b]0;b\u202ec"
	e := &class.Error{Action: evil, Meaning: evil, Hint: evil, RequestID: evil}
	r := outcome{RequestID: evil, Found: evil, Warning: evil, Err: e}.unpack()
	h := (&health{Part: evil, Err: e}).at(time.Now())
	for _, text := range []string{r.RequestID, r.Found, r.Warning, r.Err.Error(), h.Part, h.Err.Error()} {
		assert.NotContains(t, text, "\x1b")
		assert.NotContains(t, text, "\u202e")
	}
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
	first := func(id string, at time.Time) bool { _, ok := e.begin(id, at); return ok }
	assert.True(t, first("a", now))
	assert.False(t, first("a", now.Add(time.Minute)))
	assert.False(t, first("", now))
	assert.True(t, first("b", now.Add(known)))
	assert.Len(t, e.seen, 1)
}

// A host that is told to stop finishes what it does for others and writes it
// down.
func TestAStoppingLeaderFinishesErrands(t *testing.T) {
	together(t, 2, 2, func(t *testing.T, r *rig) {
		s := &sender{takes: 500 * time.Millisecond}
		audits := r.acting(s)
		time.Sleep(5 * time.Second)
		leader := r.leader()
		lines := make(chan int, 1)
		time.AfterFunc(200*time.Millisecond, func() {
			leader.stop()
			<-leader.end
			all, _ := ops.ReadAudit(audits[slices.Index(r.hosts, leader)])
			lines <- len(all)
		})
		res := r.other(leader).runner.Run(t.Context(), kick())
		assert.Equal(t, ops.Done, res.State, res.Sentence())
		assert.EqualValues(t, 1, s.sent.Load())
		assert.Equal(t, 2, <-lines)
	})
}
