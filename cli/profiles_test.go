//go:build unix

package cli

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/sim"
)

// TestGoToAnotherProfileAndBack goes there and back again: each time with a
// new client, poller and screen in the same process.
func TestGoToAnotherProfileAndBack(t *testing.T) {
	school := sim.New(sim.Options{Seed: 1, Rooms: 6, Members: 4})
	server := httptest.NewServer(school)
	t.Cleanup(server.Close)
	hello := school.Credentials()
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil,
		"profile: day\nprofiles:\n  day:\n    sdk_app_id: %d\n  night:\n    sdk_app_id: %[1]d\n    protected: true\n", hello.SdkAppID), 0o600))
	env := []string{"CLASSTOP_ENDPOINT=" + server.URL, "CLASSTOP_ROOM_ENGINE_ENDPOINT=" + server.URL, "CLASSTOP_CONFIG=" + file,
		"TENCENTCLOUD_SECRET_ID=" + hello.SecretID, "TENCENTCLOUD_SECRET_KEY=" + hello.SecretKey}
	d := sit(t, true, env)
	d.sees(" online")
	for _, to := range []struct{ key, name string }{{"G", " night  PROTECTED"}, {"g", " day "}} {
		d.types(":profiles\r")
		d.sees("read and write")
		d.types(to.key + "\r")
		d.sees("classtop " + to.name)
		d.sees(" online")
	}
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(patient))
}
