package spec_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
)

func TestCoerce(t *testing.T) {
	for _, c := range []struct {
		action, name, text string
		want               any
		err                string
	}{
		{"EndRoom", "RoomId", "18446744073709551615", uint64(18446744073709551615), ""},
		{"EndRoom", "RoomId", "18446744073709551616", nil, "EndRoom: RoomId must be a whole number, 0 or more"},
		{"EndRoom", "RoomId", "-1", nil, "EndRoom: RoomId must be a whole number, 0 or more"},
		{"EndRoom", "RoomID", "1", nil, "EndRoom: RoomID is not a parameter of this action; did you mean RoomId?"},
		{"CreateRoom", "EndDelayTime", "-1", int64(-1), ""},
		{"CreateRoom", "EndDelayTime", "x", nil, "EndDelayTime must be a whole number"},
		{"CreateRoom", "Name", " 数学, 一班 ", " 数学, 一班 ", ""},
		{"CreateRoom", "Assistants", "u1, u2", []any{"u1", "u2"}, ""},
		{"CreateRoom", "Assistants", "", []any{}, ""},
		{"CreateRoom", "Assistants", `["a,b"]`, []any{"a,b"}, ""},
		{"CreateRoom", "Assistants", `["a"`, nil, "Assistants must be a JSON list of texts"},
		{"GetRooms", "Status", "1,18446744073709551615", []any{uint64(1), uint64(18446744073709551615)}, ""},
		{"GetRooms", "Status", "1,b", nil, "Status must be a list of whole numbers, 0 or more, with commas between them"},
		{"BatchDeleteRecord", "RoomIds", "[18446744073709551615]", []any{json.Number("18446744073709551615")}, ""},
		{"SetWatermark", "BoardX", "12.5", 12.5, ""},
		{"SetWatermark", "BoardX", "NaN", nil, "BoardX must be a number"},
		{"lock_seat", "ForbidAudio", "true", true, ""},
		{"lock_seat", "ForbidAudio", "maybe", nil, "ForbidAudio must be true or false"},
		{"BatchRegister", "Users", `[{"SdkAppId":5}]`, []any{map[string]any{"SdkAppId": json.Number("5")}}, ""},
		{"BatchRegister", "Users", "u1,u2", nil, "Users must be a JSON list of objects"},
		{"create_room", "RoomInfo", `{"RoomId":"r"}`, map[string]any{"RoomId": "r"}, ""},
		{"create_room", "RoomInfo", `{} {}`, nil, "RoomInfo must be a JSON object"},
		{"create_room", "RoomInfo", "null", nil, "RoomInfo must be a JSON object"},
		{"create_room", "RoomInfo.MaxMemberCount", "20", int64(20), ""},
		{"update_room_info", "RoomInfo.RoomName", "x", "x", ""},
		{"update_room_info", "RoomInfo.Roomname", "x", nil, "RoomInfo.Roomname is not a parameter of this action; did you mean RoomName?"},
	} {
		got, err := spec.Coerce(spec.Find(c.action), c.name, c.text)
		if c.err != "" {
			require.Error(t, err, "%s %s", c.name, c.text)
			assert.Contains(t, err.Error(), c.err)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, c.want, got, "%s=%s", c.name, c.text)
	}
}

// What Coerce gives, Check takes.
func TestCoercedPassesCheck(t *testing.T) {
	a := spec.Find("KickUserFromRoom")
	params := map[string]any{}
	for name, text := range map[string]string{"RoomId": "7", "SdkAppId": "3520371", "UserId": "u1", "KickType": "1", "Duration": "60"} {
		v, err := spec.Coerce(a, name, text)
		require.NoError(t, err)
		params[name] = v
	}
	assert.Nil(t, spec.Check(a, params))
}

func TestNearest(t *testing.T) {
	for wrong, want := range map[string]string{
		"getrooms": "GetRooms", "GetRoom": "GetRooms", "KickUserFromRom": "KickUserFromRoom",
		"EndRooms": "EndRoom", "get_seatlist": "get_seat_list", "DescribeCurrentMember": "DescribeCurrentMemberList",
	} {
		near := spec.Nearest(wrong)
		if assert.NotEmpty(t, near, wrong) {
			assert.Equal(t, want, near[0])
			assert.LessOrEqual(t, len(near), 3)
		}
	}
	assert.Empty(t, spec.Nearest("xyzzy"))
	assert.Empty(t, spec.Nearest(""))
}

func FuzzCoerce(f *testing.F) {
	f.Add("CreateRoom", "Assistants", `["a"]`)
	f.Add("create_room", "RoomInfo.MaxMemberCount", "1")
	f.Fuzz(func(t *testing.T, action, name, text string) {
		if a := spec.Find(action); a != nil {
			if v, err := spec.Coerce(a, name, text); (v == nil) == (err == nil) {
				t.Errorf("%v, %v", v, err)
			}
		}
	})
}
