//go:build unix

package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"classtop/client/spec"
	"classtop/sim"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTenMinutes watches classtop sim, a process of its own, for as long as
// CLASSTOP_SOAK says, while something else fails every ten seconds. It is not
// part of the usual tests: see make soak.
func TestTenMinutes(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("CLASSTOP_SOAK"))
	if err != nil {
		t.Skip("CLASSTOP_SOAK names no time")
	}
	server := program(t, t.TempDir(), nil, "sim", "--rooms", "60")
	out, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	var hello sim.Hello
	require.NoError(t, json.NewDecoder(bufio.NewReader(out)).Decode(&hello))
	d := sit(t, true, []string{
		"TENCENTCLOUD_SECRET_ID=" + hello.SecretID, "TENCENTCLOUD_SECRET_KEY=" + hello.SecretKey,
		"CLASSTOP_ENDPOINT=" + hello.Endpoint, "CLASSTOP_SDK_APP_ID=" + strconv.FormatUint(hello.SdkAppID, 10),
	})
	d.sees("▌")
	faults := []string{`{"action":"*","http":502}`, `{"action":"*","drop":"before"}`, `{"action":"*","latency_ms":3000}`, `{"action":"*","code":"InternalError"}`, `{"action":"*","clock_s":900}`}
	first := 0
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for i, end := 0, time.Now().Add(long); time.Now().Before(end); i++ {
		<-tick.C
		fault := ""
		if i%2 == 0 {
			fault = faults[i/2%len(faults)]
		}
		disturb(t, hello.Endpoint, fault)
		d.types([]string{"j", "\r", "\x1b", "k"}[i%4])
		if i == 3 { // warm
			first = d.resident()
		}
	}
	disturb(t, hello.Endpoint, "")
	d.until("show", "● live", func() bool { return strings.Contains(d.shown(), "● live") })
	last := d.resident()
	assert.Less(t, last-first, 16<<10, "memory grew")
	answer, err := http.Get(hello.Endpoint + "/_sim/stats")
	require.NoError(t, err)
	defer answer.Body.Close()
	var stats map[string]sim.Stats
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&stats))
	for action, st := range stats {
		if a := spec.Find(action); a != nil {
			assert.LessOrEqual(t, st.Peak, a.Rate/2, action)
		}
	}
	d.types("\x03")
	assert.Equal(t, exitDone, d.ends(patient))
	fmt.Printf("soak of %s: resident memory %d to %d KiB, budget never exceeded\n", long, first, last)
}

// disturb replaces what goes wrong at a simulator; nothing is an end to it.
func disturb(t *testing.T, endpoint, fault string) {
	request, err := http.NewRequest(http.MethodPut, endpoint+"/_sim/faults", strings.NewReader(`{"faults":[`+fault+`]}`))
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)
}

// resident is the program's memory in KiB; 0 where the system does not tell.
func (d *desk) resident() (kib int) {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	if _, rest, ok := strings.Cut(string(data), "VmRSS:"); ok {
		_, _ = fmt.Sscan(rest, &kib)
	}
	return kib
}
