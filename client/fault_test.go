package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
)

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func through(t *testing.T, rt transport, changes ...func(*Config)) *Client {
	t.Helper()
	cfg := testConfig()
	cfg.Transport = rt
	for _, change := range changes {
		change(&cfg)
	}
	c, err := New(cfg)
	require.NoError(t, err)
	return c
}

func TestBlackHole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		c := through(t, func(r *http.Request) (*http.Response, error) {
			tries++
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		started := time.Now()
		_, err := c.Members(t.Context(), 7)
		assert.Equal(t, class.CodeTimeout, asError(t, err).Code)
		assert.Equal(t, 8*time.Second, time.Since(started))
		assert.Equal(t, 1, tries)

		_, err = c.Writer().Kick(t.Context(), 7, clean.Text("u1"), false, time.Minute)
		e := asError(t, err)
		assert.True(t, e.Maybe)
		assert.Equal(t, "u1 in room 7", e.On)
		assert.ErrorIs(t, err, context.DeadlineExceeded)

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = c.Members(ctx, 7)
		assert.Equal(t, class.CodeCancelled, asError(t, err).Code)
	})
}

func TestWaitsBetweenTriesEndWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := through(t, func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })
		c.jitter = func(limit time.Duration) time.Duration { return limit }
		started := time.Now()
		_, err := c.Room(t.Context(), 7)
		assert.Equal(t, class.CodeNetwork, asError(t, err).Code)
		assert.Equal(t, time.Second, time.Since(started), "0.2 s and 0.8 s")
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		started = time.Now()
		_, err = c.Room(ctx, 7)
		assert.Error(t, err)
		assert.Equal(t, 100*time.Millisecond, time.Since(started))
	})
}

func TestOnlyThePatientAskAgainAfterTooManyCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		c := through(t, func(*http.Request) (*http.Response, error) {
			tries++
			body := `{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"slow down"},"RequestId":"r-1"}}`
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
		})
		for patient, want := range map[bool]int{false: 1, true: maxTries} {
			c.cfg.Patient, tries = patient, 0
			started := time.Now()
			_, err := c.Room(t.Context(), 7)
			assert.True(t, asError(t, err).RateLimited())
			assert.Equal(t, want, tries)
			assert.GreaterOrEqual(t, time.Since(started), time.Duration(want-1)*rateWait)
		}
		tries = 0
		_, err := c.Writer().End(t.Context(), 7)
		assert.Error(t, err)
		assert.Equal(t, 1, tries, "a write is never sent again")
	})
}

func TestWhatWasNeverSentIsNoMaybe(t *testing.T) {
	for name, fault := range map[string]error{
		"refused": &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"dns":     &net.DNSError{Name: "lcic.example", IsNotFound: true},
		"tls":     errors.New("tls: failed to verify certificate"),
	} {
		c := through(t, func(*http.Request) (*http.Response, error) { return nil, fault })
		_, err := c.Writer().End(t.Context(), 7)
		assert.False(t, asError(t, err).Maybe, name)
	}
	c := through(t, func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNRESET })
	_, err := c.Writer().End(t.Context(), 7)
	assert.True(t, asError(t, err).Maybe)
	assert.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestSecretsAreInNoError(t *testing.T) {
	var sig string
	c := through(t, func(r *http.Request) (*http.Response, error) {
		sig = r.URL.Query().Get("usersig")
		return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: fmt.Errorf("no route to %s with %s and %s", r.URL, testKey, testToken)}
	})
	_, err := c.Writer().TakeOffSeat(t.Context(), 7, clean.Text("u1"))
	require.NotEmpty(t, sig)
	require.NotEmpty(t, openUserSig(t, sig).Sig)
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			text := fmt.Sprintf(verb, e)
			for _, secret := range []string{sig, testKey, testToken, testSigKey, "usersig="} {
				assert.NotContains(t, text, secret, verb)
			}
		}
	}
	text := fmt.Sprintf("%+v %#v", c, c.cfg)
	for _, secret := range []string{testKey, testToken, testSigKey} {
		assert.NotContains(t, text, secret)
	}
	bad := &url.Error{Op: "parse", Err: errors.New(`invalid proxy address "http://me:pa%ss@proxy": bad escape`)}
	assert.NotContains(t, c.redact(bad), "pa%ss")
}

func TestClockIsLearnedOnce(t *testing.T) {
	for _, off := range []time.Duration{6 * time.Minute, -time.Hour, time.Hour} {
		local := time.Unix(1711971335, 0)
		server := local.Add(off)
		tries := 0
		c := through(t, func(r *http.Request) (*http.Response, error) {
			tries++
			w := httptest.NewRecorder()
			w.Header().Set("Date", server.UTC().Format(http.TimeFormat))
			var unix int64
			_, _ = fmt.Sscan(r.Header.Get("X-TC-Timestamp"), &unix)
			if server.Sub(time.Unix(unix, 0)).Abs() > 5*time.Minute {
				failWith(w, "AuthFailure.SignatureExpire", "expired")
			} else {
				answer(w, `"x":1`)
			}
			return w.Result(), nil
		}, func(cfg *Config) { cfg.Now = func() time.Time { return local } })
		_, err := c.Writer().End(t.Context(), 7)
		require.NoError(t, err, "a write too: it was refused for sure")
		assert.Equal(t, 2, tries)
		assert.InDelta(t, off.Seconds(), c.Offset().Seconds(), 1)
		_, err = c.Writer().End(t.Context(), 7)
		require.NoError(t, err)
		assert.Equal(t, 3, tries)
		local = server // somebody set the clock: the offset is wrong now
		_, err = c.Writer().End(t.Context(), 7)
		require.NoError(t, err)
		assert.Zero(t, c.Offset())
	}
}

func TestClockThatIsRightIsNoReasonToSignAgain(t *testing.T) {
	local := time.Unix(1711971335, 0)
	tries := 0
	message, date := "", local.UTC().Format(http.TimeFormat)
	c := through(t, func(*http.Request) (*http.Response, error) {
		tries++
		w := httptest.NewRecorder()
		w.Header().Set("Date", date)
		failWith(w, "AuthFailure.SignatureExpire", message)
		return w.Result(), nil
	}, func(cfg *Config) { cfg.Now = func() time.Time { return local } })
	_, err := c.Room(t.Context(), 7)
	assert.Equal(t, "AuthFailure.SignatureExpire", asError(t, err).Code)
	assert.Equal(t, 1, tries)
	date, message = "", "a deviation between `Timestamp` and the server time 1711974935."
	_, err = c.Room(t.Context(), 7)
	assert.Error(t, err, "refused again")
	assert.Equal(t, 3, tries, "signed again once")
	assert.InDelta(t, 3600, c.Offset().Seconds(), 1)
}

func TestUntrustedCertificateIsRefused(t *testing.T) {
	var n int
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { n++ }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	cfg := testConfig()
	cfg.Endpoint = server.URL
	c, err := New(cfg)
	require.NoError(t, err)
	_, err = c.Writer().End(t.Context(), 7)
	e := asError(t, err)
	assert.Equal(t, class.CodeTLS, e.Code)
	assert.False(t, e.Maybe, "nothing was sent")
	assert.Zero(t, n)
}

func TestOldTLSIsRefused(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came through") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	server.StartTLS()
	defer server.Close()
	rt := newTransport()
	assert.Equal(t, uint16(tls.VersionTLS12), rt.TLSClientConfig.MinVersion, "said here, not left to defaults")
	rt.TLSClientConfig.RootCAs = x509.NewCertPool()
	rt.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	cfg := testConfig()
	cfg.Endpoint, cfg.Transport = server.URL, rt
	c, err := New(cfg)
	require.NoError(t, err)
	_, err = c.Room(t.Context(), 7)
	assert.Equal(t, class.CodeTLS, asError(t, err).Code)
}
