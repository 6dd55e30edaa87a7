package cli

import (
	"context"
	"errors"
	"strings"

	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"

	"github.com/spf13/cobra"
)

// dashboard makes the root command open the dashboard.
func (a *app) dashboard(root *cobra.Command) {
	var demo, plain bool
	var record string
	var world school
	root.Long = "Watch every live class of a Tencent Cloud school, go into one, and step in: kick, end, start, seats.\n\n" +
		"Without an account: classtop --demo. What is done there goes to its own audit file,\n" +
		"demo-audit.jsonl in $XDG_STATE_HOME/classtop (~/.local/state/classtop)."
	root.Example = "classtop --demo\nclasstop --profile school --read-only\nclasstop get rooms -o json"
	flags := root.Flags()
	flags.BoolVar(&demo, "demo", false, "a simulated school: no account, no network")
	world.flags(root)
	flags.String("theme", theme.Auto, "colours: auto, dark, light, nord …; :theme shows them all")
	_ = root.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(append([]string{theme.Auto}, theme.Set{}.Names()...), cobra.ShellCompDirectiveNoFileComp))
	flags.BoolVar(&plain, "plain", false, "lines instead of a screen, for screen readers and logs: what changes, and commands by typing")
	flags.Bool("ascii", false, "draw with plain ASCII only")
	flags.Bool("low-bandwidth", false, "slow link: no seconds in the clock, redraw every five seconds; keys stay prompt")
	flags.Bool("mask", false, "hide names, ids of users, addresses and places behind pseudonyms")
	flags.StringVar(&record, "record", "", "keep what is shown in this new file, for: classtop replay FILE")
	root.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		if !plain && (!terminal(a.in) || !terminal(a.out)) {
			return usage("the dashboard needs a terminal for input and output; lines without one: --plain; for scripts there are: classtop get, classtop call")
		}
		if name := world.misplaced(cmd); name != "" && !demo {
			return usage("--%s is for the simulated school: add --demo", name)
		}
		if !demo && !plain && a.unconfigured(cmd) {
			first, on, err := a.firstRun(cmd.Context())
			if err != nil || !on {
				return err
			}
			if demo = first; !demo && !a.checked(cmd.Context(), cmd) {
				return quiet(exitFailed)
			}
		}
		l, err := a.open(cmd, demo, world)
		if err != nil {
			return err
		}
		if l.tape, err = l.record(record); err != nil {
			return err
		}
		if plain {
			return errors.Join(a.lines(cmd.Context(), l), l.tape.close())
		}
		return a.watchAny(cmd, l, record != "")
	})
}

// watchAny shows a profile, and then the one that was chosen there, until
// none was.
func (a *app) watchAny(cmd *cobra.Command, l *link, recording bool) error {
	for {
		if !l.demo {
			l.accounts = a.profiles(cmd, l.cfg, recording)
		}
		err := errors.Join(a.watch(cmd.Context(), l), l.tape.close())
		next, switched := ui.AsSwitched(err)
		if !switched {
			return err
		}
		a.profile = next.Profile
		if l, err = a.open(cmd, false, school{}); err != nil {
			return err
		}
		l.tape, _ = l.record("") // a recording is of one profile
	}
}

// open connects to the real school or to a simulated one.
func (a *app) open(cmd *cobra.Command, demo bool, world school) (*link, error) {
	if !demo {
		l, err := a.connect(cmd)
		if err == nil && l.cfg.Profile.SdkAppID == 0 {
			err = usage("profile %s names no application, so there is nothing to watch: set CLASSTOP_SDK_APP_ID, or sdk_app_id in the profile", l.cfg.Profile.Name)
		}
		return l, err
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
	looks := readLooks(a.looksFile())
	if err := l.dress(looks); err != nil {
		return err
	}
	s := a.share(l)
	return s.run(parent, a, func(ctx context.Context) error {
		deps := s.deps(s.runner)
		deps.Save, deps.Accounts = saver(l.cfg.Exports), l.accounts
		if !l.cfg.UI.Mask { // a note may name people
			deps.Notes = s.notes.As(a.operator(), "")
		}
		deps.Looks, deps.Keep = looks, keepLooks(a.looksFile())
		if a.sabotage != nil {
			a.sabotage(&deps)
		}
		return ui.Run(ctx, deps, a.screen())
	})
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
	return theme.Options{Lang: l.lang, ASCII: u.ASCII || u.AmbiguousWidth == 2}
}
