//go:build unix

package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheSameMorningAnyTime(t *testing.T) {
	for _, now := range []string{"2026-11-26T20:27:46Z", "2026-01-01T02:20:00Z", "2027-06-30T23:59:59Z", "2026-09-14T14:21:00+08:00"} {
		at, err := time.Parse(time.RFC3339, now)
		require.NoError(t, err)
		opens := opening(at)
		assert.True(t, opens.After(at) && opens.Sub(at) <= lessonStep, now)
		assert.Zero(t, opens.Unix()%int64(lessonStep.Seconds()), now)
		zone, err := time.LoadLocationFromTZData("pictures", zoneOf(opens))
		require.NoError(t, err)
		assert.Equal(t, "10:20:00", opens.In(zone).Format("15:04:05"), now)
	}
}
