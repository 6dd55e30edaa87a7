package tape

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"classtop/class"
	"classtop/poll"
)

// mostColumns is how many columns a row can have: what differs in it is one
// number.
const mostColumns = 64

// KindAbout says in a recording how one kind of its data is written: each
// column by its form and name, behind a list what its rows are made of.
type KindAbout struct {
	Kind    poll.Kind `json:"kind"`
	Of      string    `json:"of"`
	Columns string    `json:"columns"`
}

// dialect is how one recording is written. Its columns have names, so data
// with other fields than this program knows can still be read: what it does
// not know is left out, what the recording lacks is zero.
type dialect struct {
	kinds     map[poll.Kind]*shape // without a type: this program knows no such data
	failures  *shape
	membersAt int    // column of a card; -1: there is none
	counts    []from // columns of a card, and which fields of class.Counts they are
}

// from is the column of another row that a column comes from.
type from struct {
	column
	i int
}

// spoken is the dialect of this program's own recordings.
func spoken() []KindAbout {
	var all []KindAbout
	for k := range 256 {
		if s := kinds[poll.Kind(k)]; s != nil {
			all = append(all, KindAbout{poll.Kind(k), s.name, s.words()})
		}
	}
	return append(all, KindAbout{Of: failures.name, Columns: failures.words()})
}

// dialectOf understands what a recording says of its data. A kind is known by
// its number and its name.
func dialectOf(all []KindAbout) (*dialect, error) {
	d := &dialect{kinds: map[poll.Kind]*shape{}, membersAt: -1}
	for _, a := range all {
		ours := kinds[a.Kind]
		if a.Of == failures.name {
			ours = failures
		}
		if ours != nil && ours.name != a.Of {
			ours = nil
		}
		p := parser{rest: a.Columns}
		s := p.shape(ours)
		if p.bad || p.rest != "" {
			return nil, errBroken
		}
		if ours == failures {
			d.failures = s
		} else {
			d.kinds[a.Kind] = s
		}
	}
	if d.failures == nil {
		return nil, errBroken
	}
	if card := d.kinds[poll.Card]; card != nil && card.row != nil {
		d.watch(card)
	}
	return d, nil
}

// watch finds the columns of a card that a trend is made of.
func (d *dialect) watch(card *shape) {
	field := func(name string) int {
		f, _ := reflect.TypeFor[class.Card]().FieldByName(name)
		return f.Index[0]
	}
	at, counts := field("MembersAt"), field("Counts")
	for i, c := range card.columns {
		switch {
		case c.skip:
		case c.at[0] == at:
			d.membersAt = i
		case c.at[0] == counts:
			c.at = c.at[1:]
			d.counts = append(d.counts, from{c, i})
		}
	}
}

// words lists the columns: "nID sName *Users(sID nState )".
func (s *shape) words() string {
	var b strings.Builder
	for _, c := range s.columns {
		fmt.Fprintf(&b, "%c%s", c.form, c.name)
		if c.of != nil {
			b.WriteString("(" + c.of.words() + ")")
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// parser reads what words wrote, from a file that anybody may have written.
type parser struct {
	rest string
	bad  bool
}

// shape reads columns and finds in ours what they are; ours may be nil.
func (p *parser) shape(ours *shape) *shape {
	s := &shape{}
	if ours != nil {
		s.name, s.whole, s.row = ours.name, ours.whole, ours.row
	}
	for p.rest != "" && p.rest[0] != ')' && !p.bad {
		s.columns = append(s.columns, p.column(ours))
	}
	p.bad = p.bad || len(s.columns) == 0 || len(s.columns) > mostColumns
	return s
}

func (p *parser) column(ours *shape) column {
	c := column{form: form(p.rest[0]), skip: true}
	end := strings.IndexAny(p.rest, "( )")
	if end < 1 || !slices.Contains([]form{number, text, nested}, c.form) {
		p.bad = true
		return c
	}
	c.name, p.rest = p.rest[1:end], p.rest[end:]
	var same *column
	if ours != nil {
		if i := slices.IndexFunc(ours.columns, func(o column) bool { return o.name == c.name && o.form == c.form }); i >= 0 {
			same = &ours.columns[i]
			c.at, c.skip = same.at, false
		}
	}
	if c.form == nested {
		p.skip("(")
		var of *shape
		if same != nil {
			of = same.of
		}
		c.of = p.shape(of)
		p.skip(")")
	}
	p.skip(" ")
	return c
}

// skip goes behind a sign that must stand here.
func (p *parser) skip(sign string) {
	var ok bool
	p.rest, ok = strings.CutPrefix(p.rest, sign)
	p.bad = p.bad || !ok
}
