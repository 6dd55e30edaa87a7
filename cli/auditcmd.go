package cli

import (
	"cmp"
	"errors"
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
				return fmt.Errorf("%s: good up to line %d, then: %w", cfg.Audit, n, err)
			}
			fmt.Fprint(a.out, a.lang.Say("%s: every line is as it was written, %d in all\n", cfg.Audit, n))
			return nil
		}),
	}
}

func (a *app) auditExport() *cobra.Command {
	var format string
	var all bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print the audit file and the full files before it, oldest first",
		Long: "Print the audit file and the full files before it, oldest first.\n\n" +
			"With --all-hosts also what the other hosts of serve.engine carried out, by their clocks. The files of the\n" +
			"hosts stay the truth: classtop audit verify checks this one's.",
		Example: "classtop audit export -o json\nssh HOST audit export --all-hosts -o csv > audit.csv",
		Args:    cobra.NoArgs,
	}
	outputFlag(cmd, &format, "csv", "json", "table")
	cmd.Flags().BoolVar(&all, "all-hosts", false, "also the lines of the other hosts that share the school")
	cmd.RunE = a.run(func(cmd *cobra.Command, _ []string) error {
		cfg, err := a.load(cmd)
		if err != nil {
			return err
		}
		entries, readErr := ops.ReadAudit(cfg.Audit)
		cols := entryCols(cfg.Profile.TimeZone)
		if all {
			others, err := a.auditOfOthers(cmd.Context(), cfg)
			if errors.As(err, new(coded)) {
				return err
			}
			entries, readErr = joined(cfg, entries, others), errors.Join(readErr, err)
			cols = append(cols, col[ops.Entry]{"KEPT ON", func(e *ops.Entry) string { return e.KeptOn }})
		}
		if err := sheetOf(entries, cols).write(a.out, format, a.lang); err != nil {
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
		{"HOST", func(e *ops.Entry) string { return e.Host }},
	}
}
