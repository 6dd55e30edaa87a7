package cli

import (
	"bytes"
	"io"
	"os"
	"strings"

	"classtop/config"
	"classtop/lang"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// settle finds the language before the command line is read, because help and
// complaints about the line itself are in it too: the flag, the file, the
// locale.
func (a *app) settle(args []string) {
	path := flagOf(args, "config")
	choice := flagOf(args, "lang")
	if choice == "" {
		choice = config.Lang(config.Options{Env: a.env, Path: path})
	}
	a.speak(choice)
}

// speak takes a language by its name; what is none leaves it to the locale.
func (a *app) speak(choice string) {
	l, ok := lang.Named(choice)
	if !ok {
		l = lang.OfLocale(a.env)
	}
	a.lang = l
}

// flagOf finds a flag's value in words that nobody has parsed yet.
func flagOf(args []string, name string) string {
	for i, word := range args {
		if word == "--" {
			break
		}
		if word == "--"+name && i+1 < len(args) {
			return args[i+1]
		}
		if v, ok := strings.CutPrefix(word, "--"+name+"="); ok {
			return v
		}
	}
	return ""
}

// translate puts the texts of every command and flag into the reader's
// language.
func (a *app) translate(root *cobra.Command) {
	if a.lang == lang.English {
		return
	}
	root.SetOut(headings{out: a.out, lang: a.lang}.writer())
	root.Version = readBuild().short()
	root.InitDefaultVersionFlag()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	a.translateTree(root)
}

func (a *app) translateTree(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.Short, cmd.Long = a.lang.Tell(cmd.Short), a.paragraphs(cmd.Long)
	word := func(f *pflag.Flag) { f.Usage = a.lang.Tell(f.Usage) }
	cmd.Flags().VisitAll(word)
	cmd.PersistentFlags().VisitAll(word)
	for _, sub := range cmd.Commands() {
		a.translateTree(sub)
	}
}

// paragraphs tells a long text: as a whole, or else line by line, because some
// are put together from tables.
func (a *app) paragraphs(text string) string {
	if told := a.lang.Say(text); told != text {
		return told
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		at := strings.LastIndex(l, "  ") + 2 // a table's last column
		if at < 2 {
			at = 0
		}
		lines[i] = l[:at] + a.lang.Tell(l[at:])
	}
	return strings.Join(lines, "\n")
}

// ofHelp are what the libraries write between what is told: fang here, cobra
// for a command line from far away.
var ofHelp = []string{
	"USAGE", "EXAMPLES", "COMMANDS", "FLAGS",
	"Usage:", "Examples:", "Available Commands:", "Global Flags:", "Flags:", "(default ", "Use \"", " for more information about a command.",
}

// headings is where the help goes: it puts what the libraries write into the
// reader's language.
type headings struct {
	out  io.Writer
	lang lang.Lang
}

// writer keeps a terminal's file one, so that the help has its colours.
func (h headings) writer() io.Writer {
	if f, ok := h.out.(*os.File); ok {
		return terminalHeadings{f, h}
	}
	return h
}

// Write implements io.Writer.
func (h headings) Write(p []byte) (int, error) {
	out := p
	for _, word := range ofHelp {
		if bytes.Contains(p, []byte(word)) {
			out = bytes.ReplaceAll(out, []byte(word), []byte(h.lang.Say(word)))
		}
	}
	if _, err := h.out.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

type terminalHeadings struct {
	*os.File
	headings
}

// Write implements io.Writer.
func (t terminalHeadings) Write(p []byte) (int, error) { return t.headings.Write(p) }

// WriteString implements io.StringWriter, which would be the file's own and
// go round the translation.
func (t terminalHeadings) WriteString(s string) (int, error) { return t.headings.Write([]byte(s)) }
