package cli

import (
	"fmt"
	"text/tabwriter"

	"classtop/config"

	"github.com/spf13/cobra"
)

func (a *app) configCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Write, find or show the configuration", Args: subcommand, RunE: help}
	cmd.AddCommand(a.configInit(), a.configPathCmd(), a.configShow(), a.configMigrate(), a.configSchema())
	return cmd
}

func (a *app) configInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Write a commented sample; never over a file that is there",
		Args:  cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error {
			path := a.where()
			if err := config.WriteSample(path, a.lang.Tell); err != nil {
				return err
			}
			fmt.Fprint(a.out, a.lang.Say("wrote %s\n", path))
			fmt.Fprintln(a.err, a.lang.Say("edit it, then: classtop check"))
			return nil
		}),
	}
}

func (a *app) configMigrate() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the configuration file to the form of this version; the old file is kept beside it",
		Args:  cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error {
			path := a.where()
			done, err := config.Migrate(path, a.lang.Tell)
			if err != nil {
				return err
			}
			if done.Backup == "" {
				fmt.Fprint(a.out, a.lang.Say("%s has version %d already\n", path, config.Version))
				return nil
			}
			fmt.Fprint(a.out, a.lang.Say("rewrote %s for version %d; the old file is %s\n", path, config.Version, done.Backup))
			for _, change := range done.Changes {
				fmt.Fprint(a.out, a.lang.Say("  now %s\n", a.lang.Tell(change)))
			}
			return nil
		}),
	}
}

func (a *app) configSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the configuration file, for editors",
		Args:  cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error {
			_, err := a.out.Write(config.Schema(a.lang.Tell))
			return err
		}),
	}
}

func (a *app) configPathCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "path",
		Short: "Print where the file is looked for",
		Args:  cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error {
			fmt.Fprintln(a.out, a.where())
			return nil
		}),
	}
}

// where is the path of the file, whether it is there or not.
func (a *app) where() string { return config.Locate(config.Options{Env: a.env, Path: a.configPath}) }

func (a *app) configShow() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Print what is in force and where each value came from; no secret",
		Args:  cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			rows := append([]config.Value{a.fileRow(c), {Key: "profile", Value: c.Profile.Name, Source: c.ProfileFrom}}, c.Show()...)
			rows = append(rows, credentialRow(c))
			if format == "json" {
				return writeJSON(a.out, rows)
			}
			w := tabwriter.NewWriter(a.out, 0, 8, 2, ' ', 0)
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.Key, r.Value, a.lang.Tell(r.Source))
			}
			return w.Flush()
		}),
	}
	outputFlag(cmd, &format, "text", "json")
	return cmd
}

func (a *app) fileRow(c *config.Config) config.Value {
	row := config.Value{Key: "file", Value: c.Path, Source: "not there; classtop config init writes a sample"}
	if c.Found {
		row.Source = "read"
	}
	return row
}

// credentialRow says where the key is, never what it is.
func credentialRow(c *config.Config) config.Value {
	found, err := c.Credentials()
	if err != nil {
		return config.Value{Key: "credentials", Value: "none", Source: err.Error()}
	}
	return config.Value{Key: "credentials", Value: "****", Source: found.Source}
}
