package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExportsAreForTheirOwnerAndNeverOverwrite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	save := saver(folder)
	for i, want := range []string{"rooms.csv", "rooms-2.csv", "rooms-3.csv"} {
		path, err := save("rooms.csv", []byte{byte('a' + i)})
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(folder, want), path)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, []byte{byte('a' + i)}, data)
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Zero(t, info.Mode().Perm()&0o077)
	}
	_, err := saver(filepath.Join(folder, "rooms.csv"))("x.csv", nil)
	assert.Error(t, err, "a file is no folder")
}

func TestTheDashboardExports(t *testing.T) {
	d := sit(t, true, nil, "--demo", "--rooms", "5")
	d.sees("live")
	d.says("e", "Export")
	d.types("1")
	d.sees("rows written to")
	files, err := filepath.Glob(filepath.Join(d.home, "classtop-rooms-*.csv"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	assert.Contains(t, string(data), "state,")
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(5*time.Second))
}
