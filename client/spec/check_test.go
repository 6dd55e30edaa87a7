package spec_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
)

func decode(t testing.TB, raw []byte) map[string]any {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var m map[string]any
	require.NoError(t, d.Decode(&m), "%s", raw)
	return m
}

// The manual's own requests must be accepted, however odd.
func TestExamplesPass(t *testing.T) {
	n := 0
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			a := &s.Actions[i]
			for _, e := range a.Examples {
				if v := spec.Check(a, decode(t, e.Request)); v != nil {
					t.Errorf("%s: %v", e.Request, v)
				}
				n++
			}
		}
	}
	assert.GreaterOrEqual(t, n, 58)
}

// with gives an example's parameters with changes; nil removes one.
func with(t *testing.T, action string, changes map[string]any) (*spec.Action, map[string]any) {
	a := spec.Find(action)
	require.NotNil(t, a, action)
	m := decode(t, a.Examples[0].Request)
	for k, v := range changes {
		m[k] = v
	}
	return a, m
}

func many(n int) []string {
	s := make([]string, n)
	for i := range s {
		s[i] = "u" + strings.Repeat("x", i%3) + string(rune('a'+i%26))
	}
	return s
}

type p = map[string]any

func TestViolations(t *testing.T) {
	type roomID uint64
	for _, c := range []struct {
		action string
		change p
		code   string
		want   string
	}{
		{"KickUserFromRoom", p{"Duration": nil}, spec.Missing, "KickUserFromRoom: Duration is required"},
		{"KickUserFromRoom", p{"KickType": 3}, spec.BadValue, "KickType must be one of 1 (for a time (Duration)), 2 (for good)"},
		{"KickUserFromRoom", p{"RoomId": "7"}, spec.BadType, "RoomId must be a whole number, 0 or more"},
		{"KickUserFromRoom", p{"RoomId": -1}, spec.BadType, "RoomId must be a whole number, 0 or more"},
		{"KickUserFromRoom", p{"RoomId": 1.5}, spec.BadType, "RoomId must be"},
		{"KickUserFromRoom", p{"RoomId": 1e17}, spec.BadType, "RoomId must be"},
		{"KickUserFromRoom", p{"RoomId": json.Number("18446744073709551616")}, spec.BadType, "RoomId must be"},
		{"KickUserFromRoom", p{"RoomId": json.Number("18446744073709551615")}, "", ""},
		{"KickUserFromRoom", p{"RoomId": roomID(math.MaxUint64)}, "", ""},
		{"KickUserFromRoom", p{"RoomId": float64(313337981)}, "", ""},
		{"KickUserFromRoom", p{"UserId": 5}, spec.BadType, "UserId must be text"},
		{"KickUserFromRoom", p{"UserId": json.Number("5")}, spec.BadType, "UserId must be text"},
		{"KickUserFromRoom", p{"UserId": "a\xff"}, spec.BadType, "UTF-8"},
		{"KickUserFromRoom", p{"UserID": "u1"}, spec.Unknown, "UserID is not a parameter of this action; did you mean UserId?"},
		{"KickUserFromRoom", p{"\x1b[2J": "u1"}, spec.Unknown, `"\x1b[2J" is not a parameter`},
		{"DescribeCurrentMemberList", p{"Limit": 1001}, spec.BadValue, "Limit must be at most 1000"},
		{"DescribeCurrentMemberList", p{"Page": 0}, spec.BadValue, "Page must be at least 1"},
		{"CreateRoom", p{"MaxMicNumber": 17}, spec.BadValue, "MaxMicNumber must be at most 16"},
		{"CreateRoom", p{"MaxMicNumber": 0, "DisableRecord": 3, "RoomType": 4, "LiveType": 2}, "", ""},
		{"CreateRoom", p{"EndDelayTime": -1}, "", ""},
		{"CreateRoom", p{"EndDelayTime": -2}, spec.BadValue, "EndDelayTime must be at least -1"},
		{"CreateRoom", p{"Assistants": "u1"}, spec.BadType, "Assistants must be a list of texts"},
		{"CreateRoom", p{"Assistants": []any{"u1", 2}}, spec.BadType, "Assistants[1] must be text"},
		{"GetRooms", p{"Status": []uint64{1, 4}}, spec.BadValue, "Status[1] must be one of 0 (not started), 1"},
		{"GetRooms", p{"Status": []int64{0, 3}}, "", ""},
		{"GetRoomEvent", p{"Keyword": "VisibleOff"}, "", ""},
		{"GetRoomEvent", p{"Keyword": "Visible"}, spec.BadValue, "Keyword must be one of"},
		{"CreateDocument", p{"TranscodeType": 3}, "", ""},
		{"DescribeDocuments", p{"Permission": []any{3}}, spec.BadValue, "Permission[0] must be at most 2"},
		{"AddGroupMember", p{"MemberIds": many(201)}, spec.BadValue, "MemberIds may hold at most 200 items, not 201"},
		{"CreateGroupWithSubGroup", p{"SubGroupIds": []any{"a", "b", "a"}}, spec.BadValue, "SubGroupIds[2] is in the list twice"},
		{"SetWatermark", p{"BoardX": 100.5}, spec.BadValue, "BoardX must be at most 100"},
		{"SetWatermark", p{"BoardX": math.NaN()}, spec.BadType, "BoardX must be a number"},
		{"BatchRegister", p{"Users": []any{p{"SdkAppId": 1}, p{"Name": "x"}}}, spec.Missing, "Users[1].SdkAppId is required"},
		{"BatchRegister", p{"Users": []any{5}}, spec.BadType, "Users[0] must be an object"},
		{"BatchCreateRoom", p{"RoomInfos": []any{p{"Nam": "x"}}}, spec.Unknown, "RoomInfos[0].Nam is not a parameter of this action; did you mean Name?"},
		{"CreateSession", p{"ClientSession": nil}, spec.Missing, "ClientSession is required unless RunMode = RunWithoutClient"},
		{"CreateSession", p{"ClientSession": nil, "RunMode": "RunWithoutClient"}, "", ""},
		{"CreateTRTCSignaturesWithRoomId", p{"TRTCUserIds": []string{"a", "a"}}, spec.BadValue, "TRTCUserIds[1] is in the list twice"},
		{"get_seat_list", p{"RoomId": strings.Repeat("r", 49)}, spec.BadValue, "RoomId may be at most 48 bytes long, not 49"},
		{"get_seat_list", p{"RoomId": "课"}, spec.BadValue, "RoomId may hold only printable ASCII"},
		{"update_room_info", p{"RoomInfo": p{"RoomName": "x"}}, spec.Missing, "RoomInfo.RoomId is required"},
		{"update_room_info", p{"RoomInfo": p{"RoomId": "r", "RoomName": strings.Repeat("课", 34)}}, spec.BadValue, "RoomInfo.RoomName may be at most 100 bytes long, not 102"},
		{"update_room_info", p{"RoomInfo": p{"RoomId": "r", "IsAudioDisabled": "true"}}, spec.BadType, "RoomInfo.IsAudioDisabled must be true or false"},
		{"mark_room_member", p{"MemberList": []any{p{"Member_Account": "u", "Marks": []any{999}}}}, spec.BadValue, "MemberList[0].Marks[0] must be at least 1000"},
		{"live_engine_http_srv/update_room_info", p{"RoomInfo": nil}, spec.Missing, "RoomInfo is required"},
		{"live_engine_http_srv/update_room_info", p{"RoomInfo": p{"CoverURL": "x"}}, spec.Missing, "RoomInfo.RoomId is required"},
		{"create_room", p{"RoomInfo": p{"RoomId": "r", "RoomType": "Zoom"}}, spec.BadValue, "RoomInfo.RoomType must be one of Conference"},
	} {
		a, m := with(t, c.action, c.change)
		v := spec.Check(a, m)
		if c.code == "" {
			assert.Nil(t, v, "%s %v: %v", c.action, c.change, v)
			continue
		}
		if assert.NotNil(t, v, "%s %v", c.action, c.change) {
			assert.Equal(t, c.code, v.Code, v.Error())
			assert.Contains(t, v.Error(), c.want)
		}
	}
}

// A room engine violation is answered with one code, whatever it is.
func TestWireCode(t *testing.T) {
	v := spec.Check(spec.Find("get_seat_list"), nil)
	assert.Equal(t, "100002", v.WireCode())
	assert.Equal(t, "MissingParameter", spec.Check(spec.Find("EndRoom"), nil).WireCode())
}

func TestNumericTextOnlyWhereAskedFor(t *testing.T) {
	a, m := with(t, "KickUserFromRoom", p{"RoomId": "18446744073709551615"})
	assert.NotNil(t, spec.Check(a, m))
	assert.Nil(t, spec.Check(a, m, spec.NumericText))
	m["RoomId"] = "7x"
	assert.NotNil(t, spec.Check(a, m, spec.NumericText))

	a, m = with(t, "lock_seat", p{"ForbidAudio": "true"})
	assert.Nil(t, spec.Check(a, m, spec.NumericText))
	assert.NotNil(t, spec.Check(a, m))
}

// The message must not repeat the value: it may be a secret.
func TestViolationHidesTheValue(t *testing.T) {
	a, m := with(t, "get_seat_list", p{"RoomId": "s3cret-课"})
	assert.NotContains(t, spec.Check(a, m).Error(), "s3cret")
}

func FuzzCheck(f *testing.F) {
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			f.Add(s.Actions[i].Name, []byte(s.Actions[i].Examples[0].Request), false)
		}
	}
	f.Add("CreateRoom", []byte(`{"Name":null,"Assistants":[null,[],{}],"SubType":1e999}`), true)
	f.Fuzz(func(t *testing.T, name string, body []byte, text bool) {
		a := spec.Find(name)
		if a == nil {
			return
		}
		for _, number := range []bool{false, true} {
			d := json.NewDecoder(strings.NewReader(string(body)))
			if number {
				d.UseNumber()
			}
			var m map[string]any
			if d.Decode(&m) != nil {
				return
			}
			var options []spec.Option
			if text {
				options = append(options, spec.NumericText)
			}
			if v := spec.Check(a, m, options...); v != nil && (v.Param == "" || v.Rule == "" || v.Code == "") {
				t.Errorf("half a violation: %+v", v)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	a := spec.Find("BatchCreateRoom")
	m := decode(b, a.Examples[0].Request)
	for b.Loop() {
		spec.Check(a, m)
	}
}
