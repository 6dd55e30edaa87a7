package client

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

const (
	testKey    = "EXAMPLE-secret-key-for-tests"
	testSigKey = "EXAMPLE-chat-key"
	testToken  = "EXAMPLE-token-for-tests"
)

// served returns a client of a server that counts requests.
func served(t *testing.T, handler func(n int64, w http.ResponseWriter, r *http.Request), changes ...func(*Config)) (*Client, *atomic.Int64) {
	t.Helper()
	var n atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler(n.Add(1), w, r) }))
	t.Cleanup(server.Close)
	cfg := testConfig()
	cfg.Endpoint, cfg.RoomEngineEndpoint = server.URL, server.URL
	for _, change := range changes {
		change(&cfg)
	}
	c, err := New(cfg)
	require.NoError(t, err)
	c.jitter = func(time.Duration) time.Duration { return 0 }
	t.Cleanup(func() {
		if tr, ok := c.transport.(*http.Transport); ok {
			tr.CloseIdleConnections()
		}
	})
	return c, &n
}

func testConfig() Config {
	return Config{
		Credentials: Credentials{ID: "AKIDEXAMPLE", Key: class.NewSecret(testKey), Token: class.NewSecret(testToken)},
		SdkAppID:    3520371, UserSigKey: class.NewSecret(testSigKey),
	}
}

func answer(w http.ResponseWriter, fields string) {
	_, _ = io.WriteString(w, `{"Response":{`+fields+`,"RequestId":"r-1"}}`)
}

func failWith(w http.ResponseWriter, code, message string) {
	raw, _ := json.Marshal(map[string]string{"Code": code, "Message": message})
	answer(w, `"Error":`+string(raw))
}

func asError(t *testing.T, err error) *class.Error {
	t.Helper()
	var e *class.Error
	require.ErrorAs(t, err, &e)
	return e
}

func TestRequestIsSignedAsSent(t *testing.T) {
	c, _ := served(t, func(_ int64, w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		assert.Equal(t, "application/json", r.Header.Get("Content-Type"))
		assert.Equal(t, "EndRoom", r.Header.Get("X-TC-Action"))
		assert.Equal(t, "2022-08-17", r.Header.Get("X-TC-Version"))
		assert.Equal(t, testToken, r.Header.Get("X-TC-Token"))
		assert.Equal(t, "en-US", r.Header.Get("X-TC-Language"))
		assert.NotContains(t, r.Header, "X-Tc-Region")
		assert.JSONEq(t, `{"RoomId":18446744073709551615}`, string(body))
		s := tc3Signer{id: "AKIDEXAMPLE", key: class.NewSecret(testKey)}
		var unix int64
		_, _ = fmt.Sscan(r.Header.Get("X-TC-Timestamp"), &unix)
		want := s.authorization(&tc3Request{"POST", r.Host, "", "application/json", "lcic", body, unix})
		assert.Equal(t, want, r.Header.Get("Authorization"))
		answer(w, `"x":1`)
	}, func(cfg *Config) { cfg.Language = "en-US" })
	id, err := c.Writer().End(t.Context(), 18446744073709551615)
	require.NoError(t, err)
	assert.Equal(t, "r-1", id)
}

func TestReadsAreTriedThreeTimesWritesOnce(t *testing.T) {
	faults := map[string]func(w http.ResponseWriter){
		"internal error": func(w http.ResponseWriter) { failWith(w, "InternalServerError", "oops") },
		"502":            func(w http.ResponseWriter) { w.WriteHeader(502); _, _ = io.WriteString(w, "<html>secret page</html>") },
		"cut body": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"Response":{"Tot`)
		},
		"not an answer": func(w http.ResponseWriter) { _, _ = io.WriteString(w, "<html>log in</html>") },
		"reset": func(w http.ResponseWriter) {
			conn, _, _ := w.(http.Hijacker).Hijack()
			_ = conn.Close()
		},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			c, n := served(t, func(_ int64, w http.ResponseWriter, _ *http.Request) { fault(w) })
			_, err := c.Room(t.Context(), 7)
			e := asError(t, err)
			assert.EqualValues(t, 3, n.Load())
			assert.False(t, e.Maybe, "a read changes nothing")
			assert.NotContains(t, err.Error(), "secret page")
			assert.NotEmpty(t, e.Meaning)
			assert.NotEmpty(t, e.Hint)

			n.Store(0)
			_, err = c.Writer().End(t.Context(), 7)
			assert.EqualValues(t, 1, n.Load())
			assert.True(t, asError(t, err).Maybe, "it may have been carried out")
			assert.Equal(t, "room 7", asError(t, err).On)
		})
	}
}

func TestReadSucceedsAtTheThirdTry(t *testing.T) {
	c, _ := served(t, func(n int64, w http.ResponseWriter, _ *http.Request) {
		if n < 3 {
			w.WriteHeader(503)
			return
		}
		answer(w, `"Name":"数学","TeacherId":"t1"`)
	})
	room, err := c.Room(t.Context(), 7)
	require.NoError(t, err)
	assert.Equal(t, "数学", room.Name.String())
}

func TestRefusalsAreFinal(t *testing.T) {
	for _, code := range []string{"AuthFailure.SignatureFailure", "ResourceNotFound.Room", "RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded"} {
		c, n := served(t, func(_ int64, w http.ResponseWriter, _ *http.Request) { failWith(w, code, "no\x1b[31m") })
		_, err := c.Members(t.Context(), 7)
		e := asError(t, err)
		assert.EqualValues(t, 1, n.Load(), code)
		assert.Equal(t, code, e.Code)
		assert.Equal(t, "r-1", e.RequestID)
		assert.Equal(t, "no␛[31m", e.Message)
	}
}

// budget counts as poll's does.
type budget struct{ taken, done, limited int }

func (b *budget) Take(context.Context, string) (func(bool), error) {
	b.taken++
	return func(bool) { b.done++ }, nil
}

func (b *budget) Limited(string) { b.limited++ }

func TestBudgetAndObserverSeeEveryAttempt(t *testing.T) {
	b := &budget{}
	var calls []Call
	c, _ := served(t, func(n int64, w http.ResponseWriter, _ *http.Request) {
		if n < 3 {
			w.WriteHeader(502)
			return
		}
		failWith(w, "RequestLimitExceeded", "slow down")
	}, func(cfg *Config) {
		cfg.Budget = b
		cfg.Observe = func(call Call) { calls = append(calls, call) }
	})
	_, err := c.Room(t.Context(), 7)
	assert.True(t, asError(t, err).RateLimited())
	assert.Equal(t, budget{taken: 3, done: 3, limited: 1}, *b)
	require.Len(t, calls, 3)
	assert.Equal(t, class.CodeHTTPStatus, calls[0].Code)
	assert.True(t, calls[2].Limited)
	assert.Equal(t, "r-1", calls[2].RequestID)
}

func TestRedirectIsNotFollowed(t *testing.T) {
	other, n := served(t, func(_ int64, w http.ResponseWriter, _ *http.Request) { answer(w, `"x":1`) })
	c, _ := served(t, func(_ int64, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+other.cloud.host+"/?x", http.StatusTemporaryRedirect)
	})
	_, err := c.Seats(t.Context(), 7)
	assert.Equal(t, class.CodeHTTPStatus, asError(t, err).Code)
	assert.Zero(t, n.Load())
	_, err = c.Writer().End(t.Context(), 7)
	assert.False(t, asError(t, err).Maybe, "a redirect carried nothing out")
}

func TestLargeBodiesAreRefused(t *testing.T) {
	chunk := strings.Repeat(" ", 1<<20)
	for name, zipped := range map[string]bool{"plain": false, "gzip bomb": true} {
		t.Run(name, func(t *testing.T) {
			c, n := served(t, func(_ int64, w http.ResponseWriter, r *http.Request) {
				var out io.Writer = w
				if zipped {
					assert.Contains(t, r.Header.Get("Accept-Encoding"), "gzip")
					w.Header().Set("Content-Encoding", "gzip")
					z := gzip.NewWriter(w)
					defer z.Close()
					out = z
				}
				for range 12 {
					if _, err := io.WriteString(out, chunk); err != nil {
						return
					}
				}
			})
			_, err := c.Room(t.Context(), 7)
			assert.Equal(t, class.CodeTooLarge, asError(t, err).Code)
			assert.EqualValues(t, 1, n.Load())
		})
	}
}

func TestOldShape(t *testing.T) {
	c, _ := served(t, func(_ int64, w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"code":4100,"message":"(100) auth","codeDesc":"AuthFailure"}`)
	})
	for _, call := range []func() error{
		func() error { _, err := c.Room(t.Context(), 7); return err },
		func() error { _, err := c.Members(t.Context(), 7); return err },
	} {
		e := asError(t, call())
		assert.Equal(t, "AuthFailure", e.Code)
		assert.True(t, e.Fatal())
	}
}
