package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	links    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	headings = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
)

// TestLinksLeadSomewhere follows every link of the documentation that stays in
// the project, to its file and to its heading.
func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	require.NoError(t, err)
	docs, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	followed := 0
	for _, page := range append(pages, docs...) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range links.FindAllStringSubmatch(string(text), -1) {
			to, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			followed++
			target := page
			if to != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(to))
			}
			there, err := os.ReadFile(target)
			if !assert.NoError(t, err, "%s links to %s", page, m[1]) || heading == "" {
				continue
			}
			assert.Contains(t, anchors(string(there)), heading, "%s links to %s", page, m[1])
		}
	}
	assert.Greater(t, followed, 40, "the links of the README alone are more")
}

// TestEveryPageIsFound keeps README.md the door to all of docs.
func TestEveryPageIsFound(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	docs, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	for _, page := range append(docs, "README.zh.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md") {
		assert.True(t, strings.Contains(string(readme), "]("+filepath.ToSlash(page)+")"), "README.md does not link to %s", page)
	}
}

// anchors are the names by which a page's headings are linked to.
func anchors(text string) []string {
	var out []string
	for _, m := range headings.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(m[1])))
	}
	return out
}
