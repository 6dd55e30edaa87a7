package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ops"

	"github.com/spf13/cobra"
)

// act is what the commands that write have in common.
type act struct {
	reason string
	dryRun bool
	yes    bool
	format string
}

func (f *act) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.reason, "reason", "", "text for the audit file")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "check and say what would be done; send nothing that changes anything")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "confirm without being asked")
	outputFlag(cmd, &f.format, "text", "json")
}

func (a *app) kickCmd() *cobra.Command {
	var f act
	var span time.Duration
	var forGood bool
	cmd := &cobra.Command{
		Use:     "kick ROOM USER",
		Short:   "Put a member out of a class, for a time or for good",
		Example: "classtop kick 347306302 u42 --for 10m --reason 'plays music' --yes",
		Args:    words("ROOM", "USER"),
	}
	f.flags(cmd)
	spanFlags(cmd, &span, &forGood)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		op := ops.Op{Action: ops.Kick, Duration: span, Reason: f.reason, Target: ops.Target{Seat: -1}}
		if forGood {
			op.Action, op.Duration = ops.Ban, 0
		}
		return a.act(cmd, f, op, args[0], args[1])
	})
	return cmd
}

func (a *app) endCmd() *cobra.Command {
	return a.roomAct(ops.End, "end ROOM", "End a class")
}

func (a *app) startCmd() *cobra.Command {
	return a.roomAct(ops.Start, "start ROOM", "Start a class")
}

// roomAct is a command whose target is a whole class.
func (a *app) roomAct(action ops.Action, use, short string) *cobra.Command {
	var f act
	cmd := &cobra.Command{Use: use, Short: short, Args: words("ROOM")}
	f.flags(cmd)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		return a.act(cmd, f, ops.Op{Action: action, Reason: f.reason, Target: ops.Target{Seat: -1}}, args[0], "")
	})
	return cmd
}

// act looks at the target, checks, asks, sends once and says how it ended.
func (a *app) act(cmd *cobra.Command, f act, op ops.Op, room, user string) error {
	id, err := roomID(room)
	if err != nil {
		return err
	}
	l, err := a.connectOnce(cmd)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	if op.Target, err = l.target(ctx, id, user, op.Target.Seat); err != nil {
		return err
	}
	runner := l.runner(a, nil)
	if why := cmp.Or(runner.May(op), ops.Ready(op, l.cfg.Profile.ReadOnly)); why != "" {
		return coded{exitFailed, errors.New(a.lang.Say("not possible: %s", a.lang.Tell(why)))}
	}
	if why := l.unexplained(f.reason); why != nil {
		return why
	}
	if f.dryRun {
		fmt.Fprint(a.out, a.lang.Say("would: %s (level %d)\n", a.lang.Tell(op.Sentence()), op.Level()))
		return nil
	}
	if w := op.Warning(); w != "" {
		fmt.Fprintln(a.err, a.lang.Tell(w))
	}
	if !f.yes {
		if err := a.confirm(op.Sentence(), op.Level(), op.Challenge()); err != nil {
			return err
		}
	}
	return a.report(runner.Run(ctx, op), f.format)
}

// unexplained says that the profile wants a reason and there is none.
func (l *link) unexplained(reason string) error {
	if l.cfg.Profile.Reasons && reason == "" {
		return usage("profile %s wants a reason for every write: add --reason", l.cfg.Profile.Name)
	}
	return nil
}

// target reads what the dashboard would show of the target.
func (l *link) target(ctx context.Context, id class.RoomID, user string, seat int64) (ops.Target, error) {
	seen := l.now()
	room, err := l.client.Room(ctx, id)
	if err != nil {
		return ops.Target{}, err
	}
	t := ops.Target{Room: id, RoomName: room.Name, Status: room.Status, Teacher: room.Teacher, Seat: seat, SeenAt: seen, User: clean.Text(user)}
	if room.Status == class.RoomEnded || room.Status == class.RoomExpired {
		return t, nil // nobody is in it, and the service has no list any more
	}
	members, err := l.client.Members(ctx, id)
	if err != nil {
		return ops.Target{}, err
	}
	t.Online = class.Count(members).Online
	for _, m := range members {
		if m.ID == room.Teacher {
			t.Teacher = m.Name
		}
		if m.ID == t.User && user != "" {
			t.UserName, t.Role, t.State, t.Muted = m.Name, m.Role, m.State, m.Muted
			user = ""
		}
	}
	if user != "" {
		return t, coded{exitFailed, fmt.Errorf("%s is not a member of room %s; classtop get members %s lists them", t.User, id, id)}
	}
	return t, nil
}

// confirm asks the person at the terminal, with the dashboard's own levels:
// from level 3 on the challenge must be typed.
func (a *app) confirm(sentence string, level int, challenge string) error {
	if !terminal(a.in) || !terminal(a.err) {
		return usage("%s needs --yes where nobody can be asked", sentence)
	}
	want, ask := "y", "type y and Enter, anything else leaves it"
	if level >= 3 {
		want, ask = challenge, "type "+challenge+" and Enter, anything else leaves it"
	}
	fmt.Fprintf(a.err, "%s\n%s: ", a.lang.Tell(sentence), a.lang.Tell(ask))
	answer, _ := bufio.NewReader(a.in).ReadString('\n')
	if strings.TrimSpace(answer) != want {
		return coded{exitFailed, errors.New("left alone: nothing was sent")}
	}
	return nil
}

// report prints the end of an operation and turns it into an exit status.
func (a *app) report(res ops.Result, format string) error {
	code := res.ExitStatus()
	if format == "json" {
		if err := writeJSON(a.out, endOf(res)); err != nil {
			return err
		}
		return quiet(code)
	}
	if code == exitDone {
		fmt.Fprintln(a.out, a.lang.Tell(res.Sentence()))
		return nil
	}
	return coded{code, errors.New(res.Sentence())}
}

// ended is the end of an operation as scripts get it.
type ended struct {
	Action    ops.Action   `json:"action"`
	Room      string       `json:"room"`
	User      string       `json:"user,omitempty"`
	Outcome   ops.State    `json:"outcome"`
	RequestID string       `json:"request_id"`
	Found     string       `json:"found,omitempty"`
	Warning   string       `json:"warning,omitempty"`
	Error     *class.Error `json:"error,omitempty"`
}

func endOf(res ops.Result) ended {
	return ended{
		Action: res.Op.Action, Room: res.Op.Target.Room.String(), User: res.Op.Target.User.String(),
		Outcome: res.State, RequestID: res.RequestID, Found: res.Found, Warning: res.Warning, Error: res.Err,
	}
}

// words checks how many arguments there are and names the missing ones.
func words(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		return fmt.Errorf("%s needs %s; %d given", cmd.CommandPath(), strings.Join(names, " "), len(args))
	}
}

// wordsOf lists the arguments in a usage line.
func wordsOf(use string) []string { return strings.Fields(use)[1:] }
