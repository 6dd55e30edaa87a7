package ui

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExportsAreSafeToOpen(t *testing.T) {
	heads := []string{"name", "text"}
	rows := [][]string{{"李雷", `=HYPERLINK("http://evil")`}, {"a|b", `say "hi", all`}, {"[x](y)", "<img>`c`"}}
	csv, err := writeCSV(heads, rows)
	require.NoError(t, err)
	assert.Equal(t, "name,text\n李雷,\"'=HYPERLINK(\"\"http://evil\"\")\"\na|b,\"say \"\"hi\"\", all\"\n[x](y),<img>`c`\n", string(csv))
	js, err := writeJSON(heads, rows)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"name":"李雷","text":"=HYPERLINK(\"http://evil\")"},{"name":"a|b","text":"say \"hi\", all"},{"name":"[x](y)","text":"<img>`+"`c`"+`"}]`, string(js))
	md, err := writeMarkdown(heads, rows)
	require.NoError(t, err)
	assert.Equal(t, "| name | text |\n|---|---|\n| 李雷 | =HYPERLINK(\"http://evil\") |\n| a\\|b | say \"hi\", all |\n| \\[x\\](y) | &lt;img>\\`c\\` |\n", string(md))
}

func TestFileNamesHoldNothingOfStrangers(t *testing.T) {
	assert.Equal(t, "rooms", fileWord("Rooms"))
	assert.Equal(t, "7b-reading", fileWord("高一 7B: Reading/../"))
	assert.Equal(t, "table", fileWord("高一"))
}
