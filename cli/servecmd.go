package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"classtop/class/rescue"
	"classtop/lang"
	"classtop/ops"
	"classtop/serve"
	"classtop/ui"

	"github.com/spf13/cobra"
)

func (a *app) serveCmd() *cobra.Command {
	var demo bool
	var record string
	var world school
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the dashboard over SSH to many supervisors, with one poller for all",
		Long: "Serve the dashboard over SSH. Who may come in stands in a file of public keys, a line each:\n\n" +
			"  name=\"李雷\",role=\"operator\" ssh-ed25519 AAAA…\n\n" +
			"Roles: viewer looks, operator acts, lead also ends classes and kicks for good. The file is read again when\n" +
			"it changes; whose key is taken out of it is out at once. All sessions share one poller, one budget and one\n" +
			"audit file. Commands go without a terminal: ssh HOST get rooms -o json.",
		Example: "classtop serve --listen :2222\nclasstop serve --demo --keys keys --listen 127.0.0.1:2222",
		Args:    cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.BoolVar(&demo, "demo", false, "a simulated school: no account, no network")
	world.flags(cmd)
	flags.String("listen", "", "address to listen on, such as :2222")
	flags.String("keys", "", "file of the public keys that may come in")
	flags.String("host-key", "", "file of the server's own key, made where there is none")
	flags.String("idle", "", "end a session after so long without a key, such as 8h")
	flags.String("lifetime", "", "end a session that is so old, such as 24h")
	flags.String("metrics", "", "address of this machine for /healthz and /metrics, or off")
	flags.String("engine", "", "several hosts: process for this one alone, embedded to start the server that they meet at, or its address")
	flags.String("engine-listen", "", "where the embedded engine listens, such as 127.0.0.1:4222")
	flags.String("engine-credentials", "", "file with the engine's token, nkey seed or NATS credentials")
	flags.Bool("mask", false, "hide names, ids of users, addresses and places behind pseudonyms")
	flags.StringVar(&record, "record", "", "keep what is shown in this new file, for: classtop replay FILE")
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		if name := world.misplaced(cmd); name != "" && !demo {
			return usage("--%s is for the simulated school: add --demo", name)
		}
		l, err := a.open(cmd, demo, world)
		if err != nil {
			return err
		}
		if l.tape, err = l.record(record); err != nil {
			return err
		}
		ctx, stop := interruptible(cmd.Context())
		defer stop()
		return errors.Join(a.serve(ctx, l), l.tape.close())
	})
	return cmd
}

// serve lets people in until ctx ends.
func (a *app) serve(ctx context.Context, l *link) error {
	log := slog.New(slog.NewTextHandler(a.err, nil))
	keys, err := serve.OpenKeys(l.cfg.Serve.Keys, log)
	if err != nil {
		return coded{exitUsage, err}
	}
	host, made, err := serve.HostKey(l.cfg.Serve.HostKey)
	if err != nil {
		return coded{exitUsage, err}
	}
	if err := l.dress(ui.Looks{}); err != nil {
		return err
	}
	debug.SetGCPercent(50)   // a session is mostly buffers: less waiting garbage for a little work
	l.crowd = !l.cfg.UI.Mask // what the others do would show names
	if l.bus, err = l.meet(log); err != nil {
		return coded{exitUsage, err}
	}
	if l.bus != nil {
		defer l.bus.Close()
	}
	s := a.share(l)
	server, err := serve.New(serve.Config{
		Keys: keys, HostKey: host, Limits: l.limits(), Log: log, Dashboard: s.guest, Exec: s.exec(a),
		Tell:  func(g serve.Guest, text string) string { return l.spoken(g).Tell(text) },
		Fault: func(f *rescue.Fault) { log.Error("a session ended", "err", a.account(f, f)) },
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", l.cfg.Serve.Listen)
	if err != nil {
		return fmt.Errorf("listen for SSH: %w", err)
	}
	fmt.Fprint(a.out, a.lang.Say("classtop serves %s at %s to %d keys of %s\nhost key %s (%s)\n",
		l.cfg.Profile.Name, listener.Addr(), keys.Len(), l.cfg.Serve.Keys, serve.Fingerprint(host), l.cfg.Serve.HostKey))
	log.Info("serving", "address", listener.Addr(), "profile", l.cfg.Profile.Name, "host_key", serve.Fingerprint(host), "host_key_made", made)
	err = s.run(ctx, a, func(ctx context.Context) error {
		if l.cfg.Serve.Metrics != "" {
			addr, err := s.listenMetrics(ctx, server)
			if err != nil {
				return errors.Join(err, listener.Close())
			}
			log.Info("metrics", "address", addr)
		}
		return server.Serve(ctx, listener)
	})
	if err == nil || errors.Is(err, context.Canceled) {
		log.Info("stopped")
	}
	return err
}

func (l *link) limits() serve.Limits {
	c, limits := l.cfg.Serve, serve.DefaultLimits()
	limits.Sessions, limits.PerKey, limits.Idle, limits.Lifetime = c.Sessions, c.PerKey, c.Idle, c.Lifetime
	limits.Connections = max(limits.Connections, 2*c.Sessions)
	return limits
}

// spoken is the language of a guest: that of his locale, unless the
// configuration names one for everybody or he sends none.
func (l *link) spoken(g serve.Guest) lang.Lang {
	locale := func(name string) bool { v, _ := g.Setting(name); return v != "" }
	if l.cfg.UI.Lang != "auto" || !slices.ContainsFunc([]string{"LC_ALL", "LC_MESSAGES", "LANG"}, locale) {
		return l.lang
	}
	return lang.OfLocale(g.Setting)
}

// guest is the dashboard of somebody who came in over SSH: his own screen and
// demand, his name in the audit file, his role at the runner.
func (s *shared) guest(g serve.Guest) ui.Deps {
	runner := s.runner.as(g.Name, g.Role)
	deps := s.deps(runner)
	if s.l.crowd {
		deps.Crew, deps.Notes = runner.Enter(g.From), s.notes.As(g.Name, g.Role)
	}
	deps.Profile.ReadOnly = deps.Profile.ReadOnly || g.Role == ops.Viewer
	if name, _ := g.Setting("CLASSTOP_THEME"); slices.Contains(deps.Themes.Names(), name) {
		deps.Theme, deps.ThemeBy = name, "CLASSTOP_THEME"
	}
	if plain, _ := g.Setting("CLASSTOP_ASCII"); plain == "true" {
		deps.Look.ASCII = true
	}
	if slow, _ := g.Setting("CLASSTOP_LOW_BANDWIDTH"); slow == "true" {
		deps.LowBandwidth = true
	}
	deps.Look.Lang = s.l.spoken(g)
	if g.Role == ops.Viewer {
		deps.Console = nil // what is read by name may let people into classes
	}
	if g.Role != ops.Lead {
		deps.Pace = nil // it is everybody's
	}
	return deps
}

// listenMetrics serves the figures until ctx ends.
func (s *shared) listenMetrics(ctx context.Context, server *serve.Server) (addr string, err error) {
	l, err := net.Listen("tcp", s.l.cfg.Serve.Metrics)
	if err != nil {
		return "", fmt.Errorf("listen for metrics: %w", err)
	}
	h := &http.Server{Handler: server.Watch(s.healthy, s.figures), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	rescue.Go("metrics", func() { _ = h.Serve(l) })
	context.AfterFunc(ctx, rescue.Func("the end of metrics", func() { _ = h.Close() }))
	return l.Addr().String(), nil
}
