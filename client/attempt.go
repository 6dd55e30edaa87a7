package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"time"

	"classtop/class"
	"classtop/class/clean"
)

// errTooLarge says that a body is over the limit.
var errTooLarge = errors.New("the answer is over 8 MiB")

// exchange is one attempt as far as it got.
type exchange struct {
	outcome
	status int
	wired  atomic.Bool // a connection was there, so the request may have gone out
	body   *bytes.Buffer
	large  chan<- *bytes.Buffer // where body is given back; nil: to the pool
}

// outcome is what an attempt leaves behind beside its error.
type outcome struct {
	verdict
	offset  time.Duration // with which the request was signed
	date    string        // the answer's Date header
	arrived time.Time     // when the answer's head was here, local clock
}

// buffers holds bodies while they are decoded.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keepBuffer is the largest buffer that goes back to the pool.
const keepBuffer = 1 << 20

// attempt takes a place in the budget, sends the request once and reads the
// answer.
func (c *Client) attempt(ctx context.Context, r *request, decode decoder) (outcome, *class.Error) {
	done, err := c.take(ctx, r.action.Name)
	if err != nil {
		return outcome{}, c.fault(ctx, r, err)
	}
	defer done()
	started := c.cfg.Now()
	x := &exchange{body: buffers.Get().(*bytes.Buffer)}
	defer x.release()
	x.offset = c.Offset()
	err = c.exchange(ctx, r, x, done)
	if err == nil && x.status == http.StatusOK {
		x.verdict, err = decode(x.body.Bytes())
		x.requestID = clean.Line(x.requestID, messageCells)
	}
	failed := c.judge(ctx, r, x, err)
	c.report(r, started, x.requestID, failed)
	return x.outcome, failed
}

// take waits for a place in the budget. What it returns gives the place back,
// once, however often it is called.
func (c *Client) take(ctx context.Context, action string) (func(), error) {
	if c.cfg.Budget == nil {
		return func() {}, ctx.Err()
	}
	done, err := c.cfg.Budget.Take(ctx, action)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { done(false) }), nil
}

// exchange sends the request and reads the answer's body, both within the time
// of one attempt. The transport is asked directly: no redirect is followed, and
// no error is given a URL.
func (c *Client) exchange(ctx context.Context, r *request, x *exchange, done func()) error {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:              func(httptrace.GotConnInfo) { x.wired.Store(true) },
		GotFirstResponseByte: done,
	})
	resp, err := c.transport.RoundTrip(c.build(r).http(ctx))
	done()
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	x.wired.Store(true)
	x.status, x.date, x.arrived = resp.StatusCode, resp.Header.Get("Date"), c.cfg.Now()
	if x.status != http.StatusOK {
		return nil // what a gateway says is of no use and may be anything
	}
	return c.read(ctx, resp.Body, x)
}

// read takes the body in. There is one buffer for large bodies, so that many of
// them together cost no more memory than one.
func (c *Client) read(ctx context.Context, body io.Reader, x *exchange) error {
	n, err := x.body.ReadFrom(io.LimitReader(body, keepBuffer))
	if err != nil || n < keepBuffer {
		return err
	}
	select {
	case large := <-c.large:
		large.Reset()
		large.Grow(bodyLimit + bytes.MinRead)
		large.Write(x.body.Bytes())
		x.release()
		x.body, x.large = large, c.large
	case <-ctx.Done():
		return ctx.Err()
	}
	n, err = x.body.ReadFrom(io.LimitReader(body, bodyLimit-keepBuffer+1))
	if err == nil && n > bodyLimit-keepBuffer {
		return errTooLarge
	}
	return err
}

func (x *exchange) release() {
	switch {
	case x.large != nil:
		x.large <- x.body
	case x.body.Cap() <= keepBuffer:
		x.body.Reset()
		buffers.Put(x.body)
	}
	x.body, x.large = nil, nil
}

// report tells the budget of a refusal for too many calls and the observer of
// every attempt.
func (c *Client) report(r *request, started time.Time, id string, failed *class.Error) {
	limited := failed != nil && failed.RateLimited()
	if b, ok := c.cfg.Budget.(interface{ Limited(action string) }); ok && limited {
		b.Limited(r.action.Name)
	}
	if c.cfg.Observe == nil {
		return
	}
	call := Call{
		System: r.system.Name, Action: r.action.Name, Started: started, Took: c.cfg.Now().Sub(started),
		RequestID: id, Limited: limited,
	}
	if failed != nil {
		call.Code = failed.Code
	}
	c.cfg.Observe(call)
}
