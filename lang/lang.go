// Package lang says classtop's texts in the reader's language. The English
// text in the code is the key of its translation, so that English costs
// nothing and the code reads as before. A language is a value that is handed
// down like the theme: one process can serve readers of several languages.
package lang

import (
	"fmt"
	"strings"
)

// Lang is a language. The zero value is English.
type Lang struct{ book *book }

// English is the language of the code.
var English = Lang{}

// Chinese is simplified Chinese. Its catalogue is read on first use.
var Chinese = Lang{&chinese}

// Say formats as fmt.Sprintf does, by the translation of the format. Without
// arguments the text is taken as it stands. Nouns that are counted are written
// in the plural; where the number is 1 English says the singular. A text that has no translation
// stays English.
func (l Lang) Say(format string, args ...any) string {
	if l.book != nil {
		if text, ok := l.book.exact(format); ok {
			format = text
		}
	}
	if len(args) == 0 {
		return format
	}
	if l.book == nil {
		format = single(format, args)
	}
	return fmt.Sprintf(format, args...)
}

// Word translates a word that means different things in different places, such
// as the head of a column; what is the name of the place. A translation for
// the place has "what|text" as its key, and counts before that of the text.
func (l Lang) Word(what, text string) string {
	if l.book == nil {
		return text
	}
	if t, ok := l.book.exact(what + "|" + text); ok {
		return t
	}
	return l.Tell(text)
}

// Tell translates a text that is already put together, such as an error or a
// reason of a layer that knows no languages: as a whole, by the format it was
// made with, or sentence by sentence. What it does not know stays as it is.
// It is for classtop's own words; strangers' texts must not be given to it.
func (l Lang) Tell(text string) string {
	if l.book == nil || !hasLetters(text) {
		return text
	}
	return l.book.tell(text)
}

// Code is the language's short name, as in the configuration: en or zh.
func (l Lang) Code() string {
	if l.book != nil {
		return l.book.code
	}
	return "en"
}

// API is the value of X-TC-Language: en-US or zh-CN.
func (l Lang) API() string {
	if l.book != nil {
		return l.book.api
	}
	return "en-US"
}

// Named returns the language of a short name: en or zh.
func Named(code string) (Lang, bool) {
	switch code {
	case "en":
		return English, true
	case "zh":
		return Chinese, true
	}
	return English, false
}

// OfLocale finds the language in the environment as POSIX orders it: the first
// of LC_ALL, LC_MESSAGES and LANG that is set decides, alone.
func OfLocale(env func(name string) (value string, set bool)) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _ := env(name); v != "" {
			if locale := strings.ToLower(v); locale == "zh" || strings.HasPrefix(locale, "zh_") || strings.HasPrefix(locale, "zh-") || strings.HasPrefix(locale, "zh.") {
				return Chinese
			}
			return English
		}
	}
	return English
}

func hasLetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}
