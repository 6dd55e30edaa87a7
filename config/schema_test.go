package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inEnglish leaves the texts as the code has them.
func inEnglish(text string) string { return text }

// validate checks a file's text as an editor would.
func validate(t *testing.T, text string) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema(inEnglish)))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("config.json", doc))
	schema, err := c.Compile("config.json")
	require.NoError(t, err)
	js, err := yaml.YAMLToJSON([]byte(text))
	require.NoError(t, err, text)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(js))
	require.NoError(t, err)
	return schema.Validate(value)
}

// uncommented is the sample with every setting in force.
func uncommented() string {
	var live []string
	for line := range strings.SplitSeq(Sample(inEnglish), "\n") {
		bare := strings.TrimLeft(line, " ")
		if rest, ok := strings.CutPrefix(bare, "# "); ok && looksLikeSetting(rest) {
			line = strings.Replace(line, "# ", "", 1)
		}
		live = append(live, line)
	}
	return strings.Join(live, "\n")
}

func TestTheSampleHoldsAllThatItSays(t *testing.T) {
	require.NoError(t, validate(t, Sample(inEnglish)))
	text := uncommented()
	require.NoError(t, validate(t, text), text)
	for i := range settings {
		name := last(settings[i].key)
		assert.Regexp(t, `(?m)^ *`+name+`: `, text, "not in the sample in a form that can be switched on")
	}
	f, err := parse("config.yaml", []byte(text))
	require.NoError(t, err)
	assert.Equal(t, Version, f.version)
}

func TestTheSchemaRefusesWhatTheProgramRefuses(t *testing.T) {
	for _, text := range []string{
		"profiles: {school: {sharee: 0.5}}", "profiles: {school: {share: lots}}", "ui: {lang: french}", "ui: {ascii: 3}",
		"version: 99", "keys: {kik: K}", "profiles: {school: {room_ids: {abc: x}}}", "nothing: 1", "ui: {ambiguous_width: 3}",
	} {
		assert.Error(t, validate(t, text), text)
		_, err := parse("config.yaml", []byte(text))
		if err == nil { // actions and their keys are judged by the keymap
			f, _ := parse("config.yaml", []byte(text))
			_, err = f.keymap()
		}
		assert.Error(t, err, text)
	}
	require.NoError(t, validate(t, "ui: {ambiguous_width: 2, lang: zh}\nprofiles: {school: {share: 0.25, room_ids: {7: seven}}}\nkeys: {kick: [X, Z], end: F}"))
}

func old(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestMigrateKeepsTheOldFile(t *testing.T) {
	const text = "# mine\nprofiles:\n  school:\n    share: 0.25 # half of half\n"
	path := old(t, text)
	done, err := Migrate(path, inEnglish)
	require.NoError(t, err)
	assert.Equal(t, path+".v0", done.Backup)
	assert.Len(t, done.Changes, 1)
	kept, err := os.ReadFile(done.Backup)
	require.NoError(t, err)
	assert.Equal(t, text, string(kept))
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, modeline+"version: 1\n"+text, string(now), "comments stay")
	schema, err := os.ReadFile(filepath.Join(filepath.Dir(path), SchemaName))
	require.NoError(t, err)
	assert.Equal(t, Schema(inEnglish), schema)
	done, err = Migrate(path, inEnglish)
	require.NoError(t, err)
	assert.Empty(t, done.Backup, "nothing is left to do")
}

func TestMigrateLeavesAloneWhatItCannotReadOrKeep(t *testing.T) {
	path := old(t, "profiles: [\n")
	_, err := Migrate(path, inEnglish)
	require.ErrorContains(t, err, "config.yaml:")
	path = old(t, "profile: a\n")
	require.NoError(t, os.WriteFile(path+".v0", []byte("precious"), 0o600))
	_, err = Migrate(path, inEnglish)
	require.ErrorContains(t, err, "already there")
	kept, _ := os.ReadFile(path)
	assert.Equal(t, "profile: a\n", string(kept))
	_, err = Migrate(filepath.Join(t.TempDir(), "none.yaml"), inEnglish)
	require.ErrorContains(t, err, "no such file")
}

func TestANewerFileIsRefused(t *testing.T) {
	_, err := parse("config.yaml", []byte("version: 2\n"))
	require.ErrorContains(t, err, "config.yaml:1: version: the file was written for a newer classtop; this one knows version 1")
	_, err = parse("config.yaml", []byte("version: one\n"))
	require.ErrorContains(t, err, `"one" is not a version`)
	_, err = parse("config.yaml", []byte("version:\n  - 1\n"))
	require.Error(t, err)
}
