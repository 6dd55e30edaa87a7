package lang

import (
	_ "embed" // for the catalogues
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed zh.json
var zhTexts []byte

//go:embed zh_facts.json
var zhFacts []byte

var chinese = book{code: "zh", api: "zh-CN", files: [][]byte{zhTexts, zhFacts}, stops: chineseStops}

// book is the catalogue of one language: a map from English to its text. It is
// shared by all who read the language.
type book struct {
	code, api string
	files     [][]byte
	stops     []stop

	open  sync.Once
	texts map[string]string
	forms []form // texts with verbs, the most specific first

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
		b.texts, b.told = map[string]string{}, map[string]string{}
		for _, file := range b.files {
			if err := json.Unmarshal(file, &b.texts); err != nil {
				panic(fmt.Sprintf("lang: embedded catalogue of %s: %v", b.code, err))
			}
		}
		b.forms = formsOf(b.texts)
	})
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
