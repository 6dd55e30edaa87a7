package config

import (
	"net/url"
	"strings"
)

// Engine says how several hosts share the school of classtop serve.
type Engine struct {
	URL         string // of a NATS server; empty: none or embedded
	Embedded    bool   // start one here
	Listen      string // where
	Credentials string // file of a token, nkey seed or creds; empty: none
	Cert, Key   string // files, for the one that is started here
	CA          string // file; empty: the system's
	Host        string // this host's name for people; empty: the machine's
	Dir         string // where the one that is started here keeps its state
}

// Shared tells whether there are other hosts.
func (e Engine) Shared() bool { return e.Embedded || e.URL != "" }

var engineSettings = []setting{
	{key: "serve.engine", global: true, def: "process", allowed: "process, embedded, nats://HOST:PORT of this machine, or tls://HOST:PORT; several addresses with commas; never with a password",
		about: "Several hosts: process is this one alone, embedded starts the server that hosts meet at, an address joins one …", example: "tls://jump1:4222", set: setEngine},
	{key: "serve.engine_listen", global: true, def: "127.0.0.1:4222", allowed: "HOST:PORT",
		about: "… where the embedded one listens; beyond this machine it takes credentials and a certificate …", example: "0.0.0.0:4222",
		set: func(c *Config, v string) error { return setAddress(&c.Serve.Engine.Listen, v) }},
	{key: "serve.engine_credentials", global: true, allowed: "the path of a file",
		about: "… a file with a token, an nkey seed or NATS credentials, which only its owner can read …", example: "/etc/classtop/engine",
		set: func(c *Config, v string) error { c.Serve.Engine.Credentials = expand(c.env, v); return nil }},
	{key: "serve.engine_cert", global: true, allowed: "the path of a file",
		about: "… the embedded one's certificate …", example: "/etc/classtop/engine.crt",
		set: func(c *Config, v string) error { c.Serve.Engine.Cert = expand(c.env, v); return nil }},
	{key: "serve.engine_key", global: true, allowed: "the path of a file",
		about: "… and its key …", example: "/etc/classtop/engine.key",
		set: func(c *Config, v string) error { c.Serve.Engine.Key = expand(c.env, v); return nil }},
	{key: "serve.engine_ca", global: true, allowed: "the path of a file",
		about: "… who signs it, if the system does not know …", example: "/etc/classtop/engine-ca.crt",
		set: func(c *Config, v string) error { c.Serve.Engine.CA = expand(c.env, v); return nil }},
	{key: "serve.host_name", global: true, allowed: "a name",
		about: "… and what the other hosts call this one.", example: "jump1",
		set: func(c *Config, v string) error { c.Serve.Engine.Host = v; return nil }},
}

func setEngine(c *Config, v string) error {
	e := &c.Serve.Engine
	e.URL, e.Embedded = "", v == "embedded"
	if v == "process" || v == "embedded" {
		return nil
	}
	for one := range strings.SplitSeq(v, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if err != nil || u.Host == "" || u.User != nil || u.Scheme != "tls" && (u.Scheme != "nats" || !Loopback(u.Hostname())) {
			return errValue
		}
	}
	e.URL = v
	return nil
}
