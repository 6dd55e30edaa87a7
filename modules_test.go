package main_test

import (
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Versions before v0.52.0 of golang.org/x/crypto have known holes in SSH. Go
// itself pins every module by version and checksum.
func TestCryptoIsNew(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	found := regexp.MustCompile(`golang\.org/x/crypto v0\.(\d+)\.`).FindSubmatch(mod)
	require.NotNil(t, found, "golang.org/x/crypto is required")
	minor, err := strconv.Atoi(string(found[1]))
	require.NoError(t, err)
	assert.GreaterOrEqual(t, minor, 52)
	assert.NotRegexp(t, `(?m)^replace |=>`, string(mod), "nothing comes from elsewhere than it says")
}
