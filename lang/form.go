package lang

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// form is a format of the catalogue, taken apart so that a finished text can
// be recognised: literals and what stands between them.
type form struct {
	text   string
	lits   []string // one more than verbs
	verbs  []byte   // d: a number; q: a quoted text; else any text
	weight int      // bytes of all literals
	says   string   // the translation
}

// deepest bounds how far captured parts are told in their turn.
const deepest = 16

// formsOf takes the formats apart and puts the most specific first.
func formsOf(texts map[string]string) []form {
	var out []form
	for text, says := range texts {
		if strings.IndexByte(text, '%') < 0 {
			continue
		}
		for _, twin := range twins(text) {
			if f := formOf(twin, says); f.weight > 0 && hasLetters(strings.Join(f.lits, "")) && !f.tiny() {
				out = append(out, f)
			}
		}
	}
	slices.SortFunc(out, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(len(a.verbs), len(b.verbs)), cmp.Compare(a.text, b.text))
	})
	return out
}

func formOf(text, says string) form {
	f := form{text: text, says: says}
	if f.lits, f.verbs = cut(text); len(f.verbs) == 0 {
		return form{}
	}
	for _, l := range f.lits {
		f.weight += len(l)
	}
	return f
}

// tiny tells whether a form is nothing but a little word between two values.
// It would match any sentence that holds the word.
func (f *form) tiny() bool {
	return len(f.lits) == 3 && !slices.Contains(f.verbs, 'd') && f.lits[0] == "" && f.lits[2] == "" && len(strings.Trim(f.lits[1], " ")) <= 3
}

// cut splits a format at its verbs; %% is a literal per cent sign.
func cut(format string) (lits []string, verbs []byte) {
	var lit strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			lit.WriteByte(format[i])
			continue
		}
		i++
		for i < len(format)-1 && strings.IndexByte("0123456789.+-# []*", format[i]) >= 0 {
			i++
		}
		if format[i] == '%' {
			lit.WriteByte('%')
			continue
		}
		lits, verbs = append(lits, lit.String()), append(verbs, format[i])
		lit.Reset()
	}
	return append(lits, lit.String()), verbs
}

// match returns what stands in the text for each verb.
func (f *form) match(text string) ([]string, bool) {
	last := f.lits[len(f.lits)-1]
	if len(text) < f.weight || !strings.HasPrefix(text, f.lits[0]) || !strings.HasSuffix(text, last) {
		return nil, false
	}
	parts := make([]string, len(f.verbs))
	if !f.fill(text[len(f.lits[0]):], 0, parts) {
		return nil, false
	}
	return parts, true
}

// fill finds the shortest part for each verb that lets the rest match.
func (f *form) fill(rest string, i int, parts []string) bool {
	if i == len(f.verbs) {
		return rest == ""
	}
	lit := f.lits[i+1]
	if i == len(f.verbs)-1 { // the last one takes all that is left
		part, ok := strings.CutSuffix(rest, lit)
		parts[i] = part
		return ok && fits(f.verbs[i], part)
	}
	for from := 0; ; {
		at := strings.Index(rest[from:], lit)
		if at < 0 {
			return false
		}
		at += from
		parts[i] = rest[:at]
		inside := parts[i] == "" && f.lits[i] != "" && lit != "" // a remark that was left out
		if (inside || fits(f.verbs[i], parts[i])) && f.fill(rest[at+len(lit):], i+1, parts) {
			return true
		}
		if from = at + 1; from > len(rest) {
			return false
		}
	}
}

// fits tells whether a verb can have printed the part.
func fits(verb byte, part string) bool {
	switch verb {
	case 'd':
		_, err := strconv.Atoi(part)
		return err == nil
	case 'q':
		return len(part) >= 2 && part[0] == '"' && part[len(part)-1] == '"'
	}
	return part != ""
}

// find tells a text that is not in the catalogue as it stands: by its form if
// no captured part goes beyond a sentence, else sentence by sentence, else by
// any form, else by its parts.
func (b *book) find(text string, deep int) string {
	if t, ok := b.whole(text); ok {
		return t
	}
	if deep <= 0 || !hasLetters(text) {
		return text
	}
	if head, tail, ok := cutRequest(text); ok {
		return b.find(head, deep-1) + tail
	}
	if head, tail, ok := cutNote(text); ok {
		if note := head[1 : len(head)-2]; b.known(note) {
			head = "（" + b.find(note, deep-1) + "）"
		}
		return head + b.find(tail, deep-1)
	}
	if number, tail, ok := strings.Cut(text, " "); ok && fits('d', number) {
		if t, ok := b.whole(tail); ok { // a value and what it means
			return number + " " + t
		}
	}
	if at := strings.LastIndex(text, " ("); at > 0 && strings.HasSuffix(text, ")") {
		if t, ok := b.whole(text[:at]); ok { // our words and, behind them, a code
			return t + "（" + b.find(text[at+2:len(text)-1], deep-1) + "）"
		}
	}
	sentences := strings.Contains(text, fullStop)
	b.shape()
	for i := range b.forms {
		f := &b.forms[i]
		if parts, ok := f.match(text); ok && !slices.ContainsFunc(parts, func(part string) bool { return f.spans(part) && !b.known(part) }) {
			return b.put(f, parts, deep-1)
		}
	}
	if name, rule, ok := cutRule(text); ok {
		if t := b.find(rule, deep-1); t != rule {
			return name + " " + t
		}
	}
	if sentences {
		if t := b.split(text, deep-1); t != text {
			return t
		}
		for i := range b.forms {
			if parts, ok := b.forms[i].match(text); ok {
				return b.put(&b.forms[i], parts, deep-1)
			}
		}
	}
	return b.pieces(text, deep-1)
}

// known tells whether a text is of the catalogue from its beginning to its end.
func (b *book) known(text string) bool {
	if _, ok := b.whole(text); ok {
		return true
	}
	if _, rule, ok := cutRule(text); ok {
		text = rule
		if _, ok := b.whole(text); ok {
			return true
		}
	}
	b.shape()
	return slices.ContainsFunc(b.forms, func(f form) bool {
		parts, ok := f.match(text)
		return ok && f.lits[0] != "" && f.weight >= light && !slices.ContainsFunc(parts, f.spans)
	})
}

// whole is the entry of a text, with its full stop or without.
func (b *book) whole(text string) (string, bool) {
	if t, ok := b.texts[text]; ok {
		return unescape(t), true
	}
	if t, ok := b.texts[text+"."]; ok {
		return strings.TrimSuffix(unescape(t), "。"), true
	}
	return "", false
}

// fullStop ends a sentence that another one follows.
const fullStop = ". "

// light is the weight below which a form says so little that it may match by
// chance: it then keeps to one part of a sentence.
const light = 8

// spans tells whether a captured part goes beyond what the form is about.
func (f *form) spans(part string) bool {
	return strings.Contains(part, fullStop) || strings.HasSuffix(part, ".") || strings.Contains(part, "; ") && !strings.Contains(f.text, "; ") ||
		f.weight < light && (strings.Contains(part, ": ") || f.lits[0] == "" && prose(part))
}

// prose tells whether a text has three words of letters in a row.
func prose(part string) bool {
	run := 0
	for word := range strings.FieldsSeq(part) {
		if len(word) < 2 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz'-") != "" {
			run = 0
			continue
		}
		if run++; run == 3 {
			return true
		}
	}
	return false
}

// split tells sentences one after the other, taking together as many as the
// catalogue has as one text.
func (b *book) split(text string, deep int) string {
	for end := len(text); ; {
		at := strings.LastIndex(text[:end], fullStop)
		if at < 0 {
			break
		}
		if t, ok := b.texts[text[:at+1]]; ok {
			return unescape(t) + b.find(text[at+len(fullStop):], deep)
		}
		end = at
	}
	head, tail, _ := strings.Cut(text, fullStop)
	toldHead, toldTail := b.find(head+".", deep), b.find(tail, deep)
	if toldHead == head+"." && toldTail == tail {
		return text
	}
	if toldHead == head+"." {
		return head + fullStop + toldTail
	}
	return strings.TrimSuffix(toldHead, ".") + toldTail
}

// put writes captured parts into a translation. %s is told in its turn; %v
// and the other verbs keep what they got: it is data.
func (b *book) put(f *form, parts []string, deep int) string {
	var out strings.Builder
	next := 0
	for i := 0; i < len(f.says); i++ {
		if f.says[i] != '%' || i+1 == len(f.says) {
			out.WriteByte(f.says[i])
			continue
		}
		i++
		if f.says[i] == '%' {
			out.WriteByte('%')
			continue
		}
		if f.says[i] == '[' {
			end := strings.IndexByte(f.says[i:], ']')
			n, _ := strconv.Atoi(f.says[i+1 : i+end])
			next, i = n-1, i+end+1
		}
		for i < len(f.says)-1 && strings.IndexByte("0123456789.+-# ", f.says[i]) >= 0 {
			i++
		}
		if next >= 0 && next < len(parts) {
			if f.says[i] == 's' {
				out.WriteString(b.find(parts[next], deep))
			} else {
				out.WriteString(parts[next])
			}
		}
		next++
	}
	return out.String()
}

// unescape makes a translation without verbs of one that was written for
// Sprintf.
func unescape(s string) string { return strings.ReplaceAll(s, "%%", "%") }

// stop is a mark between parts of a sentence and what the language writes.
type stop struct{ en, other string }

var chineseStops = []stop{{"; ", "；"}, {": ", "："}, {", ", "，"}}

// pieces tells the parts of a sentence. Parts that nobody knows stay, and when
// no part is known the whole does.
func (b *book) pieces(text string, deep int) string {
	if deep <= 0 {
		return text
	}
	if head, ok := strings.CutSuffix(text, "."); ok {
		if t := b.find(head, deep); t != head {
			return t + "。"
		}
		return text
	}
	if at := strings.LastIndex(text, " ("); at > 0 && strings.HasSuffix(text, ")") && !strings.Contains(text[:at], "; ") {
		head, tail := text[:at], text[at+2:len(text)-1]
		if toldHead, toldTail := b.find(head, deep), b.find(tail, deep); toldHead != head || toldTail != tail {
			return toldHead + "（" + toldTail + "）"
		}
	}
	if at := strings.Index(text, " ("); at > 0 {
		if _, _, ok := cutNote(text[at+1:]); ok {
			if rest := b.find(text[at+1:], deep); rest != text[at+1:] {
				return b.find(text[:at], deep) + rest
			}
		}
	}
	for _, s := range b.stops {
		head, tail, ok := strings.Cut(text, s.en)
		if !ok || head == "" || tail == "" {
			continue
		}
		if toldHead, toldTail := b.find(head, deep), b.find(tail, deep); toldHead != head || toldTail != tail {
			return toldHead + s.other + toldTail
		}
	}
	return text
}
