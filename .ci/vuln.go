//go:build ignore

// Reads govulncheck's JSON and fails for what a change here can mend: known
// vulnerabilities in modules that the program calls. Those of the standard
// library belong to the Go that builds it; they are named with the release
// that mends them.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

type message struct {
	Finding *struct {
		OSV   string `json:"osv"`
		Fixed string `json:"fixed_version"`
		Trace []struct {
			Module   string `json:"module"`
			Version  string `json:"version"`
			Function string `json:"function"` // empty where the code does not call it
		} `json:"trace"`
	} `json:"finding"`
}

func main() {
	ours, library, scanned := map[string]bool{}, map[string]bool{}, false
	for in := json.NewDecoder(os.Stdin); ; {
		var m message
		if err := in.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			fmt.Fprintln(os.Stderr, "vuln: govulncheck's answer:", err)
			os.Exit(2)
		}
		scanned = true
		if m.Finding == nil || m.Finding.Trace[0].Function == "" {
			continue
		}
		at := m.Finding.Trace[0]
		line := fmt.Sprintf("%s in %s %s, mended in %s: https://pkg.go.dev/vuln/%[1]s", m.Finding.OSV, at.Module, at.Version, m.Finding.Fixed)
		if at.Module == "stdlib" {
			library[line] = true
		} else {
			ours[line] = true
		}
	}
	if !scanned {
		fmt.Fprintln(os.Stderr, "vuln: govulncheck said nothing")
		os.Exit(2)
	}
	for _, line := range slices.Sorted(maps.Keys(library)) {
		fmt.Println("build with a newer Go:", line)
	}
	for _, line := range slices.Sorted(maps.Keys(ours)) {
		fmt.Println("upgrade:", line)
	}
	if len(ours) > 0 {
		os.Exit(1)
	}
}
