package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"classtop/class"
	"classtop/keymap"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// place is a home folder with an environment that knows nothing else.
type place struct {
	t    *testing.T
	home string
	vars map[string]string
}

func newPlace(t *testing.T) *place {
	dir := t.TempDir()
	return &place{t, dir, map[string]string{"HOME": dir}}
}

func (p *place) env(name string) (string, bool) { v, ok := p.vars[name]; return v, ok }

func (p *place) write(mode os.FileMode, name, text string) string {
	path := filepath.Join(p.home, name)
	require.NoError(p.t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(p.t, os.WriteFile(path, []byte(text), mode))
	require.NoError(p.t, os.Chmod(path, mode))
	return path
}

func (p *place) config(text string) string {
	return p.write(0o600, ".config/classtop/config.yaml", text)
}

func (p *place) load(flags ...string) (*Config, error) {
	o := Options{Env: p.env, Flags: map[string]string{}}
	for i := 0; i < len(flags); i += 2 {
		o.Flags[flags[i]] = flags[i+1]
	}
	return Load(o)
}

func TestLayers(t *testing.T) {
	p := newPlace(t)
	c, err := p.load()
	require.NoError(t, err)
	assert.Equal(t, DefaultProfile, c.Profile.Name)
	assert.Equal(t, 0.5, c.Profile.Share)
	assert.Equal(t, "default", c.Source("share"))
	assert.Equal(t, "not set", c.Source("region"))
	assert.Equal(t, filepath.Join(p.home, ".local/state/classtop/audit.jsonl"), c.Audit)

	path := p.config("profiles:\n  school:\n    region: ap-guangzhou\n    share: 0.25\n    window: {before: 2h}\n    room_ids:\n      7: seven\nui:\n  theme: dark\nkeys:\n  kick: [X, Z]\n  end: F\n  export: []\n")
	c, err = p.load()
	require.NoError(t, err)
	assert.Equal(t, "school", c.Profile.Name, "the only profile needs no choice")
	assert.Equal(t, path+":3", c.Source("region"))
	assert.Equal(t, 2*time.Hour, c.Profile.Before)
	assert.Equal(t, 8*time.Hour, c.Profile.After)
	assert.Equal(t, map[class.RoomID]string{7: "seven"}, c.Profile.RoomIDs)
	assert.Equal(t, []string{"X", "Z"}, c.Keys.Keys(keymap.Kick))
	assert.Equal(t, []string{"F"}, c.Keys.Keys(keymap.End))
	assert.Empty(t, c.Keys.Keys(keymap.Export), "an empty list takes the keys away")

	p.vars["TENCENTCLOUD_REGION"] = " ap-shanghai "
	c, err = p.load()
	require.NoError(t, err)
	assert.Equal(t, "ap-shanghai", c.Profile.Region)
	assert.Equal(t, "environment TENCENTCLOUD_REGION", c.Source("region"))

	c, err = p.load("region", "ap-beijing", "ui.theme", "light")
	require.NoError(t, err)
	assert.Equal(t, "ap-beijing", c.Profile.Region)
	assert.Equal(t, "flag --region", c.Source("region"))
	assert.Equal(t, "flag --theme", c.Source("ui.theme"))
	assert.Equal(t, "light", c.UI.Theme)
}

func TestDemoIsNobodysSchool(t *testing.T) {
	p := newPlace(t)
	p.config("audit: /real.jsonl\nprofile: school\nprofiles:\n  school: {region: ap-guangzhou, read_only: true}\n  demo: {sdk_app_id: 7}\nui: {theme: light}\n")
	p.vars["CLASSTOP_ENDPOINT"], p.vars["CLASSTOP_AUDIT"] = "real.example.com", "/real.jsonl"
	c, err := Load(Options{Env: p.env, Demo: true})
	require.NoError(t, err)
	assert.Equal(t, DemoProfile, c.Profile.Name)
	assert.Empty(t, c.Profile.Region+c.Profile.Endpoint)
	assert.Zero(t, c.Profile.SdkAppID)
	assert.False(t, c.Profile.ReadOnly)
	assert.Equal(t, filepath.Join(p.home, ".local/state/classtop/demo-audit.jsonl"), c.Audit)
	assert.Equal(t, "light", c.UI.Theme)
}

func TestFaultsNameTheirPlace(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"unknown key":      {"profiles:\n  school:\n    regoin: x\n", `:3: profiles.school.regoin: unknown key "regoin"; did you mean "region"?`},
		"unknown top":      {"profles: {}\n", `:1: profles: unknown key "profles"; did you mean "profiles"?`},
		"unknown in group": {"ui:\n  theem: dark\n", `:2: ui.theem: unknown key "theem"; did you mean "theme"? Allowed: ambiguous_width, ascii, bell, lang, low_bandwidth, mask, motion, notify, theme, title`},
		"wrong value":      {"profiles:\n  a: {}\n  school:\n    share: 1.5\nprofile: a\n", `:4: profiles.school.share: "1.5" is not allowed; allowed: a number from 0.05 to 1`},
		"not a number":     {"profiles:\n  school:\n    share: .nan\n", `profiles.school.share: ".nan" is not allowed`},
		"plain http":       {"profiles:\n  school:\n    endpoint: http://lcic.tencentcloudapi.com\n", `profiles.school.endpoint: "http://lcic.tencentcloudapi.com" is not allowed: without TLS only on this machine`},
		"group for value":  {"profiles:\n  school:\n    region: {a: b}\n", ":3: profiles.school.region: a list or a group stands where one value belongs"},
		"value for group":  {"profiles: 7\n", ":1: profiles: a single value stands where settings belong"},
		"twice":            {"profile: a\nprofile: b\n", ":2: not valid YAML"},
		"not yaml":         {"profiles: [\n", "not valid YAML"},
		"room id":          {"profiles:\n  school:\n    room_ids: {x: y}\n", "profiles.school.room_ids.x: not the number of a class"},
		"wrong profile":    {"profile: scool\nprofiles: {school: {}, test: {}}\n", `:1: profile: unknown profile "scool"; did you mean "school"? Allowed: school, test`},
		"no choice":        {"profiles: {school: {}, test: {}}\n", "profile: no profile is chosen; set profile, CLASSTOP_PROFILE or --profile to one of: school, test"},
		"unknown action":   {"keys:\n  kick: X\n  kik: Y\n", ":3: keys.kik: "},
		"same key twice":   {"keys: {kick: j}\n", ":1: keys.kick: "},
		"zero app":         {"profiles: {school: {sdk_app_id: 0}}\n", "profiles.school.sdk_app_id"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			path := p.config(tc.text)
			_, err := p.load()
			require.ErrorContains(t, err, tc.want)
			assert.ErrorContains(t, err, path)
		})
	}
}

func TestFaultsOfEnvironmentAndFlags(t *testing.T) {
	p := newPlace(t)
	p.vars["CLASSTOP_ENDPOINT"] = "ftp://x"
	_, err := p.load()
	require.ErrorContains(t, err, `environment CLASSTOP_ENDPOINT: profiles.default.endpoint: "ftp://x" is not allowed`)
	p.vars = map[string]string{"HOME": p.home, "CLASSTOP_CONFIG": "~/none.yaml"}
	_, err = p.load()
	require.ErrorContains(t, err, "none.yaml: there is no such file")
	p.vars = map[string]string{"HOME": p.home, "CLASSTOP_USERSIG_KEY": ""}
	_, err = p.load()
	require.ErrorContains(t, err, "environment CLASSTOP_USERSIG_KEY: set but empty")
	p.vars = map[string]string{"HOME": p.home, "CLASSTOP_PROFILE": "x"}
	_, err = p.load()
	require.ErrorContains(t, err, "environment CLASSTOP_PROFILE: profile: there is no profile x")
}

func TestEndpoints(t *testing.T) {
	var got string
	for _, good := range []string{"lcic.tencentcloudapi.com", "https://lcic.tencentcloudapi.com/", "http://127.0.0.1:80", "http://[::1]:9", "http://localhost:1", "127.0.0.1:99"} {
		assert.NoError(t, setEndpoint(&got, good), good)
	}
	for _, bad := range []string{"http://10.0.0.1", "http://localhost.evil.com", "https://u:p@h", "https://h/path", "https://h?x=1", "://", "http://127.0.0.1.nip.io"} {
		assert.Error(t, setEndpoint(&got, bad), bad)
	}
}

func TestSecretInConfigNeedsPrivateFile(t *testing.T) {
	p := newPlace(t)
	text := "profiles:\n  school:\n    usersig_key: canary\n"
	p.config(text)
	c, err := p.load()
	require.NoError(t, err)
	key, source, err := c.UserSigKey()
	require.NoError(t, err)
	assert.Equal(t, "canary", key.Reveal())
	assert.Contains(t, source, "config.yaml:3")
	for _, v := range c.Show() {
		assert.NotContains(t, v.Value, "canary")
	}
	assert.NotContains(t, fmt.Sprintf("%+v %#v", c, c.Profile), "canary")

	path := p.write(0o644, ".config/classtop/config.yaml", text)
	_, err = p.load()
	require.ErrorContains(t, err, "others can read it")
	require.ErrorContains(t, err, "chmod 600 "+path)
}

func TestSampleIsItsOwnProof(t *testing.T) {
	p := newPlace(t)
	path := DefaultPath(p.env)
	require.NoError(t, WriteSample(path, inEnglish))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	c, err := p.load()
	require.NoError(t, err)
	assert.Equal(t, "school", c.Profile.Name)
	require.ErrorContains(t, WriteSample(path, inEnglish), "already there")

	// Every commented setting, taken out of its comment, must be allowed.
	p.config(uncommented())
	c, err = p.load()
	require.NoError(t, err, uncommented())
	assert.Equal(t, []string{"K", "X"}, c.Keys.Keys(keymap.Kick))
	assert.Equal(t, uint64(1400000001), c.Profile.SdkAppID)
	require.Len(t, c.Playbooks, 1)
	assert.Equal(t, "notice, wait 30s, mute 10m, wait 2m, kick 10m", c.Playbooks[0].String())
	for i := range settings {
		assert.Contains(t, c.Source(settings[i].key), path, settings[i].key)
	}
}

// looksLikeSetting tells a commented setting from a sentence: its first word
// ends in a colon, or it is an item of a list.
func looksLikeSetting(s string) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	return word == "-" || strings.HasSuffix(word, ":") && word == strings.ToLower(word) && word != "yaml-language-server:"
}
