package spec_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
)

// Every example goes into a form and comes out as the same request.
func TestAFormHoldsEveryExample(t *testing.T) {
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			a := &s.Actions[i]
			for _, e := range a.Examples {
				texts := a.Texts(e.Request)
				for name, text := range texts {
					assert.Empty(t, spec.Wrong(a, name, text), "%s %s", a.Name, name)
				}
				params, err := spec.Params(a, texts)
				require.NoError(t, err, a.Name)
				got, err := json.Marshal(params)
				require.NoError(t, err)
				want, err := json.Marshal(decode(t, e.Request))
				require.NoError(t, err)
				assert.JSONEq(t, string(want), string(got), a.Name)
			}
		}
	}
}

func TestAFormAsksForWhatIsRequiredFirst(t *testing.T) {
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			optional := false
			for _, p := range s.Actions[i].Form() {
				assert.False(t, p.Required && optional, "%s %s", s.Actions[i].Name, p.Name)
				optional = optional || !p.Required
			}
		}
	}
	var names []string
	for _, p := range spec.Find("update_room_info").Form() {
		names = append(names, p.Name)
	}
	assert.Equal(t, "RoomInfo.RoomId", names[0])
	assert.NotContains(t, names, "RoomInfo")
}

func TestWrongSaysWhichRuleIsBroken(t *testing.T) {
	kick, room, call := spec.Find("KickUserFromRoom"), spec.Find("CreateRoom"), spec.Find("CreateTRTCSignaturesWithRoomId")
	for text, want := range map[string]string{"": "RoomId is required", "x": "RoomId must be a whole number, 0 or more", "7": ""} {
		assert.Equal(t, want, spec.Wrong(kick, "RoomId", text))
	}
	assert.Contains(t, spec.Wrong(kick, "KickType", "9"), "must be one of 1")
	assert.Contains(t, spec.Wrong(call, "TRTCUserIds", "a,b,a"), "is in the list twice")
	assert.Contains(t, spec.Wrong(call, "TRTCUserIds", "1,2,3,4,5,6,7,8,9,10,11"), "at most 10")
	assert.Empty(t, spec.Wrong(room, "TeacherId", ""), "optional")
	assert.Contains(t, spec.Wrong(room, "Nothing", "1"), "not a parameter")
}

func TestEmptyTextIsTyped(t *testing.T) {
	a := spec.Find("kick_user_out")
	texts := map[string]string{"RoomId": "r", "MemberList_Account": "a,b", "Reason": ""}
	_, err := spec.Params(a, texts)
	require.ErrorContains(t, err, "Reason is required")
	texts["Reason"] = spec.EmptyText
	params, err := spec.Params(a, texts)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"RoomId": "r", "MemberList_Account": []any{"a", "b"}, "Reason": ""}, params)
}

func TestPutReachesIntoObjects(t *testing.T) {
	params := map[string]any{}
	require.NoError(t, spec.Put(params, "A.B.C", 1))
	require.NoError(t, spec.Put(params, "A.D", 2))
	assert.Equal(t, map[string]any{"A": map[string]any{"B": map[string]any{"C": 1}, "D": 2}}, params)
	require.ErrorContains(t, spec.Put(params, "A.D.E", 3), "as a whole")
}

func TestSecretsAreMasked(t *testing.T) {
	in := map[string]any{"Token": "t", "List": []any{map[string]any{"UserSig": "s", "UserId": "u"}}, "Password": ""}
	out, hid := spec.Masked(in)
	assert.True(t, hid)
	assert.Equal(t, map[string]any{"Token": "****", "List": []any{map[string]any{"UserSig": "****", "UserId": "u"}}, "Password": ""}, out)
	assert.Equal(t, "t", in["Token"], "the original stays")
	_, hid = spec.Masked(map[string]any{"UserId": "u"})
	assert.False(t, hid)
	assert.Equal(t, `{"Callback":"https://x/?a&b","CallbackKey":"****"}`, spec.Shown(map[string]any{"CallbackKey": "k", "Callback": "https://x/?a&b"}))
}
