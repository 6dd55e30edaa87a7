package cli

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/lang"
)

// inChinese runs a command line in Chinese, without an account.
func inChinese(t *testing.T, args ...string) (code int, text string) {
	t.Helper()
	home := t.TempDir()
	env := map[string]string{"LANG": "zh_CN.UTF-8", "HOME": home}
	var out bytes.Buffer
	code = Main(args, func(name string) (string, bool) { v, ok := env[name]; return v, ok }, strings.NewReader(""), &out, &out)
	return code, strings.ReplaceAll(out.String(), home, "")
}

// english finds three English words in a row, which no name or example is.
var english = regexp.MustCompile(`\b[a-z']{2,} [a-z']{2,} [a-z']{2,}\b`)

// command is a command that a text names.
var command = regexp.MustCompile(`(classtop|^get)( [a-z]+)+`)

func noEnglish(t *testing.T, what, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "classtop ") { // an example or a usage line
			continue
		}
		line = command.ReplaceAllString(line, "")
		assert.NotRegexp(t, english, line, "%s: say it with a.lang, and add it to lang/zh.json", what)
	}
}

func TestHelpOfEveryCommandIsChinese(t *testing.T) {
	var walk func(path []string, cmd *cobra.Command)
	walk = func(path []string, cmd *cobra.Command) {
		code, text := inChinese(t, append(path, "--help")...)
		require.Equal(t, exitDone, code, text)
		noEnglish(t, strings.Join(path, " "), text)
		assert.Contains(t, text, "用法", path)
		for _, sub := range cmd.Commands() {
			walk(append(append([]string(nil), path...), sub.Name()), sub)
		}
	}
	walk(nil, (&app{}).root())
}

func TestWhatCommandsSayIsChinese(t *testing.T) {
	for _, line := range []string{
		"--nonsense", "foo", "kick 1", "kick x u1", "get", "get nothing", "get room", "call", "call Kick", "call KickUserFromRoom --help", "call DescribeRoom RoomId=x",
		"config path", "check", "audit verify", "report --since 0s", "seat pick 1 u x", "end 1", "get rooms --watch=1ms", "kick 1 u --for 10m --for-good", "sim --speed 0",
		"config init", "version", "get rooms --region Ä", "call --list nowhere", "seat", "serve",
	} {
		_, text := inChinese(t, strings.Fields(line)...)
		noEnglish(t, line, text)
	}
}

func TestTheFlagCountsBeforeTheLocale(t *testing.T) {
	_, text := inChinese(t, "--lang", "en", "foo")
	assert.Contains(t, text, "unknown command")
	_, text = inChinese(t, "foo", "--lang=zh")
	assert.Contains(t, text, "未知命令")
	_, text = inChinese(t, "config", "path", "--lang", "xx")
	assert.NotContains(t, text, "is not allowed", "an unknown language leaves it to the locale")
}

func TestFlagIsFoundBeforeTheLineIsRead(t *testing.T) {
	assert.Equal(t, "zh", flagOf([]string{"get", "--lang", "zh"}, "lang"))
	assert.Equal(t, "zh", flagOf([]string{"--lang=zh"}, "lang"))
	assert.Empty(t, flagOf([]string{"--", "--lang", "zh"}, "lang"))
	assert.Empty(t, flagOf([]string{"--lang"}, "lang"))
	a := &app{env: func(string) (string, bool) { return "", false }}
	a.speak("zh")
	assert.Equal(t, lang.Chinese, a.lang)
}
