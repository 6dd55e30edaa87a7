package cli

import (
	"context"
	"testing"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ops"
	"classtop/ui"
	"classtop/views"

	"github.com/stretchr/testify/assert"
)

// frank carries out nothing and says everything.
type frank struct{ got []ops.Op }

func (f *frank) Run(_ context.Context, op ops.Op) ops.Result {
	f.got = append(f.got, op)
	return ops.Result{Op: op, Found: op.Target.UserName.String() + " is still in " + op.Target.RoomName.String(),
		Err: &class.Error{Action: "KickUserFromRoom", On: op.Target.User.String() + " in room 7", Code: "X"}}
}

func (f *frank) RunAll(ctx context.Context, batch []ops.Op, progress func(int, ops.Result)) []ops.Result {
	out := make([]ops.Result, len(batch))
	for i := range batch {
		out[i] = f.Run(ctx, batch[i])
		progress(i, out[i])
	}
	return out
}

func (f *frank) Lacks(ops.Op) string  { return "" }
func (f *frank) May(...ops.Op) string { return "" }

func (f *frank) Play(context.Context, ops.Play, func(int, ops.Result)) []ops.Result { return nil }

func (f *frank) TakesTwo(ops.Op) bool     { return false }
func (f *frank) Busy(t ops.Target) string { return "somebody acts on " + t.UserName.String() }

func TestMaskedActionsHitTheRealPersonAndDoNotSayWho(t *testing.T) {
	hidden := func(raw, shown string) class.Text { return clean.Text(raw).As(shown) }
	op := ops.Op{Action: ops.Kick, Target: ops.Target{Room: 7, User: hidden("s_1\t", "user-1"), UserName: hidden("王建国", "Red Owl"), RoomName: hidden("Maths", "Blue Tern")}}
	f := &frank{}
	m := maskedRunner{f}
	res := m.Run(t.Context(), op)
	assert.Equal(t, clean.Text("s_1\t"), f.got[0].Target.User, "the audit file gets the real id")
	assert.Equal(t, "王建国", f.got[0].Target.UserName.String())
	assert.Equal(t, op, res.Op, "the screen knows it by what it asked for")
	assert.Equal(t, "Red Owl is still in Blue Tern", res.Found)
	assert.Equal(t, "user-1 in room 7", res.Err.On)
	assert.Equal(t, "somebody acts on Red Owl", m.Busy(op.Target))
	for _, res := range m.RunAll(t.Context(), []ops.Op{op}, func(_ int, res ops.Result) { assert.NotContains(t, res.Found, "王建国") }) {
		assert.NotContains(t, res.Found, "王建国")
	}
}

func TestMaskLeavesOutWhatReadsPastIt(t *testing.T) {
	deps := ui.Deps{Views: views.All(), Profile: ui.Profile{Name: "北京一中"}}
	(&link{}).mask(&deps)
	assert.Len(t, deps.Views, len(maskedViews), "every view that is named exists")
	assert.Equal(t, "masked", deps.Profile.Name)
	assert.Less(t, len(deps.Views), len(views.All()))
}
