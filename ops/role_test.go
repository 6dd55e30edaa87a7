package ops

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestRoles(t *testing.T) {
	var five []Op
	for _, id := range []string{"u1", "u2", "u3", "u4", "u5"} {
		o := kick()
		o.Target.User = text(id)
		five = append(five, o)
	}
	cases := []struct {
		role  Role
		batch []Op
		says  string
	}{
		{"", []Op{end()}, ""},
		{Lead, []Op{end()}, ""},
		{Lead, five, ""},
		{Operator, []Op{kick()}, ""},
		{Operator, []Op{end()}, "this takes a lead"},
		{Operator, five, "this takes a lead"},
		{Viewer, []Op{kick()}, "as a viewer"},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s %s %d", c.role, c.batch[0].Action, len(c.batch)), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, newSchool())
				one := r.As("李四", c.role)
				results := one.RunAll(t.Context(), c.batch, nil)
				if c.says == "" {
					assert.Empty(t, one.May(c.batch...))
					assert.NotZero(t, r.school.count())
					return
				}
				assert.Contains(t, one.May(c.batch...), c.says)
				for _, res := range results {
					assert.Equal(t, class.CodeForbidden, res.Err.Code)
					assert.Contains(t, res.Sentence(), c.says)
				}
				assert.Zero(t, r.school.count(), "nothing was sent")
				assert.Empty(t, r.lines(t))
			})
		})
	}
}

func TestRightsAreOnlyTakenAway(t *testing.T) {
	r := newRig(t, newSchool()).As("a", Operator)
	assert.NotEmpty(t, r.As("b", Lead).May(end()))
	assert.NotEmpty(t, r.As("b", "").May(end()))
	assert.NotEmpty(t, r.As("b", Viewer).May(kick()))
	assert.Empty(t, r.As("b", Lead).May(kick()))
}

func TestParseRole(t *testing.T) {
	for _, role := range Roles() {
		got, err := ParseRole(string(role))
		require.NoError(t, err)
		assert.Equal(t, role, got)
	}
	_, err := ParseRole("root")
	assert.EqualError(t, err, `there is no role "root"; roles: viewer, operator, lead`)
	_, err = ParseRole("")
	assert.Error(t, err, "no role is not every role")
}
