package sim

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// The largest body of a request (TC3, as the manual says), and of the other
// ways to sign.
const (
	maxPost = 10 << 20
	maxForm = 1 << 20
	maxGet  = 32 << 10
)

// reply is an answer and how it travels.
type reply struct {
	status int
	kind   string // Content-Type
	body   []byte
	date   time.Time
	delay  time.Duration
	drop   bool // the connection breaks before the answer
}

func (r reply) header() http.Header {
	h := http.Header{}
	h.Set("Content-Type", r.kind)
	h.Set("Date", r.date.UTC().Format(http.TimeFormat))
	h.Set("Content-Length", strconv.Itoa(len(r.body)))
	return h
}

// wait holds an answer back; it returns early when the caller gives up.
func (r reply) wait(ctx context.Context) error {
	if r.delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(r.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ServeHTTP serves LCIC, CAR and IoT Explorer at /, the room engine below
// /v4/ and the simulator's own pages below /_sim/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, maxPost+1)) // a cut body fails the signature check
	answer := s.answer(r, body)
	if answer.wait(r.Context()) != nil || answer.drop {
		panic(http.ErrAbortHandler)
	}
	for name, values := range answer.header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(answer.body) // the client may be gone
}

// RoundTripper returns a transport that reaches the school without a network,
// whatever the address says. Faults work as they do over a socket.
func (s *Server) RoundTripper() http.RoundTripper { return transport{s} }

type transport struct{ s *Server }

// RoundTrip hands the request to the school.
func (t transport) RoundTrip(out *http.Request) (*http.Response, error) {
	ctx := out.Context()
	var body []byte
	if out.Body != nil {
		var err error
		if body, err = io.ReadAll(out.Body); err != nil {
			return nil, err
		}
		if err = out.Body.Close(); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	in := out.Clone(ctx)
	if in.Host == "" {
		in.Host = out.URL.Host
	}
	answer := t.s.answer(in, body)
	if err := answer.wait(ctx); err != nil {
		return nil, err
	}
	if answer.drop {
		return nil, io.ErrUnexpectedEOF
	}
	return &http.Response{
		Status: strconv.Itoa(answer.status) + " " + http.StatusText(answer.status), StatusCode: answer.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: answer.header(),
		Body: io.NopCloser(bytes.NewReader(answer.body)), ContentLength: int64(len(answer.body)), Request: out,
	}, nil
}
