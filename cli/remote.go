package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"classtop/class/rescue"
	"classtop/ops"
	"classtop/serve"

	"github.com/spf13/cobra"
)

// remote is the far end of a command line that came over SSH. It works on what
// the dashboards there work on: nothing of configuration or credentials is
// read for it.
type remote struct {
	shared *shared
	guest  serve.Guest
}

// remoteCommands make sense over SSH.
var remoteCommands = []string{"get", "call", "kick", "end", "start", "seat", "mute", "unmute", "unkick", "notice", "playbook", "audit", "report", "version", "help"}

// hostFlags choose what classtop serve has chosen already.
var hostFlags = []string{"config", "profile", "region", "language", "audit"}

// exec runs a command line for somebody who is connected.
func (s *shared) exec(a *app) func(context.Context, serve.Guest, []string, serve.Streams) int {
	return func(ctx context.Context, g serve.Guest, args []string, io serve.Streams) int {
		far := &app{env: a.env, in: io.In, out: io.Out, err: io.Err, now: a.now, remote: &remote{s, g}, lang: s.l.spoken(g)}
		return far.obey(ctx, args)
	}
}

// obey is main for a command line from far away.
func (a *app) obey(ctx context.Context, args []string) int {
	root := a.root()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	a.translate(root)
	err := a.remote.allows(root, args)
	if err == nil {
		err = rescue.Do("a command", func() error { return root.ExecuteContext(ctx) })
	}
	if err != nil {
		a.fail(err)
		return exitUsage // as in main; what commands return is in a.exit
	}
	return a.exit
}

// allows says why a command is not for far away.
func (r *remote) allows(root *cobra.Command, args []string) error {
	cmd, _, err := root.Find(args)
	if err != nil || len(args) == 0 {
		return nil // cobra says it better
	}
	for cmd.HasParent() && cmd.Parent() != root {
		cmd = cmd.Parent()
	}
	open := []string{"version", "help"}
	switch {
	case r.shared.l.cfg.UI.Mask && cmd != root && !slices.Contains(open, cmd.Name()):
		return usage("names are hidden here (--mask), and commands would show them")
	case cmd == root && !strings.HasPrefix(args[0], "__"): // cobra's own, for shells
		return nil
	case !slices.Contains(remoteCommands, cmd.Name()):
		return usage("%s is for the host itself and not over SSH; here there are: %s", cmp.Or(strings.TrimPrefix(cmd.Name(), root.Name()), args[0]), strings.Join(remoteCommands, ", "))
	case cmd.Name() == "call" && r.guest.Role == ops.Viewer && !slices.Contains(args, "--list"):
		return usage("call is not for viewers: an answer may hold what lets people into classes. Use get")
	}
	return nil
}

// link is the shared client, for this person.
func (r *remote) link(cmd *cobra.Command) (*link, error) {
	for _, name := range hostFlags {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return nil, usage("--%s is for the host itself: classtop serve has chosen account, configuration and audit file", name)
		}
	}
	l, cfg := *r.shared.l, *r.shared.l.cfg
	role := r.guest.Role
	if f := cmd.Flags().Lookup("read-only"); f != nil && f.Changed && f.Value.String() == "true" {
		cfg.Profile.ReadOnly, role = true, ops.Viewer
	}
	l.cfg, l.given = &cfg, r.shared.runner.as(r.guest.Name, role).Runner
	return &l, nil
}
