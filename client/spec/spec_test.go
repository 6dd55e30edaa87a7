package spec_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"classtop/client/spec"
)

func TestEveryActionIsThere(t *testing.T) {
	want := map[string]int{spec.LCIC: 53, spec.CAR: 2, spec.IoT: 1, spec.RoomEngine: 30}
	for _, s := range spec.Systems() {
		assert.Len(t, s.Actions, want[s.Name], s.Name)
		for _, a := range s.Actions {
			assert.NotZero(t, a.Rate, a.Name)
			assert.NotEmpty(t, a.Desc, a.Name)
			assert.Same(t, s.Action(a.Name), spec.Find(a.Name), "names collide: %s", a.Name)
		}
	}
}
