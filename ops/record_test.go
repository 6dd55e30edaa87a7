package ops

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecordsJoinTheLines(t *testing.T) {
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	entry := func(id string, phase Phase, action Action, minute int, outcome string) Entry {
		return Entry{OpID: id, Phase: phase, Action: action, Room: 7, User: id[:1], Time: start.Add(time.Duration(minute) * time.Minute), Outcome: outcome, Duration: 600}
	}
	records := Records([]Entry{
		entry("a1", Intent, Kick, 0, ""), entry("b1", Intent, Kick, 1, ""), entry("a1", Outcome, Kick, 2, "done"),
		entry("c1", Intent, Ban, 3, ""), entry("c1", Outcome, Ban, 3, "refused"), entry("c2", Intent, Ban, 4, ""), entry("c2", Outcome, Ban, 4, "confirmed"),
		entry("z9", Outcome, Kick, 5, "done"),
	})
	require.Len(t, records, 4, "an end without a beginning is no operation")
	ends := []string{}
	for _, r := range records {
		ends = append(ends, r.End())
	}
	assert.Equal(t, []string{"done", UnfinishedEnd, "refused", "confirmed"}, ends)
	assert.True(t, records[1].Open())

	out := Out(records, start.Add(10*time.Minute))
	require.Len(t, out, 3)
	assert.Equal(t, "b", out[0].Intent.User)
	assert.False(t, out[0].Sure)
	assert.Equal(t, start.Add(12*time.Minute), out[1].Until, "it counts from the end")
	assert.True(t, out[2].Until.IsZero())
	assert.Len(t, Out(records, start.Add(12*time.Minute)), 1)
}
