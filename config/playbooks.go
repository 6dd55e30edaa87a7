package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"classtop/class"

	"github.com/goccy/go-yaml/ast"
)

// mostName caps a playbook's name, in characters.
const mostName = 40

// playbook takes one entry of playbooks.
func (f *file) playbook(name string, m *ast.MappingValueNode) error {
	book := class.Playbook{Name: name}
	at := "playbooks." + name
	fault := func(n ast.Node, key, problem, allowed string) error {
		return &Error{Where: f.path, Line: n.GetToken().Position.Line, Key: key, Problem: problem, Allowed: allowed}
	}
	switch {
	case name == "" || utf8.RuneCountInString(name) > mostName || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fault(m.Key, at, "not a name", fmt.Sprintf("a name is one line of at most %d characters", mostName))
	case slices.ContainsFunc(f.playbooks, func(b class.Playbook) bool { return b.Name == name }):
		return fault(m.Key, at, "the name is there twice", "give each playbook a name of its own")
	}
	err := f.each(m.Value, at, func(key string, m *ast.MappingValueNode) error {
		switch key {
		case "about":
			v, err := f.scalar(m, at+".about")
			book.About = v.text
			return err
		case "steps":
			return f.steps(&book, m, at+".steps")
		}
		problem, allowed := unknown("key", key, []string{"about", "steps"})
		return fault(m.Key, at+"."+key, problem, allowed)
	})
	if err != nil {
		return err
	}
	if len(book.Steps) == 0 {
		return fault(m.Key, at, "it has no steps", "write steps: and below it a list, such as - notice: Please be quiet")
	}
	f.playbooks = append(f.playbooks, book)
	return nil
}

// steps takes the list of steps. Waits become part of the step behind them.
func (f *file) steps(book *class.Playbook, m *ast.MappingValueNode, at string) error {
	list, ok := m.Value.(*ast.SequenceNode)
	if !ok {
		return &Error{Where: f.path, Line: line(m), Key: at, Problem: "not a list", Allowed: "write each step on a line of its own: - mute: 10m"}
	}
	wait := class.Step{}
	last := 0
	for i, n := range list.Values {
		s, err := f.step(n, fmt.Sprintf("%s[%d]", at, i+1))
		if err != nil {
			return err
		}
		last = n.GetToken().Position.Line
		wait.After += s.After
		if s.Do == "" {
			continue
		}
		s.After, wait.After = wait.After, 0
		book.Steps = append(book.Steps, s)
	}
	switch {
	case wait.After > 0:
		return &Error{Where: f.path, Line: last, Key: fmt.Sprintf("%s[%d]", at, len(list.Values)), Problem: "a wait that nothing comes after", Allowed: "take it away, or add what is done then"}
	case len(book.Steps) > class.MostSteps:
		return &Error{Where: f.path, Line: line(m), Key: at, Problem: fmt.Sprintf("%d steps", len(book.Steps)), Allowed: fmt.Sprintf("at most %d", class.MostSteps)}
	}
	return nil
}

// step takes one item of the list: a word alone, or a word with what it takes
// and perhaps go_on.
func (f *file) step(n ast.Node, at string) (class.Step, error) {
	if word, ok := n.(ast.ScalarNode); ok {
		return f.word(n.GetToken().Position.Line, at, strings.TrimSpace(word.GetToken().Value), "")
	}
	var s class.Step
	var goOn, given bool
	err := f.each(n, at, func(key string, m *ast.MappingValueNode) error {
		v, err := f.scalar(m, at+"."+key)
		if err != nil {
			return err
		}
		if key == "go_on" {
			if setBool(&goOn, v.text) != nil {
				return &Error{Where: f.path, Line: v.line, Key: at + ".go_on", Problem: fmt.Sprintf("%q is not allowed", v.text), Allowed: "allowed: true or false"}
			}
			return nil
		}
		if given {
			return &Error{Where: f.path, Line: v.line, Key: at + "." + key, Problem: "a second action in one step", Allowed: "begin a step of its own with -"}
		}
		given = true
		s, err = f.word(v.line, at, key, v.text)
		return err
	})
	if err == nil && !given {
		err = &Error{Where: f.path, Line: n.GetToken().Position.Line, Key: at, Problem: "a step without an action", Allowed: "allowed: " + strings.Join(class.StepWords(), ", ")}
	}
	s.GoOn = goOn
	return s, err
}

// word makes a step of a word and its value.
func (f *file) word(line int, at, word, value string) (class.Step, error) {
	s, err := class.NewStep(word, value)
	switch {
	case err == nil:
		return s, nil
	case !slices.Contains(class.StepWords(), word):
		problem, allowed := unknown("step", word, class.StepWords())
		return s, &Error{Where: f.path, Line: line, Key: at, Problem: problem, Allowed: allowed}
	}
	return s, &Error{Where: f.path, Line: line, Key: at + "." + word, Problem: fmt.Sprintf("%q is not allowed", value), Allowed: "allowed: " + err.Error()}
}
