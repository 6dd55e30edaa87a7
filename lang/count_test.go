package lang

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOneIsSingular(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
		want   string
	}{
		{"%d students on mic", []any{1}, "1 student on mic"},
		{"%d students on mic", []any{2}, "2 students on mic"},
		{"%d students on mic", []any{0}, "0 students on mic"},
		{"%d classes, %d of them live, %d problems open", []any{1, 1, 1}, "1 class, 1 of them live, 1 problem open"},
		{"%d classes, %d of them live, %d problems open", []any{3, 1, 1}, "3 classes, 1 of them live, 1 problem open"},
		{"%.0f%% of %d hand-ups", []any{50.0, int64(1)}, "50% of 1 hand-up"},
		{"%s: %d targets", []any{"1", 2}, "1: 2 targets"},
		{"%d rows written to %s", []any{1, "classes"}, "1 row written to classes"},
	} {
		assert.Equal(t, c.want, English.Say(c.format, c.args...))
	}
	assert.Equal(t, "已将 1 行写入 x", Chinese.Tell(English.Say("%d rows written to %s", 1, "x")), "a finished text is recognised")
	assert.Equal(t, "100 students", English.Say("100 students"))
}

// TestEveryNounThatIsCounted holds the catalogue's texts: a noun in the plural
// behind a number is in the table, or is no noun.
func TestEveryNounThatIsCounted(t *testing.T) {
	plurals := map[string]bool{ // never of one, or no plural of a noun
		"characters": true, "bytes": true, "items": true, "requests": true, "columns": true, "seconds": true, "minutes": true, "hours": true, "days": true,
		"entries": true, "needs": true, "places": true, "words": true, "is": true, "was": true, "belongs": true, "does": true,
	}
	chinese.load()
	for text := range chinese.texts {
		for _, at := range indexes(text, counted) {
			noun := nounAt(text[at+len(counted):])
			if noun != "" && noun[len(noun)-1] == 's' && ones[noun] == "" && !plurals[noun] {
				t.Errorf("%q counts %q: add it to ones in count.go", text, noun)
			}
		}
	}
}

func indexes(text, part string) (out []int) {
	for i := range len(text) {
		if len(text)-i >= len(part) && text[i:i+len(part)] == part {
			out = append(out, i)
		}
	}
	return out
}
