package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"classtop/client/spec"
	"classtop/lang"

	"github.com/spf13/cobra"
)

// listActions prints all actions, or those of a system or a category.
func (a *app) listActions(filter []string) error {
	want := strings.ToLower(strings.Join(filter, " "))
	s := sheet{heads: []string{"SYSTEM", "ACTION", "LEVEL", "RATE", "CATEGORY"}}
	for _, system := range spec.Systems() {
		for i := range system.Actions {
			x := &system.Actions[i]
			if want == "" || want == system.Name || strings.Contains(strings.ToLower(x.Category), want) {
				s.rows = append(s.rows, []string{system.Name, x.Name, levelWord(x.Level), fmt.Sprint(x.Rate), strings.TrimSuffix(x.Category, " APIs")})
			}
		}
	}
	if len(s.rows) == 0 {
		groups := append(systemNames(), categories()...)
		return usage("there is no system or category %q; one of: %s", strings.Join(filter, " "), strings.Join(groups, ", "))
	}
	return s.in(a.lang).writeTable(a.out)
}

func systemNames() []string {
	var names []string
	for _, s := range spec.Systems() {
		names = append(names, s.Name)
	}
	return names
}

func categories() []string {
	set := map[string]bool{}
	for _, s := range spec.Systems() {
		for i := range s.Actions {
			set[s.Actions[i].Category] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func levelWord(level int) string {
	if level == 0 {
		return "read"
	}
	return fmt.Sprintf("write %d", level)
}

// findAction looks an action up and suggests the nearest when there is none.
func findAction(name string) (*spec.Action, error) {
	if x := spec.Find(name); x != nil {
		return x, nil
	}
	if near := spec.Nearest(name); len(near) > 0 {
		return nil, usage("there is no action %q; did you mean %q?", name, near[0])
	}
	return nil, usage("there is no action %q; classtop call --list prints all", name)
}

// callHelp prints the facts of an action where one is named, and the usual
// help otherwise.
func (a *app) callHelp(cmd *cobra.Command, args []string) {
	for _, word := range args {
		if x := spec.Find(word); x != nil {
			writeFacts(cmd.OutOrStdout(), a.lang, x)
			return
		}
	}
	cmd.Root().HelpFunc()(cmd, args)
}

// limitsIn are the limits of a parameter in the reader's language.
func limitsIn(l lang.Lang, p *spec.Param) []string {
	out := p.Limits()
	for i := range out {
		out[i] = l.Tell(out[i])
	}
	return out
}

// writeFacts prints what is known of an action.
func writeFacts(w io.Writer, l lang.Lang, x *spec.Action) {
	fmt.Fprint(w, l.Say("%s (%s, %s, %s, %d requests a second)\n", x.Name, x.System, l.Tell(strings.TrimSuffix(x.Category, " APIs")), l.Tell(levelWord(x.Level)), x.Rate))
	fmt.Fprintf(w, "%s\n", l.Tell(strings.TrimSpace(x.Desc)))
	if x.Deprecated {
		fmt.Fprint(w, l.Say("Deprecated; replaced by %s.\n", x.ReplacedBy))
	}
	fmt.Fprint(w, "\n"+l.Say("Parameters")+"\n")
	if len(x.Params) == 0 {
		fmt.Fprint(w, "  "+l.Say("none")+"\n")
	}
	for i := range x.Params {
		p := &x.Params[i]
		must := l.Say("optional")
		if p.Required {
			must = l.Say("required")
		}
		if p.Required && p.Name == "SdkAppId" {
			must = l.Say("the profile's unless given")
		}
		fmt.Fprintf(w, "  %s  %s, %s\n", p.Name, p.Type, strings.Join(append([]string{must}, limitsIn(l, p)...), ", "))
		if p.Desc != "" {
			fmt.Fprintf(w, "      %s\n", strings.ReplaceAll(l.Tell(strings.TrimSpace(p.Desc)), "\n", "\n      "))
		}
	}
	if len(x.Errors) > 0 {
		fmt.Fprintf(w, "\n%s\n  %s\n", l.Say("Errors"), strings.Join(x.Errors, "\n  "))
	}
	if len(x.Examples) > 0 {
		fmt.Fprintf(w, "\n%s\n  classtop call %s - <<'EOF'\n%s\nEOF\n", l.Say("Example"), x.Name, pretty(x.Examples[0].Request))
	}
}

func pretty(raw []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return string(raw)
	}
	return b.String()
}

// completeCall offers actions, then the action's parameters, then the values
// of a parameter that has few.
func completeCall(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return spec.Names(), cobra.ShellCompDirectiveNoFileComp
	}
	x := spec.Find(args[0])
	if x == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	if name, _, ok := strings.Cut(typed, "="); ok {
		if p := x.Param(name); p != nil {
			for _, v := range slices.Sorted(maps.Keys(p.Enum)) {
				out = append(out, name+"="+v+"\t"+p.Enum[v])
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	for i := range x.Params {
		out = append(out, x.Params[i].Name+"=\t"+x.Params[i].Type)
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
