package client

import (
	"net"
	"net/url"
	"strings"

	"classtop/class"
)

// endpoint is where a system listens. The host is signed as it is sent, port
// and all.
type endpoint struct{ scheme, host string }

// parseEndpoint accepts HOST, HOST:PORT and https://HOST. Plain http is for
// this machine only: keys and names must not cross a network unencrypted.
func parseEndpoint(what, text string) (endpoint, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return endpoint{}, nil
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return endpoint{}, configError(what, "is not a host", "Write HOST or https://HOST, without path, query or user.")
	}
	e := endpoint{strings.ToLower(u.Scheme), strings.ToLower(u.Host)}
	switch {
	case e.scheme == "https", e.scheme == "http" && loopback(u.Hostname()):
		return e, nil
	case e.scheme == "http":
		return endpoint{}, configError(what, "uses plain http to another machine", "Use https://"+e.host+".")
	}
	return endpoint{}, configError(what, "has an unknown scheme", "Use https.")
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// or returns the endpoint, or the default host.
func (e endpoint) or(host string) endpoint {
	if e.host == "" {
		return endpoint{"https", host}
	}
	return e
}

// forService turns a cloud host that begins with the name of another product
// into this one's: lcic.ap-guangzhou… serves no CAR. Any other host (a
// simulator, a proxy) serves all.
func (e endpoint) forService(service string) endpoint {
	first, rest, _ := strings.Cut(e.host, ".")
	switch first {
	case "lcic", "car", "iotexplorer":
		return endpoint{e.scheme, service + "." + rest}
	}
	return e
}

func configError(what, message, hint string) *class.Error {
	return &class.Error{Action: what, Code: class.CodeConfig, Message: message, Hint: hint}
}
