package sim_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/sim"
)

func TestTC3IsVerified(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	body := []byte(`{"SdkAppId":3520371,"Page":1}`)
	resign := func(r *http.Request, at time.Time, id, key string) {
		r.Header.Set("X-TC-Timestamp", fmt.Sprint(at.Unix()))
		x.sign(r, body, "lcic", at, id, key)
	}
	cases := map[string]struct {
		change func(r *http.Request)
		want   string
	}{
		"right":            {func(*http.Request) {}, ""},
		"no authorization": {func(r *http.Request) { r.Header.Del("Authorization") }, "AuthFailure.InvalidAuthorization"},
		"no scheme":        {func(r *http.Request) { r.Header.Set("Authorization", "Basic x") }, "AuthFailure.InvalidAuthorization"},
		"host not signed": {func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "content-type;host", "content-type", 1))
		}, "AuthFailure.InvalidAuthorization"},
		"unknown id":   {func(r *http.Request) { resign(r, x.clock, "AKIDNOBODY", x.hello.SecretKey) }, "AuthFailure.SecretIdNotFound"},
		"wrong key":    {func(r *http.Request) { resign(r, x.clock, x.hello.SecretID, "another") }, "AuthFailure.SignatureFailure"},
		"299 s old":    {func(r *http.Request) { resign(r, x.clock.Add(-299*time.Second), x.hello.SecretID, x.hello.SecretKey) }, ""},
		"301 s old":    {func(r *http.Request) { resign(r, x.clock.Add(-301*time.Second), x.hello.SecretID, x.hello.SecretKey) }, "AuthFailure.SignatureExpire"},
		"301 s ahead":  {func(r *http.Request) { resign(r, x.clock.Add(301*time.Second), x.hello.SecretID, x.hello.SecretKey) }, "AuthFailure.SignatureExpire"},
		"other body":   {func(r *http.Request) { x.sign(r, []byte("{}"), "lcic", x.clock, x.hello.SecretID, x.hello.SecretKey) }, "AuthFailure.SignatureFailure"},
		"other host":   {func(r *http.Request) { r.Host = "car.tencentcloudapi.com" }, "AuthFailure.SignatureFailure"},
		"content type": {func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }, "AuthFailure.SignatureFailure"},
		"scope's date": {func(r *http.Request) {
			x.sign(r, body, "lcic", x.clock.Add(-24*time.Hour), x.hello.SecretID, x.hello.SecretKey)
		}, "AuthFailure.SignatureFailure"},
		"version":       {func(r *http.Request) { r.Header.Set("X-TC-Version", "2019-01-01") }, "NoSuchVersion"},
		"action":        {func(r *http.Request) { r.Header.Set("X-TC-Action", "GetRoom") }, "InvalidAction"},
		"other service": {func(r *http.Request) { x.sign(r, body, "cvm", x.clock, x.hello.SecretID, x.hello.SecretKey) }, "NoSuchProduct"},
		"method":        {func(r *http.Request) { r.Method = http.MethodPut }, "UnsupportedProtocol"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			x.pass(time.Second)
			r := x.request("GetRooms", body)
			c.change(r)
			got := x.send(r)
			assert.Equal(t, c.want, got.Code, got.Message)
			if c.want == "AuthFailure.SignatureExpire" {
				assert.Contains(t, got.Message, fmt.Sprintf("the server time %d", x.clock.Unix()))
			}
		})
	}
}

func TestTC3Get(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	r, err := http.NewRequest(http.MethodGet, "https://lcic.tencentcloudapi.com/?Limit=2&Page=1&SdkAppId=3520371&Status.0=1&Status.1=0", nil)
	require.NoError(t, err)
	for name, v := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-TC-Action": "GetRooms", "X-TC-Version": "2022-08-17", "X-TC-Timestamp": fmt.Sprint(x.clock.Unix())} {
		r.Header.Set(name, v)
	}
	x.sign(r, nil, "lcic", x.clock, x.hello.SecretID, x.hello.SecretKey)
	assert.NotEmpty(t, x.send(r).list("Rooms"))
	r.URL.RawQuery += "&Page=2"
	assert.Equal(t, "AuthFailure.SignatureFailure", x.send(r).Code)
}

func TestTokenIsVerified(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3, Token: "session"})
	r := x.request("DescribeDeveloper", []byte("{}"))
	assert.Equal(t, "AuthFailure.TokenFailure", x.send(r).Code)
	r = x.request("DescribeDeveloper", []byte("{}"))
	r.Header.Set("X-TC-Token", "session")
	assert.Empty(t, x.send(r).Code)
}

// v1 makes a request that is signed the old way.
func (x *school) v1(method, sha string, p url.Values, key string) *http.Request {
	p.Set("SecretId", x.hello.SecretID)
	p.Set("Version", "2022-08-17")
	p.Set("Nonce", "4711")
	p.Set("Timestamp", fmt.Sprint(x.clock.Unix()))
	algorithm := func() hash.Hash { return sha1.New() }
	if sha != "" {
		p.Set("SignatureMethod", sha)
	}
	if sha == "HmacSHA256" {
		algorithm = sha256.New
	}
	var pairs []string
	for name := range p {
		pairs = append(pairs, name+"="+p.Get(name))
	}
	slices.Sort(pairs)
	h := hmac.New(algorithm, []byte(key))
	h.Write([]byte(method + "lcic.tencentcloudapi.com/?" + strings.Join(pairs, "&")))
	p.Set("Signature", base64.StdEncoding.EncodeToString(h.Sum(nil)))
	address, body := "https://lcic.tencentcloudapi.com/?"+p.Encode(), ""
	if method == http.MethodPost {
		address, body = "https://lcic.tencentcloudapi.com/", p.Encode()
	}
	r, err := http.NewRequest(method, address, bytes.NewReader([]byte(body)))
	require.NoError(x.t, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func TestV1IsVerified(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	form := func() url.Values {
		return url.Values{"Action": {"GetRooms"}, "SdkAppId": {"3520371"}, "Status.0": {"1"}, "Page": {"1"}, "Region": {"ap-guangzhou"}}
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		for _, sha := range []string{"", "HmacSHA1", "HmacSHA256"} {
			x.pass(time.Second)
			got := x.send(x.v1(method, sha, form(), x.hello.SecretKey))
			assert.Empty(t, got.Code, "%s %s: %s", method, sha, got.Message)
			assert.NotEmpty(t, got.list("Rooms"))
			assert.Equal(t, "AuthFailure.SignatureFailure", x.send(x.v1(method, sha, form(), "another")).Code)
		}
	}
	x.pass(time.Second)
	nested := form()
	nested.Del("Status.0")
	nested.Del("Page")
	nested.Set("Action", "BatchCreateGroupWithMembers")
	nested.Set("GroupBaseInfos.0.GroupName", "一组 & 二组")
	nested.Set("MemberIds.0", x.ok("RegisterUser", map[string]any{}).Fields["UserId"].(string))
	got := x.send(x.v1(http.MethodPost, "HmacSHA256", nested, x.hello.SecretKey))
	assert.Len(t, got.Fields["GroupIds"], 1, got.Message)
	missing := form()
	missing.Del("Action")
	assert.Equal(t, "MissingParameter", x.send(x.v1(http.MethodGet, "", missing, x.hello.SecretKey)).Code)
}

func TestParametersAreChecked(t *testing.T) {
	x := open(t, sim.Options{Rooms: 3})
	for want, p := range map[string]map[string]any{
		"MissingParameter":      {"Page": 1, "Limit": 10},
		"UnknownParameter":      {"RoomId": 1, "Page": 1, "Limit": 10, "Colour": "red"},
		"InvalidParameter":      {"RoomId": "x", "Page": 1, "Limit": 10},
		"InvalidParameterValue": {"RoomId": 1, "Page": 1, "Limit": 5000},
		"ResourceNotFound.Room": {"RoomId": 1, "Page": 1, "Limit": 10},
	} {
		assert.Equal(t, want, x.do("DescribeCurrentMemberList", p).Code)
	}
	assert.Equal(t, "InvalidParameter.SdkAppId", x.do("GetRooms", map[string]any{"SdkAppId": 1}).Code)
	eleven := make([]string, 11)
	for i := range eleven {
		eleven[i] = fmt.Sprint("u", i)
	}
	assert.Equal(t, "InvalidParameter.UserIdOverLimit", x.do("CreateTRTCSignaturesWithRoomId", map[string]any{"RoomId": "r", "TRTCUserIds": eleven}).Code)
	assert.Equal(t, "RequestSizeLimitExceeded", x.send(x.request("GetRooms", bytes.Repeat([]byte(" "), 10<<20+1))).Code)
}
