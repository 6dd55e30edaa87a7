package cli

import (
	"testing"

	"classtop/class"
	"classtop/client"
	"classtop/client/spec"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryActionCanBeCalled signs every example of every action with every
// method that it allows, as `classtop call ACTION - --dry-run` does.
func TestEveryActionCanBeCalled(t *testing.T) {
	key := "canary-of-the-test"
	c, err := client.New(client.Config{
		Credentials: client.Credentials{ID: "AKIDtest", Key: class.NewSecret(key)}, Region: "ap-guangzhou",
		SdkAppID: 1400000001, UserSigKey: class.NewSecret(key),
	})
	require.NoError(t, err)
	for _, system := range spec.Systems() {
		for i := range system.Actions {
			action := &system.Actions[i]
			for _, example := range action.Examples {
				v, err := decode(example.Request)
				require.NoError(t, err, action.Name)
				params, _ := v.(map[string]any)
				for _, sign := range []client.SignMethod{client.TC3, client.V1SHA1, client.V1SHA256} {
					if system.Name == spec.RoomEngine && sign != client.TC3 {
						continue
					}
					p, err := c.Prepare(action.Name, params, sign)
					require.NoError(t, err, action.Name)
					assert.NotContains(t, p.URL+p.Body+p.Canonical+p.ToSign, key)
				}
			}
		}
	}
}
