package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client/spec"
	"classtop/config"
	"classtop/lang"
	"classtop/poll"
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

// latin finds a word of Latin letters.
var latin = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_'-]*[A-Za-z0-9_]`)

// untold are what stays as it is inside of a text: addresses and paths, names
// that are joined by dots or underscores, and assignments.
var untold = regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:+]+|https?://\S+|[$~./]*[\w-]*/[\w$./-]+|\b\w+([._]\w+)+\b|\b\w+:?=[^\s，；]*|\B--?[a-z][a-z-]*`)

// proper are words that are the same in Chinese: what is typed, names of the
// API, of formats, of systems and of keys.
var proper = strings.Fields(`ASCII CSV HTML JSON Schema Markdown ID GET PUT HOME SSH NATS nkey HTTP TLS DNS NTP URL OSC YAML INI UTC UTF-8 IANA TERM tty PTY HOST PORT EOF
	LCIC CAR IoT TRTC SdkAppId SecretId SecretKey UserSig RequestId ServerSession InvalidAction tccli classtop tmux screen ssh emoji
	true false auto off ctrl null jsonl md v1 en zh en-US zh-CN ap-guangzhou dark light nord
	bash zsh fish powershell shell completion help command flags file demo viewer operator lead go Go linux amd64 darwin windows arm64
	int int64 uint64 string bool float array object`)

// vocabulary are the words of the command line itself: its commands, flags and
// arguments, its settings, and the actions of the API with their parameters.
func vocabulary() map[string]bool {
	known := map[string]bool{}
	learn := func(text string) {
		for _, w := range latin.FindAllString(text, -1) {
			known[w] = true
		}
	}
	learn(strings.Join(proper, " "))
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		learn(cmd.Use + " " + cmd.Example)
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			learn(f.Name + " " + f.DefValue + " " + strings.ReplaceAll(f.Value.Type(), "|", " "))
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk((&app{}).root())
	for _, k := range kinds {
		learn(k.name + " " + k.id)
	}
	for _, system := range spec.Systems() {
		learn(system.Name)
		for i := range system.Actions {
			a := &system.Actions[i]
			learn(a.Name + " " + a.Category + " " + strings.Join(a.Errors, " "))
			for _, p := range slices.Concat(a.Params, a.Returns) {
				learn(p.Name + " " + p.Type)
			}
		}
	}
	return known
}

// noEnglish holds every word of a text against what is the same in both
// languages, and against data.
func noEnglish(t *testing.T, what, text, data string) {
	t.Helper()
	known := vocabulary()
	for _, word := range latin.FindAllString(data, -1) {
		known[word] = true
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "classtop ") { // an example or a usage line
			continue
		}
		words := latin.FindAllString(untold.ReplaceAllString(line, " "), -1)
		if words = slices.DeleteFunc(words, func(w string) bool { return known[w] }); len(words) > 0 {
			t.Errorf("%s: %q is not Chinese; say it with a.lang, and add it to lang/zh.json\n\t%s", what, words, strings.TrimSpace(line))
		}
	}
}

func TestHelpOfEveryCommandIsChinese(t *testing.T) {
	var walk func(path []string, cmd *cobra.Command)
	walk = func(path []string, cmd *cobra.Command) {
		code, text := inChinese(t, append(path, "--help")...)
		require.Equal(t, exitDone, code, text)
		noEnglish(t, strings.Join(path, " "), text, "ssh-ed25519 AAAA process embedded")
		assert.Contains(t, text, "用法", path)
		for _, sub := range cmd.Commands() {
			walk(append(append([]string(nil), path...), sub.Name()), sub)
		}
	}
	walk(nil, (&app{}).root())
}

// TestNoWordOfTheHelpChangesItsCase holds against each other what is said of a
// flag and what the help shows: the library of the help writes the first word,
// up to the first space, with a capital and the rest of it small.
func TestNoWordOfTheHelpChangesItsCase(t *testing.T) {
	a := &app{lang: lang.Chinese, env: func(string) (string, bool) { return "", false }}
	root := a.root()
	a.translate(root)
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		check := func(text string) {
			first, _, _ := strings.Cut(text, " ")
			assert.NotRegexp(t, `[A-Za-z]`, first, "%s: put a space before the first Latin letter of %q", cmd.CommandPath(), text)
		}
		check(cmd.Short)
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { check(f.Usage) })
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

func TestWhatCommandsSayIsChinese(t *testing.T) {
	for _, line := range []string{
		"--nonsense", "-Q", "foo", "help foo", "kick 1", "kick x u1", "kick 1 u --for", "kick 1 u --for 1x", "kick 1 u --for 10m --for-good", "end", "end 1", "start x",
		"mute 1 u --for 0s", "notice 1", "seat", "seat pick 1 u x", "seat lock 1", "seat nonsense", "get", "get nothing", "get room", "get rooms 7", "get rooms -o xml",
		"get rooms --watch=1ms", "get rooms --watch=x", "get rooms --region Ä", "call", "call Kick", "call KickUserFromRoom --help", "call DescribeRoom RoomId=x", "call DescribeRoom RoomId",
		"call DescribeRoom Nonsense=1", "call DescribeRoom RoomId:={", "call DescribeRoom RoomId=@nowhere", "call DescribeRoom --sign x RoomId=1", "call --list nowhere",
		"check", "check 1", "serve", "serve --sessions x", "serve --listen nowhere", "sim --speed 0", "sim --rooms x", "sim --listen 8.8.8.8:80", "sim --faults nowhere", "sim --seed -1",
		"playbook", "playbook list", "playbook list 1", "playbook run", "playbook run x 1", "replay", "replay nowhere", "audit verify", "audit verify 1",
		"report --since 0s", "report --since x", "report -o pdf", "config init", "config init 1", "config path", "config show --profile nowhere", "config migrate", "config nonsense",
		"version", "version 1", "version -o yaml", "completion", "completion tcsh", "--theme nowhere", "--edition x", "--demo --edition x", "--rooms 5", "--record", "--demo --plain --record /",
		"--config nowhere", "--config / check",
	} {
		_, text := inChinese(t, strings.Fields(line)...)
		noEnglish(t, line, text, line+" default PMcgEVHi9CMWq6tmfNnPGUkEGn")
	}
}

// TestFaultsOfTheConfigurationAreChinese reads what is said of files that are
// wrong or old.
func TestFaultsOfTheConfigurationAreChinese(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.yaml")
	names := strings.Join(regexp.MustCompile(`(?m)^[ #]*([a-z_]+:)`).FindAllString(config.Sample(lang.English.Tell), -1), " ") +
		strings.Join(append(poll.RuleNames(), class.StepWords()...), " ") + " about steps Local localhost default enter space pgup f5 key value"
	for _, file := range []string{
		"version: 9", "version: x", "profiles:\n  a: {shar: 1}", "profiles:\n  a: {share: 9}", "profiles:\n  a: {time_zone: Mars}", "keys: {kick: j}", "keys: {kick: [X, E]}",
		"keys: {kik: X}", "keys: {kick: nokey}", "ui: {lang: french}", "playbooks: {p: {steps: [{knick: 10m}]}}", "playbooks: {p: {step: []}}", "playbooks: {p: {steps: []}}",
		"playbooks: {p: {steps: [{mute: 1x}]}}", "profile: b\nprofiles: {a: {}}", "profiles: {a: {}, b: {}}", "profiles: {a: {endpoint: 'http://example.com'}}", "nonsense: 1", "ui: 7",
		"profiles: {a: {usersig_key: x}}", "attention: {}", "profiles: {a: {attention: {off: nothing}}}", "", "profiles: {a: {sdk_app_id: 1, share: 0.25}}",
	} {
		require.NoError(t, os.WriteFile(path, []byte(file+"\n"), 0o600))
		_, text := inChinese(t, "config", "show", "--config", path)
		if settled := strings.Contains(text, "room_engine_endpoint  "); settled { // what is in force: values stay
			text = regexp.MustCompile(`(?m)^\S+ +(\S+ +)?`).ReplaceAllString(text, "")
		}
		noEnglish(t, file, strings.ReplaceAll(text, path, "~"), file+names)
	}
	require.NoError(t, os.WriteFile(path, []byte("profiles: {a: {}}\n"), 0o600))
	_, text := inChinese(t, "config", "migrate", "--config", path)
	noEnglish(t, "migrate", strings.ReplaceAll(text, path, "~"), "schema v0")
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

// TestTheFilesOfConfigInitAreChinese holds each comment of the sample, and each
// description for editors, and proves that the settings beside them are those
// of the English files.
func TestTheFilesOfConfigInitAreChinese(t *testing.T) {
	files := func(tongue string) (sample, schema string) {
		path := filepath.Join(t.TempDir(), "config.yaml")
		code, text := inChinese(t, "config", "init", "--config", path, "--lang", tongue)
		require.Equal(t, exitDone, code, text)
		code, text = inChinese(t, "config", "show", "--config", path)
		require.Equal(t, exitDone, code, text)
		return readFile(t, path), readFile(t, filepath.Join(filepath.Dir(path), config.SchemaName))
	}
	han := regexp.MustCompile(`\p{Han}`)
	sample, schema := files("zh")
	settings, prose := regexp.MustCompile(`(?m)^ *(# +)?(- )?[a-z_0-9-]+:.*$`), regexp.MustCompile(`(about|notice): .*`)
	for line := range strings.Lines(sample) {
		if text, comment := strings.CutPrefix(strings.TrimSpace(line), "# "); comment && !strings.HasPrefix(text, "yaml-") && !settings.MatchString(line) {
			assert.Regexp(t, han, text, "config/sample.go: tell it, and add it to lang/zh.json")
		}
	}
	for _, text := range regexp.MustCompile(`"(?:description|title)": "(.*)"`).FindAllStringSubmatch(schema, -1) {
		assert.Regexp(t, han, text[1], "config/schema.go: tell it, and add it to lang/zh.json")
	}
	plain, _ := files("en")
	of := func(text string) []string { return settings.FindAllString(prose.ReplaceAllString(text, "$1"), -1) }
	assert.Equal(t, of(plain), of(sample))
	assert.Greater(t, len(of(sample)), 60)
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
