package client

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A UserSig is made for a day, as the documentation wants at least, and made
// anew when half of it is over.
const userSigValid = 24 * time.Hour

// userSigDoc is the document inside a UserSig.
type userSigDoc struct {
	Expire     int64  `json:"TLS.expire"` // seconds of validity
	Identifier string `json:"TLS.identifier"`
	SdkAppID   uint64 `json:"TLS.sdkappid"`
	Sig        string `json:"TLS.sig"`
	Time       int64  `json:"TLS.time"`
	UserBuf    string `json:"TLS.userbuf,omitempty"`
	Version    string `json:"TLS.ver"`
}

// userSig makes the signature with which a user enters Chat, TRTC and the room
// engine. The key is used as text, its hex digits are not decoded. The buffer
// is optional; a room key (PrivateMapKey) has one.
func userSig(key string, app uint64, user string, at time.Time, valid time.Duration, buffer []byte) string {
	doc := userSigDoc{Expire: int64(valid / time.Second), Identifier: user, SdkAppID: app, Time: at.Unix(), Version: "2.0"}
	text := "TLS.identifier:" + user +
		"\nTLS.sdkappid:" + strconv.FormatUint(app, 10) +
		"\nTLS.time:" + strconv.FormatInt(doc.Time, 10) +
		"\nTLS.expire:" + strconv.FormatInt(doc.Expire, 10) + "\n"
	if buffer != nil {
		doc.UserBuf = base64.StdEncoding.EncodeToString(buffer)
		text += "TLS.userbuf:" + doc.UserBuf + "\n"
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	doc.Sig = base64.StdEncoding.EncodeToString(mac.Sum(nil))

	raw, _ := json.Marshal(doc) // strings and numbers only: cannot fail
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed) // writing to memory cannot fail
	_, _ = z.Write(raw)
	_ = z.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes()))
}

// sigCache keeps the administrator's UserSig.
type sigCache struct {
	mu   sync.Mutex
	sig  string
	made time.Time
}

// get returns the UserSig for a moment. It makes a new one when the kept one
// is half used up or was made in what has turned out to be the future.
func (s *sigCache) get(cfg *Config, now time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if age := now.Sub(s.made); s.sig == "" || age < 0 || age > userSigValid/2 {
		s.sig = userSig(cfg.UserSigKey.Reveal(), cfg.SdkAppID, cfg.Admin, now, userSigValid, nil)
		s.made = now
	}
	return s.sig
}

// current returns the UserSig in use, if there is one.
func (s *sigCache) current() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sig
}
