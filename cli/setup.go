package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"classtop/class"
	"classtop/class/rescue"
	"classtop/config"
	"classtop/lang"
	"classtop/ui/theme"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

// unconfigured tells whether a person sits in front of a classtop that knows
// nothing yet. Scripts, and whoever named anything, are never asked.
func (a *app) unconfigured(cmd *cobra.Command) bool {
	for _, name := range []string{"config", "profile", "region"} {
		if cmd.Flags().Changed(name) {
			return false
		}
	}
	return config.Empty(config.Options{Env: a.env})
}

// setup is the way from nothing to a profile: a few questions, a line each, so
// that every terminal and every screen reader can answer them.
type setup struct {
	in     *bufio.Reader
	out    io.Writer
	secret func() (string, error) // reads a line that is not shown
	lang   lang.Lang
	env    config.Env
}

// errLeft is the end of the input in the middle of the questions.
var errLeft = errors.New("left before the end; nothing was written")

// firstRun asks what to do. It tells whether the demo was chosen and whether
// there is anything to open.
func (a *app) firstRun(parent context.Context) (demo, on bool, err error) {
	in := bufio.NewReader(a.in)
	s := &setup{in: in, out: a.err, lang: a.lang, env: a.env, secret: func() (string, error) { return in.ReadString('\n') }}
	if f, ok := a.in.(*os.File); ok && terminal(f) {
		defer a.echoes(parent, f.Fd())()
		s.secret = func() (string, error) {
			line, err := term.ReadPassword(f.Fd())
			return string(line), err
		}
	}
	return s.run()
}

// echoes makes an interrupt leave the terminal as it was: while a secret is
// typed it shows nothing.
func (a *app) echoes(parent context.Context, fd uintptr) (stop func()) {
	state, err := term.GetState(fd)
	if err != nil {
		return func() {}
	}
	ctx, done := interruptible(parent)
	off := context.AfterFunc(ctx, rescue.Func("the end of the questions", func() {
		_ = term.Restore(fd, state)
		fmt.Fprintln(a.err)
		os.Exit(exitFailed)
	}))
	return func() {
		off()
		done()
	}
}

func (s *setup) run() (demo, on bool, err error) {
	s.say("There is no configuration yet.")
	s.say("  1  look at a simulated school: no account, no network")
	s.say("  2  set up the profile of a real school")
	s.say("  3  leave without doing anything")
	choice, err := s.ask("Which of these?", "1", func(v string) error {
		if v != "1" && v != "2" && v != "3" {
			return errors.New("type one of 1, 2, 3")
		}
		return nil
	})
	if err != nil || choice != "2" {
		return choice == "1", choice == "1" && err == nil, err
	}
	keyed, err := s.profile()
	if err != nil {
		return false, false, err
	}
	if !keyed {
		s.say("Now set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, then: classtop check")
	}
	return false, keyed, nil
}

// profile asks for the values, and writes only when all of them are known. It
// tells whether a key pair was written.
func (s *setup) profile() (keyed bool, err error) {
	first := config.Setup{ReadOnly: true}
	if first.Profile, err = s.ask("Name of the profile", "school", nil); err != nil {
		return false, err
	}
	if first.SdkAppID, err = s.ask("Number of the application (SdkAppId)", "", s.fits("sdk_app_id")); err != nil {
		return false, err
	}
	if first.Region, err = s.ask("Region, such as ap-guangzhou; - for none (LCIC works without one)", "-", s.fits("region")); err != nil {
		return false, err
	}
	first.Region = strings.Trim(first.Region, "-")
	if first.ReadOnly, err = s.yes("Begin read-only? Nothing can be changed then; read_only in the file ends it"); err != nil {
		return false, err
	}
	var id, key, sig string
	credentials, keyFile := config.CredentialsPath(s.env), config.KeyPath(s.env)
	if !config.There(credentials) {
		s.say("Secrets do not belong in the configuration. The key pair can come from the environment, or from a file for you alone.")
		if keyed, err = s.yes("Write the key pair into %s now?", credentials); err == nil && keyed {
			if id, err = s.ask("SecretId", "", nil); err == nil {
				key, err = s.hidden("SecretKey (not shown)")
			}
		}
	}
	if err == nil && !config.There(keyFile) {
		sig, err = s.hidden("Secret key of the application, for the seats (not shown; enter for none), into " + keyFile)
	}
	if err != nil {
		return false, err
	}
	return keyed || config.There(credentials), s.write(first, credentials, id, key, keyFile, sig)
}

// write puts secrets into files of their own and the rest into the
// configuration; never over a file that is there.
func (s *setup) write(first config.Setup, credentials, id, key, keyFile, sig string) error {
	if key != "" {
		if err := config.WriteCredentials(credentials, id, class.NewSecret(key)); err != nil {
			return err
		}
		s.say("the file %s was written", credentials)
	}
	if sig != "" {
		if err := config.WriteKey(keyFile, class.NewSecret(sig)); err != nil {
			return err
		}
		first.UserSigKeyFile = keyFile
		s.say("the file %s was written", keyFile)
	}
	path := config.DefaultPath(s.env)
	if err := config.WriteSetup(path, first, s.lang.Tell); err != nil {
		return err
	}
	s.say("the file %s was written", path)
	return nil
}

func (s *setup) say(format string, args ...any) {
	for _, l := range theme.Wrap(s.lang.Say(format, args...), 79) {
		fmt.Fprintln(s.out, l)
	}
}

// ask repeats a question until the answer fits; nothing takes the usual one.
func (s *setup) ask(question, usual string, fits func(string) error) (string, error) {
	for {
		text := s.lang.Say(question)
		if usual != "" {
			text += " [" + usual + "]"
		}
		fmt.Fprint(s.out, text+": ")
		line, err := s.in.ReadString('\n')
		if err != nil {
			fmt.Fprintln(s.out)
			return "", errLeft
		}
		if line = strings.TrimSpace(line); line == "" {
			line = usual
		}
		switch {
		case line == "":
			s.say("this is needed")
			continue
		case fits != nil && line != usual:
			if err := fits(line); err != nil {
				fmt.Fprintln(s.out, s.lang.Tell(err.Error()))
				continue
			}
		}
		return line, nil
	}
}

// yes asks for yes or no; nothing is yes.
func (s *setup) yes(question string, args ...any) (bool, error) {
	answer, err := s.ask(s.lang.Say(question, args...), "y", func(v string) error {
		if !strings.Contains("yn", strings.ToLower(v)) {
			return errors.New("y or n")
		}
		return nil
	})
	return strings.EqualFold(answer, "y"), err
}

// hidden asks for a secret.
func (s *setup) hidden(question string) (string, error) {
	fmt.Fprint(s.out, s.lang.Tell(question)+": ")
	line, err := s.secret()
	fmt.Fprintln(s.out)
	if err != nil {
		return "", errLeft
	}
	return strings.TrimSpace(line), nil
}

// fits holds an answer against the table of settings.
func (s *setup) fits(key string) func(string) error {
	return func(v string) error { return config.Fault(key, v) }
}

// checked runs the check after a setup and tells whether nothing is wrong.
func (a *app) checked(ctx context.Context, cmd *cobra.Command) bool {
	c := &checker{a: a}
	code := c.all(ctx, cmd)
	c.print()
	if code == exitDone {
		return true
	}
	say := (&setup{out: a.err, lang: a.lang}).say
	say("Something is wrong. Mend it, then run: classtop check. The profile is in %s", a.where())
	if code == exitFailed {
		say("Started again, classtop opens the dashboard all the same, with what works.")
	}
	return false
}
