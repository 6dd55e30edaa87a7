//go:build cluster

package engine

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// Open connects this host with the others, and starts the server that they
// meet at where it is to be here. A server elsewhere need not be there yet, but
// one that turns this host away is an error.
func Open(o Options) (Bus, error) {
	p, err := readPass(o.Credentials)
	if err != nil {
		return nil, err
	}
	b := &natsBus{school: o.School, log: o.Log}
	options, err := p.prove(manners(o.Log))
	if err == nil && o.Beside {
		o.URL, options, err = beside(o, options)
	}
	if err != nil {
		return nil, err
	}
	if o.URL == "" {
		if b.server, err = start(o, p); err != nil {
			return nil, err
		}
		options = append(options, nats.InProcessServer(b.server))
	}
	if o.CA != "" {
		options = append(options, nats.RootCAs(o.CA))
	}
	if b.conn, err = dial(o, options); err == nil {
		b.js, err = jetstream.New(b.conn)
	}
	if err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// dial connects, or goes on trying where nobody answers.
func dial(o Options, options []nats.Option) (*nats.Conn, error) {
	conn, err := nats.Connect(o.URL, options...)
	if err == nil {
		return conn, nil
	}
	if why := refusal(o, err); why != nil {
		return nil, why
	}
	o.Log.Warn("the engine is out of reach", "err", err)
	if conn, err = nats.Connect(o.URL, append(options, nats.RetryOnFailedConnect(true))...); err != nil {
		return nil, fmt.Errorf("connect to the engine: %w", err)
	}
	return conn, nil
}

// refusal says what to do about a server that is there and turns this host
// away; nil: the error is none of that, and may pass.
func refusal(o Options, err error) error {
	at := cmp.Or(o.URL, o.Listen)
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &cert):
		return fmt.Errorf("the engine at %s shows a certificate that is not trusted (%w): name the file of who signed it in serve.engine_ca, and use a name of the host that the certificate has", at, cert.Err)
	case errors.Is(err, nats.ErrSecureConnWanted):
		return fmt.Errorf("the engine at %s does not speak TLS: give it a certificate (serve.engine_cert and serve.engine_key on its host)", at)
	case errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAccountAuthExpired):
		return fmt.Errorf("the engine at %s says that the credentials in %s have expired: put new ones there", at, o.Credentials)
	case errors.Is(err, nats.ErrNkeysNotSupported), errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthRevoked):
		if o.Credentials == "" {
			return fmt.Errorf("the engine at %s asks who connects: name a file with its token, an nkey seed or NATS credentials in serve.engine_credentials", at)
		}
		return fmt.Errorf("the engine at %s does not take the credentials in %s (serve.engine_credentials): they must be what its server knows", at, o.Credentials)
	}
	return nil
}

// manners are how a connection behaves: it never gives up, and what could not
// be sent is not sent later.
func manners(log *slog.Logger) []nats.Option {
	trouble := sparing(func(err error) { log.Warn("the engine", "err", err) })
	return []nats.Option{
		nats.Name("classtop"), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(500 * time.Millisecond), nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2),
		nats.ReconnectBufSize(-1),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { log.Warn("the engine is out of reach", "err", err) }),
		nats.ReconnectHandler(func(*nats.Conn) { log.Info("the engine is back") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { trouble(err) }),
	}
}

// sparing says a trouble once a minute: each try to connect brings it again.
func sparing(say func(error)) func(error) {
	var mu sync.Mutex
	var said string
	var at time.Time
	return func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); err.Error() != said || now.Sub(at) >= time.Minute {
			said, at = err.Error(), now
			say(err)
		}
	}
}

// prove adds what shows who connects.
func (p pass) prove(options []nats.Option) ([]nats.Option, error) {
	switch {
	case p.creds != "":
		return append(options, nats.UserCredentials(p.creds)), nil
	case p.token != "":
		return append(options, nats.Token(p.token)), nil
	case p.seed == "":
		return options, nil
	}
	pair, err := nkeys.FromSeed([]byte(p.seed))
	if err != nil {
		return nil, errors.New("credentials of the engine: this is no seed of an nkey")
	}
	public, err := pair.PublicKey()
	return append(options, nats.Nkey(public, pair.Sign)), err
}
