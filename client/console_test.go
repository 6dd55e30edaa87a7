package client

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestAReplyHidesItsSecrets(t *testing.T) {
	const sig, key = "sig-canary", "key-canary"
	a := Answer{RequestID: "r1", Data: json.RawMessage(`{"TRTCParamList":[{"UserId":"u1","UserSig":"` + sig + `","PrivateKey":"` + key + `","SdkAppId":18446744073709551615}]}`)}
	r := a.Reply()
	for _, out := range []string{string(r.Shown), fmt.Sprintf("%+v %#v %v", r, r, r), string(must(json.Marshal(r)))} {
		assert.NotContains(t, out, sig)
		assert.NotContains(t, out, key)
	}
	assert.Contains(t, string(r.Shown), `"SdkAppId":18446744073709551615`)
	assert.True(t, r.Hides())
	assert.Equal(t, string(a.Data), r.Whole.Reveal())

	plain := Answer{Data: json.RawMessage(`{"Total":1,"UserSig":""}`)}.Reply()
	assert.False(t, plain.Hides())
	assert.JSONEq(t, `{"Total":1,"UserSig":""}`, string(plain.Shown))
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestPrepareMasksSecretParameters(t *testing.T) {
	c, err := New(Config{Credentials: Credentials{ID: "AKID", Key: class.NewSecret("k")}, SdkAppID: 7, UserSigKey: class.NewSecret("k2"), Admin: "a"})
	require.NoError(t, err)
	for _, sign := range SignMethods {
		if sign.get() {
			continue // never for a write
		}
		p, err := c.Prepare("ModifyApp", map[string]any{"CallbackKey": `can"ary&1`, "Callback": "https://x.cn"}, sign)
		require.NoError(t, err)
		assert.NotContains(t, p.String(), "ary", sign)
		assert.Contains(t, p.String(), "x.cn")
	}
	text, err := c.Console().Prepare("update_room_info", map[string]any{"RoomInfo": map[string]any{"RoomId": "r", "Password": "canary"}})
	require.NoError(t, err)
	assert.NotContains(t, text, "canary")
}

func TestTextsAreSentAsTheServiceSpellsThem(t *testing.T) {
	c, err := New(Config{Credentials: Credentials{ID: "AKID", Key: class.NewSecret("k")}, SdkAppID: 7})
	require.NoError(t, err)
	odd := class.NewText("u?1", "u\u202e1")
	p, err := c.Prepare("CreateSupervisor", map[string]any{"Users": []any{odd}}, TC3)
	require.NoError(t, err)
	assert.Contains(t, p.Body, `"u\u202e1"`, "as it is, or in the escaped form that means the same")
}
