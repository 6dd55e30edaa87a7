package cli

import (
	"io"
	"strings"

	"classtop/config"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// completions tells shells what to offer. Only what takes a file offers files:
// of a class or a member nothing is known before the service is asked.
func (a *app) completions(root *cobra.Command) {
	for name, words := range map[string][]string{"language": {"auto", "zh-CN", "en-US"}, "lang": {"auto", "en", "zh"}} {
		_ = root.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	}
	_ = root.RegisterFlagCompletionFunc("profile", a.profileNames)
	withoutFiles(root)
}

// withoutFiles goes through the commands and closes what was left open.
func withoutFiles(cmd *cobra.Command) {
	if cmd.ValidArgsFunction == nil && !strings.Contains(cmd.Use, "FILE") {
		cmd.ValidArgsFunction = cobra.NoFileCompletions
	}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if _, known := cmd.GetFlagCompletionFunc(f.Name); !known && !strings.Contains(f.Usage, "file") {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.NoFileCompletions)
		}
	})
	for _, sub := range cmd.Commands() {
		withoutFiles(sub)
	}
}

// profileNames completes --profile from the configuration.
func (a *app) profileNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names, _ := config.ProfileNames(config.Options{Env: a.env, Path: a.configPath})
	return names, cobra.ShellCompDirectiveNoFileComp
}

// playbookNames completes the first argument of playbook run.
func (a *app) playbookNames(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if cfg, err := a.load(cmd); err == nil && len(args) == 0 {
		for _, b := range cfg.Playbooks {
			names = append(names, b.Name+"\t"+b.String())
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// wordsOfBash is what the script of completions needs of the package
// bash-completion, for hosts that do without it.
const wordsOfBash = `# What follows takes these from the package bash-completion where there is one.
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref() {
        local line=${COMP_LINE:0:COMP_POINT}
        read -ra words <<<"$line"
        [[ $line == *[[:space:]] ]] && words+=("")
        cword=$((${#words[@]} - 1)) cur=${words[cword]} prev=${words[cword - 1]}
    }
fi
if ! declare -F __ltrim_colon_completions >/dev/null; then
    __ltrim_colon_completions() {
        local i before=${1%"${1##*:}"}
        for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=${COMPREPLY[i]#"$before"}; done
    }
fi

`

// bashAlone lets the script of completions for bash work by itself.
func (a *app) bashAlone(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	bash, _, err := root.Find([]string{"completion", "bash"})
	if err != nil || bash.RunE == nil {
		return
	}
	bash.Long = "Print the completions for bash; they need no package.\n\nIn this shell: source <(classtop completion bash)\nIn every shell: put that line into ~/.bashrc"
	script := bash.RunE
	bash.RunE = func(cmd *cobra.Command, args []string) error {
		if _, err := io.WriteString(a.out, wordsOfBash); err != nil {
			return err
		}
		return script(cmd, args)
	}
}
