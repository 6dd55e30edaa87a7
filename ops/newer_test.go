package ops

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func mute() Op {
	o := kick()
	o.Action = Mute
	return o
}

func notice(text string) Op {
	o := end()
	o.Action, o.Text = Notice, text
	return o
}

func TestMuteLostAndReadBack(t *testing.T) {
	for name, c := range map[string]struct {
		apply bool
		want  State
	}{"carried out": {true, Confirmed}, "not carried out": {false, NotApplied}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSchool()
				s.fault = func(int, string) (bool, bool, error) { return c.apply, true, nil }
				r := newRig(t, s)
				res := r.Run(t.Context(), mute())
				assert.Equal(t, c.want, res.State, res.Sentence())
				assert.Equal(t, 1, s.count())
				assert.Equal(t, int64(600), r.lines(t)[0].Duration)
			})
		})
	}
}

func TestNoticeLostStaysUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		s.fault = func(int, string) (bool, bool, error) { return true, true, nil }
		res := newRig(t, s).Run(t.Context(), notice("quiet"))
		assert.Equal(t, StillUnknown, res.State)
		assert.Equal(t, 3, res.ExitStatus())
	})
}

func TestNewerActionsAreChecked(t *testing.T) {
	muted, kicked := mute(), kick()
	muted.Target.Muted = true
	kicked.Target.State = class.Kicked
	again := func(o Op, a Action) Op { o.Action = a; return o }
	long := mute()
	long.Duration = ForGood + time.Second
	for _, c := range []struct {
		op  Op
		why string
	}{
		{mute(), ""}, {muted, "muted already"}, {long, "longer than"}, {again(muted, Unmute), ""}, {again(mute(), Unmute), "not muted"},
		{again(kicked, Unkick), ""}, {again(kick(), Unkick), "not kicked out"},
		{notice("quiet"), ""}, {notice("  "), "Type what"}, {notice("a\nb"), "one line"}, {notice("\x1b]0;"), "visible"},
	} {
		if got := Ready(c.op, false); c.why == "" {
			assert.Empty(t, got, c.op.Sentence())
		} else {
			assert.Contains(t, got, c.why, c.op.Sentence())
		}
	}
}

func TestUnkickEndsABan(t *testing.T) {
	at := time.Now()
	line := func(op string, a Action, phase Phase, state State) Entry {
		return Entry{OpID: op, Action: a, Room: physics, User: "u123", Phase: phase, Outcome: state.String(), Time: at, Duration: 600}
	}
	kicked := []Entry{line("1", Kick, Intent, Done), line("1", Kick, Outcome, Done)}
	assert.Len(t, Out(Records(kicked), at), 1)
	refused := append(kicked, line("2", Unkick, Intent, Refused), line("2", Unkick, Outcome, Refused))
	assert.Len(t, Out(Records(refused), at), 1, "a refused one lets nobody in")
	done := append(refused, line("3", Unkick, Intent, Done), line("3", Unkick, Outcome, Done))
	assert.Empty(t, Out(Records(done), at))
	assert.Len(t, Out(Records(append(done, line("4", Kick, Intent, Done), line("4", Kick, Outcome, Done))), at), 1, "kicked once more")
}

func TestEditionIsAskedOnceAndRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSchool()
		codes := []string{class.CodeNetwork, "RequestLimitExceeded", "InvalidAction"}
		s.reading = func(n int) error { return &class.Error{Code: codes[min(n, len(codes))-1]} }
		r := newRig(t, s)
		assert.Empty(t, r.Lacks(mute()), "nobody knows yet")
		r.Probe(t.Context())
		assert.Equal(t, 3, s.reads, "what says nothing is asked again, until there is an answer")
		other := r.As("somebody else", Lead)
		assert.Contains(t, other.Lacks(mute()), "ForbidSendMsg (InvalidAction)")
		assert.Empty(t, other.Lacks(kick()), "the manual's actions are in every edition")
		res := other.Run(t.Context(), mute())
		assert.Equal(t, NotSent, res.State)
		assert.Zero(t, s.count())
		assert.Empty(t, r.lines(t))
	})
}

// The action that came last can be missing where the others are there: its
// first refusal is remembered.
func TestMissingActionIsLearned(t *testing.T) {
	s := newSchool()
	s.reading = func(int) error { return &class.Error{Code: "ResourceNotFound.Room"} }
	s.fault = func(int, string) (bool, bool, error) { return false, false, &class.Error{Code: "InvalidAction"} }
	r := newRig(t, s)
	r.Probe(context.Background())
	assert.Equal(t, 1, s.reads)
	let := kick()
	let.Action, let.Target.State = Unkick, class.KickedForGood
	require.Equal(t, Refused, r.Run(t.Context(), let).State)
	assert.Contains(t, r.Lacks(let), "UnblockKickedUser")
	assert.Empty(t, r.Lacks(mute()))
}
