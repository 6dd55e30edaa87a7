package cli

import (
	"cmp"
	"context"
	"errors"
	"time"

	"classtop/class/rescue"
	"classtop/engine"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/views"
)

// shared is what all programs and commands of this process work on: one
// poller, one budget, one way to write with one audit file.
type shared struct {
	l      *link
	hub    *poll.Hub
	engine engine.Engine // who of several hosts polls
	runner *counted
	notes  *ops.Notes
}

func (a *app) share(l *link) *shared {
	s := &shared{l: l, notes: l.notes(a)}
	s.hub = poll.NewHub(poll.Config{Source: l.source(), Budget: l.budget, Now: l.school, Window: l.cfg.Profile.Window, Rules: rules(l.cfg.Profile.Attention), Tap: l.tape.tap, Follow: l.bus != nil})
	s.engine = l.engine(a, s.hub, func() *ops.Runner { return s.runner.Runner })
	l.gate.Guard(s.engine)
	s.runner = count(l.runner(a, func(op ops.Op) { s.engine.Poke(touched(op)...) }))
	if l.bus != nil {
		l.trail = engine.NewTrail(l.bus, l.audit, l.host(), l.log)
	}
	return s
}

// run runs the poller beside what is shown of it, until that ends, a signal
// comes, or something breaks.
func (s *shared) run(parent context.Context, a *app, show func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	polled := make(chan error, 1)
	var fault crash
	defer rescue.OnFault(func(f *rescue.Fault) {
		fault.note(f)
		cancel()
	})()
	rescue.Go("the poller", func() {
		defer cancel() // a poller that ended, for whatever reason, ends the screen
		polled <- rescue.Do("the poller", func() error { return s.hub.Run(ctx) })
	})
	met := make(chan struct{})
	rescue.Go("the engine", func() {
		defer close(met)
		_ = s.engine.Run(ctx)
	})
	sent := s.sending(ctx)
	rescue.Go("asking for the edition", func() { s.runner.Probe(ctx) })
	err := show(ctx)
	cancel()
	<-met
	if ended := <-polled; ended != nil && !errors.Is(ended, context.Canceled) {
		err = errors.Join(err, ended)
	}
	s.runner.settle()
	sent()
	return a.account(cmp.Or(fault.first(), asFault(err)), err)
}

// sending sends the audit lines to the other hosts; what it returns sends the
// last of them.
func (s *shared) sending(ctx context.Context) (finish func()) {
	trail := s.l.trail
	if trail == nil {
		return func() {}
	}
	ended := make(chan struct{})
	rescue.Go("the audit lines of all hosts", func() {
		defer close(ended)
		trail.Run(ctx)
	})
	return func() {
		<-ended
		trail.Finish()
	}
}

// deps are what one dashboard works on, whose operator acts through runner.
func (s *shared) deps(runner ui.Runner) ui.Deps {
	l, p := s.l, &s.l.cfg.Profile
	deps := ui.Deps{
		Session: s.hub.Join(), Poke: s.engine.Poke, Trend: s.hub.History, Runner: runner, Console: l.client.Console(),
		Status: func() ui.Status { return ui.StatusOf(s.hub.Health(), s.engine.Gauge(), l.client.Offset()) },
		Keys:   l.cfg.Keys, Views: views.All(), Actions: views.Actions(), Home: views.Home, Playbooks: l.cfg.Playbooks,
		Calm: l.cfg.UI.Motion == "reduced", Look: l.look(), Themes: l.themes, Theme: l.theme, ThemeBy: l.themeBy, Now: l.now, Location: p.TimeZone,
		Window:  func(time.Time) (from, to time.Time) { return p.Window(l.school()) },
		Profile: ui.Profile{Name: p.Name, Protected: p.Protected, ReadOnly: p.ReadOnly, App: p.SdkAppID, Reasons: p.Reasons, Hosts: l.bus != nil},
		Grace:   p.Grace,
		Version: version, Demo: l.demo, Audit: l.cfg.Audit,
		Records: l.deeds, Requests: s.engine.Gauge, Pace: l.budget, Alarm: l.alarm(), LowBandwidth: l.cfg.UI.LowBandwidth, Recording: l.tape.state,
	}
	if l.bus != nil {
		deps.Pace = nil // the share is every host's: the profile says it
	}
	if l.cfg.UI.Mask {
		l.mask(&deps)
	}
	return deps
}
