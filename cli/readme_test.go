package cli

import (
	"flag"
	"os"
	"strings"
	"testing"

	"classtop/keymap"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("readme", false, "write the generated parts of README.md")

const readme = "../README.md"

// TestReadmeKeys keeps the README's table of keys the one that the program
// follows. `go test ./cli -run Readme -readme` writes it.
func TestReadmeKeys(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	begin, rest, ok := strings.Cut(string(data), "<!-- keys: generated -->\n")
	require.True(t, ok)
	table, end, ok := strings.Cut(rest, "<!-- end of keys -->")
	require.True(t, ok)
	want := "\n" + strings.TrimSpace(keymap.Default().Markdown()) + "\n\n"
	if *update && table != want {
		require.NoError(t, os.WriteFile(readme, []byte(begin+"<!-- keys: generated -->\n"+want+"<!-- end of keys -->"+end), 0o644))
		return
	}
	assert.Equal(t, want, table, "run: go test ./cli -run Readme -readme")
}

// TestReadmeCommands lets no command be forgotten.
func TestReadmeCommands(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	a := &app{}
	for _, c := range a.root().Commands() {
		if !c.Hidden {
			assert.Contains(t, string(data), "classtop "+c.Name(), "the README does not know the command")
		}
	}
}
