package config

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func find1(t *testing.T, p *place) (Credentials, error) {
	t.Helper()
	c, err := p.load()
	require.NoError(t, err)
	return c.Credentials()
}

func TestCredentialsFromEnvironment(t *testing.T) {
	p := newPlace(t)
	p.vars[envID], p.vars[envKey] = "AKID\n", " key"
	got, err := find1(t, p)
	require.NoError(t, err)
	assert.Equal(t, "AKID", got.ID)
	assert.Equal(t, "key", got.Key.Reveal())
	assert.Equal(t, "environment "+envID, got.Source)
	assert.Equal(t, []string{"white space around the key was removed"}, got.Notes)

	p.vars[envTokenTF] = "tok"
	got, err = find1(t, p)
	require.NoError(t, err)
	assert.Equal(t, "tok", got.Token.Reveal())
	assert.Contains(t, got.Source, envTokenTF)

	p.vars[envKey] = ""
	_, err = find1(t, p)
	require.ErrorContains(t, err, "environment "+envKey+": empty or not set")
}

func TestCredentialsFromFiles(t *testing.T) {
	p := newPlace(t)
	tccli := p.write(0o600, ".tccli/default.credential", `{"secretId":"T","secretKey":"tk","token":"tt"}`)
	got, err := find1(t, p)
	require.NoError(t, err)
	assert.Equal(t, "T", got.ID)
	assert.Equal(t, "tt", got.Token.Reveal())
	assert.Equal(t, "tccli profile "+tccli, got.Source)

	ini := p.write(0o600, ".tencentcloud/credentials", "# mine\n[other]\nsecret_id = no\n[default]\nsecret_id = I\nsecret_key = ik\n")
	got, err = find1(t, p)
	require.NoError(t, err)
	assert.Equal(t, "I", got.ID)
	assert.Equal(t, "file "+ini, got.Source)
	assert.Empty(t, got.Notes)

	p.config("profiles:\n  school:\n    credentials:\n      tccli: default\n")
	got, err = find1(t, p)
	require.NoError(t, err)
	assert.Equal(t, "T", got.ID, "the profile's choice wins")
}

func TestCredentialFaults(t *testing.T) {
	p := newPlace(t)
	_, err := find1(t, p)
	require.ErrorIs(t, err, ErrNoCredentials)
	for _, place := range []string{envID, ".tencentcloud/credentials", ".tccli/default.credential"} {
		assert.ErrorContains(t, err, place)
	}

	path := p.write(0o640, ".tencentcloud/credentials", "[default]\nsecret_id=I\nsecret_key=canary\n")
	_, err = find1(t, p)
	require.ErrorContains(t, err, "chmod 600 "+path)

	p.write(0o600, ".tencentcloud/credentials", "secret_id=I\nsecret_key=canary\n")
	_, err = find1(t, p)
	require.ErrorContains(t, err, "holds no complete key; needs secret_id and secret_key below [default]")

	p = newPlace(t)
	p.write(0o600, ".tccli/default.credential", `{"secretKey":canary}`)
	_, err = find1(t, p)
	require.ErrorContains(t, err, "not the JSON that tccli writes")
	assert.NotContains(t, fmt.Sprintf("%+v", err), "canary")

	p = newPlace(t)
	p.vars[envFile] = "/nowhere/at/all"
	_, err = find1(t, p)
	require.ErrorContains(t, err, "/nowhere/at/all: there is no such file")
}

func TestUserSigKeyFile(t *testing.T) {
	p := newPlace(t)
	path := p.write(0o600, "usersig.key", "canary\n")
	p.config("profiles:\n  school:\n    usersig_key_file: ~/usersig.key\n")
	c, err := p.load()
	require.NoError(t, err)
	key, source, err := c.UserSigKey()
	require.NoError(t, err)
	assert.Equal(t, "canary", key.Reveal())
	assert.Equal(t, "file "+path, source)
	p.write(0o644, "usersig.key", "canary")
	_, _, err = c.UserSigKey()
	require.ErrorContains(t, err, "chmod 600")
}
