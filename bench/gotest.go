//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goRun runs a go command in the project's folder and returns what it printed.
func goRun(dir string, args ...string) (string, error) {
	ctx, cancel := patience()
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return out.String(), nil
}

// result is the fastest of a benchmark's runs: what disturbs only adds.
type result struct{ ns, bytes, allocs float64 }

var benchLine = regexp.MustCompile(`(?m)^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op(?:\s+([\d.]+) B/op\s+([\d.]+) allocs/op)?`)

// benchmarks runs a package's Go benchmarks nine times each, in three rounds:
// what disturbs one for a while then disturbs each of them or none.
func benchmarks(pkg, pattern, runFor string) (map[string]result, error) {
	var out string
	for range 3 {
		round, err := goRun("..", "test", "-run", "^$", "-bench", pattern, "-benchmem", "-count", "3", "-benchtime", runFor, pkg)
		if err != nil {
			return nil, err
		}
		out += round
	}
	all := map[string][]result{}
	for _, m := range benchLine.FindAllStringSubmatch(out, -1) {
		var r result
		for i, to := range []*float64{&r.ns, &r.bytes, &r.allocs} {
			*to, _ = strconv.ParseFloat(m[i+2], 64)
		}
		all[m[1]] = append(all[m[1]], r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no benchmark %s in %s", pattern, pkg)
	}
	fastest := map[string]result{}
	for name, rs := range all {
		slices.SortFunc(rs, func(a, b result) int { return int(a.ns - b.ns) })
		fastest[name] = rs[0]
	}
	return fastest, nil
}

var figureLine = regexp.MustCompile(`figure: (\S+) ([\d.]+)`)

// figures runs a package's tests and returns what they logged as
// "figure: NAME NUMBER". A failed test has measured all the same.
func figures(dir, pkg, pattern string) (map[string]float64, error) {
	out, failed := goRun(dir, "test", "-count", "1", "-v", "-run", pattern, pkg)
	all := map[string]float64{}
	for _, m := range figureLine.FindAllStringSubmatch(out, -1) {
		all[m[1]], _ = strconv.ParseFloat(m[2], 64)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no figures from %s: %w", pkg, failed)
	}
	return all, nil
}

// median sorts its argument.
func median(all []float64) float64 { return percentile(all, 0.5) }

func percentile(all []float64, p float64) float64 {
	slices.Sort(all)
	return all[int(p*float64(len(all)-1))]
}
