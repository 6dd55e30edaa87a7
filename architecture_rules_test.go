package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// pkg is one folder of Go files.
type pkg struct {
	dir   string // client/spec; "." for the root
	files []*file
}

type file struct {
	*ast.File
	set  *token.FileSet
	path string
	test bool
}

// finding is one breach and its place.
type finding struct{ where, what string }

func (f finding) String() string { return f.where + ": " + f.what }

// addFile parses one file (source nil reads it) into its package.
func addFile(house map[string]*pkg, name string, source any) error {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, name, source, parser.ParseComments)
	if err != nil {
		return err
	}
	dir := path.Dir(name)
	if house[dir] == nil {
		house[dir] = &pkg{dir: dir}
	}
	house[dir].files = append(house[dir].files, &file{parsed, set, name, strings.HasSuffix(name, "_test.go")})
	return nil
}

func (f *file) find(n ast.Node, what string, args ...any) finding {
	at := f.set.Position(n.Pos())
	return finding{fmt.Sprintf("%s:%d", f.path, at.Line), fmt.Sprintf(what, args...)}
}

func (f *file) lines(from, to token.Pos) int {
	return f.set.Position(to).Line - f.set.Position(from).Line + 1
}

// local is the name under which the file knows an import; "" if it does not.
func (f *file) local(module string) string {
	for _, s := range f.Imports {
		if importPath(s) != module {
			continue
		}
		if s.Name != nil {
			return s.Name.Name
		}
		base := path.Base(module)
		if len(base) > 1 && base[0] == 'v' && base[1] >= '0' && base[1] <= '9' {
			base = path.Base(path.Dir(module))
		}
		return base
	}
	return ""
}

func importPath(s *ast.ImportSpec) string {
	p, _ := strconv.Unquote(s.Path.Value)
	return p
}

// imports applies a test to every import of the package's files.
func (p *pkg) imports(tests bool, wrong func(f *file, module string) bool) (found []finding) {
	for _, f := range p.files {
		for _, s := range f.Imports {
			if (tests || !f.test) && wrong(f, importPath(s)) {
				found = append(found, f.find(s, "must not import %s", importPath(s)))
			}
		}
	}
	return found
}

// under tells whether a path is one of the roots or below one.
func under(p string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return p == r || strings.HasPrefix(p, r+"/") })
}

// screen tells whether the package draws; the test rig does not.
func (p *pkg) screen() bool {
	return under(p.dir, "ui", "views") && p.dir != "ui/uitest"
}

var (
	uiMay    = []string{"class", "class/clean", "class/rescue", "client/spec", "keymap", "lang", "poll", "ops", "ui/paint", "ui/table", "ui/theme"}
	viewsMay = append(slices.Clone(uiMay), "ui")
	serveMay = append(slices.Clone(viewsMay), "views", "config")
)

// mayImport says which packages of the house a package may import. Files of
// tests may import more, with the exception in houseImports.
var mayImport = map[string][]string{
	".":             {"cli"},
	"class":         {},
	"class/clean":   {"class"},
	"faults":        {},
	"class/rescue":  {},
	"class/nearest": {},
	"keymap":        {"class/nearest"},
	"lang":          {},
	"client/spec":   {"class/nearest"},
	"client":        {"class", "class/clean", "client/spec"},
	"config":        {"class", "class/nearest", "keymap"},
	"poll":          {"class", "class/rescue"},
	"ops":           {"class", "class/rescue"},
	"sim":           {"class", "client/spec"},
	"tape":          {"class", "class/clean", "class/rescue", "poll"},
	"engine":        {"class", "class/clean", "class/rescue", "ops", "poll", "tape"},
	"ui":            uiMay,
	"ui/paint":      nil,
	"ui/table":      {"class", "class/clean", "keymap", "lang", "ui/theme"},
	"ui/theme":      {"class", "class/clean", "lang"},
	"ui/uitest":     append(slices.Clone(viewsMay), "client", "client/spec", "sim"),
	"views":         viewsMay,
	"serve":         serveMay,
	"cli":           append(slices.Clone(serveMay), "class/nearest", "lang", "serve", "engine", "client", "client/spec", "sim", "tape"),
}

func houseImports(p *pkg) []finding {
	allowed, known := mayImport[p.dir]
	if !known {
		f := p.files[0]
		return []finding{f.find(f.Name, "%s is a package that mayImport does not know", p.dir)}
	}
	return p.imports(true, func(f *file, module string) bool {
		inside, ours := strings.CutPrefix(module, "classtop/")
		switch {
		case !ours:
			return false
		case f.test: // a fault of encoding must not cancel out against itself
			return p.dir == "sim" && inside == "client"
		}
		return !slices.Contains(allowed, inside)
	})
}

// leaves name the modules that packages at the bottom may use.
var leaves = map[string][]string{
	"class": nil, "class/nearest": nil, "class/rescue": nil, "keymap": nil, "lang": nil, "client/spec": nil,
	"class/clean": {
		"github.com/charmbracelet/x/ansi", "github.com/clipperhouse/displaywidth",
		"github.com/clipperhouse/uax29/v2", "github.com/mattn/go-runewidth",
	},
}

func leafImports(p *pkg) []finding {
	modules, leaf := leaves[p.dir]
	return p.imports(false, func(_ *file, module string) bool {
		first, _, _ := strings.Cut(module, "/")
		return leaf && strings.Contains(first, ".") && !under(module, modules...)
	})
}

func teaAtHome(p *pkg) []finding {
	return p.imports(true, func(_ *file, module string) bool {
		return !under(p.dir, "ui", "views", "serve") &&
			under(module, "charm.land/bubbletea", "charm.land/bubbles", "charm.land/huh")
	})
}

func bannedImports(p *pkg) []finding {
	return p.imports(true, func(_ *file, module string) bool {
		return module == "math/rand" || module == "text/template" || module == "html/template" || strings.HasSuffix(module, "lipgloss/v2/compat") ||
			under(module, "github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles", "github.com/charmbracelet/lipgloss")
	})
}

func noNetwork(p *pkg) []finding {
	return p.imports(false, func(_ *file, module string) bool {
		return p.screen() && (module == "net" || under(module, "net/http"))
	})
}

// selects applies a test to every x.y of the files that are no tests.
func (p *pkg) selects(wrong func(f *file, e *ast.SelectorExpr) bool) (found []finding) {
	for _, f := range p.files {
		if f.test {
			continue
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok && wrong(f, e) {
				found = append(found, f.find(e, "must not use %s here", e.Sel.Name))
			}
			return true
		})
	}
	return found
}

// of tells whether the expression is module.name for one of the names.
func of(f *file, e *ast.SelectorExpr, module string, names ...string) bool {
	x, ok := e.X.(*ast.Ident)
	return ok && x.Name == f.local(module) && slices.Contains(names, e.Sel.Name)
}

func noAmbient(p *pkg) []finding {
	return p.selects(func(f *file, e *ast.SelectorExpr) bool {
		return p.screen() && (of(f, e, "time", "Now", "Since", "Until", "Local") ||
			of(f, e, "os", "Getenv", "LookupEnv", "Environ", "ExpandEnv"))
	})
}

func noPackageStyles(p *pkg) (found []finding) {
	for _, f := range p.files {
		lipgloss := f.local("charm.land/lipgloss/v2")
		if f.test || !p.screen() || lipgloss == "" {
			continue
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			ast.Inspect(g, func(n ast.Node) bool {
				if x, ok := n.(*ast.Ident); ok && x.Name == lipgloss {
					found = append(found, f.find(x, "a variable of the package holds a style"))
				}
				return true
			})
		}
	}
	return found
}

// verified finds switches that would take away the check of certificates, or
// put another check in its place.
func verified(p *pkg) (found []finding) {
	for _, f := range p.files {
		ast.Inspect(f.File, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && slices.Contains([]string{"InsecureSkipVerify", "VerifyPeerCertificate", "InsecureIgnoreHostKey"}, id.Name) && !f.test {
				found = append(found, f.find(id, "must not use %s", id.Name))
			}
			return true
		})
	}
	return found
}
