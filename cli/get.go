package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/nearest"
	"classtop/client"

	"github.com/spf13/cobra"
)

func (a *app) getCmd() *cobra.Command {
	var format string
	var watch time.Duration
	cmd := &cobra.Command{
		Use:     "get KIND [ID]",
		Short:   "Read and print: " + strings.Join(kindNames(), ", "),
		Long:    getHelp(),
		Example: "classtop get rooms\nclasstop get members 347306302 -o csv > members.csv\nclasstop get rooms -o json | jq '.[] | select(.status == 1) | .name'",
		Args:    getArgs,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return kindNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	outputFlag(cmd, &format, "table", "json", "csv")
	cmd.Flags().DurationVarP(&watch, "watch", "w", 0, "read again, every 5s or as in --watch=10s, until interrupted")
	cmd.Flags().Lookup("watch").NoOptDefVal = "5s"
	cmd.Flags().Lookup("watch").DefValue = "" // not to watch is no length of time
	cmd.RunE = a.run(func(cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("watch") && watch < time.Second {
			return usage("--watch: read at most once a second, not every %s", watch)
		}
		k, id := findKind(args[0]), ""
		if len(args) == 2 {
			id = args[1]
		}
		l, err := a.connectOnce(cmd)
		if err != nil {
			return err
		}
		ctx, stop := interruptible(cmd.Context())
		defer stop()
		return a.get(ctx, l, k, id, format, watch)
	})
	return cmd
}

// get reads once, or again and again. While it watches, a failed read is
// reported and the next one tried, as in the dashboard; a fault that only a
// person can mend ends it.
func (a *app) get(ctx context.Context, l *link, k *kind, id, format string, watch time.Duration) error {
	for {
		s, err := k.read(ctx, l, id)
		switch {
		case err != nil && (watch == 0 || fatal(err)):
			return err
		case err != nil && ctx.Err() == nil:
			a.fail(err)
		case err == nil:
			if err := s.write(a.out, format, a.lang); err != nil {
				return err
			}
		}
		if watch == 0 || !pause(ctx, watch) {
			return nil
		}
		if format == "table" {
			fmt.Fprintln(a.out)
		}
	}
}

// pause waits; it tells false when the wait was interrupted.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func kindNames() []string {
	names := make([]string, len(kinds))
	for i := range kinds {
		names[i] = kinds[i].name
	}
	return names
}

func findKind(name string) *kind {
	for i := range kinds {
		if kinds[i].name == name {
			return &kinds[i]
		}
	}
	return nil
}

// getArgs checks the words after get and suggests the nearest kind.
func getArgs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("get what? One of: %s", strings.Join(kindNames(), ", "))
	}
	k := findKind(args[0])
	switch {
	case k == nil:
		near := nearest.Name(args[0], kindNames())
		if near != "" {
			near = fmt.Sprintf("did you mean %q? ", near)
		}
		return fmt.Errorf("there is no kind %q; %sKinds: %s", args[0], near, strings.Join(kindNames(), ", "))
	case k.id == "" && len(args) > 1:
		return fmt.Errorf("get %s takes no id", k.name)
	case k.id != "" && len(args) != 2:
		return fmt.Errorf("get %s needs one %s: classtop get %s %s", k.name, k.id, k.name, k.id)
	}
	return nil
}

func getHelp() string {
	var b strings.Builder
	b.WriteString("Read from the services and print as a table, JSON or CSV; all pages.")
	b.WriteString("\n\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "%-12s %-9s %s\n", k.name, k.id, k.about)
	}
	return b.String()
}

// listed reads one of the application's own lists through the generic call,
// page after page.
func listed(action, field string, columns ...string) func(context.Context, *link, string) (sheet, error) {
	return func(ctx context.Context, l *link, _ string) (sheet, error) {
		items, err := l.pages(ctx, action, field, columns[0])
		cols := make([]col[map[string]any], len(columns))
		for i, name := range columns {
			cols[i] = col[map[string]any]{strings.ToUpper(name), func(m *map[string]any) string { return cellOf((*m)[name]) }}
		}
		return sheetOf(items, cols), err
	}
}

// maxPages ends a list whose Total grows for ever.
const maxPages = 1000

func (l *link) pages(ctx context.Context, action, field, plain string) ([]map[string]any, error) {
	var all []map[string]any
	seen := map[string]bool{}
	for page := 1; page <= maxPages; page++ {
		answer, err := l.client.Call(ctx, action, map[string]any{"Page": page, "Limit": 100})
		if err != nil {
			return nil, err
		}
		items, err := itemsOf(answer, field, plain)
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, item := range items {
			if key := cellOf(item[plain]); !seen[key] {
				seen[key] = true
				all = append(all, item)
				fresh++
			}
		}
		if fresh == 0 || len(items) < 100 {
			break
		}
	}
	return all, nil
}

// itemsOf takes the list out of an answer; a list of plain words becomes one
// of objects with a single field.
func itemsOf(answer client.Answer, field, plain string) ([]map[string]any, error) {
	fields, err := answer.Fields()
	if err != nil {
		return nil, err
	}
	list, _ := fields[field].([]any)
	items := make([]map[string]any, 0, len(list))
	for _, one := range list {
		item, ok := one.(map[string]any)
		if !ok {
			item = map[string]any{plain: one}
		}
		items = append(items, item)
	}
	return items, nil
}

// fatal tells whether reading again cannot help.
func fatal(err error) bool {
	var e *class.Error
	return !errors.As(err, &e) || e.Fatal() || e.HasCode("ResourceNotFound")
}
