package config

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestServeSettings(t *testing.T) {
	p := newPlace(t)
	load := func(text string) (*Config, error) {
		p.config(text)
		return p.load()
	}
	c, err := load("serve:\n  listen: 10.0.0.1:22\n  idle: 8h\n  metrics: off\n  per_key: 3\nprofiles:\n  default:\n    second_person: end, ban\n")
	require.NoError(t, err)
	assert.Equal(t, "10.0.0.1:22", c.Serve.Listen)
	assert.Equal(t, 8*time.Hour, c.Serve.Idle)
	assert.Equal(t, 24*time.Hour, c.Serve.Lifetime)
	assert.Empty(t, c.Serve.Metrics)
	assert.Equal(t, 3, c.Serve.PerKey)
	assert.Contains(t, c.Serve.Keys, "classtop/authorized_keys")
	assert.Contains(t, c.Serve.HostKey, "classtop/host_key")
	assert.Equal(t, []string{"end", "ban"}, c.Profile.Second)

	for _, wrong := range []string{
		"serve:\n  listen: nowhere\n", "serve:\n  listen: :99999\n", "serve:\n  metrics: 0.0.0.0:9000\n", "serve:\n  metrics: :9000\n",
		"serve:\n  per_key: 0\n", "serve:\n  idle: -1h\n", "profiles:\n  default:\n    second_person: start\n",
	} {
		_, err := load(wrong)
		assert.ErrorContains(t, err, "allowed:", wrong)
	}
}
