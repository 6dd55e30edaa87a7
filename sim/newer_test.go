package sim_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"classtop/sim"
)

func TestMuteKickAndLettingIn(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 12, Members: 20})
	f := x.fixture()
	at := map[string]any{"SdkAppId": x.hello.SdkAppID, "RoomId": f.live}
	with := func(more map[string]any) map[string]any {
		p := map[string]any{"SdkAppId": x.hello.SdkAppID, "RoomId": f.live}
		for name, v := range more {
			p[name] = v
		}
		return p
	}
	muted := func() []any {
		var out []any
		for _, m := range x.ok("DescribeRoomForbiddenUser", at).Fields["MutedAccountList"].([]any) {
			if m.(map[string]any)["MemberAccount"] == f.pupil {
				out = append(out, m)
			}
		}
		return out
	}
	x.ok("ForbidSendMsg", with(map[string]any{"MembersAccount": []any{f.pupil}, "MuteTime": 4294967295}))
	assert.Len(t, muted(), 1)
	x.ok("KickUserFromRoom", with(map[string]any{"UserId": f.pupil, "KickType": 2, "Duration": 0}))
	x.ok("UnblockKickedUser", with(map[string]any{"UserId": f.pupil}))
	assert.Len(t, muted(), 1, "a mute survives leaving")
	x.ok("ForbidSendMsg", with(map[string]any{"MembersAccount": []any{f.pupil}, "MuteTime": 0}))
	assert.Empty(t, muted())
	x.ok("SendRoomNotificationMessage", with(map[string]any{"MsgContent": "hello"}))
	first := x.ok("GetRoomMessage", with(map[string]any{"Limit": 1})).Fields["Messages"].([]any)[0].(map[string]any)
	assert.Equal(t, "administrator", first["FromAccount"])
}

func TestOldEditionHasTheManualsActionsOnly(t *testing.T) {
	x := open(t, sim.Options{Seed: 3, Rooms: 12, Members: 20, Edition: sim.Manual})
	f := x.fixture()
	for _, action := range []string{"DescribeRoomForbiddenUser", "ForbidSendMsg", "SendRoomNotificationMessage", "UnblockKickedUser"} {
		assert.Equal(t, "InvalidAction", x.do(action, map[string]any{"RoomId": f.live}).Code, action)
	}
	x.ok("DescribeRoom", map[string]any{"RoomId": f.live})
}
