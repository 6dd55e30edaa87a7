package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// root builds the whole tree of commands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "classtop",
		Short: "top for live classes: watch a Tencent Cloud school and step in",
		Args:  subcommand,
	}
	a.dashboard(root)
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.StringVar(&a.configPath, "config", "", "configuration file")
	flags.StringVar(&a.profile, "profile", "", "name of the account and application to use")
	flags.String("region", "", "region of the services, such as ap-guangzhou")
	flags.String("language", "", "language of the services' messages: auto, zh-CN, en-US")
	flags.String("lang", "", "language of the screen, the help and the errors: auto, en, zh")
	flags.Bool("read-only", false, "refuse every write")
	flags.String("audit", "", "audit file, instead of the configured one")
	root.AddCommand(a.simCmd(), a.getCmd(), a.callCmd(), a.kickCmd(), a.endCmd(), a.startCmd(), a.seatCmd(), a.muteCmd(), a.unmuteCmd(), a.unkickCmd(), a.noticeCmd(), a.playbookCmd(),
		a.serveCmd(), a.checkCmd(), a.auditCmd(), a.reportCmd(), a.replayCmd(), a.configCmd(), a.versionCmd())
	a.completions(root)
	return root
}

// help is the command of a group that does nothing by itself.
func help(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// choice is a flag that takes one of a few words.
type choice struct {
	to      *string
	allowed []string
}

func (c choice) String() string { return *c.to }
func (c choice) Type() string   { return strings.Join(c.allowed, "|") }
func (c choice) Set(v string) error {
	if !slices.Contains(c.allowed, v) {
		return usage("must be one of: %s", strings.Join(c.allowed, ", "))
	}
	*c.to = v
	return nil
}

// choiceFlag adds such a flag with its completion; the first word is the
// default.
func choiceFlag(cmd *cobra.Command, to *string, name, short, about string, allowed ...string) {
	*to = allowed[0]
	cmd.Flags().VarP(choice{to, allowed}, name, short, about)
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(allowed, cobra.ShellCompDirectiveNoFileComp))
}

func outputFlag(cmd *cobra.Command, to *string, allowed ...string) {
	choiceFlag(cmd, to, "output", "o", "format: "+strings.Join(allowed, ", "), allowed...)
}
