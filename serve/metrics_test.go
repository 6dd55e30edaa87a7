package serve

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"classtop/ops"
)

func TestHealthAndMetrics(t *testing.T) {
	key := newKey(t)
	r := start(t, nil, entry("李雷", ops.Lead, key))
	r.watch(r.mustDial(key), 80, 24, true).sees("keys=0.")
	var ill error
	h := r.server.Watch(func() error { return ill }, func() []Figure {
		return []Figure{{"classtop_x_total", "Of a test.", true, []Value{{[]string{"action", "a\"b\\c\nd"}, 2}}}}
	})
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	code, body := get("/healthz")
	assert.Equal(t, http.StatusOK, code)
	assert.Equal(t, "ok\n", body)
	ill = errors.New("the poller has stopped")
	code, body = get("/healthz")
	assert.Equal(t, http.StatusServiceUnavailable, code)
	assert.Equal(t, "the poller has stopped\n", body)
	_, body = get("/metrics")
	assert.Contains(t, body, "# HELP classtop_sessions Sessions now, dashboards and commands.\n# TYPE classtop_sessions gauge\nclasstop_sessions 1\n")
	assert.Contains(t, body, "# TYPE classtop_sessions_total counter\nclasstop_sessions_total 1\n")
	assert.Contains(t, body, `classtop_x_total{action="a\"b\\c\nd"} 2`)
	code, _ = get("/debug/pprof/")
	assert.Equal(t, http.StatusNotFound, code)
}
