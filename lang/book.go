package lang

import (
	_ "embed" // for the catalogues
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed zh.json
var zhTexts string

//go:embed zh_facts.json
var zhFacts string

var chinese = book{code: "zh", api: "zh-CN", files: []string{zhFacts, zhTexts}, stops: chineseStops}

// book is the catalogue of one language: a map from English to its text. It is
// shared by all who read the language.
type book struct {
	code, api string
	files     []string
	stops     []stop

	open  sync.Once
	texts map[string]string

	shaped sync.Once
	forms  []form // texts with verbs, the most specific first

	mu   sync.Mutex
	told map[string]string // what Tell found, for the next frame
}

// mostTold bounds the memory of what was told: ages and counts make new texts
// for ever.
const mostTold = 4096

// load decodes the catalogue. Damage in it is a fault of the build, which the
// package's tests would have found, so it panics.
func (b *book) load() {
	b.open.Do(func() {
		b.texts, b.told = make(map[string]string, 4096), map[string]string{}
		for _, file := range b.files {
			if err := read(file, b.texts); err != nil {
				panic(fmt.Sprintf("lang: embedded catalogue of %s: %v", b.code, err))
			}
		}
	})
}

// shape takes the formats apart when the first text must be recognised.
func (b *book) shape() { b.shaped.Do(func() { b.forms = formsOf(b.texts) }) }

// read takes a catalogue in: JSON with one text a line, as a test holds it.
// Package json would take ten times as long, at every start in that language.
func read(file string, into map[string]string) error {
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if line == "{" || line == "}" || line == "{}" {
			continue
		}
		key, rest, err := quoted(line)
		if err != nil {
			return err
		}
		text, _, err := quoted(strings.TrimPrefix(rest, ": "))
		if err != nil {
			return err
		}
		into[key] = text
	}
	return nil
}

// quoted takes a JSON string off the beginning of a line.
func quoted(line string) (text, rest string, err error) {
	end := 1
	for end < len(line) && line[end] != '"' {
		if line[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(line) || line[0] != '"' {
		return "", "", fmt.Errorf("no text in %q", line)
	}
	if text, rest = line[1:end], line[end+1:]; strings.IndexByte(text, '\\') >= 0 {
		text, err = strconv.Unquote(line[:end+1])
	}
	return text, rest, err
}

func (b *book) exact(text string) (string, bool) {
	b.load()
	t, ok := b.texts[text]
	return t, ok
}

func (b *book) tell(text string) string {
	b.load()
	if t, ok := b.texts[text]; ok {
		return unescape(t)
	}
	b.mu.Lock()
	t, ok := b.told[text]
	b.mu.Unlock()
	if ok {
		return t
	}
	t = b.find(text, deepest)
	b.mu.Lock()
	if len(b.told) >= mostTold {
		clear(b.told)
	}
	b.told[text] = t
	b.mu.Unlock()
	return t
}
