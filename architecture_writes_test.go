package main_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// There is one way to write: ops.Runner. These rules close every other one, in
// the files of the program; what lies below (the client refuses every write
// when it is read-only) is client.TestReadOnlyRefusesEveryWrite's.
var writeRules = []rule{
	{
		name:    "writers go to ops only",
		instead: "hand an ops.Op to the Runner; cli/wire.go alone joins the client's Writer and ops",
		broken:  writerStaysIn,
		bad: []sample{
			{"views/a.go", `package views; func f(c interface{ Writer() int }) { c.Writer() }`},
			{"cli/act.go", `package cli; func f(l *link) { w := l.client.Writer; _ = w }`},
			{"cli/a.go", `package cli; import "classtop/client"; var w *client.Writer`},
			{"ui/a.go", `package ui; import "classtop/ops"; var s ops.Sender`},
			{"cli/a.go", `package cli; import o "classtop/ops"; func f() { _ = o.New(o.Config{}) }`},
			{"cli/a.go", `package cli; import "classtop/ops"; func f() *ops.Config { return new(ops.Config) }`},
		},
		good: []sample{
			{"cli/wire.go", `package cli; import "classtop/ops"; func f(l *link) { _ = ops.New(ops.Config{Sender: l.client.Writer()}) }`},
			{"ui/uitest/school.go", `package uitest; import "classtop/ops"; func f(c interface{ Writer() ops.Sender }) { _ = ops.Config{Sender: c.Writer()} }`},
			{"cli/a_test.go", `package cli; func f(l *link) { l.client.Writer() }`},
		},
	}, {
		name:    "nobody sends but ops",
		instead: "hand an ops.Op to the Runner",
		broken:  sendsElsewhere,
		bad: []sample{
			{"views/a.go", `package views; func f(x sender) { x.PickOnSeat(nil, 1, "u", 2) }`},
			{"cli/a.go", `package cli; import "context"; type s interface { End(ctx context.Context, room int) (string, error) }`},
			{"ui/a.go", `package ui; import "context"; func f(x any) { _ = x.(interface{ Kick(context.Context, int) error }) }`},
			{"poll/a.go", `package poll; func f(w writer) { _ = w.CallSigned }`},
		},
		good: []sample{
			{"ops/a.go", `package ops; func f(s Sender) { s.PickOnSeat(nil, 1, "u", 2) }`},
			{"views/a.go", `package views; import "classtop/keymap"; var k = keymap.Kick`},
			{"sim/a.go", `package sim; type a interface { End() int }`},
		},
	}, {
		name:    "one send in ops",
		instead: "add a row to ops: Runner.run checks, claims, writes the intent and sends once",
		broken:  sendsTwice,
		bad: []sample{
			{"ops/a.go", `package ops; func (r *Runner) other() { r.cfg.Sender.End(nil, 1) }`},
			{"ops/a.go", `package ops; func (r *Runner) Run() { r.send(nil, nil) }`},
			{"ops/a.go", `package ops; func (r *Runner) run() { r.send(nil, nil); r.send(nil, nil) }`},
			{"ops/a.go", `package ops; func (r *Runner) End() { r.run(nil) }`},
			{"ops/a.go", `package ops; func (r *Runner) send() { for { row.send(nil, r.cfg.Sender, nil) } }`},
			{"ops/a.go", `package ops; type extra struct { out Sender }`},
			{"ops/a.go", `package ops; func sendKick(s Sender) { s.Kick(); s.Kick() }`},
			{"ops/a.go", `package ops; func sendKick(s Sender) { for { s.Kick() } }`},
			{"ops/a.go", `package ops; func f() { sendKick(nil) }`},
		},
		good: []sample{{"ops/a.go", `package ops
			type Config struct { Sender Sender }
			func sendKick(s Sender) error { if x { return s.Kick() }; return s.End() }
			func rowOf() row { return row{send: sendKick} }
			func (r *Runner) send() { row.send(nil, r.cfg.Sender, nil) }
			func (r *Runner) run() { r.send(nil, nil) }
			func (r *Runner) Run() { r.run(nil) }`}},
	}, {
		name:    "one gate in the client",
		instead: "make it a method of Writer: the gate that read-only shuts looks at who asks",
		broken:  marksWriter,
		bad: []sample{
			{"client/a.go", `package client; func (c *Client) sneak(r *request) { r.writer = true }`},
			{"client/a.go", `package client; func (c *Client) sneak() { c.call(nil, "EndRoom", nil, TC3, true) }`},
			{"client/a.go", `package client; func f() { _ = &Writer{} }`},
		},
		good: []sample{{"client/a.go", `package client
			func (w *Writer) write(r *request) { r.writer = true; w.c.call(nil, "EndRoom", nil, TC3, true) }
			func (c *Client) Writer() *Writer { return &Writer{c} }`}},
	},
}

func TestOnlyOpsWrites(t *testing.T) {
	house := readHouse(t)
	for _, r := range writeRules {
		t.Run(r.name, func(t *testing.T) {
			for _, p := range house {
				for _, f := range r.broken(p) {
					t.Errorf("%s\n\tinstead: %s", f, r.instead)
				}
			}
		})
	}
}

func TestRulesOfWritesCanFail(t *testing.T) {
	for _, r := range writeRules {
		for _, s := range r.bad {
			assert.NotEmpty(t, r.broken(parsePkg(t, s)), "%s: %s: %s", r.name, s.path, s.source)
		}
		for _, s := range r.good {
			assert.Empty(t, r.broken(parsePkg(t, s)), "%s: %s: %s", r.name, s.path, s.source)
		}
	}
}

// The rules know the methods by name: a new one of Sender must be among them.
func TestEveryMethodOfSenderIsKnown(t *testing.T) {
	ops := readHouse(t)["ops"]
	found := 0
	for _, f := range ops.files {
		ast.Inspect(f.File, func(n ast.Node) bool {
			s, ok := n.(*ast.TypeSpec)
			if !ok || s.Name.Name != "Sender" {
				return true
			}
			for _, m := range s.Type.(*ast.InterfaceType).Methods.List {
				found++
				assert.Contains(t, senderMethods(), m.Names[0].Name)
			}
			return false
		})
	}
	assert.Equal(t, len(commonNames)+len(ownNames)-2, found, "all but Call and CallSigned are Sender's")
}

var (
	// wires lists the files that join Writer and ops: the program's and the
	// whole-program tests'.
	wires = []string{"cli/wire.go", "ui/uitest/school.go"}
	// commonNames are methods of Writer whose names mean other things too.
	commonNames = []string{"Kick", "End", "Start", "Send", "Call"}
	// ownNames are methods of Writer and of nothing else.
	ownNames = []string{
		"PickOnSeat", "TakeOffSeat", "LockSeat", "MoveToSeat", "BindDocument", "UnbindDocument", "CreateDocument", "DeleteDocument", "CallSigned",
		"MuteInChat", "SendNotice", "LetIn",
	}
)

func senderMethods() []string { return slices.Concat(commonNames, ownNames) }

// writerStaysIn finds who asks for a Writer, names its type or ops.Sender, or
// makes a Config that holds one.
func writerStaysIn(p *pkg) []finding {
	return p.selects(func(f *file, e *ast.SelectorExpr) bool {
		if p.dir == "client" || slices.Contains(wires, f.path) {
			return false
		}
		return e.Sel.Name == "Writer" && !of(f, e, "io", "Writer") && !of(f, e, "encoding/csv", "Writer") && !of(f, e, "bufio", "Writer") ||
			of(f, e, "classtop/ops", "Sender", "Config")
	})
}

// sendsElsewhere finds calls of the Writer's methods by name, and interfaces
// that a Writer would fit into.
func sendsElsewhere(p *pkg) []finding {
	if under(p.dir, "client") || p.dir == "ops" {
		return nil
	}
	reads := []string{"cli/write.go", "cli/call.go"} // Client.CallSigned, which refuses writes
	found := p.selects(func(f *file, e *ast.SelectorExpr) bool {
		return slices.Contains(ownNames, e.Sel.Name) && !(e.Sel.Name == "CallSigned" && slices.Contains(reads, f.path)) &&
			!of(f, e, "classtop/keymap", e.Sel.Name) && !of(f, e, "classtop/ops", e.Sel.Name)
	})
	for _, f := range p.files {
		ast.Inspect(f.File, func(n ast.Node) bool {
			i, ok := n.(*ast.InterfaceType)
			if !ok || f.test {
				return true
			}
			for _, m := range i.Methods.List {
				if takesContext(f, m.Type) && len(m.Names) == 1 && slices.Contains(senderMethods(), m.Names[0].Name) {
					found = append(found, f.find(m, "an interface that a Writer fits into: %s", m.Names[0].Name))
				}
			}
			return true
		})
	}
	return found
}

func takesContext(f *file, t ast.Expr) bool {
	fn, ok := t.(*ast.FuncType)
	if !ok || len(fn.Params.List) == 0 {
		return false
	}
	e, ok := fn.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && of(f, e, "context", "Context")
}

// sendsTwice walks the calls inside ops from the Runner to the Sender: Run, Serve,
// RunAll and Play call run, which calls send once, which calls the row's function once
// with the only Sender there is; each of those calls one method on each way.
func sendsTwice(p *pkg) (found []finding) {
	if p.dir != "ops" {
		return nil
	}
	for _, f := range p.files {
		for _, d := range f.Decls {
			if !f.test {
				found = append(found, sendsIn(f, d)...)
			}
		}
	}
	return found
}

// chain says who may call whom, and how often.
var chain = map[string]struct {
	by   []string
	most int
}{
	"run":    {[]string{"Run", "RunAll", "Play", "Serve"}, 1},
	"send":   {[]string{"run", "send"}, 1},
	"Sender": {[]string{"send"}, 1},
}

func sendsIn(f *file, d ast.Decl) (found []finding) {
	name, out := "", sender(d)
	if fn, ok := d.(*ast.FuncDecl); ok {
		name = fn.Name.Name
	}
	uses := map[string]int{}
	inLoop := loops(d)
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			found = append(found, keeps(f, d, n)...)
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && strings.HasPrefix(id.Name, "send") {
				found = append(found, f.find(n, "%s is for a row, not to be called", id.Name))
			}
		case *ast.SelectorExpr:
			on, _ := n.X.(*ast.Ident)
			rule, ok := chain[n.Sel.Name]
			switch {
			case ok:
				uses[n.Sel.Name]++
				again := uses[n.Sel.Name] > rule.most || inLoop(n) && n.Sel.Name != "run"
				if !slices.Contains(rule.by, name) || again {
					found = append(found, f.find(n, "%s must not use %s here or so often", name, n.Sel.Name))
				}
			case on != nil && out != "" && on.Name == out:
				if uses["out"]++; inLoop(n) || !strings.HasPrefix(name, "send") {
					found = append(found, f.find(n, "%s sends where it must not", name))
				}
			}
		}
		return true
	})
	if returns := returnsOf(d); out != "" && uses["out"] > max(1, returns) {
		found = append(found, f.find(d, "%s sends more than once", name))
	}
	return found
}

// sender is the name of a function's parameter of type Sender.
func sender(d ast.Decl) string {
	fn, ok := d.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	for _, p := range fn.Type.Params.List {
		if id, ok := p.Type.(*ast.Ident); ok && id.Name == "Sender" && len(p.Names) > 0 {
			return p.Names[0].Name
		}
	}
	return ""
}

// keeps finds a Sender in a struct other than Config.
func keeps(f *file, d ast.Decl, s *ast.StructType) (found []finding) {
	g, ok := d.(*ast.GenDecl)
	if ok && g.Tok == token.TYPE && g.Specs[0].(*ast.TypeSpec).Name.Name == "Config" {
		return nil
	}
	for _, field := range s.Fields.List {
		if id, ok := field.Type.(*ast.Ident); ok && id.Name == "Sender" {
			found = append(found, f.find(field, "only Config holds a Sender"))
		}
	}
	return found
}

func loops(d ast.Decl) func(ast.Node) bool {
	var spans []ast.Node
	ast.Inspect(d, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			spans = append(spans, n)
		}
		return true
	})
	return func(n ast.Node) bool {
		return slices.ContainsFunc(spans, func(s ast.Node) bool { return s.Pos() < n.Pos() && n.End() <= s.End() })
	}
}

func returnsOf(d ast.Decl) (n int) {
	ast.Inspect(d, func(x ast.Node) bool {
		if _, ok := x.(*ast.ReturnStmt); ok {
			n++
		}
		return true
	})
	return n
}

// marksWriter finds requests that claim to come from a Writer, and Writers
// that are made, outside Writer's own methods and Client.Writer.
func marksWriter(p *pkg) (found []finding) {
	if p.dir != "client" {
		return nil
	}
	for _, f := range p.files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if f.test || ok && (receiver(fn) == "Writer" || receiver(fn) == "Client" && fn.Name.Name == "Writer") {
				continue
			}
			found = append(found, claims(f, d)...)
		}
	}
	return found
}

func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	id, _ := t.(*ast.Ident)
	if id == nil {
		return ""
	}
	return id.Name
}

func claims(f *file, d ast.Decl) (found []finding) {
	is := func(e ast.Expr, word string) bool {
		id, ok := e.(*ast.Ident)
		return ok && id.Name == word
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if e, ok := n.Lhs[0].(*ast.SelectorExpr); ok && e.Sel.Name == "writer" && is(n.Rhs[0], "true") {
				found = append(found, f.find(n, "only a Writer's request is one"))
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && id.Name == "writer" {
				found = append(found, f.find(n, "only a Writer's request is one"))
			}
		case *ast.CallExpr:
			if e, ok := n.Fun.(*ast.SelectorExpr); ok && e.Sel.Name == "call" && len(n.Args) > 0 && !is(n.Args[len(n.Args)-1], "false") {
				found = append(found, f.find(n, "only a Writer's call writes"))
			}
		case *ast.CompositeLit:
			if id, ok := n.Type.(*ast.Ident); ok && id.Name == "Writer" {
				found = append(found, f.find(n, "only Client.Writer makes one"))
			}
		}
		return true
	})
	return found
}
