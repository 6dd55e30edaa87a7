package client

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestReadOnlyRefusesEveryWrite(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	c := s.client(t, func(cfg *Config) { cfg.ReadOnly = true })
	for name, write := range writes {
		assert.Equal(t, class.CodeReadOnly, asError(t, write(t.Context(), c.Writer())).Code, name)
	}
	_, err := c.Writer().Call(t.Context(), "EndRoom", map[string]any{"RoomId": 7})
	assert.Equal(t, class.CodeReadOnly, asError(t, err).Code)
	assert.Zero(t, s.n)
	_, err = c.Room(t.Context(), 7)
	assert.NoError(t, err)
}

func TestClientCallRefusesWrites(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	_, err := s.client(t).Call(t.Context(), "EndRoom", map[string]any{"RoomId": 7})
	assert.Equal(t, class.CodeReadOnly, asError(t, err).Code)
	assert.Zero(t, s.n)
	_, err = s.client(t).Writer().CallSigned(t.Context(), "EndRoom", map[string]any{"RoomId": 7}, V1SHA1Get)
	assert.Equal(t, class.CodeParameter, asError(t, err).Code, "net/http repeats a GET")
	assert.Zero(t, s.n)
}

func TestCallIsCheckedFirst(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	c := s.client(t)
	_, err := c.Call(t.Context(), "DescribeRoms", nil)
	assert.Contains(t, asError(t, err).Hint, "DescribeRoom")
	_, err = c.Call(t.Context(), "DescribeRoom", map[string]any{"RoomId": "seven"})
	assert.Equal(t, class.CodeParameter, asError(t, err).Code)
	assert.Contains(t, err.Error(), "RoomId")
	assert.Zero(t, s.n)
	params := map[string]any{"Page": 1}
	_, err = c.Call(t.Context(), "GetRooms", params)
	require.NoError(t, err)
	assert.JSONEq(t, `{"SdkAppId":3520371,"Page":1}`, s.sent, "the configured SdkAppId")
	assert.Len(t, params, 1, "the caller's map is his")
}

func TestAnswersAreSafeToPrint(t *testing.T) {
	s := &saying{body: "{\"Response\": {\"Name\": \"a\u202e\u009b\\u001b[31m\U000e0041\", \"Big\": 18446744073709551615, \"RequestId\": \"r\"}}"}
	answer, err := s.client(t).Call(t.Context(), "DescribeRoom", map[string]any{"RoomId": 7})
	require.NoError(t, err)
	for _, r := range string(answer.Data) {
		assert.False(t, harmful(r), "%U", r)
	}
	var v struct{ Name string }
	require.NoError(t, json.Unmarshal(answer.Data, &v))
	assert.Equal(t, "a\u202e\u009b\x1b[31m\U000e0041", v.Name, "nothing is lost")
	fields, err := answer.Fields()
	require.NoError(t, err)
	assert.Equal(t, "a<202E><009B>␛[31m<E0041>", fields["Name"])
	assert.Equal(t, json.Number("18446744073709551615"), fields["Big"])
	assert.Equal(t, "r", answer.RequestID)
}

func TestOtherSignaturesAreSent(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	c := s.client(t)
	params := map[string]any{"Page": 1, "Status": []any{1, 2}}
	for _, sign := range []SignMethod{V1SHA1, V1SHA256, V1SHA1Get, V1SHA256Get} {
		_, err := c.CallSigned(t.Context(), "GetRooms", params, sign)
		require.NoError(t, err)
		text := s.sent
		if sign.get() {
			text = s.last.URL.RawQuery
		}
		values, err := url.ParseQuery(text)
		require.NoError(t, err)
		got := map[string]string{}
		for name := range values {
			got[name] = values.Get(name)
		}
		assert.Equal(t, []string{"GetRooms", "2022-08-17", "ap-guangzhou", "2", testToken},
			[]string{got["Action"], got["Version"], got["Region"], got["Status.1"], got["Token"]})
		assert.Equal(t, v1Signature(testKey, v1Text(s.last.Method, s.last.Host, got), sign), got["Signature"])
	}
	_, err := c.CallSigned(t.Context(), "GetRooms", params, TC3Get)
	require.NoError(t, err)
	assert.Equal(t, "Page=1&SdkAppId=3520371&Status.0=1&Status.1=2", s.last.URL.RawQuery)
	_, err = c.CallSigned(t.Context(), "GetRooms", params, "md5")
	assert.Equal(t, class.CodeParameter, asError(t, err).Code)
}

func TestPreparedRequestsHideSecrets(t *testing.T) {
	s := &saying{}
	c := s.client(t, func(cfg *Config) { cfg.ReadOnly = true })
	for _, sign := range append(SignMethods, "") {
		for action, params := range map[string]map[string]any{
			"GetRooms": {"Page": 1}, "get_seat_list": {"RoomId": "7"}, "KickUserFromRoom": {"RoomId": 7, "UserId": "u\u202e", "KickType": 2, "Duration": 0},
		} {
			p, err := c.Prepare(action, params, sign)
			if err != nil {
				assert.Equal(t, class.CodeParameter, asError(t, err).Code)
				continue
			}
			text := fmt.Sprintf("%+v", p)
			for _, secret := range []string{testKey, testToken, url.QueryEscape(testToken), testSigKey, c.sigs.current() + "x"} {
				assert.NotContains(t, text, secret)
			}
			if sig := c.sigs.current(); sig != "" {
				assert.NotContains(t, text, sig)
			}
			assert.NotContains(t, text, "\u202e")
		}
	}
	assert.Zero(t, s.n, "nothing is sent")
	p, err := c.Prepare("GetRooms", map[string]any{"Page": 1}, TC3)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(p.Canonical, "POST\n/\n\ncontent-type:application/json\nhost:lcic.tencentcloudapi.com\n\n"), p.Canonical)
	assert.True(t, strings.HasPrefix(p.ToSign, "TC3-HMAC-SHA256\n"))
	require.Equal(t, "Authorization", p.Headers[0].Name)
	assert.Regexp(t, `Signature=[0-9a-f]{4}\*{4}[0-9a-f]{4}$`, p.Headers[0].Value)
	assert.JSONEq(t, `{"SdkAppId":3520371,"Page":1}`, p.Body)
}

func TestMissingSettingsAreNamed(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	for name, c := range map[string]struct {
		change func(*Config)
		call   func(*Client) error
	}{
		"credentials": {func(cfg *Config) { cfg.Credentials.Key = class.Secret{} }, func(c *Client) error { _, err := c.Room(t.Context(), 7); return err }},
		"SdkAppId":    {func(cfg *Config) { cfg.SdkAppID = 0 }, func(c *Client) error { _, err := c.Rooms(t.Context(), time.Time{}, time.Time{}); return err }},
		"room engine": {func(cfg *Config) { cfg.UserSigKey = class.Secret{} }, func(c *Client) error { _, err := c.Seats(t.Context(), 7); return err }},
	} {
		e := asError(t, c.call(through(t, s.RoundTrip, c.change)))
		assert.Equal(t, class.CodeConfig, e.Code, name)
		assert.Contains(t, e.Message, name)
	}
	_, err := through(t, s.RoundTrip).Writer().Call(t.Context(), "CreateTRTCSignaturesWithRoomId", map[string]any{"TRTCUserIds": []any{"u"}, "RoomId": "r"})
	assert.Contains(t, asError(t, err).Message, "region")
	assert.Zero(t, s.n)
}

func TestEndpoints(t *testing.T) {
	for text, want := range map[string]endpoint{
		"":                                       {"https", "car.tencentcloudapi.com"},
		"lcic.ap-guangzhou.tencentcloudapi.com":  {"https", "car.ap-guangzhou.tencentcloudapi.com"},
		"https://LCIC.intl.tencentcloudapi.com/": {"https", "car.intl.tencentcloudapi.com"},
		"http://127.0.0.1:8080":                  {"http", "127.0.0.1:8080"},
		"http://[::1]:8080":                      {"http", "[::1]:8080"},
		"http://localhost:1":                     {"http", "localhost:1"},
		" proxy.school.example:8443 ":            {"https", "proxy.school.example:8443"},
	} {
		e, err := parseEndpoint("endpoint", text)
		require.NoError(t, err, text)
		assert.Equal(t, want, e.forService("car").or("car.tencentcloudapi.com"), text)
	}
	for _, text := range []string{
		"http://lcic.tencentcloudapi.com", "http://127.0.0.1.evil.example", "ftp://x", "https://", "https://me:pw@x", "https://x/path", "https://x?a=b", "a b",
	} {
		cfg := testConfig()
		cfg.Endpoint = text
		_, err := New(cfg)
		assert.Equal(t, class.CodeConfig, asError(t, err).Code, text)
		assert.NotContains(t, err.Error(), "pw")
	}
}

func TestLenientNumbers(t *testing.T) {
	for raw, want := range map[string]int64{
		`1`: 1, `"1"`: 1, `" 1 "`: 1, `1.9`: 1, `-1`: -1, `true`: 1, `false`: 0, `null`: 0, `"x"`: 0, `""`: 0, `{}`: 0, `[1]`: 0,
		`1e3`: 1000, `"inf"`: 0, `"NaN"`: 0, `"0x10"`: 0, `9223372036854775807`: 9223372036854775807, `1e99`: 9223372036854775807, `-1e99`: -9223372036854775808,
	} {
		assert.Equal(t, want, toInt([]byte(raw)), raw)
	}
	assert.Equal(t, uint64(18446744073709551615), toUint([]byte(`"18446744073709551615"`)))
	assert.Zero(t, toUint([]byte(`-5`)))
}

func TestARequestThatIsTooLongIsNotSent(t *testing.T) {
	s := &saying{body: `{"Response":{"RequestId":"r"}}`}
	c := s.client(t)
	for method, size := range map[SignMethod]int{TC3: mostPost, V1SHA1: mostV1, V1SHA256Get: mostGet} {
		for _, over := range []bool{false, true} {
			text := strings.Repeat("x", size-600)
			if over {
				text += strings.Repeat("x", 600)
			}
			_, err := c.CallSigned(t.Context(), "DescribeUser", map[string]any{"UserId": text}, method)
			if !over {
				require.NoError(t, err, method)
				continue
			}
			e := asError(t, err)
			assert.Equal(t, class.CodeParameter, e.Code)
			assert.Contains(t, e.Message, "UserId is too long", method)
			assert.Contains(t, e.Message, fmt.Sprintf("at most %d", size), method)
		}
	}
	assert.Equal(t, 3, s.n, "the three that fit")
}
