package tape

import (
	"encoding/binary"
	"reflect"
	"slices"
	"strings"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

// trend is a kind of frame beside the poller's: []poll.Sample of a class.
const trend poll.Kind = 0xf0

// kinds are what is recorded: everything but the application's own lists,
// whose fields nobody knows one by one.
var kinds = map[poll.Kind]*shape{
	poll.Rooms:     kind("rooms", reflect.TypeFor[[]class.Room]()),
	poll.Card:      kind("card", reflect.TypeFor[class.Card]()),
	poll.Detail:    kind("detail", reflect.TypeFor[class.RoomDetail]()),
	poll.Members:   kind("members", reflect.TypeFor[[]class.Member]()),
	poll.Questions: kind("questions", reflect.TypeFor[[]class.Question]()),
	poll.Answers:   kind("answers", reflect.TypeFor[[]class.Answer]()),
	poll.Documents: kind("documents", reflect.TypeFor[[]class.Document]()),
	poll.Seats:     kind("seats", reflect.TypeFor[[]class.Seat]()),
	poll.Messages:  kind("messages", reflect.TypeFor[[]class.Message]()),
	poll.Events:    kind("events", reflect.TypeFor[[]class.Event]()),
	poll.Report:    kind("report", reflect.TypeFor[class.Report]()),
	poll.Name:      kind("name", reflect.TypeFor[class.Person]()),
	trend:          kind("trend", reflect.TypeFor[[]poll.Sample]()),
}

// failures is how an error is written.
var failures = kind("error", reflect.TypeFor[class.Error]())

func kind(name string, t reflect.Type) *shape {
	s := shapeOf(t)
	s.name = name
	return s
}

// form is how a column is written.
type form byte

const (
	number form = 'n' // any integer, a bool, a time in milliseconds
	text   form = 's'
	exact  form = 'x' // a text with what the wire said of it
	nested form = '*' // a list or what a pointer leads to: count and cells
)

// shape is a type as a table: a list is many rows, anything else is one.
type shape struct {
	name    string       // of the kind; empty in others
	whole   reflect.Type // what is recorded
	row     reflect.Type
	columns []column
	exact   bool // texts keep what the wire said
}

// column is one value of a row, whatever structs it lies in.
type column struct {
	name string // fields on the way; empty: the row itself
	at   []int  // way to the field
	form form
	of   *shape // of nested
	skip bool   // this program has no such field
}

// cell is the value of a column.
type cell struct {
	n int64
	s string
}

func shapeOf(t reflect.Type) *shape { return shaped(t, false) }

func shaped(t reflect.Type, exact bool) *shape {
	s := &shape{whole: t, row: t, exact: exact}
	if t.Kind() == reflect.Slice {
		s.row = t.Elem()
	}
	s.gather(s.row, "", nil)
	return s
}

var (
	textType = reflect.TypeFor[class.Text]()
	timeType = reflect.TypeFor[time.Time]()
)

// gather lists the columns of a type. What JSON leaves out, such as an error's
// cause, a recording leaves out too.
func (s *shape) gather(t reflect.Type, name string, at []int) {
	add := func(f form, of *shape) {
		s.columns = append(s.columns, column{name: name, at: slices.Clone(at), form: f, of: of})
	}
	switch {
	case t == textType && s.exact:
		add(exact, nil)
	case t == textType, t.Kind() == reflect.String:
		add(text, nil)
	case t == timeType, t.Kind() == reflect.Bool, reflect.Int <= t.Kind() && t.Kind() <= reflect.Uint64:
		add(number, nil)
	case t.Kind() == reflect.Slice:
		add(nested, shaped(t, s.exact))
	case t.Kind() == reflect.Pointer:
		add(nested, shaped(reflect.SliceOf(t.Elem()), s.exact))
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("json") != "-" {
				s.gather(f.Type, strings.TrimPrefix(name+"."+f.Name, "."), append(at, i))
			}
		}
	default:
		panic("tape: a field of type " + t.String() + " cannot be recorded")
	}
}

// rows returns the cells of all rows, one row after the other.
func (s *shape) rows(v reflect.Value) []cell {
	if s.whole == s.row {
		return s.cells(v, make([]cell, 0, len(s.columns)))
	}
	out := make([]cell, 0, v.Len()*len(s.columns))
	for i := range v.Len() {
		out = s.cells(v.Index(i), out)
	}
	return out
}

func (s *shape) cells(row reflect.Value, out []cell) []cell {
	for i := range s.columns {
		c := &s.columns[i]
		out = append(out, c.read(c.place(row)))
	}
	return out
}

// place is the column's place in a row.
func (c *column) place(row reflect.Value) reflect.Value {
	if len(c.at) == 0 {
		return row
	}
	return row.FieldByIndex(c.at)
}

// read returns a value as a cell. Of a text only what may be shown is kept,
// and of a link nothing that could let somebody in.
func (c *column) read(v reflect.Value) cell {
	switch {
	case c.form == nested:
		return cell{s: c.of.pack(v)}
	case c.form == exact:
		return cell{s: Exact(v.Interface().(class.Text))}
	case v.Type() == textType:
		return cell{s: withoutKey(v.Interface().(class.Text).String())}
	case v.Kind() == reflect.String:
		return cell{s: v.String()}
	case v.Type() == timeType:
		if t := v.Interface().(time.Time); !t.IsZero() {
			return cell{n: t.UnixMilli()}
		}
		return cell{}
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return cell{n: 1}
		}
		return cell{}
	case v.CanUint():
		return cell{n: int64(v.Uint())}
	}
	return cell{n: v.Int()}
}

// withoutKey takes from a link what comes after its path: that is where the
// services put signatures.
func withoutKey(s string) string {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return s
	}
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		return s[:i] + "?…"
	}
	return s
}

// pack writes a list, or what a pointer leads to, into one cell.
func (s *shape) pack(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		list := reflect.MakeSlice(s.whole, 1, 1)
		list.Index(0).Set(v.Elem())
		v = list
	}
	if v.Len() == 0 {
		return ""
	}
	out := binary.AppendUvarint(nil, uint64(v.Len()))
	for i, c := range s.rows(v) {
		if s.columns[i%len(s.columns)].form == number {
			out = binary.AppendVarint(out, c.n)
			continue
		}
		out = append(binary.AppendUvarint(out, uint64(len(c.s))), c.s...)
	}
	return string(out)
}

// build makes the value of its cells; what the file says is cleaned anew.
func (s *shape) build(cells []cell) (any, error) {
	out := reflect.New(s.whole).Elem()
	if s.whole == s.row {
		if len(cells) != len(s.columns) {
			return nil, errBroken
		}
		err := s.fill(out, cells)
		return out.Interface(), err
	}
	err := s.list(out, cells)
	return out.Interface(), err
}

func (s *shape) list(out reflect.Value, cells []cell) error {
	n := len(cells) / len(s.columns)
	out.Set(reflect.MakeSlice(s.whole, n, n))
	for i := range n {
		if err := s.fill(out.Index(i), cells[i*len(s.columns):][:len(s.columns)]); err != nil {
			return err
		}
	}
	return nil
}

func (s *shape) fill(row reflect.Value, cells []cell) error {
	for i := range s.columns {
		if s.columns[i].skip {
			continue
		}
		if err := s.columns[i].write(s.columns[i].place(row), cells[i]); err != nil {
			return err
		}
	}
	return nil
}

// cells of a text that a recording may hold at most, as wide as the cleaner
// leaves the longest.
const widest = 2000

func (c *column) write(v reflect.Value, x cell) error {
	switch {
	case c.form == nested:
		return c.of.unpack(v, x.s)
	case c.form == exact:
		v.Set(reflect.ValueOf(OfExact(x.s)))
	case v.Type() == textType:
		v.Set(reflect.ValueOf(clean.Block(clean.Line(x.s, widest)))) // twice: no raw form stays behind it
	case v.Kind() == reflect.String:
		v.SetString(clean.Line(x.s, widest))
	case v.Type() == timeType:
		if x.n != 0 {
			v.Set(reflect.ValueOf(time.UnixMilli(x.n)))
		}
	case v.Kind() == reflect.Bool:
		v.SetBool(x.n != 0)
	case v.CanUint():
		v.SetUint(uint64(x.n))
	default:
		v.SetInt(x.n)
	}
	return nil
}

// unpack is the reverse of pack. Each cell takes at least a byte, so a short
// text cannot make a long list.
func (s *shape) unpack(v reflect.Value, packed string) error {
	if packed == "" {
		return nil
	}
	r := reader{data: []byte(packed)}
	n := r.count(len(packed))
	cells := make([]cell, 0, min(n*len(s.columns), len(packed)))
	for range n {
		for _, c := range s.columns {
			if c.form == number {
				cells = append(cells, cell{n: r.varint()})
			} else {
				cells = append(cells, cell{s: r.text(len(packed))})
			}
		}
		if r.bad {
			return errBroken
		}
	}
	list := reflect.New(s.whole).Elem()
	if err := s.list(list, cells); err != nil || n == 0 {
		return err
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(s.row))
		v.Elem().Set(list.Index(0))
		return nil
	}
	v.Set(list)
	return nil
}

// none are the cells of a value that says nothing.
func (s *shape) none() []cell {
	if s.whole == s.row {
		return make([]cell, len(s.columns))
	}
	return nil
}
