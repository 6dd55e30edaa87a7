//go:build cluster

package engine

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// start starts the NATS server that the hosts meet at. Beyond this machine it
// takes TLS and a token.
func start(o Options, p pass) (*server.Server, error) {
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return nil, fmt.Errorf("the engine's address: %w", err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("the engine's address: %w", err)
	}
	if number == 0 {
		number = server.RANDOM_PORT
	}
	options := &server.Options{
		ServerName: "classtop", Host: host, Port: number, JetStream: true, StoreDir: o.Dir, NoSigs: true, NoLog: true,
		JetStreamMaxMemory: 8 << 20, JetStreamMaxStore: 64 << 20, Authorization: p.token, MaxPayload: 1 << 20, DisableJetStreamBanner: true,
	}
	ip := net.ParseIP(host)
	local := host == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case p.token == "" && !p.none():
		return nil, errors.New("the engine that is started here takes a token: a line in serve.engine_credentials")
	case !local && (p.none() || o.Cert == "" || o.Key == ""):
		return nil, fmt.Errorf("the engine at %s takes a token (serve.engine_credentials) and TLS (serve.engine_cert, serve.engine_key), since others than this machine reach it", o.Listen)
	}
	if o.Cert != "" {
		options.TLSConfig, err = server.GenTLSConfig(&server.TLSConfigOpts{CertFile: o.Cert, KeyFile: o.Key, MinVersion: 0x0303})
		if err != nil {
			return nil, fmt.Errorf("the engine's certificate: %w", err)
		}
		options.TLS = true
	}
	s, err := server.NewServer(options)
	if err != nil {
		return nil, fmt.Errorf("start the engine: %w", err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		s.Shutdown()
		return nil, fmt.Errorf("start the engine: nothing answers at %s; is the address taken?", o.Listen)
	}
	return s, nil
}

// beside says how the server that another process of this machine started at
// o.Listen is reached. It is known by its certificate, under whatever name that
// has.
func beside(o Options, options []nats.Option) (address string, _ []nats.Option, err error) {
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return "", nil, fmt.Errorf("the engine's address: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	address = (&url.URL{Scheme: "nats", Host: net.JoinHostPort(host, port)}).String()
	if o.Cert == "" {
		return address, options, nil
	}
	text, err := os.ReadFile(o.Cert)
	if err != nil {
		return "", nil, fmt.Errorf("the engine's certificate: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return "", nil, fmt.Errorf("the engine's certificate: %s holds none", o.Cert)
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return "", nil, fmt.Errorf("the engine's certificate: %w", err)
	}
	known := x509.NewCertPool()
	known.AddCert(cert)
	name := cert.Subject.CommonName
	switch {
	case len(cert.DNSNames) > 0:
		name = cert.DNSNames[0]
	case len(cert.IPAddresses) > 0:
		name = cert.IPAddresses[0].String()
	}
	return address, append(options, nats.Secure(&tls.Config{RootCAs: known, ServerName: name, MinVersion: tls.VersionTLS12})), nil
}
