package serve

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	gossh "golang.org/x/crypto/ssh"

	"classtop/ops"
)

func TestLinesOfKeys(t *testing.T) {
	key := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(newKey(t).PublicKey())))
	for _, c := range []struct{ name, line, says string }{
		{"name and role", `name="李雷",role="lead" ` + key, ""},
		{"the comment is the name", `role="viewer" ` + key + " wall", ""},
		{"no role", `name="李雷" ` + key, `no role is named: put role="viewer"`},
		{"another role", `name="李雷",role="root" ` + key, `there is no role "root"; roles: viewer, operator, lead`},
		{"no name", `role="lead" ` + key, "nobody is named"},
		{"an option of sshd", `role="lead",name="a",from="10.0.0.0/8" ` + key, `does not know the option "from"`},
		{"an escape in the name", "role=\"lead\",name=\"a\x1b[31m\" " + key, "cannot be shown"},
		{"a long name", `role="lead",name="` + strings.Repeat("长", 13) + `" ` + key, "too long"},
		{"no key", `role="lead",name="a" ssh-ed25519 AAAA`, "no public key"},
		{"words", "李雷", "no public key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			people, bad := parseKeys("keys", []byte("# keys\n\n"+c.line+"\n"))
			if c.says == "" {
				require.Empty(t, bad)
				assert.Len(t, people, 1)
				return
			}
			assert.Empty(t, people)
			require.Len(t, bad, 1)
			assert.ErrorContains(t, bad[0], "keys:3: ")
			assert.ErrorContains(t, bad[0], c.says)
		})
	}
}

func TestOneKeyTwice(t *testing.T) {
	line := entry("李雷", ops.Viewer, newKey(t))
	people, bad := parseKeys("keys", []byte(line+"\n"+strings.Replace(line, "viewer", "lead", 1)))
	require.Len(t, bad, 1)
	assert.EqualError(t, bad[0], "keys:2: the same key is in line 1")
	for _, p := range people {
		assert.Equal(t, ops.Viewer, p.Role)
	}
}

func TestWithoutKeysNobodyIsServed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	_, err := OpenKeys(path, slog.New(slog.DiscardHandler))
	assert.ErrorContains(t, err, "without keys nobody can come in")
	require.NoError(t, os.WriteFile(path, []byte("# nobody\n"), 0o600))
	_, err = OpenKeys(path, slog.New(slog.DiscardHandler))
	assert.ErrorContains(t, err, "holds no key")
	require.NoError(t, os.WriteFile(path, []byte("a\nb\n"+entry("李雷", ops.Lead, newKey(t))), 0o600))
	_, err = OpenKeys(path, slog.New(slog.DiscardHandler))
	assert.ErrorContains(t, err, path+":1: ")
	assert.ErrorContains(t, err, path+":2: ")
}

func TestHostKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "host_key")
	first, made, err := HostKey(path)
	require.NoError(t, err)
	assert.True(t, made)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	again, made, err := HostKey(path)
	require.NoError(t, err)
	assert.False(t, made)
	assert.Equal(t, Fingerprint(first), Fingerprint(again))

	require.NoError(t, os.Chmod(path, 0o644))
	_, _, err = HostKey(path)
	assert.ErrorContains(t, err, "can be read by others (mode -rw-r--r--): run chmod 600 "+path)
	require.NoError(t, os.Chmod(path, 0o600))
	require.NoError(t, os.WriteFile(path, []byte("no key"), 0o600))
	_, _, err = HostKey(path)
	assert.ErrorContains(t, err, "cannot be read")
}
