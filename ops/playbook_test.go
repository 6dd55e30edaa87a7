package ops

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// calm warns, waits, mutes, waits and kicks.
func calm(change ...func([]class.Step)) class.Playbook {
	steps := []class.Step{
		{Do: "notice", Text: "quiet"}, {Do: "mute", After: 30 * time.Second, For: 10 * time.Minute}, {Do: "kick", After: time.Minute, For: 5 * time.Minute},
	}
	for _, f := range change {
		f(steps)
	}
	return class.Playbook{Name: "calm", Steps: steps}
}

func states(results []Result) string {
	var out []string
	for _, r := range results {
		out = append(out, r.State.String())
	}
	return strings.Join(out, ", ")
}

func TestPlaybookSteps(t *testing.T) {
	p := NewPlay(calm(), kick().Target)
	assert.Equal(t, 2, p.Level())
	assert.Empty(t, p.Challenge())
	assert.Empty(t, p.Why(false, nil))
	assert.Contains(t, p.Why(true, nil), "read-only")
	lines := p.Lines()
	require.Len(t, lines, 3)
	assert.Equal(t, "1. Send the notice “quiet” to everybody in 高二物理 (331450358) (level 2, SendRoomNotificationMessage)", lines[0])
	assert.Equal(t, "2. wait 30 seconds, then: Mute 李雷 (u123) in the chat of 高二物理 (331450358) for 10 minutes (level 2, ForbidSendMsg)", lines[1])
	assert.Contains(t, p.Why(false, func(o Op) string { return map[Action]string{Mute: "not in this edition"}[o.Action] }), "Step 2: not in")

	hard := NewPlay(class.Playbook{Name: "out", Steps: []class.Step{{Do: "mute"}, {Do: "kick"}, {Do: "mute", For: time.Hour}}}, kick().Target)
	assert.Equal(t, 3, hard.Level())
	assert.Equal(t, "0358", hard.Challenge())
	assert.Contains(t, hard.Why(false, nil), "Step 3: 李雷 (u123) is muted already", "each step is judged on what those before it did")
	over := NewPlay(class.Playbook{Steps: []class.Step{{Do: "end"}}}, kick().Target)
	assert.True(t, over.Target.User.IsZero(), "one for a class is not about the member under the cursor")
	goOn := NewPlay(class.Playbook{Steps: []class.Step{{Do: "unmute", GoOn: true}, {Do: "kick", For: time.Minute}}}, kick().Target)
	assert.Empty(t, goOn.Why(false, nil), "what may fail does not stand in the way")
	nothing := NewPlay(class.Playbook{Steps: []class.Step{{Do: "unmute", GoOn: true}}}, kick().Target)
	assert.NotEmpty(t, nothing.Why(false, nil))
}

func TestPlaybookRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		r := newRig(t, s)
		began := time.Now()
		told := 0
		results := r.Play(t.Context(), NewPlay(calm(), kick().Target).Explained("noise"), func(i int, res Result) {
			assert.Equal(t, told, i)
			told++
		})
		assert.Equal(t, "done, done, done", states(results))
		assert.Equal(t, 3, told)
		assert.Equal(t, 90*time.Second, time.Since(began))
		assert.Equal(t, []string{"notice quiet", "mute u123", "kick u123"}, s.calls)
		assert.Equal(t, 4, s.reads, "before each step that comes late the class and its members are read again")
		lines := r.lines(t)
		require.Len(t, lines, 6)
		assert.Equal(t, "calm, step 3 of 3", lines[5].Playbook)
		assert.Equal(t, "noise", lines[5].Reason)
		assert.Empty(t, lines[0].User, "a notice is not about the member")
	})
}

func TestPlaybookEndsWhereAStepFails(t *testing.T) {
	refused := &class.Error{Code: "FailedOperation"}
	for name, c := range map[string]struct {
		fault func(n int, user string) (bool, bool, error)
		goOn  bool
		want  string
		calls int
	}{
		"refused":             {func(n int, _ string) (bool, bool, error) { return n != 2, false, map[bool]error{true: refused}[n == 2] }, false, "done, refused, not sent", 2},
		"refused, but go on":  {func(n int, _ string) (bool, bool, error) { return n != 2, false, map[bool]error{true: refused}[n == 2] }, true, "done, refused, done", 3},
		"unknown":             {func(n int, _ string) (bool, bool, error) { return true, n == 1, nil }, false, "unknown, not sent, not sent", 1},
		"lost, but it was so": {func(n int, _ string) (bool, bool, error) { return true, n == 2, nil }, false, "done, confirmed, done", 3},
		"lost, and not so":    {func(n int, _ string) (bool, bool, error) { return n != 2, n == 2, nil }, false, "done, not applied, not sent", 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSchool()
				s.fault = func(n int, user string) (bool, bool, error) {
					apply, hang, err := c.fault(n, user)
					if err == (*class.Error)(nil) {
						err = nil
					}
					return apply, hang, err
				}
				book := calm(func(steps []class.Step) { steps[1].GoOn = c.goOn })
				results := newRig(t, s).Play(t.Context(), NewPlay(book, kick().Target), nil)
				assert.Equal(t, c.want, states(results))
				assert.Equal(t, c.calls, s.count())
			})
		})
	}
}

func TestPlaybookEndsWhereItTakesTwo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, li, han := pair(t)
		book := class.Playbook{Name: "out", Steps: []class.Step{
			{Do: "mute", For: time.Hour}, {Do: "kick", GoOn: true}, {Do: "notice", Text: "go on", After: time.Minute},
		}}
		results := li.Play(t.Context(), NewPlay(book, kick().Target).Explained("noise"), nil)
		assert.Equal(t, "done, asked, not sent", states(results), "also where the step says to go on")
		assert.Contains(t, results[1].Sentence(), "It waits for a second person")
		assert.Contains(t, results[2].Sentence(), "The playbook ended at step 2, which waits for a second person.")
		assert.Equal(t, 1, ExitStatus(results))
		assert.Equal(t, []string{"mute u123"}, r.school.calls)

		waits := han.Enter("").Proposals()
		require.Len(t, waits, 1)
		assert.Equal(t, "out, step 2 of 3", waits[0].Op.Playbook)
		res := han.Run(t.Context(), waits[0].Seconding())
		assert.Equal(t, Done, res.State, res.Sentence())
		assert.Len(t, r.school.calls, 2, "the step itself; the notice is not sent later")
		lines := r.lines(t)
		last := lines[len(lines)-1]
		assert.Equal(t, []string{"李四", "韩梅", "out, step 2 of 3"}, []string{last.Operator, last.Second, last.Playbook})
	})
}

// Between two steps the member leaves: the next step reads that and nothing
// more is sent.
func TestPlaybookNoticesChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		r := newRig(t, s)
		results := r.Play(t.Context(), NewPlay(calm(), kick().Target), func(i int, _ Result) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if i == 1 {
				s.setState(physics, text("u123"), class.Offline)
			}
		})
		assert.Equal(t, "done, done, not sent", states(results))
		assert.Contains(t, results[2].Sentence(), "is now offline")
		assert.Equal(t, 2, s.count())
	})
}

func TestPlaybookIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(n int, _ string) (bool, bool, error) { return true, n == 2, nil }
		r := newRig(t, s)
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(31*time.Second, func() { stop(ErrStop) }) // while the mute hangs
		results := r.Play(ctx, NewPlay(calm(), kick().Target), nil)
		assert.Equal(t, "done, confirmed, not sent", states(results), "what is under way comes to its end")
		assert.Contains(t, results[2].Sentence(), "stopped before this step")
		assert.Equal(t, 2, s.count())
	})
}

func TestPlaybookStopsWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		r := newRig(t, s)
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(10*time.Second, func() { stop(ErrStop) })
		began := time.Now()
		assert.Equal(t, "done, not sent, not sent", states(r.Play(ctx, NewPlay(calm(), kick().Target), nil)))
		assert.Equal(t, 10*time.Second, time.Since(began))
	})
}

// The same action twice is two steps, not a second Enter on an old screen.
func TestPlaybookRepeatsAnAction(t *testing.T) {
	s := newSchool()
	book := class.Playbook{Name: "twice", Steps: []class.Step{{Do: "notice", Text: "one"}, {Do: "notice", Text: "two"}}}
	assert.Equal(t, "done, done", states(newRig(t, s).Play(t.Context(), NewPlay(book, end().Target), nil)))
}

// Every word of a step is an action that can be carried out.
func TestEveryStepIsAnAction(t *testing.T) {
	for _, word := range class.StepWords() {
		if word == class.StepWait {
			continue
		}
		for _, value := range []string{"", "10m", "for good", "text"} {
			s, err := class.NewStep(word, value)
			if err == nil {
				_, ok := rowOf(stepOp(s).Action)
				assert.True(t, ok, word)
			}
		}
	}
}

// A playbook needs the role that its gravest step needs, however many steps
// there are.
func TestPlaybookNeedsTheRoleOfItsLevel(t *testing.T) {
	s := newSchool()
	r := newRig(t, s).As("李", Operator)
	grave := class.Playbook{Name: "over", Steps: []class.Step{{Do: "notice", Text: "That is all."}, {Do: "end"}}}
	assert.Equal(t, "not sent, not sent", states(r.Play(t.Context(), NewPlay(grave, end().Target), nil)))
	assert.Zero(t, s.count())
	long := class.Playbook{Name: "five"}
	for range 5 {
		long.Steps = append(long.Steps, class.Step{Do: "notice", Text: "quiet"})
	}
	assert.Equal(t, "done, done, done, done, done", states(r.Play(t.Context(), NewPlay(long, end().Target), nil)))
}
