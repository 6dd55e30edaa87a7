package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// answering is a terminal that says where its cursor is.
func answering(text string) io.Reader { return strings.NewReader(text) }

func TestMeasureAsksTheTerminal(t *testing.T) {
	var out bytes.Buffer
	assert.Equal(t, []int{2, 1, 2}, measure(answering("\x1b[5;3R\x1b[5;2R\x1b[5;3R\x1b[?62;c"), &out, time.Minute))
	assert.Contains(t, out.String(), "\r中\x1b[6n")
	assert.True(t, strings.HasSuffix(out.String(), "\r\x1b[K\x1b[c"), "the line is cleaned, and the last question ends the answers")
	assert.Empty(t, measure(answering(""), io.Discard, time.Minute))
	r, _ := io.Pipe()
	assert.Empty(t, measure(r, io.Discard, time.Millisecond), "a terminal that does not answer")
}

func TestWhatWidthsMean(t *testing.T) {
	for _, row := range []struct {
		got       []int
		ambiguous int
		state     string
		advice    string
	}{
		{[]int{2, 1, 2}, 1, "ok", ""},
		{[]int{2, 2, 2}, 1, "warning", "set ui.ambiguous_width: 2"},
		{[]int{2, 2, 2}, 2, "ok", ""},
		{[]int{2, 1, 2}, 2, "warning", "set ui.ambiguous_width: 1"},
		{[]int{1, 1, 1}, 1, "wrong", "UTF-8"},
		{[]int{2, 1, 1}, 1, "warning", "emoji"},
		{nil, 1, "warning", "--ascii"},
	} {
		c := &checker{}
		c.judge(row.got, row.ambiguous)
		assert.Equal(t, row.state, c.lines[0].State, row.got)
		assert.Contains(t, c.lines[0].Advice, row.advice)
	}
}

func TestEveryFaultOfTheCheckHasAnAdvice(t *testing.T) {
	for _, env := range []map[string]string{
		{}, {"LANG": "C"}, {"LC_ALL": "zh_CN.GBK"}, {"LANG": "en_US.UTF-8", "STY": "1"}, {"TERM_PROGRAM": "Apple_Terminal"},
		{"TERM_PROGRAM": "WezTerm"}, {"TERM_PROGRAM": "ghostty", "NO_COLOR": "1"},
	} {
		c := &checker{a: &app{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}}
		c.letters()
		c.colours(0)
		c.sequences()
		for _, f := range c.lines {
			assert.NotEmpty(t, f.Found, f.Part)
			if f.State != "ok" {
				assert.NotEmpty(t, f.Advice, "%s: %s", f.Part, f.Found)
			}
		}
	}
}
