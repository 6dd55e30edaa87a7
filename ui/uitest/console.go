package uitest

import (
	"context"
	"encoding/json"
	"sync"

	"classtop/class"
	"classtop/client/spec"
)

// Console answers every read with what the manual's example answers, and keeps
// what was asked for.
type Console struct {
	mu   sync.Mutex
	read []Asked
}

// Asked is one request by name.
type Asked struct {
	Action string
	Params map[string]any
}

// Prepare implements ui.Console.
func (c *Console) Prepare(action string, params map[string]any) (string, error) {
	return "POST https://example.com/\nX-TC-Action: " + action + "\n\n" + spec.Shown(params), nil
}

// Read implements ui.Console.
func (c *Console) Read(_ context.Context, action string, params map[string]any) (class.Reply, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read = append(c.read, Asked{action, params})
	return class.Reply{RequestID: "req-1", Shown: json.RawMessage(`{"Total":1,"RequestId":"req-1"}`)}, nil
}

// Asked is what was read, oldest first.
func (c *Console) Asked() []Asked {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Asked(nil), c.read...)
}
