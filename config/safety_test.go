package config

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGraceAndReasons(t *testing.T) {
	p := newPlace(t)
	p.config("profiles:\n  cram/../school:\n    grace: {level2: 3s}\n    reason: required\n")
	c, err := p.load()
	require.NoError(t, err)
	assert.Equal(t, [4]time.Duration{2: 3 * time.Second, 3: 5 * time.Second}, c.Profile.Grace, "level 3 waits by default")
	assert.True(t, c.Profile.Reasons)
	assert.Equal(t, filepath.Join(p.home, ".local/state/classtop/audit-cram____school.jsonl"), c.Audit, "each profile has its own file, in the same folder")
	for _, bad := range []string{"grace: {level3: 2h}", "grace: {level3: soon}", "reason: maybe"} {
		p.config("profiles:\n  a:\n    " + bad + "\n")
		_, err := p.load()
		require.Error(t, err, bad)
	}
}
