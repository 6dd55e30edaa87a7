package sim

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEachSoManyth(t *testing.T) {
	var l faultList
	l.set(Faults{Faults: []Fault{{Action: "EndRoom", Every: 3, Code: "a"}, {Action: "*", Every: 2, Count: 1, Code: "b"}}})
	got := ""
	for range 7 {
		got += l.pick("EndRoom", rand.New(rand.NewPCG(1, 1))).Code + "."
	}
	assert.Equal(t, ".b.a...a..", got, "the second fault counts only what the first one let through")
	_, err := ParseFaults([]byte(`{"faults": [{"action": "EndRoom", "every": -1}]}`))
	assert.ErrorContains(t, err, "every")
}
