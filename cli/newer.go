package cli

import (
	"time"

	"classtop/ops"

	"github.com/spf13/cobra"
)

// newerNote goes below commands whose action not every account has.
const newerNote = "Newer than the manual: accounts of some editions and the international site answer InvalidAction."

func (a *app) unkickCmd() *cobra.Command {
	return a.memberAct(ops.Unkick, "unkick ROOM USER", "Let a kicked member come back")
}

func (a *app) unmuteCmd() *cobra.Command {
	return a.memberAct(ops.Unmute, "unmute ROOM USER", "Let a muted member write in the chat again")
}

// memberAct is a command whose target is one member and that needs no more.
func (a *app) memberAct(action ops.Action, use, short string) *cobra.Command {
	var f act
	cmd := &cobra.Command{Use: use, Short: short, Long: short + ".\n\n" + newerNote, Args: words("ROOM", "USER")}
	f.flags(cmd)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		return a.act(cmd, f, ops.Op{Action: action, Reason: f.reason, Target: ops.Target{Seat: -1}}, args[0], args[1])
	})
	return cmd
}

func (a *app) muteCmd() *cobra.Command {
	var f act
	var span time.Duration
	var forGood bool
	const short = "Keep a member from writing in the chat, for a time or for good"
	cmd := &cobra.Command{
		Use: "mute ROOM USER", Short: short, Long: short + ".\n\n" + newerNote,
		Example: "classtop mute 347306302 u42 --for 10m --reason 'insults others' --yes", Args: words("ROOM", "USER"),
	}
	f.flags(cmd)
	spanFlags(cmd, &span, &forGood)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		if forGood {
			span = ops.ForGood
		}
		return a.act(cmd, f, ops.Op{Action: ops.Mute, Duration: span, Reason: f.reason, Target: ops.Target{Seat: -1}}, args[0], args[1])
	})
	return cmd
}

func (a *app) noticeCmd() *cobra.Command {
	var f act
	const short = "Send a notice to everybody in a class"
	cmd := &cobra.Command{
		Use: "notice ROOM TEXT", Short: short, Long: short + ".\n\n" + newerNote,
		Example: "classtop notice 347306302 'The class ends in five minutes.' --yes", Args: words("ROOM", "TEXT"),
	}
	f.flags(cmd)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		return a.act(cmd, f, ops.Op{Action: ops.Notice, Text: args[1], Reason: f.reason, Target: ops.Target{Seat: -1}}, args[0], "")
	})
	return cmd
}

// spanFlags say for how long.
func spanFlags(cmd *cobra.Command, span *time.Duration, forGood *bool) {
	cmd.Flags().DurationVar(span, "for", 10*time.Minute, "for this time")
	cmd.Flags().BoolVar(forGood, "for-good", false, "for good")
	cmd.MarkFlagsMutuallyExclusive("for", "for-good")
}
