package config

import (
	"net"
	"strconv"
	"time"
)

// Serve holds the settings of classtop serve.
type Serve struct {
	Listen   string        // host:port
	Keys     string        // file of public keys
	HostKey  string        // file
	Sessions int           // at once
	PerKey   int           // of them with one key
	Idle     time.Duration // 0: no limit
	Lifetime time.Duration // 0: no limit
	Metrics  string        // host:port on this machine; empty: none
	Engine   Engine        // how other hosts share the school
}

var serveSettings = []setting{
	{key: "serve.listen", global: true, def: ":2222", allowed: "HOST:PORT or :PORT",
		about: "classtop serve: where people connect …", example: ":2222",
		set: func(c *Config, v string) error { return setAddress(&c.Serve.Listen, v) }},
	{key: "serve.keys", global: true, allowed: "the path of a file",
		about: "… the public keys that may come in, each with a name and a role …", example: "~/.config/classtop/authorized_keys",
		set: func(c *Config, v string) error { c.Serve.Keys = expand(c.env, v); return nil }},
	{key: "serve.host_key", global: true, allowed: "the path of a file",
		about: "… the server's own key, made where there is none …", example: "~/.local/state/classtop/host_key",
		set: func(c *Config, v string) error { c.Serve.HostKey = expand(c.env, v); return nil }},
	{key: "serve.sessions", global: true, def: "200", allowed: "a number from 1 to 10000",
		about: "… how many sessions there may be at once …", example: "200",
		set: func(c *Config, v string) error { return setCount(&c.Serve.Sessions, v) }},
	{key: "serve.per_key", global: true, def: "20", allowed: "a number from 1 to 10000",
		about: "… how many of them with one key …", example: "20",
		set: func(c *Config, v string) error { return setCount(&c.Serve.PerKey, v) }},
	{key: "serve.idle", global: true, def: "0s", allowed: "a length of time from 0 (no limit) to 720h, such as 8h",
		about: "… how long a session may go without a key …", example: "8h",
		set: func(c *Config, v string) error { return setSpan(&c.Serve.Idle, v) }},
	{key: "serve.lifetime", global: true, def: "24h", allowed: "a length of time from 0 (no limit) to 720h, such as 24h",
		about: "… how old a session may get …", example: "24h",
		set: func(c *Config, v string) error { return setSpan(&c.Serve.Lifetime, v) }},
	{key: "serve.metrics", global: true, def: "127.0.0.1:2223", allowed: "HOST:PORT of this machine, or off",
		about: "… and where /healthz and /metrics answer.", example: "off", set: setMetrics},
}

func setAddress(to *string, v string) error {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return errValue
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return errValue
	}
	*to = v
	return nil
}

func setMetrics(c *Config, v string) error {
	if v == "off" {
		c.Serve.Metrics = ""
		return nil
	}
	if host, _, err := net.SplitHostPort(v); err != nil || !Loopback(host) {
		return errValue
	}
	return setAddress(&c.Serve.Metrics, v)
}

func setCount(to *int, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 10000 {
		return errValue
	}
	*to = n
	return nil
}
