package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"

	"classtop/class"
	"classtop/class/clean"
)

// fault explains why no answer came. The error's text is rebuilt without
// anything secret, and the cause that stays is a plain one.
func (c *Client) fault(ctx context.Context, r *request, err error) *class.Error {
	code, message, cause := faultKind(ctx, err)
	if message == "" {
		message = c.redact(err)
	}
	e := newError(r, code, clean.Line(message, messageCells))
	if cause == nil {
		cause = errors.New(e.Message)
	}
	e.Cause = cause
	return e
}

// faultKind sorts a transport's error. An empty message means that the error's
// own text says it best.
func faultKind(ctx context.Context, err error) (code, message string, cause error) {
	var dns *net.DNSError
	var errno syscall.Errno
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return class.CodeCancelled, "", context.Canceled
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded), timedOut(err) && !errors.As(err, &dns):
		return class.CodeTimeout, "", context.DeadlineExceeded
	case errors.Is(err, context.Canceled):
		return class.CodeCancelled, "", context.Canceled
	case isTLS(err):
		return class.CodeTLS, "", nil
	case errors.As(err, &dns):
		return class.CodeNetwork, "the name " + dns.Name + " was not found", nil
	case errors.As(err, &errno):
		return class.CodeNetwork, errno.Error(), errno
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return class.CodeNetwork, "the connection was closed before the answer", io.ErrUnexpectedEOF
	case strings.Contains(err.Error(), "malformed"): // net/http quotes what the other end said
		return class.CodeNetwork, "what answered does not speak HTTP", nil
	}
	return class.CodeNetwork, "", nil
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &host) || errors.As(err, &authority) || strings.Contains(err.Error(), "tls: ")
}

// sent tells whether the request may have left this machine. Only an error
// from before the connection stood says for sure that it has not.
func (c *Client) sent(x *exchange, err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &op) && op.Op == "dial", errors.As(err, &dns), errors.Is(err, syscall.ECONNREFUSED), isTLS(err):
		return false
	case c.traced && !x.wired.Load():
		return false
	}
	return true
}

// redact returns an error's text without URLs' queries, which hold the UserSig,
// without a proxy's password and without any secret of this client.
func (c *Client) redact(err error) string {
	var u *url.Error
	for errors.As(err, &u) && u.Err != nil {
		err = u.Err
	}
	text := err.Error()
	if strings.Contains(text, "proxy") && strings.Contains(text, "@") {
		return "the proxy's address cannot be used: in HTTPS_PROXY, write special characters of the password as %XX"
	}
	words := strings.Fields(text)
	for i, w := range words {
		if at := strings.IndexByte(w, '?'); at >= 0 && strings.Contains(w[at:], "=") {
			words[i] = w[:at] + "?…"
		}
	}
	text = strings.Join(words, " ")
	cred := c.cfg.Credentials
	for _, secret := range []string{cred.Key.Reveal(), cred.Token.Reveal(), c.cfg.UserSigKey.Reveal(), c.sigs.current()} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "****")
		}
	}
	return text
}
