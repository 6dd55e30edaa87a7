package spec_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"classtop/client/spec"
)

func TestEveryActionIsThere(t *testing.T) {
	want := map[string]int{spec.LCIC: 53, spec.CAR: 2, spec.IoT: 1, spec.RoomEngine: 30}
	newer := []string{"DescribeRoomForbiddenUser", "ForbidSendMsg", "SendRoomNotificationMessage", "UnblockKickedUser"}
	for _, s := range spec.Systems() {
		manual := 0
		for _, a := range s.Actions {
			assert.Equal(t, slices.Contains(newer, a.Name), a.Newer(), a.Name)
			if !a.Newer() {
				manual++
			}
			assert.NotZero(t, a.Rate, a.Name)
			assert.NotEmpty(t, a.Desc, a.Name)
			assert.Same(t, s.Action(a.Name), spec.Find(a.Name), "names collide: %s", a.Name)
		}
		assert.Equal(t, want[s.Name], manual, s.Name)
	}
}
