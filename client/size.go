package client

import (
	"fmt"

	"classtop/class"
	"classtop/client/spec"
)

// The most that Tencent Cloud's gateway takes, in bytes, by the way to sign.
const (
	mostGet  = 32 << 10
	mostV1   = 1 << 20
	mostPost = 10 << 20
)

// fits refuses a request that the gateway would not take, and names the
// parameter that makes it so long.
func (r *request) fits() error {
	size, most, advice := len(r.body), mostPost, "Nothing was sent."
	if r.system.Name != spec.RoomEngine && (r.sign.get() || !r.sign.tc3()) {
		size, most = len(encodeForm(flatten(r.params))), mostV1
		if r.sign.get() {
			most = mostGet
		}
		advice = "Nothing was sent. Signed with tc3 it may hold 10 MiB."
	}
	if size <= most {
		return nil
	}
	longest, bytes := "", 0
	for name, v := range r.params {
		raw, _ := encodeJSON(v)
		if len(raw) > bytes || len(raw) == bytes && name < longest {
			longest, bytes = name, len(raw)
		}
	}
	return &class.Error{System: r.system.Name, Action: r.action.Name, Code: class.CodeParameter, Hint: advice,
		Message: safe(fmt.Sprintf("%s is too long: the request would be %d bytes, at most %d are taken", longest, size, most))}
}
