package cli

import (
	"os"
	"path/filepath"
	"testing"

	"classtop/config"
	"classtop/ui"
	"classtop/ui/table"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// looksOf loads a configuration and chooses the theme.
func looksOf(t *testing.T, file string, flags map[string]string, looks ui.Looks, own map[string]string) (name, by string, err error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "themes"), 0o700))
	for name, text := range own {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "themes", name+".yaml"), []byte(text), 0o600))
	}
	cfg, err := config.Load(config.Options{Env: func(string) (string, bool) { return "", false }, Path: path, Flags: flags})
	require.NoError(t, err)
	return chosenTheme(cfg, themes(cfg), looks)
}

func TestWhoDecidesTheTheme(t *testing.T) {
	screen := ui.Looks{Theme: "gruvbox-dark"}
	name, by, err := looksOf(t, "", nil, ui.Looks{}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"auto", ""}, []string{name, by})

	name, by, err = looksOf(t, "", nil, screen, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"gruvbox-dark", ""}, []string{name, by}, "what was chosen on screen")

	name, by, err = looksOf(t, "ui:\n  theme: nord\n", nil, screen, nil)
	require.NoError(t, err)
	assert.Equal(t, "nord", name)
	assert.Contains(t, by, "config.yaml:2", "the file stands above the screen")

	name, by, err = looksOf(t, "ui:\n  theme: nord\n", map[string]string{"ui.theme": "light"}, screen, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"light", "flag --theme"}, []string{name, by})

	name, _, err = looksOf(t, "", nil, ui.Looks{Theme: "gone"}, nil)
	require.NoError(t, err)
	assert.Equal(t, "auto", name, "a theme of which the file is gone")
}

func TestAThemeThatThereIsNot(t *testing.T) {
	_, _, err := looksOf(t, "ui:\n  theme: nrod\n", nil, ui.Looks{}, nil)
	require.ErrorContains(t, err, `config.yaml:2: ui.theme: there is no theme "nrod"; did you mean "nord"?`)
	assert.Equal(t, exitUsage, exitCode(err))
	_, _, err = looksOf(t, "ui:\n  theme: mine\n", nil, ui.Looks{}, map[string]string{"mine": "dangr: bold"})
	require.ErrorContains(t, err, "mine.yaml: theme mine: dangr: there is no such token")
	name, _, err := looksOf(t, "ui:\n  theme: mine\n", nil, ui.Looks{}, map[string]string{"mine": "danger: bold"})
	require.NoError(t, err)
	assert.Equal(t, "mine", name)
}

func TestLooksAreKeptWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "looks.json")
	assert.Empty(t, readLooks(path))
	looks := ui.Looks{Theme: "nord", Columns: map[string][]table.Column{"rooms": {{ID: "name", Width: 20}, {ID: "id", Off: true}}}}
	require.NoError(t, keepLooks(path)(looks))
	assert.Equal(t, looks, readLooks(path))
	files, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, files, 1, "nothing is left beside it")
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o600))
	assert.Empty(t, readLooks(path))
	assert.Error(t, keepLooks(filepath.Join(path, "below"))(looks))
}
