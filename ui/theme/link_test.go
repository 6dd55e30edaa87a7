package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
)

func TestOnlyPlainAddressesBecomeLinks(t *testing.T) {
	colour := New(Options{Colors: TrueColor})
	assert.Equal(t, ansi.SetHyperlink("https://a.example/b?c=1")+"text"+ansi.ResetHyperlink(), colour.Link("text", "https://a.example/b?c=1"))
	for _, url := range []string{
		"", "https://", "http://a.example", "javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a\x1b\\evil",
		"https://a\x07", "https://a\u202e", "https://例子", "https://" + strings.Repeat("a", maxLink),
	} {
		assert.Equal(t, "text", colour.Link("text", url), "%q", url)
	}
}

func TestLinksOnlyWhereTheTerminalCan(t *testing.T) {
	for _, o := range []Options{{}, {Colors: Colors16}, {Colors: TrueColor, ASCII: true}} {
		plain := New(o)
		assert.Equal(t, "text", plain.Link("text", "https://a.example"))
	}
	many := New(Options{Colors: Colors256})
	assert.Equal(t, 4, Width(many.Link("text", "https://a.example")), "a link takes no room")
}

func TestTailIsTheEnd(t *testing.T) {
	th := New(Options{})
	assert.Equal(t, "abc", th.Tail("abc", 3))
	assert.Equal(t, "…ef", th.Tail("abcdef", 3))
	for w := 2; w < 12; w++ {
		tail := th.Tail("https://例子/二次函数", w)
		assert.LessOrEqual(t, Width(tail), w)
		assert.GreaterOrEqual(t, Width(tail), w-1)
		assert.True(t, strings.HasSuffix("https://例子/二次函数", strings.TrimPrefix(tail, "…")), tail)
	}
}
