package main_test

import (
	"go/ast"
	"slices"
	"strings"
)

// rawAllowed lists the files beyond client that call a method named Raw or
// Reveal, and why.
var rawAllowed = []string{
	"cli/write.go",         // `call` prints the whole answer of what was asked for by name
	"class/text.go",        // a pseudonym stands for what the wire said
	"class/clean/clean.go", // the cleaned form of what a pseudonym stands for
	"config/setup.go",      // a person who has no key file yet asked for one to be written
	"ui/secret.go",         // a secret is shown or copied when a person presses the key for it
	"engine/call.go",       // the answer of a call by name goes to the host of the person who asked
	"tape/wire.go",         // another host may have to send it back to a service
	"ui/look.go",           // Raw of a view: the object behind the row, not of a Text
	"views/room.go",        // the same
}

func rawStaysIn(p *pkg) []finding {
	fields := p.fieldsNamedRaw()
	called := p.called()
	return p.selects(func(f *file, e *ast.SelectorExpr) bool {
		return p.dir != "client" && !slices.Contains(rawAllowed, f.path) &&
			(e.Sel.Name == "Reveal" || e.Sel.Name == "Raw" && (called[e] || !fields))
	})
}

// called collects the x.y that are called.
func (p *pkg) called() map[ast.Expr]bool {
	called := map[ast.Expr]bool{}
	for _, f := range p.files {
		ast.Inspect(f.File, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				called[c.Fun] = true
			}
			return true
		})
	}
	return called
}

// fieldsNamedRaw tells whether a struct of the package has a field of that
// name, which is not class.Text's method.
func (p *pkg) fieldsNamedRaw() (has bool) {
	for _, f := range p.files {
		ast.Inspect(f.File, func(n ast.Node) bool {
			if s, ok := n.(*ast.StructType); ok {
				for _, field := range s.Fields.List {
					has = has || slices.ContainsFunc(field.Names, func(n *ast.Ident) bool { return n.Name == "Raw" })
				}
			}
			return true
		})
	}
	return has
}

const (
	maxFile     = 400 // lines
	maxFunction = 60
)

func shortFiles(p *pkg) (found []finding) {
	for _, f := range p.files {
		if n := f.lines(f.FileStart, f.FileEnd); !f.test && n > maxFile {
			found = append(found, f.find(f.Name, "the file has %d lines", n))
		}
	}
	return found
}

func shortFunctions(p *pkg) (found []finding) {
	for _, f := range p.files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || f.test {
				continue
			}
			if n := f.lines(fn.Pos(), fn.End()); n > maxFunction {
				found = append(found, f.find(fn, "%s has %d lines", fn.Name.Name, n))
			}
		}
	}
	return found
}

// noRealSleep looks for time.Sleep in test files outside a synctest bubble. A
// test is in one if it calls synctest.Test or a helper of its package that
// does; helpers may sleep where the package has such a one.
func noRealSleep(p *pkg) (found []finding) {
	makers := p.bubbleMakers()
	for _, f := range p.files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !f.test || fn.Body == nil {
				continue
			}
			safe := callsAny(f, fn, makers) || len(makers) > 0 && !strings.HasPrefix(fn.Name.Name, "Test")
			ast.Inspect(fn, func(n ast.Node) bool {
				if e, ok := n.(*ast.SelectorExpr); ok && !safe && of(f, e, "time", "Sleep") {
					found = append(found, f.find(e, "%s sleeps in real time", fn.Name.Name))
				}
				return true
			})
		}
	}
	return found
}

// bubbleMakers names synctest.Test and the functions of the package that lead
// to it.
func (p *pkg) bubbleMakers() map[string]bool {
	makers := map[string]bool{}
	for grew := true; grew; {
		grew = false
		for _, f := range p.files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && f.test && !makers[fn.Name.Name] && callsAny(f, fn, makers) {
					makers[fn.Name.Name], grew = true, true
				}
			}
		}
	}
	return makers
}

func callsAny(f *file, fn *ast.FuncDecl, makers map[string]bool) (calls bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch to := call.Fun.(type) {
		case *ast.SelectorExpr:
			calls = calls || of(f, to, "testing/synctest", "Test")
		case *ast.Ident:
			calls = calls || makers[to.Name]
		}
		return true
	})
	return calls
}

// bareGoroutines finds what starts a goroutine whose panic nobody would catch.
func bareGoroutines(p *pkg) (found []finding) {
	if under(p.dir, "class/rescue", "ui/uitest") {
		return nil
	}
	for _, f := range p.files {
		if f.test {
			continue
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				found = append(found, f.find(n, "a goroutine without a net"))
			case *ast.CallExpr:
				e, ok := n.Fun.(*ast.SelectorExpr)
				if ok && f.starts(e) && !f.netted(n.Args[len(n.Args)-1]) {
					found = append(found, f.find(n, "%s starts a goroutine without a net", e.Sel.Name))
				}
			}
			return true
		})
	}
	return found
}

// starts tells whether a call starts a goroutine of the function it is given.
func (f *file) starts(e *ast.SelectorExpr) bool {
	return of(f, e, "time", "AfterFunc") || of(f, e, "context", "AfterFunc") ||
		e.Sel.Name == "Go" && !of(f, e, "classtop/class/rescue", "Go")
}

func (f *file) netted(arg ast.Expr) bool {
	call, ok := arg.(*ast.CallExpr)
	if !ok {
		return false
	}
	e, ok := call.Fun.(*ast.SelectorExpr)
	return ok && of(f, e, "classtop/class/rescue", "Func")
}
