package cli

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
	"classtop/engine"
	"classtop/lang"
)

// networkPatience is how long a host may take to answer.
const networkPatience = 7 * time.Second

// network looks the hosts up that are called all the time, and greets them. The
// calls after it decide what works; this says where it hangs when they do not.
func (c *checker) network(ctx context.Context, l *link) {
	p := &l.cfg.Profile
	hosts := []string{cmp.Or(p.Endpoint, spec.Get(spec.LCIC).Host)}
	if key, _, err := l.cfg.UserSigKey(); err == nil && !key.IsZero() {
		hosts = append(hosts, cmp.Or(p.RoomEngineEndpoint, spec.Get(spec.RoomEngine).Host))
	}
	for _, endpoint := range slices.Compact(hosts) {
		host, plain := hostOf(endpoint)
		if c.dns(ctx, host) && !plain {
			c.tls(ctx, host)
		}
	}
}

// dns finds a host's addresses.
func (c *checker) dns(ctx context.Context, host string) bool {
	ctx, cancel := context.WithTimeout(ctx, networkPatience)
	defer cancel()
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	began := c.a.now()
	found, err := net.DefaultResolver.LookupHost(ctx, name)
	if err != nil {
		c.warn("dns", name+": "+err.Error(), "check the name, the resolver of this machine and, if you are behind one, HTTPS_PROXY")
		return false
	}
	c.ok("dns", lang.English.Say("%s has %d addresses, found in %s", name, len(found), c.a.now().Sub(began).Round(time.Millisecond)))
	return true
}

// tls greets a host and looks at its certificate.
func (c *checker) tls(ctx context.Context, host string) {
	ctx, cancel := context.WithTimeout(ctx, networkPatience)
	defer cancel()
	conn, err := dialTLS(ctx, host)
	if err != nil {
		c.warn("tls", host+": "+err.Error(), "check firewall, proxy, this machine's clock and its list of authorities")
		return
	}
	state := conn.ConnectionState()
	_ = conn.Close()
	until := state.PeerCertificates[0].NotAfter
	c.ok("tls", fmt.Sprintf("%s: %s, certificate until %s", host, tls.VersionName(state.Version), until.Format(time.DateOnly)))
}

// reads are the actions that the dashboard reads with and that take nothing but
// a class. They change nothing.
func (l *link) reads() map[string]func(context.Context, class.RoomID) error {
	return map[string]func(context.Context, class.RoomID) error{
		"DescribeRoom":              func(ctx context.Context, id class.RoomID) error { _, err := l.client.Room(ctx, id); return err },
		"DescribeCurrentMemberList": func(ctx context.Context, id class.RoomID) error { _, err := l.client.Members(ctx, id); return err },
		"DescribeQuestionList":      func(ctx context.Context, id class.RoomID) error { _, err := l.client.Questions(ctx, id); return err },
		"DescribeDocumentsByRoom":   func(ctx context.Context, id class.RoomID) error { _, err := l.client.Documents(ctx, id); return err },
		"GetRoomMessage":            func(ctx context.Context, id class.RoomID) error { _, err := l.client.Messages(ctx, id, 0); return err },
		"GetRoomEvent":              func(ctx context.Context, id class.RoomID) error { _, err := l.client.Events(ctx, id); return err },
	}
}

// permissions tries the reading actions on one class. What writes is not
// tried: no such call is harmless.
func (c *checker) permissions(ctx context.Context, l *link) {
	room := cmp.Or(c.live, c.some)
	if room == 0 {
		c.warn("permissions", "there is no class to try the reading actions on", "run this again when there is one")
		return
	}
	actions := l.reads()
	var refused []string
	for _, name := range slices.Sorted(maps.Keys(actions)) {
		var e *class.Error
		if err := actions[name](ctx, room); errors.As(err, &e) && denied(e) {
			refused = append(refused, name+" ("+e.Code+")")
		}
	}
	found := fmt.Sprintf("%d of %d reading actions allowed; writing ones are not tried", len(actions)-len(refused), len(actions))
	if len(refused) > 0 {
		c.wrong("permissions", found+"; not allowed: "+strings.Join(refused, ", "), "let the account's owner grant these actions in CAM")
		return
	}
	c.ok("permissions", found)
}

// denied tells whether the account may not do this at all.
func denied(e *class.Error) bool {
	return e.HasCode("UnauthorizedOperation") || e.HasCode("AuthFailure") || e.HasCode("OperationDenied")
}

// share says what of the account's rate may be spent.
func (c *checker) share(l *link) {
	p := &l.cfg.Profile
	most := rate("GetRooms")
	c.ok("budget", fmt.Sprintf("%.0f%% of the account's rate (%s): %.0f of %d requests a second for most actions",
		100*p.Share, l.cfg.Source("share"), p.Share*float64(most), most))
}

// hosts joins the other hosts, where the configuration speaks of any.
func (c *checker) hosts(ctx context.Context, l *link) {
	if !l.cfg.Serve.Engine.Shared() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, networkPatience)
	defer cancel()
	bus, err := l.beside()
	if err != nil {
		c.wrong("hosts", err.Error(), "")
		return
	}
	defer bus.Close()
	switch host, err := engine.Leader(ctx, bus); {
	case err != nil:
		c.warn("hosts", err.Error(), "start classtop serve on the host that has the engine, or its NATS server; until then each host is alone")
	case host == "":
		c.ok("hosts", "the engine is reached; no host has polled yet")
	default:
		c.ok("hosts", lang.English.Say("the engine is reached; host %s polled last", clean.Line(host, 60)))
	}
}
