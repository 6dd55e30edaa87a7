package cli

import (
	"fmt"
	"strconv"

	"classtop/class/nearest"
	"classtop/ops"

	"github.com/spf13/cobra"
)

func (a *app) seatCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "seat", Short: "Put members on seats, take them off, lock and unlock seats", Args: subcommand, RunE: help}
	cmd.AddCommand(
		a.seatAct(ops.SeatPick, "pick ROOM USER SEAT", "Put a member onto a seat"),
		a.seatAct(ops.SeatOff, "off ROOM USER", "Take a member off the seat"),
		a.seatAct(ops.SeatMove, "move ROOM USER SEAT", "Move a member to another seat"),
		a.seatAct(ops.SeatLock, "lock ROOM SEAT", "Lock a seat"),
		a.seatAct(ops.SeatUnlock, "unlock ROOM SEAT", "Unlock a seat"))
	return cmd
}

// seatAct is one command of the seats. The words of its usage line say what
// its arguments are.
func (a *app) seatAct(action ops.Action, use, short string) *cobra.Command {
	var f act
	names := wordsOf(use)
	cmd := &cobra.Command{Use: use, Short: short, Args: words(names...)}
	f.flags(cmd)
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		op := ops.Op{Action: action, Reason: f.reason, Target: ops.Target{Seat: -1}}
		user := ""
		for i, name := range names[1:] {
			word := args[i+1]
			if name == "USER" {
				user = word
				continue
			}
			n, err := strconv.ParseInt(word, 10, 64)
			if err != nil || n < 0 {
				return usage("%q is not a seat: seats are counted from 0", word)
			}
			op.Target.Seat = n
		}
		return a.act(cmd, f, op, args[0], user)
	})
	return cmd
}

// subcommand refuses what is not a command of a group, with the nearest one.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near := nearest.Name(args[0], names); near != "" {
		return fmt.Errorf("unknown command %q for %q; did you mean %q?", args[0], cmd.CommandPath(), near)
	}
	return fmt.Errorf("unknown command %q for %q; try: %s --help", args[0], cmd.CommandPath(), cmd.CommandPath())
}
