package cli

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestShapeOfAReport holds the fields and types of `get report`, of which
// docs/scripts.md promises that they stay: a report needs a class
// that ended some minutes ago.
func TestShapeOfAReport(t *testing.T) {
	school := []string{"--rooms", "80"} // some of so many have always ended
	out, errOut, _ := typed(t, "get rooms -o csv\nquit\n", school...)
	var asks strings.Builder // one of them ended a minute ago and more
	for line := range strings.Lines(out) {
		if id, _, _ := strings.Cut(line, ","); strings.Contains(line, ",ended,") {
			asks.WriteString("get report " + id + " -o json\n")
		}
	}
	require.NotEmpty(t, asks.String(), out+errOut)
	out, errOut, _ = typed(t, asks.String()+"quit\n", school...)
	at := strings.Index(out, "{\n")
	require.Positive(t, at, out+errOut)
	var v any
	require.NoError(t, json.NewDecoder(strings.NewReader(out[at:])).Decode(&v))
	types := map[string]map[string]bool{}
	shape(types, "", v)
	var got []string
	for _, path := range slices.Sorted(maps.Keys(types)) {
		got = append(got, path+" "+strings.Join(slices.Sorted(maps.Keys(types[path])), "|"))
	}
	member := []string{"answers number", "camera boolean", "device number", "first_join number", "group_id string", "hand_ups number", "id string", "ip string",
		"last_quit number", "messages number", "mic boolean", "mic_times number", "muted boolean", "name string", "on_stage boolean", "place string",
		"present number", "rewards number", "role number", "state number"}
	want := []string{". object", ".members array", ".members[] object"}
	for _, field := range member {
		want = append(want, ".members[]."+field)
	}
	assert.Equal(t, append(want, ".messages number", ".mics number", ".peak number", ".people number", ".real_end number", ".real_start number"), got)
}
