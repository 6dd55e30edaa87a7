package ops

import (
	"context"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSchool())
		o := kick()
		o.Reason = "shouting\x1b[2J"
		res := r.Run(t.Context(), o)
		assert.Equal(t, Done, res.State, res.Sentence())
		assert.Equal(t, "Kicked 李雷 (u123) from 高二物理 (331450358) for 10 minutes. RequestId req-1", res.Sentence())
		assert.Zero(t, res.ExitStatus())
		assert.Equal(t, []string{"kick u123"}, r.school.calls)
		assert.Equal(t, []Op{o}, r.changed)
		lines := r.lines(t)
		require.Len(t, lines, 2)
		assert.Equal(t, Intent, lines[0].Phase)
		assert.Equal(t, Outcome, lines[1].Phase)
		assert.Equal(t, lines[0].OpID, lines[1].OpID)
		assert.Equal(t, Entry{
			Time: lines[1].Time, Seq: 2, OpID: lines[1].OpID, Operator: "张三", Profile: "demo", Action: Kick, API: "KickUserFromRoom",
			Room: physics, RoomName: "高二物理", User: "u123", UserName: "李雷", Duration: 600, Reason: "shouting\uFFFD[2J",
			Phase: Outcome, Outcome: "done", RequestID: "req-1", Prev: lines[1].Prev, Hash: lines[1].Hash,
		}, lines[1])
		assert.Empty(t, Unfinished(lines))
	})
}

// story is one action: what is so before it, the call that it makes, and what
// is found when it was applied.
type story struct {
	op     Op
	before func(*school)
	call   string
	found  string
}

func storyOfEachAction() map[string]story {
	upcoming := func(s *school) {
		s.setRoom(physics, func(r *class.RoomDetail) { r.Status = class.RoomUpcoming })
	}
	start := end()
	start.Action, start.Target.Status = Start, class.RoomUpcoming
	audio := with(SeatLock, 1)
	audio.Locks.Audio = true
	return map[string]story{
		"kick":   {op: kick(), call: "kick u123", found: "李雷 (u123) is kicked"},
		"ban":    {op: with(Ban, -1), call: "kick u123", found: "李雷 (u123) is banned"},
		"end":    {op: end(), call: "end", found: "高二物理 (331450358) is ended"},
		"start":  {op: start, before: upcoming, call: "start", found: "高二物理 (331450358) is live"},
		"seat":   {op: with(SeatPick, 1), call: "seat", found: "李雷 (u123) is on the seat"},
		"move":   {op: with(SeatMove, 1), call: "move", found: "李雷 (u123) is on the seat"},
		"off":    {op: with(SeatOff, -1), call: "off", found: "李雷 (u123) is on no seat"},
		"lock":   {op: with(SeatLock, 1), call: "lock", found: "the seat's locks are as wanted"},
		"audio":  {op: audio, call: "lock", found: "the seat's locks are as wanted"},
		"unlock": {op: with(SeatUnlock, 0), before: func(s *school) { s.seats[physics][0].Locked = true }, call: "lock", found: "the seat's locks are as wanted"},
	}
}

func TestEachActionIsSentAndReadBack(t *testing.T) {
	for name, c := range storyOfEachAction() {
		for _, apply := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newSchool()
					if c.before != nil {
						c.before(s)
					}
					s.fault = func(int, string) (bool, bool, error) { return apply, true, nil }
					r := newRig(t, s)
					c.op.Target.SeenAt = time.Now()
					began := time.Now()
					res := r.Run(t.Context(), c.op)
					assert.Equal(t, []string{c.call}, s.calls, "never sent twice")
					lines := r.lines(t)
					require.Len(t, lines, 2)
					assert.Equal(t, res.State.String(), lines[1].Outcome)
					assert.Equal(t, res.Found, lines[1].Found)
					assert.Len(t, r.changed, 1)
					if apply {
						assert.Equal(t, Confirmed, res.State, res.Sentence())
						assert.Equal(t, c.found, res.Found)
						assert.Equal(t, sendFor+readBackFirst, time.Since(began))
						assert.Nil(t, res.Err)
						assert.Zero(t, res.ExitStatus())
						assert.Contains(t, res.Sentence(), "No answer came, but reading back shows it")
						return
					}
					assert.Equal(t, NotApplied, res.State, res.Sentence())
					assert.Equal(t, sendFor+readBackFor, time.Since(began), "a late one could still come")
					assert.Equal(t, 1, res.ExitStatus())
					assert.Equal(t, class.CodeTimeout, res.Err.Code)
					assert.Contains(t, res.Sentence(), "Did not happen: ")
				})
			})
		}
	}
}

func TestLateApplyIsConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(int, string) (bool, bool, error) { return false, true, nil }
		r := newRig(t, s)
		time.AfterFunc(sendFor+8*time.Second, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.setState(physics, text("u123"), class.Kicked)
		})
		assert.Equal(t, Confirmed, r.Run(t.Context(), kick()).State)
	})
}

func TestGoneFromTheListIsConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(int, string) (bool, bool, error) {
			s.members[physics] = s.members[physics][:1]
			return false, true, nil
		}
		res := newRig(t, s).Run(t.Context(), kick())
		assert.Equal(t, Confirmed, res.State)
		assert.Equal(t, "李雷 (u123) is no longer in the list of members", res.Found)
	})
}

func TestStillUnknown(t *testing.T) {
	cut := errors.New("cut")
	for name, c := range map[string]struct {
		state   class.Presence
		reading func(int) error
		found   string
	}{
		"left by himself":  {class.Offline, nil, "李雷 (u123) is offline"},
		"nothing readable": {class.Online, func(int) error { return cut }, "the target could not be read"},
		"cut off at the 3rd": {class.Online, func(n int) error {
			if n > 3 {
				return cut
			}
			return nil
		}, "李雷 (u123) is online, but that could not be read to the end of the wait"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSchool()
				s.reading = c.reading
				s.fault = func(int, string) (bool, bool, error) {
					s.setState(physics, text("u123"), c.state)
					return false, false, &class.Error{Code: class.CodeNetwork, Maybe: true}
				}
				r := newRig(t, s)
				res := r.Run(t.Context(), kick())
				assert.Equal(t, StillUnknown, res.State, res.Sentence())
				assert.Equal(t, c.found, res.Found)
				assert.Equal(t, 3, res.ExitStatus())
				assert.Equal(t, "unknown", r.lines(t)[1].Outcome)
				assert.Contains(t, res.Sentence(), "Look at the target before you try again")
			})
		})
	}
}

func TestRefused(t *testing.T) {
	for _, code := range []string{
		"InternalError", "ResourceNotFound.Room", "FailedOperation.ClassEnded", "FailedOperation.ClassExpired", "FailedOperation.ClassStarted",
		"UnauthorizedOperation", "RequestLimitExceeded", "AuthFailure.SecretIdNotFound", "100210",
	} {
		t.Run(code, func(t *testing.T) {
			s := newSchool()
			s.fault = func(int, string) (bool, bool, error) {
				return false, false, &class.Error{Action: "KickUserFromRoom", Code: code, Meaning: "It is not to be.", Hint: "Do this.", RequestID: "req-no"}
			}
			r := newRig(t, s)
			res := r.Run(t.Context(), kick())
			assert.Equal(t, Refused, res.State)
			assert.Equal(t, 1, res.ExitStatus())
			assert.Equal(t, "Refused: Kick 李雷 (u123) from 高二物理 (331450358) for 10 minutes. It is not to be ("+code+"). Do this. RequestId req-no", res.Sentence())
			assert.Equal(t, 1, s.count())
			assert.Zero(t, s.reads, "a clear no needs no reading back")
			lines := r.lines(t)
			assert.Equal(t, "refused", lines[1].Outcome)
			assert.Equal(t, code, lines[1].Code)
			assert.Equal(t, "req-no", lines[1].RequestID)

			s.fault = nil
			assert.Equal(t, Done, r.Run(t.Context(), res.Op).State, "what was refused may be tried again")
		})
	}
}

func TestTheServicesOwnWordsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		e := &class.Error{Code: "100002", Meaning: "A parameter was refused.", Message: "Index 9: the seats are 0 to 5", Hint: "Compare."}
		s.fault = func(int, string) (bool, bool, error) { return false, false, e }
		assert.Contains(t, newRig(t, s).Run(t.Context(), kick()).Sentence(),
			"A parameter was refused (100002: Index 9: the seats are 0 to 5). Compare.")

		e.Code, e.Maybe = "100001", true
		res := newRig(t, s).Run(t.Context(), kick())
		assert.Equal(t, NotApplied, res.State)
		assert.Contains(t, res.Sentence(), "A parameter was refused (100001: Index 9: the seats are 0 to 5), and after the wait 李雷 (u123) is online")
		assert.NotContains(t, res.Sentence(), "No answer")
	})
}

func TestNothingReachedTheService(t *testing.T) {
	s := newSchool()
	s.fault = func(int, string) (bool, bool, error) {
		return false, false, &class.Error{Code: class.CodeNetwork, Meaning: "connection refused", Hint: "Check the network."}
	}
	r := newRig(t, s)
	res := r.Run(t.Context(), kick())
	assert.Equal(t, NotSent, res.State)
	assert.Contains(t, res.Sentence(), "connection refused. Check the network.")
	assert.Empty(t, r.changed)
	assert.Equal(t, "not sent", r.lines(t)[1].Outcome)
}

func TestAuditRefusesBeforeSending(t *testing.T) {
	full := func(r *rig) {
		r.audit.write = func(f *os.File, b []byte) error {
			_, _ = f.Write(b[:10])
			return errors.New("no space left on device")
		}
	}
	for name, damage := range map[string]func(t *testing.T, r *rig){
		"disk full": func(_ *testing.T, r *rig) { full(r) },
		"a directory in its place": func(t *testing.T, r *rig) {
			require.NoError(t, os.Remove(r.audit.path))
			require.NoError(t, os.Mkdir(r.audit.path, 0o700))
		},
		"directory read-only": func(t *testing.T, r *rig) {
			if os.Getuid() == 0 {
				t.Skip("root may write anywhere")
			}
			require.NoError(t, os.Chmod(r.audit.path, 0o400))
		},
		"a file in the directory's place": func(t *testing.T, r *rig) {
			file := t.TempDir() + "/file"
			require.NoError(t, os.WriteFile(file, nil, 0o600))
			r.audit.path = file + "/audit.jsonl"
		},
		"none": func(_ *testing.T, r *rig) { r.cfg.Audit = nil },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, newSchool())
			damage(t, r)
			res := r.Run(t.Context(), kick())
			assert.Equal(t, NotSent, res.State)
			assert.Equal(t, class.CodeAudit, res.Err.Code)
			assert.Contains(t, res.Sentence(), "The audit file cannot be written")
			assert.Equal(t, 1, res.ExitStatus())
			assert.Zero(t, r.school.count())
		})
	}
	t.Run("half a line is taken back", func(t *testing.T) {
		r := newRig(t, newSchool())
		full(r)
		r.Run(t.Context(), kick())
		r.audit.write = writeSynced
		assert.Equal(t, Done, r.Run(t.Context(), kick()).State, "writes come back with the disk")
		assert.Len(t, r.lines(t), 2)
	})
	t.Run("outcome lost", func(t *testing.T) {
		r := newRig(t, newSchool())
		r.school.fault = func(int, string) (bool, bool, error) { full(r); return true, false, nil }
		res := r.Run(t.Context(), kick())
		assert.Equal(t, Done, res.State)
		assert.Contains(t, res.Sentence(), "did not take the outcome: no space left")
		assert.Len(t, Unfinished(r.lines(t)), 1, "the intent without its outcome is seen")
	})
}

func TestStopBeforeSending(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := newRig(t, newSchool())
	res := r.Run(ctx, kick())
	assert.Equal(t, NotSent, res.State)
	assert.Equal(t, class.CodeCancelled, res.Err.Code)
	assert.Zero(t, r.school.count())
	assert.Empty(t, r.lines(t))
}

func TestProgramEndsWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(int, string) (bool, bool, error) { return true, true, nil }
		r := newRig(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, cancel)
		began := time.Now()
		res := r.Run(ctx, kick())
		assert.Equal(t, StillUnknown, res.State)
		assert.Equal(t, 3*time.Second, time.Since(began), "gone within two seconds")
		assert.Zero(t, s.reads, "no request after the end")
		assert.Equal(t, "unknown", r.lines(t)[1].Outcome, "the audit is complete")
	})
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.delay = 500 * time.Millisecond
		r := newRig(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		assert.Equal(t, Done, r.Run(ctx, kick()).State, "an answer that comes at once is still heard")
	})
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(int, string) (bool, bool, error) { return false, true, nil }
		r := newRig(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(sendFor+3*time.Second, cancel)
		res := r.Run(ctx, kick())
		assert.Equal(t, StillUnknown, res.State)
		assert.Equal(t, "李雷 (u123) is online before classtop was stopped", res.Found)
	})
}

func TestStrangeErrorIsUnknown(t *testing.T) {
	for err, code := range map[error]string{
		context.DeadlineExceeded: class.CodeTimeout, context.Canceled: class.CodeCancelled, errors.New("x"): class.CodeNetwork,
	} {
		state, e := classify(kick(), err)
		assert.Equal(t, StillUnknown, state)
		assert.Equal(t, code, e.Code)
		assert.True(t, e.Maybe)
	}
}
