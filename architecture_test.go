package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rule is one law of the house. Its samples prove that it can fail and that it
// does not fail for everything.
type rule struct {
	name    string
	instead string // what to do instead, shown with every finding
	broken  func(p *pkg) []finding
	bad     []sample
	good    []sample
}

// sample is one file, by its path in the repository.
type sample struct{ path, source string }

var rules = []rule{
	{
		name:    "imports inside the house",
		instead: "pass what is needed as a value or a small interface that the consumer declares; a new package needs a row in mayImport",
		broken:  houseImports,
		bad: []sample{
			{"sim/a.go", `package sim; import "classtop/client"`},
			{"sim/a_test.go", `package sim_test; import "classtop/client"`},
			{"ui/a.go", `package ui; import "classtop/views"`},
			{"ui/a.go", `package ui; import "classtop/client"`},
			{"views/a.go", `package views; import "classtop/client"`},
			{"class/a.go", `package class; import "classtop/keymap"`},
			{"client/spec/a.go", `package spec; import "classtop/class"`},
			{"client/a.go", `package client; import "classtop/poll"`},
			{"novelty/a.go", `package novelty; import "fmt"`},
		},
		good: []sample{
			{"client/a.go", `package client; import "classtop/client/spec"`},
			{"client/a_test.go", `package client; import "classtop/sim"`},
			{"views/a.go", `package views; import "classtop/ui"`},
			{"views/a.go", `package views; import "classtop/client/spec"`},
		},
	}, {
		name:    "leaves stand alone",
		instead: "use the standard library, or move the code to a package that may use others",
		broken:  leafImports,
		bad: []sample{
			{"class/a.go", `package class; import "github.com/charmbracelet/x/ansi"`},
			{"class/clean/a.go", `package clean; import "github.com/goccy/go-yaml"`},
		},
		good: []sample{
			{"class/a.go", `package class; import "strings"`},
			{"class/clean/a.go", `package clean; import "github.com/charmbracelet/x/ansi"`},
			{"class/a_test.go", `package class; import "github.com/stretchr/testify/assert"`},
		},
	}, {
		name:    "Bubble Tea at home",
		instead: "let ui start the program: outside ui, views and serve nothing knows about terminals' events",
		broken:  teaAtHome,
		bad: []sample{
			{"cli/a.go", `package cli; import tea "charm.land/bubbletea/v2"`},
			{"poll/a_test.go", `package poll; import "charm.land/bubbles/v2/key"`},
		},
		good: []sample{
			{"ui/table/a.go", `package table; import tea "charm.land/bubbletea/v2"`},
			{"serve/a.go", `package serve; import tea "charm.land/bubbletea/v2"`},
		},
	}, {
		name: "banned modules",
		instead: "use math/rand/v2 with a seed that is passed in; colours come from the theme; Charm's packages live under charm.land; " +
			"write pages by hand: a template calls methods by name, so that the linker keeps 2.7 MiB of methods that nobody calls",
		broken: bannedImports,
		bad: []sample{
			{"sim/a.go", `package sim; import "math/rand"`},
			{"cli/a.go", `package cli; import "html/template"`},
			{"ui/theme/a.go", `package theme; import "charm.land/lipgloss/v2/compat"`},
			{"ui/a.go", `package ui; import tea "github.com/charmbracelet/bubbletea"`},
		},
		good: []sample{{"sim/a.go", `package sim; import "math/rand/v2"`}},
	}, {
		name:    "no network in the screen",
		instead: "read through poll and write through ops",
		broken:  noNetwork,
		bad: []sample{
			{"ui/a.go", `package ui; import "net/http"`},
			{"views/a.go", `package views; import "net"`},
		},
		good: []sample{{"client/a.go", `package client; import "net/http"`}, {"views/a.go", `package views; import "net/url"`}},
	}, {
		name:    "no clock and no environment in the screen",
		instead: "take the time from the app's clock and settings from its options",
		broken:  noAmbient,
		bad: []sample{
			{"ui/a.go", `package ui; import "time"; var f = time.Now`},
			{"views/a.go", `package views; import t "time"; func f(a t.Time) t.Duration { return t.Since(a) }`},
			{"views/a.go", `package views; import "os"; func f() string { return os.Getenv("X") }`},
		},
		good: []sample{
			{"ui/a.go", `package ui; import "time"; func f(now func() time.Time) time.Time { return now() }`},
			{"poll/a.go", `package poll; import "time"; var f = time.Now`},
			{"ui/uitest/a.go", `package uitest; import "time"; var f = time.Now`},
		},
	}, {
		name:    "no styles of the package's own in the screen",
		instead: "build styles from the theme that is passed in: a dark and a light session share one process",
		broken:  noPackageStyles,
		bad: []sample{
			{"views/a.go", `package views; import "charm.land/lipgloss/v2"; var bold = lipgloss.NewStyle().Bold(true)`},
			{"ui/theme/a.go", `package theme; import lg "charm.land/lipgloss/v2"; var m = map[string]lg.Style{}`},
		},
		good: []sample{{"ui/a.go", `package ui; import "charm.land/lipgloss/v2"; func f() { _ = lipgloss.NewStyle() }`}},
	}, {
		name:    "secrets and raw texts stay in",
		instead: "show a Text with String; only client sends the raw form and signs with secrets (rawAllowed lists the rest)",
		broken:  rawStaysIn,
		bad: []sample{
			{"views/a.go", `package views; func f(t interface{ Raw() string }) string { return t.Raw() }`},
			{"cli/a.go", `package cli; func f(s interface{ Reveal() string }) string { return s.Reveal() }`},
			{"cli/a.go", `package cli; type T struct { Raw string }; func f(t interface{ Raw() string }) string { return t.Raw() }`},
			{"ops/a.go", `package ops; func f(s interface{ Reveal() string }) func() string { return s.Reveal }`},
		},
		good: []sample{
			{"client/a.go", `package client; func f(t interface{ Raw() string }) string { return t.Raw() }`},
			{"cli/a_test.go", `package cli; func f(s interface{ Reveal() string }) string { return s.Reveal() }`},
			{"cli/a.go", `package cli; type T struct { Raw string }; func f(t T) string { return t.Raw }`},
		},
	}, {
		name:    "goroutines have a net",
		instead: "start it with rescue.Go, or wrap the function in rescue.Func: a panic must not leave the terminal raw",
		broken:  bareGoroutines,
		bad: []sample{
			{"poll/a.go", `package poll; func f() { go f() }`},
			{"ui/a.go", `package ui; import "time"; func f() { time.AfterFunc(1, func() {}) }`},
			{"ops/a.go", `package ops; import "context"; func f(c context.Context) { context.AfterFunc(c, func() {}) }`},
			{"poll/a.go", `package poll; import "sync"; func f(w *sync.WaitGroup) { w.Go(func() {}) }`},
		},
		good: []sample{
			{"poll/a.go", `package poll; import "classtop/class/rescue"; func f() { rescue.Go("a", f) }`},
			{"poll/a.go", `package poll; import ("sync"; "classtop/class/rescue"); func f(w *sync.WaitGroup) { w.Go(rescue.Func("a", func() {})) }`},
			{"poll/a_test.go", `package poll; func f() { go f() }`},
			{"class/rescue/a.go", `package rescue; func f() { go f() }`},
		},
	}, {
		name:    "files of at most 400 lines",
		instead: "split the file by subject",
		broken:  shortFiles,
		bad:     []sample{{"poll/a.go", "package poll" + strings.Repeat("\n// line", 400)}},
		good: []sample{
			{"poll/a.go", "package poll" + strings.Repeat("\n// line", 399)},
			{"poll/a_test.go", "package poll" + strings.Repeat("\n// line", 500)},
		},
	}, {
		name:    "functions of at most 60 lines",
		instead: "give its steps names",
		broken:  shortFunctions,
		bad:     []sample{{"poll/a.go", "package poll\nfunc f() {\n" + strings.Repeat("\n", 59) + "}"}},
		good:    []sample{{"poll/a.go", "package poll\nfunc f() {\n" + strings.Repeat("\n", 58) + "}"}},
	}, {
		name:    "no waiting in tests",
		instead: "run the test in a synctest bubble (testing/synctest, or a helper that makes one), where sleeping costs nothing, or inject the clock",
		broken:  noRealSleep,
		bad: []sample{
			{"poll/a_test.go", `package poll; import ("testing"; "time"); func TestA(t *testing.T) { time.Sleep(1) }`},
			{"poll/a_test.go", `package poll; import "time"; func wait() { time.Sleep(1) }`},
		},
		good: []sample{
			{"poll/a_test.go", `package poll; import ("testing"; "testing/synctest"; "time")
				func TestA(t *testing.T) { synctest.Test(t, func(*testing.T) { time.Sleep(1) }) }`},
			{"poll/a_test.go", `package poll; import ("testing"; "testing/synctest"; "time")
				func bubble(t *testing.T, f func()) { synctest.Test(t, func(*testing.T) { f() }) }
				func TestA(t *testing.T) { bubble(t, func() { time.Sleep(1) }) }`},
			{"poll/a.go", `package poll; import "time"; func f() { time.Sleep(1) }`},
		},
	}, {
		name:    "certificates are checked",
		instead: "trust a certificate: SSL_CERT_FILE for the program, RootCAs in a test",
		broken:  verified,
		bad: []sample{
			{"client/a.go", `package client; import "crypto/tls"; var c = tls.Config{InsecureSkipVerify: true}`},
			{"client/a.go", `package client; import "crypto/tls"; func f(c *tls.Config) { c.InsecureSkipVerify = true }`},
		},
		good: []sample{{"client/a.go", `package client; import "crypto/tls"; var c = tls.Config{MinVersion: tls.VersionTLS12}`}},
	},
}

func TestHouseRules(t *testing.T) {
	house := readHouse(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, p := range house {
				for _, f := range r.broken(p) {
					t.Errorf("%s\n\tinstead: %s", f, r.instead)
				}
			}
		})
	}
}

// A rule that cannot fail is decoration.
func TestHouseRulesCanFail(t *testing.T) {
	for _, r := range rules {
		require.NotEmpty(t, r.bad, r.name)
		require.NotEmpty(t, r.good, r.name)
		for _, s := range r.bad {
			found := r.broken(parsePkg(t, s))
			if assert.NotEmpty(t, found, "%s: %s: %s", r.name, s.path, s.source) {
				assert.Contains(t, found[0].String(), s.path, "a finding names its file")
			}
		}
		for _, s := range r.good {
			assert.Empty(t, r.broken(parsePkg(t, s)), "%s: %s: %s", r.name, s.path, s.source)
		}
	}
}

// The rules hold for nothing if the walk finds nothing.
func TestHouseIsRead(t *testing.T) {
	house := readHouse(t)
	for _, dir := range []string{".", "class", "client", "client/spec", "poll", "ops", "ui", "views", "cli"} {
		if assert.Contains(t, house, dir) {
			assert.NotEmpty(t, house[dir].files, dir)
		}
	}
}

// readHouse parses every Go file of the repository, whatever its platform.
func readHouse(t *testing.T) map[string]*pkg {
	house := map[string]*pkg{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "vendor"):
			return filepath.SkipDir
		case d.IsDir() && path != "." && exists(filepath.Join(path, "go.mod")):
			return filepath.SkipDir // a module of its own, with needs of its own: it is not in the binary
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		return addFile(house, filepath.ToSlash(path), nil)
	})
	require.NoError(t, err)
	return house
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func parsePkg(t *testing.T, s sample) *pkg {
	house := map[string]*pkg{}
	require.NoError(t, addFile(house, s.path, s.source), s.path)
	for _, p := range house {
		return p
	}
	return nil
}
