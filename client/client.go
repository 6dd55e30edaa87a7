// Package client is the signing client of the four systems: LCIC, CAR, IoT
// Explorer and the TRTC room engine. Every request goes through one place
// (Client.do), which signs, paces, limits, retries reads and never writes,
// keeps the clock right, and refuses writes that are not allowed.
//
// Strings of the answers are cleaned here, once; errors are *class.Error.
package client

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// Credentials are the key pair of the cloud API. Source says for people where
// it was read, never the key.
type Credentials struct {
	ID         string
	Key, Token class.Secret
	Source     string
}

// Budget paces requests. Take waits for a place in the action's share; done is
// called once, on the first byte of the answer or on failure. A Budget that
// also has Limited(action string) is told when the service answered that there
// were too many calls.
type Budget interface {
	Take(ctx context.Context, action string) (done func(limited bool), err error)
}

// Config says whom to talk to, as whom and how. The zero value of each
// optional field means its default.
type Config struct {
	Credentials        Credentials
	Region, Language   string
	Endpoint           string // HOST or https://HOST; http only on loopback; empty: the facts' host
	RoomEngineEndpoint string // the same for the room engine
	SdkAppID           uint64
	Admin              string                            // administrator of the room engine; empty: administrator
	UserSigKey         class.Secret                      // the room engine's secret key
	RoomIDs            func(class.RoomID) (string, bool) // LCIC room to room engine id; nil: the number as text
	ReadOnly           bool                              // refuse every write
	Patient            bool                              // ask again, a second later, for reads refused as too many
	Transport          http.RoundTripper                 // nil: own pooled transport
	Now                func() time.Time                  // nil: time.Now
	Budget             Budget                            // nil: no pacing
	Observe            func(Call)                        // told of every attempt; nil: nobody
}

// Call is one attempt of one request, for the list of requests. Code is empty
// when it succeeded.
type Call struct {
	System, Action  string
	Started         time.Time
	Took            time.Duration
	Code, RequestID string
	Limited         bool
}

// Client reads. It is safe for use by many goroutines.
type Client struct {
	cfg       Config
	transport http.RoundTripper
	traced    bool // the transport is net/http's, so its trace can be trusted
	cloud     endpoint
	engine    endpoint
	tc3       tc3Signer
	sigs      sigCache
	offset    atomic.Int64
	large     chan *bytes.Buffer // holds the one buffer for large bodies while nobody uses it
	jitter    func(time.Duration) time.Duration
}

// Writer is the only thing that can change anything on the server. Only what
// wires the operations together asks for it.
type Writer struct{ c *Client }

// New makes a client. It opens no connection. An error is a *class.Error with
// CodeConfig.
func New(cfg Config) (*Client, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Admin == "" {
		cfg.Admin = "administrator"
	}
	c := &Client{cfg: cfg, transport: cfg.Transport, jitter: fullJitter, large: make(chan *bytes.Buffer, 1)}
	c.large <- new(bytes.Buffer)
	var err error
	if c.cloud, err = parseEndpoint("endpoint", cfg.Endpoint); err != nil {
		return nil, err
	}
	if c.engine, err = parseEndpoint("room engine endpoint", cfg.RoomEngineEndpoint); err != nil {
		return nil, err
	}
	if c.transport == nil {
		c.transport = newTransport()
		c.traced = true
	}
	c.tc3 = tc3Signer{id: cfg.Credentials.ID, key: cfg.Credentials.Key}
	return c, nil
}

// Writer returns the part of the client that can write.
func (c *Client) Writer() *Writer { return &Writer{c} }

// Offset tells by how much the server's clock is ahead of this machine's, as
// learned from a refusal; 0 if there was none.
func (c *Client) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// now is the server's time as far as it is known.
func (c *Client) now() time.Time { return c.cfg.Now().Add(c.Offset()) }

// host returns where an action's system listens.
func (c *Client) host(system *spec.System) endpoint {
	if system.Name == spec.RoomEngine {
		return c.engine.or(system.Host)
	}
	return c.cloud.forService(system.Service).or(system.Host)
}

// fullJitter picks a wait between nothing and the limit.
func fullJitter(limit time.Duration) time.Duration {
	return time.Duration(rand.Int64N(int64(limit) + 1))
}
