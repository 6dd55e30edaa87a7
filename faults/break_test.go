package faults

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// marker is in every body that a fault makes up: no message may repeat it.
const marker = "BODY-c0ffee"

type breakage func(whole http.RoundTripper) http.RoundTripper

type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// fails breaks every request with an error.
func fails(err error) breakage {
	return func(http.RoundTripper) http.RoundTripper {
		return trip(func(*http.Request) (*http.Response, error) { return nil, err })
	}
}

var (
	refused = fails(&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED})
	reset   = fails(&net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET})
	forged  = fails(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}})
	noName  = fails(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "lcic.tencentcloudapi.com", IsNotFound: true}})
)

// blackHole answers nothing for ever.
func blackHole(http.RoundTripper) http.RoundTripper {
	return trip(func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
}

// answers replaces each answer by a status and a body that may never end.
func answers(status int, header http.Header, body func(ctx context.Context) io.Reader) breakage {
	return func(http.RoundTripper) http.RoundTripper {
		return trip(func(r *http.Request) (*http.Response, error) {
			h := header.Clone()
			if h == nil {
				h = http.Header{}
			}
			h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
			return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(body(r.Context())), Request: r, ContentLength: -1}, nil
		})
	}
}

func says(text string) func(context.Context) io.Reader {
	return func(context.Context) io.Reader { return strings.NewReader(text) }
}

// drip gives one byte a second.
type drip struct{ ctx context.Context }

func (d drip) Read(p []byte) (int, error) {
	timer := time.NewTimer(time.Second)
	defer timer.Stop()
	select {
	case <-timer.C:
		p[0] = ' '
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

// flood is a body of so many bytes that is never in memory as a whole.
type flood struct{ left int }

func (f *flood) Read(p []byte) (int, error) {
	if f.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), f.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	copy(p, marker)
	f.left -= n
	sample()
	return n, nil
}

// cut lets the first half of each answer through.
func cut(whole http.RoundTripper) http.RoundTripper {
	return trip(func(r *http.Request) (*http.Response, error) {
		resp, err := whole.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(data[:len(data)/2]), broken{}))
		return resp, err
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// refusal makes every answer the service's own no.
func refusal(code string) breakage {
	return answers(http.StatusOK, nil, says(`{"Response":{"Error":{"Code":"`+code+`","Message":"no \u001b[2J thanks"},"RequestId":"req-`+code+`"}}`))
}

// rewritten changes the JSON of each answer.
func rewritten(change func(action string, answer map[string]any)) breakage {
	return func(whole http.RoundTripper) http.RoundTripper {
		return trip(func(r *http.Request) (*http.Response, error) {
			resp, err := whole.RoundTrip(r)
			if err != nil {
				return nil, err
			}
			var doc map[string]any
			d := json.NewDecoder(resp.Body)
			d.UseNumber()
			if err := d.Decode(&doc); err != nil {
				return nil, errors.Join(errors.New("the school's answer is no JSON"), err)
			}
			inner, ok := doc["Response"].(map[string]any)
			if !ok {
				inner = doc
			}
			change(r.Header.Get("X-TC-Action"), inner)
			data, err := json.Marshal(doc)
			resp.Body = io.NopCloser(bytes.NewReader(data))
			resp.ContentLength = int64(len(data))
			return resp, err
		})
	}
}

// nulls makes nothing of every field of an answer and of its lists' items.
func nulls(_ string, answer map[string]any) {
	for name, value := range answer {
		if list, ok := value.([]any); ok {
			for _, item := range list {
				if m, ok := item.(map[string]any); ok {
					for field := range m {
						if field != "RoomId" && field != "UserId" {
							m[field] = nil
						}
					}
				}
			}
		} else if name != "RequestId" && name != "Total" {
			answer[name] = nil
		}
	}
}

// allNull leaves nothing at all.
func allNull(_ string, answer map[string]any) {
	for name := range answer {
		answer[name] = nil
	}
}

// strangers adds fields that no manual knows.
func strangers(_ string, answer map[string]any) {
	extra := map[string]any{"Deep": []any{map[string]any{"x": marker}}, "N": json.Number("1e400")}
	answer["Zzz"] = extra
	for _, value := range answer {
		if list, ok := value.([]any); ok {
			for _, item := range list {
				if m, ok := item.(map[string]any); ok {
					m["Zzz"] = extra
				}
			}
		}
	}
}

// restless lets the total of every list change from page to page.
func restless() func(string, map[string]any) {
	var n atomic.Int64 // requests run side by side
	return func(_ string, answer map[string]any) {
		for _, name := range []string{"Total", "TotalCount", "MemberNumber"} {
			if _, ok := answer[name].(json.Number); ok {
				answer[name] = json.Number(strconv.Itoa([]int{100000, 1, 0, 37}[n.Add(1)%4]))
			}
		}
	}
}
