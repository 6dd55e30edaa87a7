//go:build unix

// Command bench prints one table: what speed and cost should be, what they
// are, and what they are for others, measured side by side in one run. See
// docs/performance.md for what the rows mean.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"

	"classtop/bench/table"
)

// parts measure, each some rows.
var parts = []struct {
	name    string
	measure func(*table.Table) error
}{
	{"sign", sign},
	{"call", calls},
	{"memory", memory},
	{"pacing", pacing},
	{"ages", ages},
	{"bytes", screenBytes},
	{"frame", frames},
	{"links", links},
	{"keys", keys},
	{"idle", idle},
	{"start", start},
	{"scale", scale},
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == serverArg {
		serve()
		return
	}
	only := flag.String("only", "", "regular expression of the parts to measure: "+names())
	flag.Parse()
	chosen, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "-only:", err)
		os.Exit(2)
	}
	began, t := time.Now(), &table.Table{}
	for _, p := range parts {
		if !chosen.MatchString(p.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%5.0f s  %s\n", time.Since(began).Seconds(), p.name)
		if err := p.measure(t); err != nil {
			t.Fail(p.name, err)
		}
	}
	fmt.Printf("%s, %s\n%d rows in %.0f s\n\n", time.Now().Format(time.DateOnly), machine(), t.Len(), time.Since(began).Seconds())
	t.Print(os.Stdout)
	if t.Missed() > 0 {
		os.Exit(1)
	}
}

func names() string {
	var all []string
	for _, p := range parts {
		all = append(all, p.name)
	}
	return strings.Join(all, ", ")
}

// machine says on what the figures were measured.
func machine() string {
	cpu := "unknown processor"
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			cpu = strings.Trim(name, " \t:\n")
			break
		}
	}
	s := fmt.Sprintf("%s/%s, %d x %s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cpu, runtime.Version())
	modules, _ := goRun(".", "list", "-m", "-f", "{{.Path}} {{.Version}}", "charm.land/bubbletea/v2", "github.com/charmbracelet/ultraviolet",
		"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common", "golang.org/x/time")
	for line := range strings.Lines(modules) {
		s += ", " + strings.TrimSpace(line[strings.Index(line, "/")+1:])
	}
	return s
}

// patience is how long one measurement may take.
func patience() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 3*time.Minute)
}
