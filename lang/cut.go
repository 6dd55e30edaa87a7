package lang

import (
	"slices"
	"strings"
)

// cutRequest takes the RequestId off the end of a text.
func cutRequest(text string) (head, tail string, ok bool) {
	for _, mark := range []string{" RequestId ", " [RequestId "} {
		at := strings.LastIndex(text, mark)
		if at > 0 && !strings.Contains(text[at+len(mark):], " ") && strings.HasPrefix(mark, " [") == strings.HasSuffix(text, "]") {
			return text[:at], text[at:], true
		}
	}
	return "", "", false
}

// What is said of a parameter begins with one of rules; what an action was
// about, with one of things.
var (
	rules  = []string{"must ", "is not a ", "is required"}
	things = []string{"room ", "user ", "document ", "question "}
)

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// cutRule takes the name of a parameter or an action off the beginning of what
// is said of it: RoomInfos[0].Name must be text; DescribeRoom room 7.
func cutRule(text string) (name, rule string, ok bool) {
	name, rule, ok = strings.Cut(text, " ")
	if !ok || name == "" || strings.HasSuffix(name, ":") || !strings.ContainsAny(name[:1], capitals+`"`) {
		return "", "", false
	}
	begins := func(word string) bool { return strings.HasPrefix(rule, word) }
	return name, rule, slices.ContainsFunc(rules, begins) || strings.ContainsAny(name[1:], capitals) && slices.ContainsFunc(things, begins)
}

// cutNote takes the service's own words, which stand in parentheses between
// ours, off the beginning of a text.
func cutNote(text string) (head, tail string, ok bool) {
	end := strings.Index(text, ") ")
	if !strings.HasPrefix(text, "(") || end < 0 {
		return "", "", false
	}
	return text[:end+2], text[end+2:], true
}
