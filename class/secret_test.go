package class

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretNeverShowsItself(t *testing.T) {
	type holder struct {
		Shown  Secret
		hidden Secret
	}
	h := holder{NewSecret("canary"), NewSecret("canary")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		assert.NotContains(t, fmt.Sprintf(verb, h), "canary", verb)
		assert.NotContains(t, fmt.Sprintf(verb, &h), "canary", verb)
		assert.NotContains(t, fmt.Sprintf(verb, h.Shown), "canary", verb)
	}
	b, err := json.Marshal(h)
	require.NoError(t, err)
	assert.JSONEq(t, `{"Shown":"****"}`, string(b))
	assert.Equal(t, "canary", h.hidden.Reveal())
	assert.True(t, NewSecret("").IsZero())
	assert.Empty(t, Secret{}.String())
}
