package cli

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"classtop/config"
	"classtop/lang"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// answered goes through the first questions with these lines.
func answered(t *testing.T, lines string) (home, said string, demo, on bool, err error) {
	t.Helper()
	return answeredIn(t, lang.English, lines)
}

func answeredIn(t *testing.T, l lang.Lang, lines string) (home, said string, demo, on bool, err error) {
	t.Helper()
	home = t.TempDir()
	in, out := bufio.NewReader(strings.NewReader(lines)), new(bytes.Buffer)
	s := &setup{in: in, out: out, lang: l, secret: func() (string, error) { return in.ReadString('\n') },
		env: func(name string) (string, bool) { return home, name == "HOME" }}
	demo, on, err = s.run()
	return home, out.String(), demo, on, err
}

func TestTheFirstQuestionLeadsToTheDemoOrOut(t *testing.T) {
	for lines, want := range map[string][2]bool{"\n": {true, true}, "1\n": {true, true}, "7\n3\n": {false, false}} {
		home, said, demo, on, err := answered(t, lines)
		require.NoError(t, err)
		assert.Equal(t, want, [2]bool{demo, on}, lines)
		assert.Contains(t, said, "1  look at a simulated school")
		left, _ := os.ReadDir(home)
		assert.Empty(t, left, "nothing is written")
	}
}

func TestAFirstProfileWithAKeyPair(t *testing.T) {
	home, said, demo, on, err := answered(t, "2\n北京一中\nmany\n1400000001\nap-guangzhou\n\n\nAKIDEXAMPLE\ntop-secret\nseat-secret\n")
	require.NoError(t, err)
	assert.Equal(t, [2]bool{false, true}, [2]bool{demo, on})
	assert.Contains(t, said, "not allowed: allowed: the application's number")
	assert.NotContains(t, said, "secret\n", "what is secret is not repeated")

	env := func(name string) (string, bool) { return home, name == "HOME" }
	text, err := os.ReadFile(config.DefaultPath(env))
	require.NoError(t, err)
	assert.NotContains(t, string(text), "top-secret")
	assert.NotContains(t, string(text), "seat-secret")
	for _, path := range []string{config.DefaultPath(env), config.CredentialsPath(env), config.KeyPath(env)} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), path)
	}
	c, err := config.Load(config.Options{Env: env})
	require.NoError(t, err)
	assert.Equal(t, "北京一中", c.Profile.Name)
	assert.Equal(t, uint64(1400000001), c.Profile.SdkAppID)
	assert.Equal(t, "ap-guangzhou", c.Profile.Region)
	assert.True(t, c.Profile.ReadOnly)
	found, err := c.Credentials()
	require.NoError(t, err)
	assert.Equal(t, "AKIDEXAMPLE", found.ID)
	key, _, err := c.UserSigKey()
	require.NoError(t, err)
	assert.Equal(t, "seat-secret", key.Reveal())
	assert.False(t, config.Empty(config.Options{Env: env}))
}

func TestAFirstProfileWithoutSecrets(t *testing.T) {
	home, said, _, on, err := answered(t, "2\n\n1400000001\n\nn\nn\n\n")
	require.NoError(t, err)
	assert.False(t, on)
	assert.Contains(t, said, "Now set TENCENTCLOUD_SECRET_ID")
	assert.NoFileExists(t, filepath.Join(home, ".tencentcloud", "credentials"))
	c, err := config.Load(config.Options{Env: func(name string) (string, bool) { return home, name == "HOME" }})
	require.NoError(t, err)
	assert.Equal(t, "school", c.Profile.Name)
	assert.Empty(t, c.Profile.Region)
	assert.False(t, c.Profile.ReadOnly)
}

func TestLeavingHalfWayWritesNothing(t *testing.T) {
	for _, lines := range []string{"", "2\n", "2\nschool\n14\n", "2\n\n14\n\n\n\nAKIDEXAMPLE\n"} {
		home, _, _, on, err := answered(t, lines)
		require.ErrorIs(t, err, errLeft)
		assert.False(t, on)
		left, _ := os.ReadDir(home)
		assert.Empty(t, left, lines)
	}
}

func TestWhoIsConfiguredIsNotAsked(t *testing.T) {
	home := t.TempDir()
	for name, value := range map[string]string{"TENCENTCLOUD_SECRET_ID": "AKIDEXAMPLE", "CLASSTOP_SDK_APP_ID": "14", "CLASSTOP_PROFILE": "school", "CLASSTOP_CONFIG": "/nowhere.yaml"} {
		env := map[string]string{"HOME": home, name: value}
		assert.False(t, config.Empty(config.Options{Env: func(n string) (string, bool) { v, ok := env[n]; return v, ok }}), name)
	}
	assert.True(t, config.Empty(config.Options{Env: func(n string) (string, bool) { return home, n == "HOME" }}))
}

func TestTheFirstQuestionsAreChinese(t *testing.T) {
	home, said, _, _, err := answeredIn(t, lang.Chinese, "9\n2\n北京一中\nmany\n1400000001\nÄ\nap-guangzhou\nz\n\n\nAKIDEXAMPLE\ntop-secret\nseat-secret\n")
	require.NoError(t, err)
	assert.Contains(t, said, "还没有配置")
	noEnglish(t, "first questions", strings.ReplaceAll(said, home, "~"), "")
	assert.Contains(t, readFile(t, config.DefaultPath(func(name string) (string, bool) { return home, name == "HOME" })), "取值：")
}
