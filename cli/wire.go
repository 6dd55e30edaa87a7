package cli

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os/signal"
	"syscall"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client"
	"classtop/client/spec"
	"classtop/config"
	"classtop/engine"
	"classtop/lang"
	"classtop/ops"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
	"classtop/ui/theme"

	"github.com/spf13/cobra"
)

// link is a profile that is ready to be called: one client whose requests all
// pass one budget.
type link struct {
	cfg     *config.Config
	now     func() time.Time
	school  func() time.Time // the time in the school; a simulated one may run faster
	client  *client.Client
	budget  *poll.Budget
	gate    *engine.Gate // the budget, where a host that does not poll stops
	bus     engine.Bus   // to the other hosts; nil: there are none
	log     *slog.Logger // of what goes on between them
	audit   *ops.Audit
	reader  *ops.AuditReader // of what it wrote
	trail   *engine.Trail    // of the audit lines of all hosts; nil: there are none
	via     ops.Via          // has them act; nil: this host does
	after   ops.After        // asks them how that ended
	tallies *tallies
	crowd   bool        // several people share it, and see what the others do
	given   *ops.Runner // over SSH: the one that all share, for this operator
	creds   string      // SecretId: no secret, but nobody in front of the screen knows it
	demo    bool
	lang    lang.Lang
	tape    recording // of what is polled; the zero value is none

	accounts func() ([]ui.Account, error) // the profiles to go to; nil: none

	themes         theme.Set
	theme, themeBy string // the theme to begin with, and who chose it
}

// interruptible ends with the signals by which people and systems end
// programs; with a write under way it is then read back or called unknown.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
}

// connect wires what the configuration says, for a poller.
func (a *app) connect(cmd *cobra.Command) (*link, error) { return a.reach(cmd, client.Config{}) }

// connectOnce is for commands that read without a poller: nobody else asks
// again when the account is busy.
func (a *app) connectOnce(cmd *cobra.Command) (*link, error) {
	return a.reach(cmd, client.Config{Patient: true})
}

func (a *app) reach(cmd *cobra.Command, c client.Config) (*link, error) {
	if a.remote != nil {
		return a.remote.link(cmd)
	}
	cfg, err := a.load(cmd)
	if err != nil {
		return nil, err
	}
	creds, err := cfg.Credentials()
	if err != nil {
		return nil, err
	}
	key, _, err := cfg.UserSigKey()
	if err != nil {
		return nil, err
	}
	c.UserSigKey = key
	l := &link{cfg: cfg, now: a.now, school: a.now, lang: a.lang, reader: &ops.AuditReader{}}
	return l, l.dial(c, creds)
}

// connectDemo wires a simulated school in this process: the real client signs
// every request and the simulator checks it, only the network is missing.
func (a *app) connectDemo(cmd *cobra.Command, o sim.Options) (*link, error) {
	cfg, err := a.loadFor(cmd, true)
	if err != nil {
		return nil, err
	}
	school := sim.New(o)
	hello := school.Credentials()
	cfg.Profile.SdkAppID, cfg.Profile.Admin = hello.SdkAppID, hello.Admin
	cfg.Profile.Region = cmp.Or(cfg.Profile.Region, "ap-guangzhou") // IoT Explorer asks for one
	if len(cfg.Playbooks) == 0 {
		cfg.Playbooks = demoPlaybooks
	}
	l := &link{cfg: cfg, now: a.now, school: school.Time, demo: true, lang: a.lang, reader: &ops.AuditReader{}}
	creds := config.Credentials{ID: hello.SecretID, Key: class.NewSecret(hello.SecretKey), Source: "the simulator"}
	return l, l.dial(client.Config{UserSigKey: class.NewSecret(hello.UserSigKey), Transport: school.RoundTripper()}, creds)
}

// dial makes the one budget and the one client.
func (l *link) dial(c client.Config, creds config.Credentials) (err error) {
	p := &l.cfg.Profile
	l.creds = creds.ID
	l.budget = poll.NewBudget(poll.BudgetConfig{Share: p.Share, Rate: rate})
	l.gate = &engine.Gate{Budget: l.budget}
	c.Credentials = client.Credentials{ID: creds.ID, Key: creds.Key, Token: creds.Token, Source: creds.Source}
	c.Region, c.Language = p.Region, p.Language
	if c.Language == "auto" {
		c.Language = l.lang.API()
	}
	c.Endpoint, c.RoomEngineEndpoint = p.Endpoint, p.RoomEngineEndpoint
	c.SdkAppID, c.Admin = p.SdkAppID, p.Admin
	c.RoomIDs, c.ReadOnly = p.RoomID, p.ReadOnly
	c.Now, c.Budget = l.now, l.gate
	l.tallies = newTallies()
	c.Observe = func(call client.Call) {
		l.budget.Observe(call.Action, call.Took, call.RequestID)
		l.tallies.call(call)
	}
	l.client, err = client.New(c)
	return err
}

// runner is the way to write. Without an audit file it refuses every write
// and says why, while reading goes on.
func (l *link) runner(a *app, changed func(ops.Op)) *ops.Runner {
	if l.given != nil {
		return l.given
	}
	var err error
	l.audit, err = ops.OpenAudit(l.cfg.Audit, l.now)
	if err != nil {
		a.fail(fmt.Errorf("the audit file cannot be written, so every write will be refused: %w", err))
	}
	return ops.New(ops.Config{
		Sender: l.client.Writer(), Reader: l.client, Audit: l.audit, Now: l.now,
		Operator: a.operator(), Profile: l.cfg.Profile.Name, ReadOnly: l.cfg.Profile.ReadOnly, Reasons: l.cfg.Profile.Reasons, Changed: changed,
		Second: second(l.cfg.Profile.Second), Shared: l.crowd, Host: l.hostName(), Via: l.via, After: l.after, Ended: l.tallies.ended,
	})
}

// notes opens what was written down of the profile's classes. Those of a
// simulated school end with it.
func (l *link) notes(a *app) *ops.Notes {
	path := l.cfg.Notes()
	if l.demo {
		path = ""
	}
	notes, err := ops.OpenNotes(path, l.now, clean.Line)
	if err != nil {
		a.fail(fmt.Errorf("the notes cannot be read, and none will be kept: %w", err))
	}
	return notes
}

func second(names []string) []ops.Action {
	actions := make([]ops.Action, len(names))
	for i, name := range names {
		actions[i] = ops.Action(name)
	}
	return actions
}

// rules turns the profile's thresholds into the poller's.
func rules(a config.Attention) poll.Rules {
	r := poll.Rules{
		Late: a.Late, NoTeacher: a.NoTeacher, Empty: a.Empty, Drop: a.Drop, DropWithin: a.DropWithin, DropLeast: a.DropLeast,
		Overrun: a.Overrun, Cameras: a.Cameras, Unanswered: a.Unanswered, Stale: a.Stale, Leavers: a.Leavers, LeavePart: a.LeavePart,
		Questions: a.Questions, Documents: a.Documents, Off: make(map[string]bool, len(a.Off)),
	}
	for _, name := range a.Off {
		r.Off[name] = true
	}
	return r
}

// rate says how often an account may call an action in a second.
func rate(action string) int {
	if x := spec.Find(action); x != nil {
		return x.Rate
	}
	return 0
}

// idle is the runner of a replay: it has nobody to send anything to.
func (a *app) idle() *ops.Runner { return ops.New(ops.Config{Now: a.now, ReadOnly: true}) }
