package client

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// Limits of one attempt. The attempt is longer than the five seconds after
// which CAR's CreateSession itself gives up.
const (
	connectTimeout = 3 * time.Second
	tlsTimeout     = 4 * time.Second
	attemptTimeout = 8 * time.Second
	bodyLimit      = 8 << 20 // bytes, after decompression
)

// newTransport pools connections: enough for a full budget, dropped before the
// server drops them (after 60 s), checked with pings where HTTP/2 is spoken.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: 15 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    tlsTimeout,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    32,
		IdleConnTimeout:        25 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(64)},
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 10 * time.Second, PingTimeout: 5 * time.Second},
	}
}
