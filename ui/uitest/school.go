package uitest

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client"
	"classtop/client/spec"
	"classtop/ops"
	"classtop/poll"
	"classtop/sim"
	"classtop/ui"
)

// School is a whole dashboard over a simulated school: the real client signs
// every request, the real poller and runner work, only network, terminal and
// time are not real.
type School struct {
	*Rig
	Sim    *sim.Server
	Hub    *poll.Hub
	Net    *Network
	Client *client.Client
	deps   ui.Deps
	runner *ops.Runner
	audit  string
	other  ops.Sender // somebody else at the same school
}

// StartSchool runs a dashboard over a new school. Deps need Keys, Views,
// Actions and Home; the rest is filled in, and the poller's configuration can
// be changed. Call it inside synctest.Test.
func StartSchool(t *testing.T, o sim.Options, deps ui.Deps, w, h int, change ...func(*poll.Config)) *School {
	t.Helper()
	s := &School{Sim: sim.New(o), audit: filepath.Join(t.TempDir(), "audit.jsonl")}
	s.Net = newNetwork(s.Sim.RoundTripper())
	hello := s.Sim.Credentials()
	budget := poll.NewBudget(poll.BudgetConfig{Rate: func(action string) int {
		if a := spec.Find(action); a != nil {
			return a.Rate
		}
		return 0
	}})
	c, err := client.New(client.Config{
		Credentials: client.Credentials{ID: hello.SecretID, Key: class.NewSecret(hello.SecretKey), Source: "the simulator"},
		SdkAppID:    hello.SdkAppID, Admin: hello.Admin, UserSigKey: class.NewSecret(hello.UserSigKey),
		Transport: s.Net, Now: time.Now, Budget: budget, ReadOnly: deps.Profile.ReadOnly,
		Observe: func(call client.Call) { budget.Observe(call.Action, call.Took, call.RequestID) }, Region: "ap-guangzhou",
	})
	require.NoError(t, err)
	s.Client = c
	window := func(now time.Time) (from, to time.Time) { return now.Add(-3 * time.Hour), now.Add(3 * time.Hour) }
	cfg := poll.Config{Source: c, Budget: budget, Now: time.Now, Window: window}
	for _, f := range change {
		f(&cfg)
	}
	s.Hub = poll.NewHub(cfg)
	audit, err := ops.OpenAudit(s.audit, time.Now)
	require.NoError(t, err)
	deps.Session, deps.Poke, deps.Trend, deps.Now, deps.Window = s.Hub.Join(), s.Hub.Poke, s.Hub.History, time.Now, window
	deps.Requests, deps.Pace = budget.Gauge, budget
	deps.Status = func() ui.Status { return ui.StatusOf(s.Hub.Health(), budget.Gauge(), c.Offset()) }
	s.runner = ops.New(ops.Config{Sender: c.Writer(), Reader: c, Audit: audit, Now: time.Now, Operator: "tester", ReadOnly: deps.Profile.ReadOnly})
	deps.Runner, deps.Crew = s.runner, s.runner.Enter("")
	deps.Records = func() ([]ops.Entry, error) { return ops.CheckedAudit(s.audit) }
	deps.Console, deps.Profile.App = c.Console(), hello.SdkAppID
	s.other = c.Writer()
	s.run(t, s.Hub.Run, func(ctx context.Context) error {
		s.runner.Probe(ctx)
		return nil
	})
	s.deps = deps
	s.Rig = Start(t, deps, w, h)
	return s
}

// Beside opens another screen on the same school, for another operator of the
// same process, as classtop serve does.
func (s *School) Beside(operator string, w, h int) *School {
	s.t.Helper()
	two := *s
	two.runner = s.runner.As(operator, ops.Operator)
	two.deps.Session, two.deps.Runner, two.deps.Crew = s.Hub.Join(), two.runner, two.runner.Enter("")
	two.Rig = Start(s.t, two.deps, w, h)
	return &two
}

// run keeps what runs beside the screen going until the test ends.
func (s *School) run(t *testing.T, works ...func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, work := range works {
		running.Go(func() { _ = work(ctx) })
	}
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
}

// Faults replaces what goes wrong.
func (s *School) Faults(fs ...sim.Fault) { s.Sim.SetFaults(sim.Faults{Faults: fs}) }

// Audit returns the lines of the audit file.
func (s *School) Audit() []map[string]any {
	s.t.Helper()
	data, err := os.ReadFile(s.audit)
	require.NoError(s.t, err)
	var out []map[string]any
	for line := range bytes.Lines(data) {
		var m map[string]any
		require.NoError(s.t, json.Unmarshal(line, &m))
		out = append(out, m)
	}
	return out
}

// BreakAudit makes every further line of the audit file fail, as a full disk
// does, until the test ends.
func (s *School) BreakAudit() {
	s.t.Helper()
	require.NoError(s.t, os.Rename(s.audit, s.audit+".whole"))
	require.NoError(s.t, os.Mkdir(s.audit, 0o700))
}

// EndElsewhere lets somebody else end a class, past this program.
func (s *School) EndElsewhere(id class.RoomID) {
	s.t.Helper()
	_, err := s.other.End(context.Background(), id)
	require.NoError(s.t, err)
}
