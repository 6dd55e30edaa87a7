package client

import (
	"strconv"

	"classtop/class"
	"classtop/class/clean"
	"classtop/client/spec"
)

// gather decodes the polled lists in one pass. The texts of an answer go into
// one block, so that a list costs two allocations however long it is; each
// text is a span of the block until the end.
type gather struct {
	scanner
	block []byte
	odd   []class.Text // texts that had to be cleaned
	tmp   []byte
}

// span is a text: a part of the block, or with from < 0 the odd one at ^from.
type span struct{ from, to int32 }

// reset makes it ready for a body.
func (g *gather) reset(body []byte) {
	g.scanner = scanner{b: body}
	g.block, g.odd = g.block[:0], g.odd[:0]
}

// text consumes a value of any type as a text. Where it is the same as last,
// the text of the same field before, it shares its place.
func (g *gather) text(last span) span {
	if g.next() != '"' {
		return g.keep([]byte(toText(g.skip())), last)
	}
	raw, escaped := g.str()
	if escaped {
		g.tmp = unescape(g.tmp[:0], raw)
		raw = g.tmp
	}
	return g.keep(raw, last)
}

func (g *gather) keep(raw []byte, last span) span {
	if len(raw) == 0 {
		return span{}
	}
	if !clean.IsText(raw) {
		g.odd = append(g.odd, clean.Text(string([]rune(string(raw))))) // as encoding/json: U+FFFD for each bad byte
		return span{from: int32(^(len(g.odd) - 1))}
	}
	if last.from >= 0 && string(g.block[last.from:last.to]) == string(raw) {
		return last
	}
	from := len(g.block)
	g.block = append(g.block, raw...)
	return span{int32(from), int32(len(g.block))}
}

// resolve returns the text of a span, given the finished block.
func (g *gather) resolve(block string, s span) class.Text {
	if s.from < 0 {
		return g.odd[^s.from]
	}
	text := block[s.from:s.to]
	return class.NewText(text, text)
}

// int consumes a value of any type as a number.
func (g *gather) int() int64 {
	g.next()
	start := g.i
	var n int64
	for g.i < len(g.b) && g.i-start < 18 && g.b[g.i]-'0' <= 9 {
		n = n*10 + int64(g.b[g.i]-'0')
		g.i++
	}
	if plain := g.i > start && (g.b[start] != '0' || g.i == start+1); plain && g.i < len(g.b) {
		switch g.b[g.i] {
		case ',', '}', ']', ' ', '\n', '\r', '\t':
			return n
		}
	}
	g.i = start
	return toInt(g.skip())
}

// yes consumes a value of any type as a flag.
func (g *gather) yes() bool { return g.int() != 0 }

// plainText consumes a value as an uncleaned string.
func (g *gather) plainText() string { return toText(g.skip()) }

// answer consumes a whole body: the Response object with its verdict, whose
// other fields go to field. start is called first and before each Response, so
// that nothing is left of an earlier body and of two Responses the last counts.
func (g *gather) answer(body []byte, start func(), field func(name []byte)) (verdict, error) {
	g.reset(body)
	start()
	var v verdict
	found := false
	if g.next() != '{' {
		return v, errNotAnswer
	}
	g.object(func(name []byte) {
		if string(name) != "Response" {
			g.skip()
			return
		}
		v, found = verdict{}, false
		start()
		if g.next() != '{' {
			g.skip()
			return
		}
		found = true
		g.object(func(name []byte) {
			switch string(name) {
			case "Error":
				v.code, v.message = g.failure()
			case "RequestId":
				v.requestID = g.plainText()
			default:
				field(name)
			}
		})
	})
	switch {
	case !g.end():
		return verdict{}, errNotAnswer
	case !found:
		v, _, err := open(spec.LCIC, body) // perhaps the old shape
		return v, err
	}
	return v, nil
}

// failure consumes the Error object.
func (g *gather) failure() (code, message string) {
	if g.next() != '{' {
		g.skip()
		return "", ""
	}
	g.object(func(name []byte) {
		switch string(name) {
		case "Code":
			code = g.plainText()
		case "Message":
			message = g.plainText()
		default:
			g.skip()
		}
	})
	return code, message
}

// objects consumes an array and calls item for each object in it; whatever else
// is there is no item.
func (g *gather) objects(item func()) {
	if g.next() != '[' {
		g.skip()
		return
	}
	g.array(func() {
		if g.next() != '{' {
			g.skip()
			return
		}
		item()
	})
}

// uint consumes a value as a number that needs all 64 bits.
func (g *gather) uint() uint64 {
	raw := g.skip()
	if n, err := strconv.ParseUint(string(raw), 10, 64); err == nil {
		return n
	}
	return toUint(raw)
}
