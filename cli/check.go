package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"classtop/class"
	"classtop/client/spec"
	"classtop/config"
	"classtop/lang"
	"classtop/ui/theme"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// finding is one line of the check.
type finding struct {
	Part   string `json:"part"`
	State  string `json:"state"` // ok, warning or wrong
	Found  string `json:"found"`
	Advice string `json:"advice,omitempty"`
}

// checker collects findings.
type checker struct {
	a     *app
	lines []finding
	live  class.RoomID // a class that is on, once one was seen
	some  class.RoomID // any class
}

func (c *checker) ok(part, found string)            { c.add(part, "ok", found, "") }
func (c *checker) warn(part, found, advice string)  { c.add(part, "warning", found, advice) }
func (c *checker) wrong(part, found, advice string) { c.add(part, "wrong", found, advice) }
func (c *checker) add(part, state, found, adv string) {
	c.lines = append(c.lines, finding{part, state, found, adv})
}

func (a *app) checkCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check configuration, credentials, clock, endpoints, permissions and terminal",
		Args:  cobra.NoArgs,
	}
	outputFlag(cmd, &format, "text", "json")
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		ctx, stop := interruptible(cmd.Context())
		defer stop()
		c := &checker{a: a}
		code := c.all(ctx, cmd)
		if format == "json" {
			if err := writeJSON(a.out, c.lines); err != nil {
				return err
			}
			return quiet(code)
		}
		c.print()
		return quiet(code)
	})
	return cmd
}

// padded fills a text up to some cells: a Chinese character is two wide.
func padded(s string, w int) string { return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s))) }

// print writes the findings for people.
func (c *checker) print() {
	say := c.a.lang
	for _, f := range c.lines {
		c.line(padded(say.Word("check", f.State), 8)+" "+padded(say.Word("check", f.Part), 13)+" ", say.Tell(f.Found))
		if f.Advice != "" {
			c.line(theme.Spaces(checkHead)+"→ ", say.Tell(f.Advice))
		}
	}
}

// checkHead is the width of state and part before what was found.
const checkHead = 8 + 1 + 13 + 1

// line writes a text behind its head. On a terminal the text goes on below
// itself; elsewhere it stays one line for grep.
func (c *checker) line(head, text string) {
	lines := []string{text}
	if w := c.a.columns(); w > 2*checkHead {
		lines = theme.Wrap(text, w-theme.Width(head)-1)
	}
	for _, l := range lines {
		fmt.Fprintln(c.a.out, head+l)
		head = theme.Spaces(theme.Width(head))
	}
}

// all runs every check that the ones before it allow and returns the exit
// status.
func (c *checker) all(ctx context.Context, cmd *cobra.Command) int {
	code, ambiguous := exitDone, 1
	l, err := c.setup(cmd)
	if err != nil {
		code = exitUsage
	} else {
		c.audit(l.cfg)
		c.network(ctx, l)
		c.lcic(ctx, l)
		c.permissions(ctx, l)
		c.reach(ctx, l, spec.CAR)
		c.reach(ctx, l, spec.IoT)
		c.engine(ctx, l)
		c.hosts(ctx, l)
		c.clock(l)
		c.share(l)
		ambiguous = l.cfg.UI.AmbiguousWidth
	}
	c.terminal(ambiguous)
	for _, f := range c.lines {
		if f.State == "wrong" && code == exitDone {
			code = exitFailed
		}
	}
	return code
}

// setup checks what lies on this machine and connects.
func (c *checker) setup(cmd *cobra.Command) (*link, error) {
	cfg, err := c.a.load(cmd)
	if err != nil {
		c.wrong("config", err.Error(), "classtop config path prints where the file is")
		return nil, err
	}
	found := cfg.Path + ", profile " + cfg.Profile.Name
	if !cfg.Found {
		found = "no file at " + cfg.Path + "; environment and flags only"
	}
	c.ok("config", found)
	creds, err := cfg.Credentials()
	if err != nil {
		c.wrong("credentials", err.Error(), "set the variables or write the file; classtop --demo needs none")
		return nil, err
	}
	c.ok("credentials", strings.Join(append([]string{creds.Source}, creds.Notes...), "; "))
	if cfg.Profile.SdkAppID == 0 {
		c.wrong("application", "no SdkAppId", "set sdk_app_id in the profile or CLASSTOP_SDK_APP_ID")
		return nil, fmt.Errorf("no SdkAppId")
	}
	c.ok("application", fmt.Sprintf("%d (%s)", cfg.Profile.SdkAppID, cfg.Source("sdk_app_id")))
	l, err := c.a.connect(cmd)
	if err != nil {
		c.wrong("config", err.Error(), "")
	}
	return l, err
}

// audit checks that the file takes lines, because no write goes out without.
func (c *checker) audit(cfg *config.Config) {
	err := os.MkdirAll(filepath.Dir(cfg.Audit), 0o700)
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(cfg.Audit, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			err = f.Close()
		}
	}
	if err != nil {
		c.wrong("audit", err.Error(), "writes are refused until the file can be written")
		return
	}
	c.ok("audit", cfg.Audit)
}

// lcic reads the list of classes: it proves host, signature and permission.
func (c *checker) lcic(ctx context.Context, l *link) {
	from, to := l.cfg.Profile.Window(l.now())
	began := l.now()
	rooms, err := l.client.Rooms(ctx, from, to)
	if err != nil {
		c.wrong("lcic", err.Error(), "")
		return
	}
	for _, r := range rooms {
		c.some = r.ID
		if r.Status == class.RoomLive && c.live == 0 {
			c.live = r.ID
		}
	}
	c.ok("lcic", lang.English.Say("GetRooms answered in %s: %d classes", l.now().Sub(began).Round(time.Millisecond), len(rooms)))
}

// reach opens a connection and nothing more: every action of these systems
// changes something, so none is harmless.
func (c *checker) reach(ctx context.Context, l *link, system string) {
	s := spec.Get(system)
	if s.RegionRequired && l.cfg.Profile.Region == "" {
		c.warn(system, "no region", "call parameters need one: set region or TENCENTCLOUD_REGION")
		return
	}
	host, plain := s.Host, false
	if e := l.cfg.Profile.Endpoint; e != "" {
		host, plain = hostOf(e)
	}
	if err := dial(ctx, host, plain); err != nil {
		c.warn(system, host+": "+err.Error(), "check DNS, proxy and firewall")
		return
	}
	c.ok(system, host+" answers; no call was made, because all its actions write")
}

// engine reads the seats of a live class, or asks for a room that cannot be:
// "no such room" says as well that the UserSig was accepted.
func (c *checker) engine(ctx context.Context, l *link) {
	key, source, err := l.cfg.UserSigKey()
	if err != nil || key.IsZero() {
		c.warn("room engine", "no UserSig key: seats do not work", "set usersig_key_file in the profile or CLASSTOP_USERSIG_KEY")
		return
	}
	if c.live != 0 {
		_, err = l.client.Seats(ctx, c.live)
	} else {
		_, err = l.client.Call(ctx, "get_room_info", map[string]any{"RoomId": "classtop-check"})
	}
	var e *class.Error
	switch unknown := errors.As(err, &e) && (e.Code == "100004" || e.Code == "100211"); {
	case err == nil, unknown && c.live == 0:
		c.ok("room engine", "UserSig accepted; key from "+source)
	case unknown:
		c.warn("room engine", "UserSig accepted, but it knows no room "+c.live.String(), "if its rooms have other names, list them under room_ids in the profile")
	default:
		c.wrong("room engine", err.Error(), "")
	}
}

// clock reports what the calls before it learned.
func (c *checker) clock(l *link) {
	if off := l.client.Offset(); off.Abs() > 30*time.Second {
		c.warn("clock", fmt.Sprintf("differs from the service's by %s", off.Round(time.Second)), "set the clock of this machine (NTP); classtop signs with the service's until then")
		return
	}
	c.ok("clock", "near enough to the service's")
}

// hostOf splits an endpoint of the configuration into host and port.
func hostOf(endpoint string) (host string, plain bool) {
	if u, err := url.Parse(endpoint); err == nil && u.Host != "" {
		return u.Host, u.Scheme == "http"
	}
	return endpoint, false
}

// dial opens a connection and closes it again.
func dial(ctx context.Context, host string, plain bool) error {
	ctx, cancel := context.WithTimeout(ctx, networkPatience)
	defer cancel()
	if !plain {
		conn, err := dialTLS(ctx, host)
		if err != nil {
			return err
		}
		return conn.Close()
	}
	name, port := split(host)
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(name, port))
	if err != nil {
		return err
	}
	return conn.Close()
}

func dialTLS(ctx context.Context, host string) (*tls.Conn, error) {
	name, port := split(host)
	d := tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS12, ServerName: name}}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(name, port))
	if err != nil {
		return nil, err
	}
	return conn.(*tls.Conn), nil
}

// split gives a host without a port that of HTTPS.
func split(host string) (name, port string) {
	if h, p, err := net.SplitHostPort(host); err == nil {
		return h, p
	}
	return host, "443"
}
