package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"classtop/ops"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"
	"classtop/views"

	"github.com/charmbracelet/x/term"
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
	hub := poll.NewHub(poll.Config{Source: l.client, Budget: l.budget, Now: l.school, Window: l.cfg.Profile.Window})
	writer, _ := l.runner(a, func(op ops.Op) { hub.Poke(touched(op)...) })
	runner := &counted{Runner: writer}
	polled := make(chan error, 1)
	go func() {
		defer cancel() // a poller that ended, for whatever reason, ends the screen
		polled <- guarded(func() error { return hub.Run(ctx) })
	}()
	err := ui.Run(ctx, ui.Deps{
		Session: hub.Join(), Poke: hub.Poke, Trend: hub.History, Runner: runner,
		Status: func() ui.Status { return ui.StatusOf(hub.Health(), l.budget.Gauge(), l.client.Offset()) },
		Keys:   l.cfg.Keys, Views: views.All(), Actions: views.Actions(), Home: views.Home,
		Look: l.look(), KeepLook: l.cfg.UI.Theme != "auto", Now: l.now, Location: l.cfg.Profile.TimeZone,
		Window:  func(time.Time) (from, to time.Time) { return l.cfg.Profile.Window(l.school()) },
		Profile: ui.Profile{Name: l.cfg.Profile.Name, Protected: l.cfg.Profile.Protected, ReadOnly: l.cfg.Profile.ReadOnly},
		Version: version, Demo: l.demo, Audit: l.cfg.Audit,
	}, a.screen())
	cancel()
	if fault := <-polled; fault != nil && !errors.Is(fault, context.Canceled) {
		err = errors.Join(err, fault)
	}
	runner.inFlight.Wait()
	return err
}

// guarded turns a panic into an error, so that the terminal is put in order
// before anybody reads of it.
func guarded(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal fault: %v\n%s", r, debug.Stack())
		}
	}()
	return do()
}

// counted knows how many writes are under way, because the screen ends
// without waiting for them and their audit lines must still be written. Each
// ends about a second after its context does.
type counted struct {
	*ops.Runner
	inFlight sync.WaitGroup
}

// Run carries out one operation.
func (c *counted) Run(ctx context.Context, op ops.Op) ops.Result {
	c.inFlight.Add(1)
	defer c.inFlight.Done()
	return c.Runner.Run(ctx, op)
}

// RunAll carries out a batch.
func (c *counted) RunAll(ctx context.Context, batch []ops.Op, progress func(int, ops.Result)) []ops.Result {
	c.inFlight.Add(1)
	defer c.inFlight.Done()
	return c.Runner.RunAll(ctx, batch, progress)
}

// screen is the terminal with the few variables that describe it. A terminal
// that stopped reading would block the last write for ever, so the end is
// forced a while after it was asked for.
func (a *app) screen() ui.Terminal {
	t := ui.Terminal{In: a.in, Out: a.out}
	for _, name := range []string{"TERM", "COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM_PROGRAM", "TMUX", "STY", "WT_SESSION", "SSH_TTY"} {
		if v, ok := a.env(name); ok {
			t.Env = append(t.Env, name+"="+v)
		}
	}
	restore := func() {}
	if f, ok := a.in.(*os.File); ok {
		if state, err := term.GetState(f.Fd()); err == nil {
			restore = func() { _ = term.Restore(f.Fd(), state) }
		}
	}
	t.Stopping = func() {
		time.AfterFunc(patience, func() {
			restore()
			os.Exit(exitFailed)
		})
	}
	return t
}

// patience is how long the end may take before it is forced; a write in
// flight is given its second of it and its audit line.
const patience = 2500 * time.Millisecond

// touched lists the topics that an operation may have changed.
func touched(op ops.Op) []poll.Topic {
	room := op.Target.Room
	return []poll.Topic{{Kind: poll.Detail, Room: room}, {Kind: poll.Members, Room: room}, {Kind: poll.Seats, Room: room}, {Kind: poll.Rooms}}
}

// look chooses the characters and colours. A terminal that gives two cells to
// characters of ambiguous width gets none of them.
func (l *link) look() theme.Options {
	u := l.cfg.UI
	return theme.Options{Light: u.Theme == "light", ASCII: u.ASCII || u.AmbiguousWidth == 2}
}

// school is the simulated world that --demo and sim take.
type school struct {
	rooms, members int
	seed           uint64
	speed          float64
	faults         string
}

// worldFlags are the flags that make no sense for a real school.
var worldFlags = []string{"rooms", "members", "seed", "speed", "faults"}

func (s *school) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.IntVar(&s.rooms, "rooms", 40, "classes of the simulated school")
	f.IntVar(&s.members, "members", 30, "members of a simulated class, about")
	f.Uint64Var(&s.seed, "seed", 1, "number that the simulated school grows from")
	f.Float64Var(&s.speed, "speed", 1, "times as fast as real time")
	f.StringVar(&s.faults, "faults", "", "file of faults that the simulator plays")
}

func (s *school) misplaced(cmd *cobra.Command) string {
	for _, name := range worldFlags {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

func (s *school) options() (sim.Options, error) {
	switch {
	case s.rooms < 1 || s.rooms > 10000:
		return sim.Options{}, usage("--rooms: from 1 to 10000, not %d", s.rooms)
	case s.members < 1 || s.members > 2000:
		return sim.Options{}, usage("--members: from 1 to 2000, not %d", s.members)
	case !(s.speed > 0 && s.speed <= 3600):
		return sim.Options{}, usage("--speed: over 0, up to 3600")
	}
	o := sim.Options{Seed: s.seed, Rooms: s.rooms, Members: s.members, Speed: s.speed}
	if s.faults == "" {
		return o, nil
	}
	data, err := os.ReadFile(s.faults)
	if err == nil {
		o.Faults, err = sim.ParseFaults(data)
	}
	if err != nil {
		return o, usage("--faults: %s: %v", s.faults, err)
	}
	return o, nil
}
