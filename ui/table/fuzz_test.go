package table

import (
	"strings"
	"testing"
)

// FuzzFilter holds the filter language against its laws: a line and its words
// in another order show the same, one more word never shows more, and a word
// and its opposite share the rows between them. It begins with the lines in
// testdata.
func FuzzFilter(f *testing.F) {
	shown := func(line string) int {
		t := newPeople(30)
		t.Filter(line)
		screen(t, 40, 5)
		return t.Shown()
	}
	f.Fuzz(func(t *testing.T, line, word string) {
		n, both := shown(line), shown(line+" "+word)
		if n > 30 || both > n || both != shown(word+" "+line) {
			t.Fatalf("%q shows %d, with %q %d", line, n, word, both)
		}
		if fields := strings.Fields(word); len(fields) == 1 && !strings.HasPrefix(fields[0], "!") && shown("x") == 0 {
			if has, not := shown(fields[0]), shown("!"+fields[0]); has+not != 30 && has+not != 60 {
				t.Fatalf("%q: %d with and %d without", word, has, not)
			}
		}
	})
}
