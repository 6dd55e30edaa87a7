package cli

import (
	"flag"
	"os"
	"strings"
	"testing"

	"classtop/config"
	"classtop/keymap"
	"classtop/lang"
	"classtop/ui/theme"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("readme", false, "write what is generated: parts of README.md, pages of docs")

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

// keysPage is what docs/keys.md says before the table.
const keysPage = `# Keys

Every key of the dashboard, from the table that the program itself follows. ` + "`?`" + ` shows those that work where you are, ` + "`x`" + ` every
action with its key and why it is not possible now, and a word typed behind ` + "`:`" + ` finds all of them by name.

- A lower-case letter never changes anything on the server. Upper-case letters do, and each asks first.
- What a Chinese input method types for a key counts as its ASCII twin: ` + "`：` `？` `Ｋ`, `【` for `[`, `、` for `/`" + `.
- The mouse is the terminal's own, so that selecting text works. ` + "`%`" + ` hands it to classtop: a click chooses a row, a seat, a tab or a
  lens and never does more; the wheel scrolls.

Every binding can be changed, by the name in the last column:

` + "```yaml\nkeys:\n  kick: X              # one key\n  down: [j, down, n]   # several\n  export: []           # none: the palette still has it\n```" + `

Keys that collide are refused at the start, and both actions are named. What writes takes an upper-case letter only; a dialog's
yes cannot be enter or space.

`

// TestKeysPage keeps docs/keys.md. `go test ./cli -run Page -readme` writes it.
func TestKeysPage(t *testing.T) {
	generated(t, "../docs/keys.md", keysPage+keymap.Default().Markdown())
}

// TestConfigurationPage keeps the tables of docs/configuration.md.
func TestConfigurationPage(t *testing.T) {
	const page, begin, end = "../docs/configuration.md", "<!-- settings: generated -->\n", "<!-- end of settings -->"
	data, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), begin)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	generated(t, page, before+begin+"\n"+config.Reference(settingFlags)+"\n"+end+after)
}

// TestConfigurationSchema keeps the schema that editors load from the docs.
func TestConfigurationSchema(t *testing.T) {
	generated(t, "../docs/"+config.SchemaName, string(config.Schema(lang.English.Tell)))
}

// TestThemeOfThePage keeps the page's example one that works.
func TestThemeOfThePage(t *testing.T) {
	data, err := os.ReadFile("../docs/configuration.md")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(data), "```yaml\n")
	require.True(t, ok)
	text, _, _ := strings.Cut(rest, "```")
	_, err = theme.Parse("page", []byte(text))
	require.NoError(t, err)
}

// generated compares what is generated with what it should be, or writes it.
func generated(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, want, string(data), "run: go test ./cli -run 'Readme|Page|Configuration' -readme")
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
