package faults

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"time"
)

// These faults go through net/http's own transport over pipes in memory: what
// the transport does is part of the test, and simulated time still works.

// overPipe lets serve play the other end of every connection.
func overPipe(serve func(net.Conn)) breakage {
	return func(http.RoundTripper) http.RoundTripper {
		transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			go serve(there)
			return here, nil
		}, DisableKeepAlives: true}
		return trip(func(r *http.Request) (*http.Response, error) {
			plain := r.Clone(r.Context())
			plain.URL.Scheme = "http"
			return transport.RoundTrip(plain)
		})
	}
}

// handled serves the connection with a handler.
func handled(handler http.HandlerFunc) func(net.Conn) {
	return func(conn net.Conn) {
		server := &http.Server{Handler: handler}
		server.SetKeepAlivesEnabled(false)
		_ = server.Serve(&once{conn: conn})
	}
}

// once is a listener of one connection.
type once struct{ conn net.Conn }

func (o *once) Accept() (net.Conn, error) {
	if o.conn == nil {
		return nil, net.ErrClosed
	}
	conn := o.conn
	o.conn = nil
	return conn, nil
}
func (o *once) Close() error   { return nil }
func (o *once) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// bomb is 400 MB that travel as 400 KB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(http.StatusOK)
	zip := gzip.NewWriter(w)
	_, _ = io.Copy(zip, &flood{left: huge})
	_ = zip.Close()
}

const huge = 400 << 20

// mute takes the request in and says nothing for ever.
func mute(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// talks takes the request in, answers these words and hangs up.
func talks(words string) func(net.Conn) {
	return func(conn net.Conn) {
		hear(conn)
		_, _ = io.WriteString(conn, words)
		_ = conn.Close()
	}
}

// hear takes one request in.
func hear(conn net.Conn) {
	if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
		_, _ = io.Copy(io.Discard, r.Body)
	}
}

// rambles sends headers without end, one a second.
func rambles(conn net.Conn) {
	gone := make(chan struct{})
	go func() { defer close(gone); _, _ = io.Copy(io.Discard, conn) }()
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
	for {
		select {
		case <-time.After(time.Second):
			_, _ = io.WriteString(conn, "X-More: "+marker+"\r\n")
		case <-gone:
			return
		}
	}
}

// stalls begins a body and never goes on.
func stalls(conn net.Conn) {
	hear(conn)
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Response\":")
	_, _ = io.Copy(io.Discard, conn)
}
