package ui

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"classtop/class/clean"
	"classtop/lang"
	"classtop/ui/theme"
)

// format is a way to write a table to a file.
type format struct {
	key, title, ext string
	write           func(heads []string, rows [][]string) ([]byte, error)
}

var formats = []format{
	{"1", "CSV, for spreadsheets", "csv", writeCSV},
	{"2", "JSON, for programs", "json", writeJSON},
	{"3", "Markdown, for people", "md", writeMarkdown},
}

// exportedMsg says where an export went.
type exportedMsg struct {
	path string
	rows int
	err  error
}

// openExport asks for the format. What is written is what the table shows now:
// filtered, sorted, every column.
func (a *App) openExport() {
	grid := a.top().Grid()
	switch {
	case grid == nil || grid.Shown() == 0:
		a.say(Info, "there are no rows to export here")
		return
	case a.deps.Save == nil:
		a.say(Warning, "exports are switched off here")
		return
	}
	heads, rows := grid.Sheet(a.now())
	a.show(exportMenu(&a.theme, a.sheetName(), heads, rows))
}

// sheetName is what an export is called: what the view says, or its title, or
// its name where the title has no letters that are safe in the name of a file
// everywhere.
func (a *App) sheetName() string {
	if name := a.top().Sheet(); name != "" {
		return name
	}
	if title := a.top().Title(); fileWord(title) != noWord {
		return title
	}
	return a.route[len(a.route)-1].name
}

// exportMenu asks for the format of a sheet.
func exportMenu(th *theme.Theme, title string, heads []string, rows [][]string) *menu {
	m := &menu{title: th.Say("Export %d rows as", len(rows))}
	for _, f := range formats {
		m.items = append(m.items, item{key: f.key, label: f.title, run: func(a *App) tea.Cmd { return a.export(title, f, heads, rows) }})
	}
	return m
}

func (a *App) export(title string, f format, heads []string, rows [][]string) tea.Cmd {
	name := fmt.Sprintf("classtop-%s-%s.%s", fileWord(title), a.now().In(a.deps.Location).Format("20060102-150405"), f.ext)
	save := a.deps.Save
	return func() tea.Msg {
		data, err := f.write(heads, rows)
		if err != nil {
			return exportedMsg{err: err}
		}
		path, err := save(name, data)
		return exportedMsg{path: path, rows: len(rows), err: err}
	}
}

func (a *App) onExported(m exportedMsg) {
	if m.err != nil {
		a.say(Failure, "nothing was exported: "+clean.Line(m.err.Error(), 200))
		return
	}
	a.say(Success, lang.English.Say("%d rows written to %s", m.rows, m.path))
}

// noWord is a file word for a title that gives none.
const noWord = "table"

// fileWord makes a word for a file name of a title: letters, digits and
// dashes only, and not too many, because a title may be a stranger's.
func fileWord(title string) string {
	word := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ' || r == '-':
			return '-'
		}
		return -1
	}, title)
	if word = strings.Trim(word[:min(len(word), 40)], "-"); word == "" {
		return noWord
	}
	return word
}

// writeCSV writes cells that no spreadsheet takes for a formula.
func writeCSV(heads []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(heads); err != nil {
		return nil, err
	}
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = clean.CSV(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func writeJSON(heads []string, rows [][]string) ([]byte, error) {
	list := make([]map[string]string, len(rows))
	for i, row := range rows {
		list[i] = make(map[string]string, len(heads))
		for c, cell := range row {
			list[i][heads[c]] = cell
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(list)
	return b.Bytes(), err
}

// inert takes their meaning from the characters that could make a column, a
// link, a picture, a tag or code of a stranger's name.
var inert = strings.NewReplacer(`\`, `\\`, "|", `\|`, "[", `\[`, "]", `\]`, "`", "\\`", "<", "&lt;")

func writeMarkdown(heads []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	line := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + inert.Replace(c) + " |")
		}
		b.WriteString("\n")
	}
	line(heads)
	b.WriteString(strings.Repeat("|---", len(heads)) + "|\n")
	for _, row := range rows {
		line(row)
	}
	return b.Bytes(), nil
}
