package table

import (
	"strings"
	"time"
)

// filter is a parsed filter line: every term must hold.
type filter struct {
	text  string
	terms []term
}

type term struct {
	word string // lower case
	col  int    // index of the column; -1 is any
	not  bool
}

func (f *filter) empty() bool { return len(f.terms) == 0 }

// Filter sets the filter line. Words must all be found somewhere in the row;
// `!word` must not; `col:word` looks in one column. Case does not matter. A
// colon after something that names no column is an ordinary character.
func (t *Table[K, T]) Filter(line string) {
	if line == t.filter.text {
		return
	}
	t.filter = filter{text: line}
	for _, word := range strings.Fields(strings.ToLower(line)) {
		if tm := t.term(word); tm.word != "" {
			t.filter.terms = append(t.filter.terms, tm)
		}
	}
	t.stale = true
}

// FilterText is the filter line as it was set.
func (t *Table[K, T]) FilterText() string { return t.filter.text }

func (t *Table[K, T]) term(word string) term {
	tm := term{word: word, col: -1}
	if rest, ok := strings.CutPrefix(tm.word, "!"); ok {
		tm.word, tm.not = rest, true
	}
	name, value, ok := strings.Cut(tm.word, ":")
	if !ok {
		return tm
	}
	for i := range t.cols {
		if t.cols[i].ID == name {
			tm.col, tm.word = i, value
		}
	}
	return tm
}

func (t *Table[K, T]) matches(i int, now time.Time) bool {
	for _, tm := range t.filter.terms {
		var in string
		if tm.col >= 0 {
			in = strings.ToLower(t.both(&t.cols[tm.col], &t.rows[i], now))
		} else {
			in = t.haystack(i, now)
		}
		if strings.Contains(in, tm.word) == tm.not {
			return false
		}
	}
	return true
}

// both is a cell's text for the filter: English, which works in every
// language, and what the screen says instead.
func (t *Table[K, T]) both(c *Col[T], row *T, now time.Time) string {
	text := c.Reads(row, now)
	if !c.Words {
		return text
	}
	if told := t.lang.Tell(text); told != text {
		return text + " " + told
	}
	return text
}

// haystack is all the text of a row but what the clock changes, in lower
// case. It is kept until the row changes: typing a filter over 10,000 rows
// must not build them anew at each key.
func (t *Table[K, T]) haystack(i int, now time.Time) string {
	if t.hay == nil {
		t.hay = make([]string, len(t.rows))
	}
	if t.hay[i] == "" {
		var b strings.Builder
		for c := range t.cols {
			if !t.cols[c].Ticks {
				b.WriteString(t.both(&t.cols[c], &t.rows[i], now))
				b.WriteByte('\n')
			}
		}
		t.hay[i] = strings.ToLower(b.String())
	}
	return t.hay[i]
}
