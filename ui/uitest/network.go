package uitest

import (
	"net/http"
	"sync"
)

// Network is what lies between the client and the school. A test breaks it
// while the program runs.
type Network struct {
	mu    sync.Mutex
	whole http.RoundTripper
	now   http.RoundTripper
}

func newNetwork(rt http.RoundTripper) *Network { return &Network{whole: rt, now: rt} }

// Break puts something in between: it gets the way to the school.
func (n *Network) Break(fault func(whole http.RoundTripper) http.RoundTripper) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now = fault(n.whole)
}

// Mend takes it away again.
func (n *Network) Mend() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now = n.whole
}

// RoundTrip implements http.RoundTripper.
func (n *Network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	rt := n.now
	n.mu.Unlock()
	return rt.RoundTrip(r)
}
