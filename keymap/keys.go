package keymap

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"classtop/class/nearest"
)

// modifiers in the order in which Bubble Tea writes them.
var modifiers = []string{"ctrl", "alt", "shift", "meta", "hyper", "super"}

// named are the keys that have a name instead of a character.
var named = []string{
	"enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "insert", "delete",
	"pgup", "pgdown", "home", "end", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// chinese are the marks that Chinese input methods type for keys which have no
// full-width form there: the key with [ types 【, that with / types 、.
var chinese = map[rune]string{
	'【': "[", '】': "]", '「': "{", '」': "}", '『': "{", '』': "}", '《': "<", '》': ">", '、': "/", '·': "`", '￥': "$",
	'“': `"`, '”': `"`, '‘': "'", '’': "'",
}

// Normalize gives the ASCII twin of a key that an input method typed in its
// full-width form (U+FF01 to U+FF5E and the ideographic space) or as a Chinese
// mark: ： becomes :, Ｋ becomes K and 【 becomes [. Other keys stay as they are.
func Normalize(key string) string {
	r, size := utf8.DecodeRuneInString(key)
	switch {
	case key == "alt+esc": // two presses that a slow line brought together
		return "esc"
	case size != len(key):
		return key
	case r == ' ' || r == '\u3000':
		return "space"
	case r >= 0xFF01 && r <= 0xFF5E:
		return string(r - 0xFF01 + '!')
	case chinese[r] != "":
		return chinese[r]
	}
	return key
}

// parseKey returns the key as Bubble Tea would write it, or says what is
// wrong with it.
func parseKey(key string) (string, error) {
	key = Normalize(key)
	last, mods := key, []string(nil)
	if cut := strings.LastIndexByte(key[:max(0, len(key)-1)], '+'); cut >= 0 {
		last, mods = Normalize(key[cut+1:]), strings.Split(key[:cut], "+")
	}
	for _, m := range mods {
		if !slices.Contains(modifiers, m) {
			return "", unknownKey(key, m, modifiers)
		}
	}
	if !slices.Contains(named, last) && !printable(last) {
		return "", unknownKey(key, last, named)
	}
	if slices.Equal(mods, []string{"shift"}) && printable(last) {
		return "", fmt.Errorf("the key %q is written %q", key, strings.ToUpper(last))
	}
	slices.SortFunc(mods, func(a, b string) int { return slices.Index(modifiers, a) - slices.Index(modifiers, b) })
	return strings.Join(append(slices.Compact(mods), last), "+"), nil
}

func unknownKey(key, part string, known []string) error {
	if near := nearest.Name(part, known); near != "" {
		return fmt.Errorf("there is no key %q: did you mean %q?", key, strings.Replace(key, part, near, 1))
	}
	return fmt.Errorf("there is no key %q: write one character, or a name such as enter, space, pgup, f5, ctrl+d", key)
}

// printable tells whether the key is one character that can be seen.
func printable(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size > 0 && size == len(key) && r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r)
}

// upperLetter tells whether the key is one of A to Z.
func upperLetter(key string) bool { return len(key) == 1 && key[0] >= 'A' && key[0] <= 'Z' }
