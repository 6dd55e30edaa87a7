package config

import (
	"testing"
	"time"

	"classtop/poll"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAttentionThresholds(t *testing.T) {
	p := newPlace(t)
	c, err := p.load()
	require.NoError(t, err)
	assert.Equal(t, 2*time.Minute, c.Profile.Attention.Late)
	assert.Equal(t, 0.3, c.Profile.Attention.Drop)
	assert.True(t, c.Profile.Attention.Questions)
	assert.True(t, c.UI.Title)
	assert.False(t, c.UI.Bell)
	assert.Equal(t, "off", c.UI.Notify)

	p.config("profiles:\n  a:\n    attention:\n      late: 90s\n      off: cameras off,overrun\n      leavers: 20\n      drop: 0.5\n      documents: false\n")
	c, err = p.load()
	require.NoError(t, err)
	a := c.Profile.Attention
	assert.Equal(t, 90*time.Second, a.Late)
	assert.Equal(t, []string{"cameras off", "overrun"}, a.Off)
	assert.Equal(t, 20, a.Leavers)
	assert.Equal(t, 0.5, a.Drop)
	assert.False(t, a.Documents)
}

func TestAttentionMistakesNameThePathAndWhatIsAllowed(t *testing.T) {
	for line, want := range map[string]string{
		"late: 5s":           "profiles.a.attention.late: \"5s\" is not allowed; allowed: a length of time from 10s to 4h, such as 90s",
		"empty: 5h":          "profiles.a.attention.empty",
		"drop: 0":            "allowed: a number from 0.05 to 1",
		"drop_least: 0":      "allowed: a number of people from 1 to 1000",
		"off: cameras":       "allowed: names of rules with commas between them: not started, ",
		"questions: perhaps": "allowed: true or false",
		"lates: 1m":          "late",
	} {
		p := newPlace(t)
		p.config("profiles:\n  a:\n    attention:\n      " + line + "\n")
		_, err := p.load()
		if assert.Error(t, err, line) {
			assert.Contains(t, err.Error(), want, line)
			assert.Contains(t, err.Error(), ":4", line)
		}
	}
}

func TestTheRulesAreThePollersRules(t *testing.T) {
	assert.Equal(t, poll.RuleNames(), ruleNames)
}
