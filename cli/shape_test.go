package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdShape holds the JSON that the last command printed, or the lines of JSON,
// against what docs/scripts.md promises: every field's path and types. A field
// that is added is a line added to the script; one that goes or changes breaks
// other people's scripts: shape FILE.
func cmdShape(ts *testscript.TestScript, _ bool, args []string) {
	types := map[string]map[string]bool{}
	for d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout"))); ; {
		var v any
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			break
		}
		ts.Check(err)
		shape(types, "", v)
	}
	var got strings.Builder
	for _, path := range slices.Sorted(maps.Keys(types)) {
		fmt.Fprintf(&got, "%s %s\n", path, strings.Join(slices.Sorted(maps.Keys(types[path])), "|"))
	}
	if want := ts.ReadFile(args[0]); strings.TrimSpace(want) != strings.TrimSpace(got.String()) {
		ts.Fatalf("the shape is not that of %s:\n%s", args[0], got.String())
	}
}

// shape adds the paths below v and the kinds of value found there.
func shape(types map[string]map[string]bool, path string, v any) {
	kind := "null"
	switch v := v.(type) {
	case map[string]any:
		kind = "object"
		for name, below := range v {
			shape(types, path+"."+name, below)
		}
	case []any:
		kind = "array"
		for _, below := range v {
			shape(types, path+"[]", below)
		}
	case string:
		kind = "string"
	case float64:
		kind = "number"
	case bool:
		kind = "boolean"
	}
	if path == "" {
		path = "."
	}
	if types[path] == nil {
		types[path] = map[string]bool{}
	}
	types[path][kind] = true
}
