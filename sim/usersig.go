package sim

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ticket is the document inside a UserSig.
type ticket struct {
	Version string `json:"TLS.ver"`
	User    string `json:"TLS.identifier"`
	App     uint64 `json:"TLS.sdkappid"`
	Expire  int64  `json:"TLS.expire"`
	Time    int64  `json:"TLS.time"`
	Buffer  string `json:"TLS.userbuf"`
	Sig     string `json:"TLS.sig"`
}

// openTicket unpacks a UserSig.
func openTicket(packed string) (t ticket, err error) {
	raw, err := base64.StdEncoding.DecodeString(strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(packed))
	if err != nil {
		return t, err
	}
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return t, err
	}
	plain, err := io.ReadAll(io.LimitReader(z, 1<<16))
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(plain, &t)
}

// sign computes the signature that the ticket must hold.
func (t ticket) sign(key string) string {
	text := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", t.User, t.App, t.Time, t.Expire)
	if t.Buffer != "" {
		text += "TLS.userbuf:" + t.Buffer + "\n"
	}
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// pack turns the ticket into a UserSig.
func (t ticket) pack() string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(encode(t)) // to memory
	_ = z.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(b.Bytes()))
}

// admit checks the query of a room engine call, as the real one does.
func (s *Server) admit(q url.Values, now time.Time) *refusal {
	app, err := strconv.ParseUint(q.Get("sdkappid"), 10, 64)
	switch {
	case q.Get("sdkappid") == "":
		return refuse("60012", "sdkappid is missing in the URL")
	case err != nil:
		return refuse("60006", "sdkappid is not a number")
	case app != s.hello.SdkAppID:
		return refuse("70020", "sdkappid does not exist")
	case q.Get("identifier") == "" || q.Get("usersig") == "":
		return refuse("60004", "identifier or usersig is missing in the URL")
	case q.Get("contenttype") != "json":
		return refuse("60002", "contenttype must be json")
	}
	if _, err := strconv.ParseUint(q.Get("random"), 10, 32); err != nil {
		return refuse("60002", "random must be a number of 32 bits without a sign")
	}
	t, err := openTicket(q.Get("usersig"))
	switch {
	case err != nil:
		return refuse("70003", "usersig cannot be parsed")
	case t.App != app:
		return refuse("70014", "sdkappid in usersig is another")
	case t.User != q.Get("identifier"):
		return refuse("70013", "identifier in usersig is another")
	case !equal(t.Sig, t.sign(s.hello.UserSigKey)):
		return refuse("70009", "usersig was made with another key")
	case now.Unix() >= t.Time+t.Expire:
		return refuse("70001", "usersig has expired")
	case t.User != s.hello.Admin:
		return refuse("60010", "identifier is not an App administrator")
	}
	return nil
}
