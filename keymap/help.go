package keymap

import (
	"slices"
	"strings"
)

// Row is one line of the help, the footer or the palette.
type Row struct {
	Action Action
	Keys   []string // the first is the one to show; none if only the x menu reaches it
	Short  string
	Long   string
	Writes bool
}

// Section is one group of the help.
type Section struct {
	Title string
	Rows  []Row
}

func (b Binding) row() Row {
	return Row{Action: b.Action, Keys: slices.Clone(b.Keys), Short: b.Short, Long: b.Long, Writes: b.Writes}
}

// Sections returns the whole table, by group.
func (m Map) Sections() []Section { return m.sections(func(Binding) bool { return true }) }

// Help returns what works in a place, by group, in the table's order.
func (m Map) Help(place Context) []Section {
	return m.sections(func(b Binding) bool { return b.sees(place) })
}

func (m Map) sections(want func(Binding) bool) []Section {
	var out []Section
	for _, g := range groups() {
		s := Section{Title: string(g)}
		for _, b := range m.rows {
			if b.Group == g && want(b) {
				s.Rows = append(s.Rows, b.row())
			}
		}
		if len(s.Rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// Commands returns every action that works in a place, for the palette.
func (m Map) Commands(place Context) []Row {
	var out []Row
	for _, b := range m.rows {
		if b.sees(place) {
			out = append(out, b.row())
		}
	}
	return out
}

// Footer returns what is worth a place in the footer, the nearest to the place
// first, each with its first key only. Actions without a key are left out.
func (m Map) Footer(place Context) []Row {
	var near, far []Row
	for _, b := range m.rows {
		if !b.Footer || len(b.Keys) == 0 || !b.sees(place) {
			continue
		}
		r := b.row()
		r.Keys = r.Keys[:1]
		if slices.Contains(b.In, place) {
			near = append(near, r)
		} else {
			far = append(far, r)
		}
	}
	return append(near, far...)
}

// Markdown returns the README's table of keys: every action with its name for
// the config, its keys and what it does. Lenses and tabs take one line each.
func (m Map) Markdown() string {
	var b strings.Builder
	b.WriteString("| key | does | name in the config |\n|---|---|---|\n")
	for _, s := range m.Sections() {
		b.WriteString("| | **" + s.Title + "** | |\n")
		if s.Title == string(GroupLens) || s.Title == string(GroupTab) {
			b.WriteString(folded(s))
			continue
		}
		for _, r := range s.Rows {
			b.WriteString(line(code(r.Keys...), r.Long, code(string(r.Action))))
		}
	}
	return b.String()
}

// folded writes a section as one line.
func folded(s Section) string {
	var keys, shorts, names []string
	for _, r := range s.Rows {
		keys = append(keys, code(r.Keys...))
		shorts = append(shorts, r.Short)
		names = append(names, code(string(r.Action)))
	}
	return line(strings.Join(keys, " "), strings.Join(shorts, ", "), strings.Join(names, " "))
}

func line(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

// code marks words as code; none means that the menu has it.
func code(words ...string) string {
	if len(words) == 0 {
		return "in `x`"
	}
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = "`" + strings.ReplaceAll(w, "|", "\\|") + "`"
	}
	return strings.Join(out, " ")
}
