package cli

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"classtop/class/rescue"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/views"

	"github.com/spf13/cobra"
)

// dashboard makes the root command open the dashboard.
func (a *app) dashboard(root *cobra.Command) {
	var demo bool
	var look string
	var world school
	root.Long = "Watch every live class of a Tencent Cloud school, go into one, and step in: kick, end, start, seats.\n\n" +
		"Without an account: classtop --demo. What is done there goes to its own audit file,\n" +
		"demo-audit.jsonl in $XDG_STATE_HOME/classtop (~/.local/state/classtop)."
	root.Example = "classtop --demo\nclasstop --profile school --read-only\nclasstop get rooms -o json"
	flags := root.Flags()
	flags.BoolVar(&demo, "demo", false, "a simulated school: no account, no network")
	world.flags(root)
	choiceFlag(root, &look, "theme", "", "look: auto, dark, light", "auto", "dark", "light")
	flags.Bool("ascii", false, "draw with plain ASCII only")
	flags.Bool("mask", false, "hide names, ids of users, addresses and places behind pseudonyms")
	root.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		if !terminal(a.in) || !terminal(a.out) {
			return usage("the dashboard needs a terminal for input and output; for scripts there are: classtop get, classtop call")
		}
		if name := world.misplaced(cmd); name != "" && !demo {
			return usage("--%s is for the simulated school: add --demo", name)
		}
		l, err := a.open(cmd, demo, world)
		if err != nil {
			return err
		}
		return a.watch(cmd.Context(), l)
	})
}

// open connects to the real school or to a simulated one.
func (a *app) open(cmd *cobra.Command, demo bool, world school) (*link, error) {
	if !demo {
		return a.connect(cmd)
	}
	o, err := world.options()
	if err != nil {
		return nil, err
	}
	return a.connectDemo(cmd, o)
}

// watch runs the poller and the screen until the person leaves or a signal
// comes. Nothing is sent after it returned.
func (a *app) watch(parent context.Context, l *link) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	hub := poll.NewHub(poll.Config{Source: l.source(), Budget: l.budget, Now: l.school, Window: l.cfg.Profile.Window, Rules: rules(l.cfg.Profile.Attention)})
	writer, _ := l.runner(a, func(op ops.Op) { hub.Poke(touched(op)...) })
	runner := &counted{Runner: writer}
	polled := make(chan error, 1)
	var fault crash
	defer rescue.OnFault(func(f *rescue.Fault) {
		fault.note(f)
		cancel()
	})()
	rescue.Go("the poller", func() {
		defer cancel() // a poller that ended, for whatever reason, ends the screen
		polled <- rescue.Do("the poller", func() error { return hub.Run(ctx) })
	})
	rescue.Go("asking for the edition", func() { writer.Probe(ctx) })
	deps := ui.Deps{
		Session: hub.Join(), Poke: hub.Poke, Trend: hub.History, Runner: runner, Console: l.client.Console(),
		Status: func() ui.Status { return ui.StatusOf(hub.Health(), l.budget.Gauge(), l.client.Offset()) },
		Keys:   l.cfg.Keys, Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Look: l.look(), KeepLook: l.cfg.UI.Theme != "auto", Now: l.now, Location: l.cfg.Profile.TimeZone,
		Window:  func(time.Time) (from, to time.Time) { return l.cfg.Profile.Window(l.school()) },
		Profile: ui.Profile{Name: l.cfg.Profile.Name, Protected: l.cfg.Profile.Protected, ReadOnly: l.cfg.Profile.ReadOnly, App: l.cfg.Profile.SdkAppID, Reasons: l.cfg.Profile.Reasons},
		Grace:   l.cfg.Profile.Grace,
		Version: version, Demo: l.demo, Audit: l.cfg.Audit,
		Records: func() ([]ops.Entry, error) { return ops.CheckedAudit(l.cfg.Audit) }, Requests: l.budget.Gauge, Pace: l.budget, Alarm: l.alarm(),
	}
	if l.cfg.UI.Mask {
		l.mask(&deps)
	}
	if a.sabotage != nil {
		a.sabotage(&deps)
	}
	err := ui.Run(ctx, deps, a.screen())
	cancel()
	if ended := <-polled; ended != nil && !errors.Is(ended, context.Canceled) {
		err = errors.Join(err, ended)
	}
	runner.settle()
	return a.account(cmp.Or(fault.first(), asFault(err)), err)
}

// touched lists the topics that an operation may have changed.
func touched(op ops.Op) []poll.Topic {
	room := op.Target.Room
	return []poll.Topic{{Kind: poll.Detail, Room: room}, {Kind: poll.Members, Room: room}, {Kind: poll.Seats, Room: room}, {Kind: poll.Rooms}}
}

// alarm says how to call somebody who looks elsewhere.
func (l *link) alarm() ui.Alarm {
	u := l.cfg.UI
	return ui.Alarm{Bell: u.Bell, Notify: strings.Replace(u.Notify, "off", "", 1), NoTitle: !u.Title}
}

// look chooses the characters and colours. A terminal that gives two cells to
// characters of ambiguous width gets none of them.
func (l *link) look() theme.Options {
	u := l.cfg.UI
	return theme.Options{Light: u.Theme == "light", ASCII: u.ASCII || u.AmbiguousWidth == 2}
}
