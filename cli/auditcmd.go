package cli

import (
	"cmp"
	"fmt"
	"time"

	"classtop/class"
	"classtop/ops"

	"github.com/spf13/cobra"
)

func (a *app) auditCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Verify or export the audit file", Args: subcommand, RunE: help}
	cmd.AddCommand(a.auditVerify(), a.auditExport())
	return cmd
}

func (a *app) auditVerify() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check that no line was changed, removed or moved",
		Args:  cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.load(cmd)
			if err != nil {
				return err
			}
			n, err := ops.Verify(cfg.Audit)
			if err != nil {
				return fmt.Errorf("%s: %d lines are good, then: %w", cfg.Audit, n, err)
			}
			fmt.Fprint(a.out, a.lang.Say("%s: all %d lines are as they were written\n", cfg.Audit, n))
			return nil
		}),
	}
}

func (a *app) auditExport() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print the audit file and the full files before it, oldest first",
		Args:  cobra.NoArgs,
	}
	outputFlag(cmd, &format, "csv", "json", "table")
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		cfg, err := a.load(cmd)
		if err != nil {
			return err
		}
		entries, readErr := ops.ReadAudit(cfg.Audit)
		if err := sheetOf(entries, entryCols(cfg.Profile.TimeZone)).write(a.out, format); err != nil {
			return err
		}
		return readErr
	})
	return cmd
}

func entryCols(zone *time.Location) []col[ops.Entry] {
	return []col[ops.Entry]{
		{"TIME", func(e *ops.Entry) string { return moment(class.UnixOf(e.Time), zone) }},
		{"OPERATOR", func(e *ops.Entry) string { return e.Operator }},
		{"SECOND", func(e *ops.Entry) string { return e.Second }},
		{"PROFILE", func(e *ops.Entry) string { return e.Profile }},
		{"ACTION", func(e *ops.Entry) string { return string(e.Action) }},
		{"ROOM", func(e *ops.Entry) string { return e.Room.String() }},
		{"ROOM NAME", func(e *ops.Entry) string { return e.RoomName }},
		{"USER", func(e *ops.Entry) string { return e.User }},
		{"USER NAME", func(e *ops.Entry) string { return e.UserName }},
		{"PHASE", func(e *ops.Entry) string { return string(e.Phase) }},
		{"OUTCOME", func(e *ops.Entry) string { return e.Outcome }},
		{"CODE", func(e *ops.Entry) string { return e.Code }},
		{"REQUEST", func(e *ops.Entry) string { return e.RequestID }},
		{"REASON", func(e *ops.Entry) string { return e.Reason }},
		{"SENT", func(e *ops.Entry) string { return cmp.Or(e.Params, e.Text) }},
		{"PLAYBOOK", func(e *ops.Entry) string { return e.Playbook }},
	}
}
