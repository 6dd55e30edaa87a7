package main_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// text is one text that a person may see, and where it stands.
type text struct{ key, where string }

// speaking are the packages whose texts reach a person. The simulator speaks
// as the service does, in English.
var speaking = []string{"class", "client", "client/spec", "config", "keymap", "ops", "poll", "ui", "views", "cli", "serve", "engine", "tape"}

// written are files whose texts are not for the screen: the page of the
// settings, which is English, and what only machines read.
var written = []string{"config/reference.go", "serve/metrics.go", "cli/figures.go", "cli/hosts.go"}

// sayers are functions with a text among their arguments, by its index.
var sayers = map[string]int{
	"Say": 0, "Tell": 0, "tell": 0, "Word": 1, "oldNote": 1, "emptyTab": 5, "label": 0, "chart": 0, "AckMenu": 0, "Choices": 0,
	"given": 0, "graceSetting": 2, "choiceFlag": 4, "Bool": 2, "String": 2, "BoolVar": 3, "StringVar": 3, "IntVar": 3,
	"Uint64Var": 3, "Float64Var": 3, "DurationVar": 3, "DurationVarP": 4, "text": 1, "num": 1, "at": 1, "flag": 1, "kick": 0,
	"link": 0, "alert": 1, "seatAct": 2, "roomAct": 2, "line": 0,
}

// fields are those of structs that hold a text.
var fields = []string{
	"Title", "Help", "Hint", "Label", "Short", "Long", "Why", "Empty", "Problem", "Allowed", "Choices", "Warning", "Found",
	"title", "help", "hint", "label", "why", "empty", "about", "allowed", "verb", "past", "words", "name", "word", "idWord", "labels",
}

// worded are the functions and variables whose every literal is a word for
// people, though it may be only one.
var worded = map[string][]string{
	"class": {"String"},
	"ops":   {"End", "UnfinishedEnd", "What", "actions", "String"},
	"poll":  {"ruleTable", "ruletable"},
	"ui":    {"levelWords", "formats"},
	"views": {
		"Actions", "access", "briefs", "by", "endWord", "eventWords", "group", "groupKind", "groupWords", "leader", "leaderPart", "leftWords", "left", "lenses",
		"levelWord", "limitWords", "lockWord", "lockWays", "unlockWays", "lookWord", "onWord", "partName", "quitReasons",
		"seatLocks", "seatWord", "sessionState", "settings", "severities", "spelled", "stateCell", "stateName", "stateWord",
		"tabs", "transcodings", "trendPart", "turnWord", "verdict", "yes", "urgency", "cols", "askCreate", "content", "setup", "Render", "Note",
	},
	"keymap": {"groups"},
	"cli":    {"levelWord", "yes"},
}

var (
	verbs    = regexp.MustCompile(`%[-+# 0]*(\[\d+\])?[\d.*]*[a-zA-Z]`)
	letters  = regexp.MustCompile(`[A-Za-z]{2,}`)
	sentence = regexp.MustCompile(`[A-Za-z]{2,}[,:;.]? [A-Za-z(]|[A-Za-z] [a-z]{2,}`)
)

// texts collects every text of the house.
func texts(house map[string]*pkg) []text {
	var out []text
	for _, dir := range speaking {
		if house[dir] == nil {
			continue
		}
		for _, f := range house[dir].files {
			if !f.test && !slices.Contains(written, f.path) {
				c := &collector{file: f, dir: dir, seen: map[ast.Node]bool{}}
				c.collect()
				out = append(out, c.out...)
			}
		}
	}
	return out
}

// collector walks through one file.
type collector struct {
	*file
	dir   string
	seen  map[ast.Node]bool // literals that are told already, or are no text
	words bool              // inside of what is worded
	out   []text
}

func (c *collector) add(n ast.Node, key string) {
	if letters.MatchString(verbs.ReplaceAllString(key, "")) {
		c.out = append(c.out, text{key, c.find(n, "").where})
	}
}

func (c *collector) collect() {
	for _, d := range c.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			c.words = slices.Contains(worded[c.dir], d.Name.Name)
			c.walk(d)
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			for _, s := range d.Specs {
				v, ok := s.(*ast.ValueSpec)
				c.words = ok && (typed(v, "Group") || slices.ContainsFunc(v.Names, func(n *ast.Ident) bool { return slices.Contains(worded[c.dir], n.Name) }))
				c.walk(s)
			}
		}
	}
}

// typed tells whether constants are of a named type.
func typed(v *ast.ValueSpec, name string) bool {
	t, ok := v.Type.(*ast.Ident)
	return ok && t.Name == name
}

func (c *collector) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			if n.Tag != nil {
				c.seen[n.Tag] = true
			}
		case *ast.CallExpr:
			return c.call(n)
		case *ast.KeyValueExpr:
			c.field(n)
		case *ast.BinaryExpr:
			c.sum(n)
		case *ast.CaseClause:
			for _, e := range n.List {
				c.hush(e)
			}
		case *ast.IndexExpr:
			c.hush(n.Index)
		case *ast.BasicLit:
			c.literal(n, c.words)
		}
		return true
	})
}

// hush marks what is compared or looked up: it is no text.
func (c *collector) hush(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BasicLit); ok {
			c.seen[b] = true
		}
		return true
	})
}

// silent are functions whose arguments nobody reads, by their package or type.
var silent = []string{"strings", "regexp", "panic", "rescue", "filepath", "os", "slices", "MarkFlagsMutuallyExclusive", "Format", "HasCode", "Lookup", "Cut",
	"facts", "Info", "Warn", "Error", "Debug", "NewKey", "SetString", "Listen"}

func (c *collector) call(n *ast.CallExpr) bool {
	name, of := called(n)
	if slices.Contains(silent, name) || slices.Contains(silent, of) && name != "Join" && name != "TrimSpace" && name != "TrimSuffix" {
		for _, a := range n.Args {
			if _, ok := a.(*ast.BasicLit); ok {
				c.hush(a)
			}
		}
		return name != "panic" && of != "rescue" && of != "regexp"
	}
	if name == "seatAct" || name == "roomAct" || name == "memberAct" { // the words of a command
		c.hush(n.Args[1])
	}
	if name == "Join" && len(n.Args) == 2 {
		c.hush(n.Args[1])
	}
	first := map[string]int{"Message": 4, "head": 0, "heads": 0, "ok": 0, "warn": 0, "wrong": 0} // from there on all are texts
	if from, ok := first[name]; ok {
		for _, a := range n.Args[min(from, len(n.Args)):] {
			c.literals(a)
		}
	}
	if name == "chart" && len(n.Args) > 2 { // a name and a unit
		c.literals(n.Args[2])
	}
	i, ok := sayers[name]
	if !ok || i >= len(n.Args) {
		return true
	}
	if name == "Word" { // with a place it may have an entry of its own
		what, _ := literalOf(n.Args[0])
		c.hush(n.Args[0])
		if word, ok := literalOf(n.Args[1]); ok {
			c.hush(n.Args[1])
			c.add(n, what+"|"+word)
		}
		return true
	}
	c.literals(n.Args[i])
	return true
}

// literals takes every literal of an expression as a text.
func (c *collector) literals(n ast.Node) {
	ast.Inspect(n, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BinaryExpr:
			c.sum(x)
		case *ast.CallExpr:
			inner, _ := called(x)
			return inner == "either" || inner == "Sprintf"
		case *ast.BasicLit:
			c.literal(x, true)
		}
		return true
	})
}

// called is the name of a function that is called, and of what.
func called(n *ast.CallExpr) (name, of string) {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		return f.Name, ""
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			of = x.Name
		}
		return f.Sel.Name, of
	}
	return "", ""
}

func (c *collector) field(n *ast.KeyValueExpr) {
	key, ok := n.Key.(*ast.Ident)
	if !ok {
		c.hush(n.Key)
		return
	}
	switch {
	case key.Name == "Name" && c.dir != "config" && c.dir != "cli" && c.path != "views/registry.go", slices.Contains(fields, key.Name):
		ast.Inspect(n.Value, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.BinaryExpr:
				c.sum(x)
			case *ast.CallExpr, *ast.FuncLit:
				return false
			case *ast.BasicLit:
				c.literal(x, true)
			}
			return true
		})
	case slices.Contains([]string{"ID", "Key", "key", "id", "View", "Tab", "Use", "Example", "example", "field", "action", "Action", "env", "def", "reads"}, key.Name):
		c.hush(n.Value)
	}
}

// sum takes texts and values that are put together as one text with verbs.
func (c *collector) sum(n *ast.BinaryExpr) {
	if n.Op != token.ADD {
		if n.Op == token.EQL || n.Op == token.NEQ {
			c.hush(n.X)
			c.hush(n.Y)
		}
		return
	}
	if c.seen[n] {
		return
	}
	parts := summands(n)
	key, plain, any, whole := "", "", false, true
	for _, p := range parts {
		if s, ok := literalOf(p); ok {
			any = any || !c.seen[p]
			c.seen[p] = true
			key, plain = key+strings.ReplaceAll(s, "%", "%%"), plain+s
			continue
		}
		key, whole = key+"%s", false
	}
	if whole { // one text that is long
		key = plain
	}
	ast.Inspect(n, func(x ast.Node) bool {
		if b, ok := x.(*ast.BinaryExpr); ok {
			c.seen[b] = true
		}
		_, call := x.(*ast.CallExpr)
		return !call
	})
	if any {
		c.add(n, key)
	}
}

func summands(e ast.Expr) []ast.Expr {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return append(summands(e.X), summands(e.Y)...)
		}
	case *ast.ParenExpr:
		return summands(e.X)
	}
	return []ast.Expr{e}
}

func literalOf(e ast.Expr) (string, bool) {
	b, ok := e.(*ast.BasicLit)
	if !ok || b.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(b.Value)
	return s, err == nil
}

// said finds the texts in a template.
var said = regexp.MustCompile("\\.Say \"([^\"]+)\"")

func (c *collector) literal(n *ast.BasicLit, told bool) {
	s, ok := literalOf(n)
	if !ok || c.seen[n] {
		return
	}
	c.seen[n] = true
	if strings.Contains(s, "{{") {
		for _, m := range said.FindAllStringSubmatch(s, -1) {
			c.add(n, m[1])
		}
		return
	}
	if told || sentence.MatchString(verbs.ReplaceAllString(s, "")) {
		c.add(n, strings.ReplaceAll(s, "%w", "%s"))
	}
}
