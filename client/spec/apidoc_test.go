package spec_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/client/spec"
)

var update = flag.Bool("update", false, "write docs/api.md anew")

const apiDoc = "../../docs/api.md"

// The page is made of the facts, so it cannot say what classtop does not know.
func TestAPIDocIsFresh(t *testing.T) {
	want := apiPage(t)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(apiDoc), 0o755))
		require.NoError(t, os.WriteFile(apiDoc, []byte(want), 0o644))
	}
	got, err := os.ReadFile(apiDoc)
	require.NoError(t, err)
	// A checkout on Windows may have turned the line ends.
	assert.Equal(t, want, strings.ReplaceAll(string(got), "\r\n", "\n"), "run: go test ./client/spec -update")
}

func TestAPIDocNamesEveryAction(t *testing.T) {
	page := apiPage(t)
	for _, name := range spec.Names() {
		assert.Contains(t, page, "| `"+name+"` |")
	}
	assert.Contains(t, page, "| `KickUserFromRoom` | writes | 2 | 20/s | dashboard, console, call |")
	assert.Contains(t, page, "| `ModifyApp` | writes |")
}

func apiPage(t *testing.T) string {
	shown := dashboard(t)
	var b strings.Builder
	b.WriteString(`# Actions

Made from the facts in client/spec by ` + "`go test ./client/spec -update`" + `; do not edit.

- Level: what confirming a write needs in the dashboard. 0 none, for it reads; 1 the key; 2 a dialog whose default is No;
  3 typing what the dialog shows.
- Rate: how many calls a second the service allows an account.
- Where: *dashboard* means that a view reads it, or a key or an x menu does it; *console* is a form of the view ` + "`api`" + `;
  *call* is ` + "`classtop call ACTION name=value …`" + `.
`)
	for _, s := range spec.Systems() {
		fmt.Fprintf(&b, "\n## %s\n\nHost %s, %d actions.\n", s.Title, s.Host, len(s.Actions))
		b.WriteString("\n| Action | Does | Level | Rate | Where | What for |\n|---|---|---|---|---|---|\n")
		for i := range s.Actions {
			apiRow(&b, &s.Actions[i], shown)
		}
	}
	return b.String()
}

func apiRow(b *strings.Builder, a *spec.Action, dashboard string) {
	does, where, desc := "reads", "console, call", a.Desc
	if a.Write() {
		does = "writes"
	}
	if strings.Contains(dashboard, `"`+a.Name+`"`) {
		where = "dashboard, console, call"
	}
	if a.Newer() {
		desc += " Not in every edition: newer than the manual (" + a.Since + ")."
	}
	if a.Deprecated && !strings.Contains(desc, a.ReplacedBy) {
		desc += " Deprecated; use " + a.ReplacedBy + "."
	}
	fmt.Fprintf(b, "| `%s` | %s | %d | %d/s | %s | %s |\n", a.Name, does, a.Level, a.Rate, where, strings.ReplaceAll(desc, "|", `\|`))
}

// dashboard returns the source that names what is polled, operated and offered:
// a name in quotes there is reached by a view, a key or an x menu. That the
// console has a form for every action is a test of package views.
func dashboard(t *testing.T) string {
	var b strings.Builder
	for _, dir := range []string{"poll", "ops", "views"} {
		paths, err := filepath.Glob("../../" + dir + "/*.go")
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		for _, p := range paths {
			if strings.HasSuffix(p, "_test.go") {
				continue
			}
			source, err := os.ReadFile(p)
			require.NoError(t, err)
			b.Write(source)
		}
	}
	return b.String()
}
