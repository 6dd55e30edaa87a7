package spec

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Mask is shown instead of a secret.
const Mask = "****"

// secrets names the parameters and answers' fields that let whoever has them
// act as somebody else.
var secrets = []string{"Token", "ServerSession", "UserSig", "PrivateKey", "CallbackKey", "Password"}

// IsSecret tells whether a parameter or an answer's field of this name is
// secret.
func IsSecret(name string) bool { return slices.Contains(secrets, name) }

// Masked returns a copy of decoded JSON in which the values of secret fields
// are Mask, and tells whether there were any. Empty values are no secrets.
func Masked(v any) (shown any, hid bool) {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			if IsSecret(name) && item != nil && item != "" {
				out[name], hid = Mask, true
				continue
			}
			inner, found := Masked(item)
			out[name], hid = inner, hid || found
		}
		return out, hid
	case []any:
		out := make([]any, len(v))
		for i := range v {
			inner, found := Masked(v[i])
			out[i], hid = inner, hid || found
		}
		return out, hid
	}
	return v, false
}

// Shown writes parameters as JSON with their secrets masked, for people.
func Shown(params map[string]any) string {
	masked, _ := Masked(map[string]any(params))
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(masked); err != nil {
		return "{}"
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
