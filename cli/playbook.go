package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"classtop/class"
	"classtop/config"
	"classtop/ops"

	"github.com/spf13/cobra"
)

// demoPlaybooks are there to be tried in a school where nobody has written
// any.
var demoPlaybooks = []class.Playbook{
	{Name: "calm down", About: "Warn the class, then silence one member and put him out", Steps: []class.Step{
		{Do: "notice", Text: "Please be quiet.", GoOn: true}, {Do: "mute", After: 20 * time.Second, For: 10 * time.Minute}, {Do: "kick", After: 20 * time.Second, For: 10 * time.Minute},
	}},
	{Name: "last call", About: "Say that the class ends, then end it", Steps: []class.Step{
		{Do: "notice", Text: "The class ends in one minute."}, {Do: "end", After: time.Minute},
	}},
}

func (a *app) playbookCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "playbook", Short: "Carry out a named sequence of the configuration", Args: subcommand, RunE: help}
	var format string
	list := &cobra.Command{Use: "list", Short: "List the playbooks of the configuration", Args: cobra.NoArgs}
	list.RunE = a.run(func(cmd *cobra.Command, _ []string) error { return a.listPlaybooks(cmd, format) })
	outputFlag(list, &format, "text", "json")
	cmd.AddCommand(list, a.playbookRunCmd())
	return cmd
}

func (a *app) listPlaybooks(cmd *cobra.Command, format string) error {
	cfg, err := a.load(cmd)
	if err != nil {
		return err
	}
	if format == "json" {
		return writeJSON(a.out, playbooksOf(cfg.Playbooks))
	}
	if len(cfg.Playbooks) == 0 {
		return usage("there are no playbooks in %s; classtop config init writes a sample with one", cfg.Path)
	}
	t := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, a.lang.Say("NAME\tFOR A\tSTEPS\tABOUT"))
	for i := range cfg.Playbooks {
		b := &cfg.Playbooks[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", b.Name, a.lang.Say(isFor(b)), b, a.lang.Say(b.About))
	}
	return t.Flush()
}

// bookEntry is a playbook for scripts; lengths are seconds.
type bookEntry struct {
	Name   string      `json:"name"`
	Target string      `json:"target"` // class or member
	About  string      `json:"about"`
	Steps  []stepEntry `json:"steps"`
}

type stepEntry struct {
	Do      string  `json:"do"`
	After   float64 `json:"after"`
	For     float64 `json:"for"`
	ForGood bool    `json:"for_good"`
	Text    string  `json:"text"`
	GoOn    bool    `json:"go_on"`
}

func playbooksOf(books []class.Playbook) []bookEntry {
	out := make([]bookEntry, 0, len(books))
	for i := range books {
		b := &books[i]
		one := bookEntry{Name: b.Name, Target: isFor(b), About: b.About}
		for _, s := range b.Steps {
			lasts := s.Do == "mute" || s.Do == "kick"
			one.Steps = append(one.Steps, stepEntry{s.Do, s.After.Seconds(), s.For.Seconds(), lasts && s.For == 0, s.Text, s.GoOn})
		}
		out = append(out, one)
	}
	return out
}

func isFor(b *class.Playbook) string {
	if b.Member() {
		return "member"
	}
	return "class"
}

func (a *app) playbookRunCmd() *cobra.Command {
	var f act
	cmd := &cobra.Command{
		Use: "run NAME ROOM [USER]", Short: "Carry a playbook out on a class or on a member",
		Long: "Carry a playbook out, step by step. It ends at the first step that is not known to have happened,\n" +
			"unless that step says go_on. ctrl+c stops it: what is not sent by then is not sent.",
		Example: "classtop playbook run calm-down 347306302 u42 --dry-run",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 || len(args) > 3 {
				return fmt.Errorf("%s needs NAME, ROOM and, for a member, USER; %d given", cmd.CommandPath(), len(args))
			}
			return nil
		},
	}
	f.flags(cmd)
	cmd.ValidArgsFunction = a.playbookNames
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error { return a.playbook(cmd, f, args) })
	return cmd
}

// playbook looks at the target, checks, asks once for all steps and carries
// them out.
func (a *app) playbook(cmd *cobra.Command, f act, args []string) error {
	id, err := roomID(args[1])
	if err != nil {
		return err
	}
	cfg, err := a.load(cmd)
	if err != nil {
		return err
	}
	book, err := findPlaybook(cfg, args[0], len(args) > 2)
	if err != nil {
		return err
	}
	l, err := a.connectOnce(cmd)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	t, err := l.target(ctx, id, strings.Join(args[2:], ""), -1)
	if err != nil {
		return err
	}
	play := ops.NewPlay(*book, t).Explained(f.reason)
	if why := play.Why(l.cfg.Profile.ReadOnly, nil); why != "" {
		return coded{exitFailed, errors.New(a.lang.Say("not possible: %s", a.lang.Tell(why)))}
	}
	if why := l.unexplained(f.reason); why != nil {
		return why
	}
	if f.dryRun {
		fmt.Fprint(a.out, a.lang.Say("would, at level %d:\n%s\n", play.Level(), a.paragraphs(strings.Join(play.Lines(), "\n"))))
		return nil
	}
	return a.play(ctx, l, f, play)
}

func findPlaybook(cfg *config.Config, name string, member bool) (*class.Playbook, error) {
	i := slices.IndexFunc(cfg.Playbooks, func(b class.Playbook) bool { return b.Name == name })
	var names []string
	for _, b := range cfg.Playbooks {
		names = append(names, b.Name)
	}
	switch {
	case i < 0 && len(names) == 0:
		return nil, usage("there are no playbooks in %s", cfg.Path)
	case i < 0:
		return nil, usage("there is no playbook %q in %s; there are: %s", name, cfg.Path, strings.Join(names, ", "))
	case cfg.Playbooks[i].Member() && !member:
		return nil, usage("the playbook %s is for a member: name the USER too", name)
	case !cfg.Playbooks[i].Member() && member:
		return nil, usage("the playbook %s is for a class: it takes no USER", name)
	}
	return &cfg.Playbooks[i], nil
}

// play asks, carries the playbook out and tells of each step as it ends.
func (a *app) play(ctx context.Context, l *link, f act, play ops.Play) error {
	if w := play.Warning(); w != "" {
		fmt.Fprintln(a.err, a.lang.Tell(w))
	}
	if !f.yes {
		if err := a.confirm(strings.Join(play.Lines(), "\n"), play.Level(), play.Challenge()); err != nil {
			return err
		}
	}
	runner := l.runner(a, nil)
	var all []ended
	results := runner.Play(ctx, play, func(i int, res ops.Result) {
		if f.format == "json" {
			all = append(all, endOf(res))
			return
		}
		fmt.Fprintf(a.out, "%d. %s\n", i+1, a.lang.Tell(res.Sentence()))
	})
	code := ops.ExitStatus(results)
	if f.format == "json" {
		if err := writeJSON(a.out, all); err != nil {
			return err
		}
		return quiet(code)
	}
	if code != exitDone {
		return coded{code, errors.New("the playbook " + play.Name + " was not carried out in full")}
	}
	return nil
}
