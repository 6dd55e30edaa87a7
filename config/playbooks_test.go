package config

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
)

func TestPlaybooks(t *testing.T) {
	p := newPlace(t)
	p.config(`playbooks:
  calm down:
    about: Warn, then act
    steps:
      - notice: 请安静。
        go_on: true
      - wait: 30s
      - wait: 1m
      - mute: 10m
      - seat-off
      - kick: for good
  last call:
    steps: [{notice: "Five minutes left."}, {wait: 5m}, end]
profiles:
  a: {}
`)
	c, err := p.load()
	require.NoError(t, err)
	assert.Equal(t, []class.Playbook{
		{Name: "calm down", About: "Warn, then act", Steps: []class.Step{
			{Do: "notice", Text: "请安静。", GoOn: true}, {Do: "mute", After: 90 * time.Second, For: 10 * time.Minute}, {Do: "seat-off"}, {Do: "kick"},
		}},
		{Name: "last call", Steps: []class.Step{{Do: "notice", Text: "Five minutes left."}, {Do: "end", After: 5 * time.Minute}}},
	}, c.Playbooks)
	assert.True(t, c.Playbooks[0].Member())
	assert.False(t, c.Playbooks[1].Member())
	shown := c.Show()
	assert.Equal(t, Value{"playbooks.calm down", "notice, wait 1m30s, mute 10m, seat-off, kick for good", c.Path}, shown[len(shown)-2])
}

func TestWrongPlaybooks(t *testing.T) {
	for steps, want := range map[string]string{
		"- mut: 10m":                             `:5: playbooks.a.steps[1]: unknown step "mut"; did you mean "mute"?`,
		"- notice: hello\n      - mute: soon":    `:6: playbooks.a.steps[2].mute: "soon" is not allowed; allowed: a length of time from 1s to 720h`,
		"- notice:":                              `:5: playbooks.a.steps[1].notice: "" is not allowed; allowed: one line of text`,
		"- end: now":                             `:5: playbooks.a.steps[1].end: "now" is not allowed; allowed: nothing behind it`,
		"- wait: 2h\n      - end":                `:5: playbooks.a.steps[1].wait: "2h" is not allowed; allowed: a length of time from 1s to 30m`,
		"- end\n      - wait: 10s":               `:6: playbooks.a.steps[2]: a wait that nothing comes after`,
		"- mute: 10m\n        kick: 10m":         `:6: playbooks.a.steps[1].kick: a second action in one step`,
		"- mute: 10m\n        go_on: perhaps":    `:6: playbooks.a.steps[1].go_on: "perhaps" is not allowed`,
		"- go_on: true":                          `:5: playbooks.a.steps[1]: a step without an action`,
		strings.Repeat("- seat-off\n      ", 21): `:4: playbooks.a.steps: 21 steps; at most 20`,
	} {
		p := newPlace(t)
		p.config("profiles: {a: {}}\nplaybooks:\n  a:\n    steps:\n      " + steps + "\n")
		_, err := p.load()
		require.Error(t, err, steps)
		assert.Contains(t, err.Error(), want, steps)
	}
	for text, want := range map[string]string{
		"playbooks:\n  a: {stpes: []}":         `:2: playbooks.a.stpes: unknown key "stpes"; did you mean "steps"?`,
		"playbooks:\n  a:\n    steps: end":     ":3: playbooks.a.steps: not a list",
		"playbooks:\n  a:\n    about: nothing": ":2: playbooks.a: it has no steps",
		"playbook:\n  a:\n    steps: [end]":    `did you mean "playbooks"?`,
		"playbooks: [end]":                     "playbooks",
		"playbooks:\n  a:\n    steps: [[end]]": "playbooks.a.steps[1]",
	} {
		p := newPlace(t)
		p.config(text + "\n")
		_, err := p.load()
		require.Error(t, err, text)
		assert.Contains(t, err.Error(), want, text)
	}
}
