package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the build: -X classtop/cli.version=v1.2.3.
var version = "dev"

// build says what this binary was made of.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Time     string `json:"time,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	System   string `json:"system"`
}

func readBuild() build {
	b := build{Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// short is the version on one line.
func (b build) short() string {
	commit := ""
	if b.Commit != "" {
		commit = " " + b.Commit[:min(12, len(b.Commit))]
	}
	return b.Version + commit + " " + b.Go + " " + b.System
}

func (a *app) versionCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print what this binary was built from",
		Args:  cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error {
			b := readBuild()
			if format == "json" {
				return writeJSON(a.out, b)
			}
			fmt.Fprintln(a.out, "classtop "+b.short())
			if b.Commit != "" {
				dirty := ""
				if b.Modified {
					dirty = ", with changes"
				}
				fmt.Fprint(a.out, a.lang.Say("commit %s of %s%s\n", b.Commit, b.Time, a.lang.Tell(dirty)))
			}
			return nil
		}),
	}
	outputFlag(cmd, &format, "text", "json")
	return cmd
}

// writeJSON prints a value indented, with the characters as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
