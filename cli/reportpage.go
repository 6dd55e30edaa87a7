package cli

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"classtop/ops"
)

// page is a report as both formats need it: plain text, not escaped.
type page struct {
	code        string // of the language
	title, lead string
	problem     string // why the report is not complete
	parts       []part
}

type part struct {
	head, text string
	list       []string
	heads      []string
	rows       []line
}

// line is a row of a table; bad ones need a person.
type line struct {
	bad   bool
	cells []string
}

// page lays the report out.
func (s *shift) page() page {
	p := page{code: s.lang.Code(), title: s.lang.Say("Shift report: %s", s.Profile), problem: s.incomplete(),
		lead: s.lang.Say("%s to %s, written by %s.", s.When(s.From), s.When(s.To), s.Operator)}
	p.parts = []part{s.watchedPart(), s.openPart(), s.notePart(), s.donePart()}
	return p
}

func (s *shift) incomplete() string {
	if s.Problem == "" {
		return ""
	}
	return s.lang.Say("Not complete: %s", s.Problem)
}

func (s *shift) openPart() part {
	p := part{head: s.lang.Say("Open"), heads: s.heads("What", "Who or where", "Class", "State"),
		text: s.lang.Say("%d of unknown end, %d not on time, %d members kept out.", len(s.Open), len(s.Late), len(s.Out))}
	add := func(bad bool, cells ...string) { p.rows = append(p.rows, line{bad, cells}) }
	for _, r := range s.Open {
		add(true, s.lang.Tell(r.What()), s.target(r), r.Intent.RoomName, s.lang.Say("%s: look at the target", s.lang.Tell(r.End())))
	}
	for _, r := range s.Late {
		add(false, s.lang.Say("class"), r.ID.String(), r.Name.String(), s.Why(r))
	}
	for _, k := range s.Out {
		add(false, s.lang.Say("kept out"), k.Target(), k.Intent.RoomName, s.Until(k))
	}
	return p
}

func (s *shift) notePart() part {
	p := part{head: s.lang.Say("Notes"), heads: s.heads("Time", "Class", "About", "Note", "By"), text: s.lang.Say("%d notes.", len(s.Notes))}
	for _, n := range s.Notes {
		p.rows = append(p.rows, line{false, []string{s.When(n.Time), strings.TrimSpace(n.RoomName + " " + n.Room.String()), n.About(), n.Text, n.By}})
	}
	return p
}

func (s *shift) donePart() part {
	p := part{head: s.lang.Say("Done"), heads: s.heads("Time", "Action", "Target", "Class", "Operator", "End", "Reason", "RequestId"),
		text: s.lang.Say("%d operations, %d of them done.", len(s.Deeds), s.Done())}
	for _, r := range s.Deeds {
		p.rows = append(p.rows, line{!r.OK(), []string{s.When(r.Intent.Time), s.lang.Tell(r.What()), s.target(r), r.Intent.RoomName,
			r.Intent.Operator, s.lang.Tell(r.End()), r.Intent.Reason, r.Outcome.RequestID}})
	}
	return p
}

// target names what an operation was aimed at: a seat in the reader's language,
// a person and a class by their names.
func (s *shift) target(r ops.Record) string {
	if e := r.Intent; e.Seat != nil && e.User == "" {
		return s.lang.Say("seat %d", *e.Seat)
	}
	return r.Target()
}

// heads are the heads of a table in the reader's language.
func (s *shift) heads(texts ...string) []string { return each(texts, s.lang.Tell) }

// markdown writes the page as text. What a person or the service wrote is
// escaped, so that it cannot become a link, a heading or another column.
func (p page) markdown(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", inMarkdown(p.title), inMarkdown(p.lead))
	if p.problem != "" {
		fmt.Fprintf(&b, "\n**%s**\n", inMarkdown(p.problem))
	}
	for _, t := range p.parts {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", t.head, t.text)
		for _, item := range t.list {
			fmt.Fprintf(&b, "- %s\n", item)
		}
		if len(t.rows) > 0 {
			fmt.Fprintf(&b, "\n| %s |\n|%s\n", strings.Join(t.heads, " | "), strings.Repeat("---|", len(t.heads)))
		}
		for _, r := range t.rows {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(each(r.cells, inMarkdown), " | "))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// inMarkdown takes the meaning from what Markdown and HTML would read.
func inMarkdown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>#|~!&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

//go:embed report.html
var htmlHead string

// html writes the page as one file that needs nothing else. It is written by
// hand because text/template, through html/template, calls methods by name:
// then the linker keeps every method there is, 2.7 MiB of them. All texts stand
// between tags, where html.EscapeString is enough.
func (p page) html(out io.Writer) error {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("{{title}}", html.EscapeString(p.title), "{{lang}}", p.code).Replace(htmlHead))
	b.WriteString(element("h1", "", html.EscapeString(p.title)) + element("p", "", html.EscapeString(p.lead)))
	if p.problem != "" {
		b.WriteString(element("p", "bad", html.EscapeString(p.problem)))
	}
	for _, t := range p.parts {
		b.WriteString(element("h2", "", html.EscapeString(t.head)) + element("p", "", html.EscapeString(t.text)))
		if len(t.list) > 0 {
			b.WriteString(element("ul", "", elements("li", t.list)))
		}
		if len(t.rows) > 0 {
			rows := element("tr", "", elements("th", t.heads))
			for _, r := range t.rows {
				rows += element("tr", r.class(), elements("td", r.cells))
			}
			b.WriteString(element("table", "", rows))
		}
	}
	b.WriteString("</body></html>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

func (l line) class() string {
	if l.bad {
		return "bad"
	}
	return ""
}

// element puts a tag around what is HTML already.
func element(tag, class, inner string) string {
	open := tag
	if class != "" {
		open = fmt.Sprintf("%s %s=%q", tag, "class", class)
	}
	return "<" + open + ">" + inner + "</" + tag + ">\n"
}

// elements puts a tag around each of the texts.
func elements(tag string, texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(strings.TrimSuffix(element(tag, "", html.EscapeString(t)), "\n"))
	}
	return b.String()
}

func each(texts []string, f func(string) string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = f(t)
	}
	return out
}
