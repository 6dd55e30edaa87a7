// Package cli is the command line: it reads flags and configuration, wires the
// packages together and turns what happened into words and an exit status.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/nearest"
	"classtop/class/rescue"
	"classtop/config"
	"classtop/lang"
	"classtop/ui"

	"charm.land/fang/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit statuses of every command.
const (
	exitDone    = 0
	exitFailed  = 1 // failed, or refused by a check or by the service
	exitUsage   = 2 // the command line or the configuration is wrong
	exitUnknown = 3 // a write was sent and nothing tells how it ended
)

// app is one run of the program. Everything it touches is passed in.
type app struct {
	env      config.Env
	in       io.Reader
	out, err io.Writer
	now      func() time.Time

	lang lang.Lang // of the person in front of it

	configPath string
	profile    string
	exit       int

	remote   *remote        // this command line came over SSH; nil: it did not
	sabotage func(*ui.Deps) // makes the dashboard fail, for tests
}

// Main runs the command line and returns the exit status.
func Main(args []string, env config.Env, in io.Reader, out, errOut io.Writer) int {
	a := &app{env: env, in: in, out: out, err: errOut, now: time.Now}
	return a.main(args)
}

func (a *app) main(args []string) int {
	log.SetOutput(io.Discard) // net/http writes there what strangers' servers said, over the screen
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	a.bashAlone(root)
	a.settle(args)
	a.translate(root)
	handler := func(_ io.Writer, _ fang.Styles, err error) { a.fail(err) }
	err := fang.Execute(context.Background(), root, fang.WithErrorHandler(handler), fang.WithVersion(readBuild().short()))
	if err != nil {
		return exitUsage // only cobra's own complaints come this way; see run
	}
	return a.exit
}

// run adapts a command: what it returns is printed and decides the exit
// status, so that whatever cobra itself complains about is a usage error.
func (a *app) run(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := rescue.Do(cmd.CommandPath(), func() error { return do(cmd, args) })
		if fault := asFault(err); fault != nil {
			err = a.account(fault, err)
		}
		if err != nil {
			a.fail(err)
			a.exit = exitCode(err)
		}
		return nil
	}
}

// fail prints an error for a person.
func (a *app) fail(err error) {
	text := a.lang.Tell(err.Error())
	if text == "" {
		return
	}
	fmt.Fprintln(a.err, "classtop: "+text)
	if errors.Is(err, config.ErrNoCredentials) {
		fmt.Fprintln(a.err, a.lang.Say("Without an account: classtop --demo shows a simulated school. classtop config init writes a sample configuration."))
	}
}

// coded is an error that knows its exit status.
type coded struct {
	code int
	err  error
}

func (c coded) Error() string { return c.err.Error() }
func (c coded) Unwrap() error { return c.err }

// usage makes an error of the command line.
func usage(format string, args ...any) error {
	return coded{exitUsage, fmt.Errorf(format, args...)}
}

// quiet ends with a status where everything has been said.
func quiet(code int) error { return coded{code, errors.New("")} }

func exitCode(err error) int {
	var c coded
	var e *class.Error
	var conf *config.Error
	switch {
	case errors.As(err, &c):
		return c.code
	case errors.As(err, &conf), errors.Is(err, config.ErrNoCredentials):
		return exitUsage
	case errors.As(err, &e):
		if e.HasCode(class.CodeParameter) || e.HasCode(class.CodeConfig) {
			return exitUsage
		}
		if e.Maybe {
			return exitUnknown
		}
	}
	return exitFailed
}

// load reads the configuration with the flags that the command was given.
func (a *app) load(cmd *cobra.Command) (*config.Config, error) { return a.loadFor(cmd, false) }

// configOf reads the configuration for a profile, with the command's flags.
func (a *app) configOf(cmd *cobra.Command, profile string, demo bool) (*config.Config, error) {
	flags := map[string]string{}
	for flag, key := range settingFlags {
		if f := cmd.Flags().Lookup(flag); f != nil && f.Changed {
			flags[key] = f.Value.String()
		}
	}
	return config.Load(config.Options{Env: a.env, Path: a.configPath, Profile: profile, Flags: flags, Demo: demo})
}

// loadFor leaves out what speaks of a real school when demo is set.
func (a *app) loadFor(cmd *cobra.Command, demo bool) (*config.Config, error) {
	if a.remote != nil {
		l, err := a.remote.link(cmd)
		if err != nil {
			return nil, err
		}
		return l.cfg, nil
	}
	cfg, err := a.configOf(cmd, a.profile, demo)
	if err == nil {
		a.speak(cfg.UI.Lang)
	}
	return cfg, err
}

// settingFlags says which flag sets which key of the configuration.
var settingFlags = map[string]string{
	"region": "region", "language": "language", "read-only": "read_only", "audit": "audit", "theme": "ui.theme", "ascii": "ui.ascii", "mask": "ui.mask", "low-bandwidth": "ui.low_bandwidth", "lang": "ui.lang",
	"listen": "serve.listen", "keys": "serve.keys", "host-key": "serve.host_key", "idle": "serve.idle", "lifetime": "serve.lifetime", "metrics": "serve.metrics",
	"engine": "serve.engine", "engine-listen": "serve.engine_listen", "engine-credentials": "serve.engine_credentials",
}

// flagError adds the nearest flag to a complaint about an unknown one.
func flagError(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		if kind := kindOfFlag(invalid); kind != "" {
			return fmt.Errorf("--%s: %q is not %s", invalid.GetFlag().Name, invalid.GetValue(), kind)
		}
	}
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if near := nearest.Name(missing.GetSpecifiedName(), names); near != "" {
		return fmt.Errorf("%w; did you mean --%s? Try: %s --help", err, near, cmd.CommandPath())
	}
	return fmt.Errorf("%w; try: %s --help", err, cmd.CommandPath())
}

// kindOfFlag says in words what a flag takes whose value the system's libraries
// could not read; "" if classtop itself found the fault and named it.
func kindOfFlag(err *pflag.InvalidValueError) string {
	var number *strconv.NumError
	switch kind := err.GetFlag().Value.Type(); {
	case kind == "duration":
		return "a length of time, such as 30s, 10m or 2h"
	case kind == "bool":
		return "true or false"
	case !errors.As(err, &number):
		return ""
	case kind == "float64":
		return "a number"
	case kind == "uint64":
		return "a whole number, 0 or more"
	}
	return "a whole number"
}

// terminal tells whether a stream is one that a person looks at.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// operator names the person at the keyboard for the audit file.
func (a *app) operator() string {
	if a.remote != nil {
		return a.remote.guest.Name
	}
	for _, name := range []string{"SUDO_USER", "LOGNAME", "USER", "USERNAME"} {
		if v, ok := a.env(name); ok && strings.TrimSpace(v) != "" {
			return v
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}
