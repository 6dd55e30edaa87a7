package serve

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// Figure is one metric as Prometheus reads it.
type Figure struct {
	Name, Help string
	Counter    bool // it only grows; otherwise a gauge
	Values     []Value
}

// Value is a figure's number under its labels.
type Value struct {
	Labels []string // name, value, name, value …
	N      float64
}

// One makes the values of a figure without labels.
func One(n float64) []Value { return []Value{{N: n}} }

// Watch answers /healthz, with 503 and the reason where healthy has one, and
// /metrics with the server's figures and more. It is for this machine only.
func (s *Server) Watch(healthy func() error, more func() []Figure) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if err := healthy(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		for _, f := range append(s.figures(), more()...) {
			f.write(w)
		}
	})
	return mux
}

// figures are those of the server itself.
func (s *Server) figures() []Figure {
	now, ever, refused := s.Counts()
	conns, waiting, turned := s.gate.count()
	return []Figure{
		{"classtop_sessions", "Sessions now, dashboards and commands.", false, One(float64(now))},
		{"classtop_sessions_total", "Sessions since the start.", true, One(float64(ever))},
		{"classtop_connections", "Connections now.", false, One(float64(conns))},
		{"classtop_connections_unproven", "Connections that have not come in yet.", false, One(float64(waiting))},
		{"classtop_connections_turned_away_total", "Connections cut off because there were too many.", true, One(float64(turned))},
		{"classtop_logins_refused_total", "Connections that ended before anybody came in.", true, One(float64(refused))},
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func (f Figure) write(w io.Writer) {
	kind := "gauge"
	if f.Counter {
		kind = "counter"
	}
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", f.Name, f.Help, f.Name, kind)
	for _, v := range f.Values {
		var labels []string
		for i := 0; i+1 < len(v.Labels); i += 2 {
			labels = append(labels, v.Labels[i]+`="`+escapes.Replace(v.Labels[i+1])+`"`)
		}
		name := f.Name
		if len(labels) > 0 {
			name += "{" + strings.Join(labels, ",") + "}"
		}
		fmt.Fprintln(w, name, strconv.FormatFloat(v.N, 'g', -1, 64))
	}
}
