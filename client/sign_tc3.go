package client

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"classtop/class"
)

const (
	tc3Name   = "TC3-HMAC-SHA256"
	tc3Signed = "content-type;host"
	tc3Scope  = "/tc3_request"
)

// tc3Request is what a TC3-HMAC-SHA256 signature covers. Query is the encoded
// query as it is sent, Unix the value of X-TC-Timestamp.
type tc3Request struct {
	method, host, query, contentType, service string
	body                                      []byte
	unix                                      int64
}

// appendCanonical appends the canonical request.
func (r *tc3Request) appendCanonical(b []byte) []byte {
	b = append(b, r.method...)
	b = append(b, "\n/\n"...)
	b = append(b, r.query...)
	b = append(b, "\ncontent-type:"...)
	b = append(b, r.contentType...)
	b = append(b, "\nhost:"...)
	b = append(b, r.host...)
	b = append(b, "\n\n"+tc3Signed+"\n"...)
	sum := sha256.Sum256(r.body)
	return appendHex(b, sum[:])
}

// appendToSign appends the string to sign for a canonical request.
func (r *tc3Request) appendToSign(b, canonical []byte, scope string) []byte {
	b = append(b, tc3Name+"\n"...)
	b = strconv.AppendInt(b, r.unix, 10)
	b = append(b, '\n')
	b = append(b, scope...)
	b = append(b, '\n')
	sum := sha256.Sum256(canonical)
	return appendHex(b, sum[:])
}

// date is the day of the signature: UTC's, whatever the local time zone.
func (r *tc3Request) date() string { return time.Unix(r.unix, 0).UTC().Format(time.DateOnly) }

// scope is the credential scope.
func (r *tc3Request) scope() string { return r.date() + "/" + r.service + tc3Scope }

// tc3DayKey derives the key that signs for one service on one UTC day.
func tc3DayKey(secret, date, service string) []byte {
	key := []byte("TC3" + secret)
	for _, part := range []string{date, service, "tc3_request"} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return key
}

// tc3Signer signs requests of one key pair. What it returns depends on the key
// pair and the request alone; the day's key and the hash states are kept only
// to save time.
type tc3Signer struct {
	id   string
	key  class.Secret
	last atomic.Pointer[tc3Day]
}

// tc3Day is the cached key of one service and day, and the texts that follow
// from them.
type tc3Day struct {
	day     int64 // days since 1970
	service string
	scope   string
	head    string    // of the header, up to the signature
	states  sync.Pool // of *tc3State
}

type tc3State struct {
	mac       hash.Hash
	canonical []byte
	text      []byte
}

// authorization returns the value of the Authorization header.
func (s *tc3Signer) authorization(r *tc3Request) string {
	day := s.dayOf(r)
	st := day.states.Get().(*tc3State)
	defer day.states.Put(st)
	st.canonical = r.appendCanonical(st.canonical[:0])
	st.text = r.appendToSign(st.text[:0], st.canonical, day.scope)
	st.mac.Reset()
	st.mac.Write(st.text)
	sum := st.mac.Sum(st.canonical[:0])

	st.text = appendHex(append(st.text[:0], day.head...), sum)
	return string(st.text)
}

// appendHex appends the lower-case hex digits of a hash, two at a time where
// encoding/hex writes one: a signature takes 192 of them.
func appendHex(b, sum []byte) []byte {
	b = slices.Grow(b, 2*sha256.Size)
	out := b[len(b) : len(b)+2*sha256.Size]
	for i, c := range sum[:sha256.Size] {
		pair := hexPairs[c]
		out[2*i], out[2*i+1] = byte(pair), byte(pair>>8)
	}
	return b[:len(b)+2*sha256.Size]
}

var hexPairs = func() (pairs [256]uint16) {
	for i := range pairs {
		digits := hex.EncodeToString([]byte{byte(i)})
		pairs[i] = uint16(digits[0]) | uint16(digits[1])<<8
	}
	return pairs
}()

// dayOf returns the key for a request, from the cache if it fits.
func (s *tc3Signer) dayOf(r *tc3Request) *tc3Day {
	day := r.unix / 86400
	if d := s.last.Load(); d != nil && d.day == day && d.service == r.service {
		return d
	}
	key := tc3DayKey(s.key.Reveal(), r.date(), r.service)
	d := &tc3Day{day: day, service: r.service, scope: r.scope()}
	d.head = tc3Name + " Credential=" + s.id + "/" + d.scope + ", SignedHeaders=" + tc3Signed + ", Signature="
	d.states.New = func() any { return &tc3State{mac: hmac.New(sha256.New, key)} }
	s.last.Store(d)
	return d
}
