package lang

import "strings"

// ones are the nouns that texts count, each with the word for a single one.
// This is all that English needs to say "1 class" and "2 classes" with one
// text, which is the key of its translation too.
var ones = map[string]string{
	"addresses": "address", "cameras": "camera", "cells": "cell", "classes": "class", "hand-ups": "hand-up", "hands": "hand",
	"keys": "key", "members": "member", "messages": "message", "microphones": "microphone", "mics": "mic", "notes": "note", "operations": "operation",
	"others": "other", "problems": "problem", "reasons": "reason", "rows": "row", "seats": "seat", "steps": "step",
	"students": "student", "targets": "target", "times": "time",
}

// counted is where a format counts a noun: after "%d ".
const counted = "%d "

// single puts the nouns of a format into the singular whose number is 1.
func single(format string, args []any) string {
	if !hasOne(args) || !strings.Contains(format, counted) {
		return format
	}
	verb := 0
	for i := 0; i < len(format)-1; i++ {
		switch {
		case format[i] != '%':
			continue
		case format[i+1] == '%':
			i++
			continue
		case strings.HasPrefix(format[i:], counted) && verb < len(args) && isOne(args[verb]):
			noun := nounAt(format[i+len(counted):])
			if one, ok := ones[noun]; ok {
				at := i + len(counted)
				format = format[:at] + one + format[at+len(noun):]
			}
		}
		verb++
	}
	return format
}

func hasOne(args []any) bool {
	for _, a := range args {
		if isOne(a) {
			return true
		}
	}
	return false
}

func isOne(a any) bool {
	switch n := a.(type) {
	case int:
		return n == 1
	case int64:
		return n == 1
	case uint64:
		return n == 1
	}
	return false
}

func nounAt(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' })
	if end < 0 {
		return text
	}
	return text[:end]
}

// twins are a format and what it becomes when one of its numbers is 1, so that
// a finished text is recognised in the singular too.
func twins(format string) []string {
	out := []string{format}
	for at := strings.Index(format, counted); at >= 0; {
		start := at + len(counted)
		noun := nounAt(format[start:])
		if one, ok := ones[noun]; ok {
			out = append(out, format[:start]+one+format[start+len(noun):])
		}
		next := strings.Index(format[start:], counted)
		if next < 0 {
			break
		}
		at = start + next
	}
	return out
}
