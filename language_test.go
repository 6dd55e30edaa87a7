package main_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/client/spec"
	"classtop/lang"
	"classtop/ops"
)

// catalogue reads one of the files of the Chinese texts.
func catalogue(t *testing.T, name string) map[string]string {
	b, err := os.ReadFile("lang/" + name)
	require.NoError(t, err)
	out := map[string]string{}
	require.NoError(t, json.Unmarshal(b, &out), name)
	sorted, err := encode(out)
	require.NoError(t, err)
	want, is := strings.SplitAfter(sorted, "\n"), strings.SplitAfter(string(b), "\n")
	for i := range min(len(want), len(is)) {
		if want[i] != is[i] { // one line: all of them would bury it
			t.Errorf("lang/%s line %d: one text a line, sorted by key, none twice; here belongs\n%s", name, i+1, want[i])
			break
		}
	}
	assert.Equal(t, len(want), len(is), name)
	return out
}

// encode writes a catalogue as the file has it.
func encode(texts map[string]string) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(texts)
	return b.String(), err
}

// same are texts that are the same in every language: names of the API and of
// settings, of systems, file endings, and pieces of texts that are not for
// reading.
var same = []*regexp.Regexp{
	regexp.MustCompile(`^[A-Z][A-Za-z0-9]*[a-z0-9][A-Z][A-Za-z0-9]*$`),                         // RequestId, CreateRoom
	regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`),                                                // sdk_app_id
	regexp.MustCompile(`^[A-Z]+( [A-Z]+)+$`),                                                   // ROOM NAME: columns for scripts
	regexp.MustCompile(`^(Windows|macOS|Android|iOS|URL|csv|json|md|lcic|admin)$`),             // names
	regexp.MustCompile(`^(https?://%s|%s\.[a-z_]+(\.%s)?|[a-z_]+\.%s(\.%s)?|[a-z]+-%s\.\w+)$`), // places: profiles.%s, crash-%s.txt
	regexp.MustCompile(`^(sdkappid=|TLS\.|TC3|, SignedHeaders=|%s Credential=|TERM=|\x1b)`),    // what is signed or sent
	regexp.MustCompile(`^classtop (--demo\n|\(%d\)|%s$|host key$)|^classtop: %s$`),             // the program's name
	regexp.MustCompile(`^# yaml-language-server|^(profile|  +(- )?[a-z_]+): (school|true|%s)`), // lines of the configuration
	regexp.MustCompile(`^classtop recording 2 |^%s UTC$`),                                      // the first line of a recording; times
	regexp.MustCompile(`^# What follows takes these`),                                          // a script
	regexp.MustCompile(`^\|? key \| does`),                                                     // the README's table
	regexp.MustCompile(`^\n(canonical request|string to sign)\n`),                              // told line by line
}

// pieces are parts of sentences that are put together in steps; the sentences
// are proven by TestSentencesOfOperations and by the screens.
var pieces = []string{
	" [RequestId %s]", " RequestId %s", "%s in %s", "%s from %s", "%s for good", "%s off the seat in %s", "%s into %s again", "%s in the chat of %s",
	"taking, video and audio of ", "taking and video of ", "taking and audio of ", "the video and audio of ", "the video of ", "the audio of ",
	"environment %s%s", "InternalError%s", "Show the classes of the lens: ", "Go to the tab: ", "devices with ",
	"\n%s\n  classtop call %s - <<'EOF'\n%s\nEOF\n",
}

func untold(key string) bool {
	return slices.Contains(pieces, key) || slices.ContainsFunc(same, func(r *regexp.Regexp) bool { return r.MatchString(key) })
}

// TestEveryTextIsTranslated proves that no text of the program is without its
// Chinese, and that the catalogue holds nothing else.
func TestEveryTextIsTranslated(t *testing.T) {
	zh := catalogue(t, "zh.json")
	used := map[string]bool{}
	told := map[string]bool{}
	for _, x := range texts(readHouse(t)) {
		key := x.key
		if _, word, placed := strings.Cut(key, "|"); placed && zh[key] == "" {
			key = word
		}
		used[key] = true
		if zh[key] == "" && !untold(key) && !told[key] {
			told[key] = true
			line, _ := encode(map[string]string{key: "…"})
			t.Errorf("%s: this text has no Chinese. Add to lang/zh.json, in its place by the alphabet, with the verbs of the original "+
				"(%%v instead of %%s where the value is data that must not be translated):\n%s", x.where, strings.TrimSpace(strings.Split(line, "\n")[1]))
		}
	}
	for key := range zh {
		_, word, placed := strings.Cut(key, "|")
		if !used[key] && !slices.Contains(composed(), key) && !(placed && used[word]) {
			t.Errorf("lang/zh.json: nobody says %q any more: take it out", key)
		}
	}
}

// TestTranslationsTakeTheSameValues holds the verbs of both languages against
// each other: the same ones in the same order, unless each names its value.
func TestTranslationsTakeTheSameValues(t *testing.T) {
	for _, name := range []string{"zh.json", "zh_facts.json"} {
		for en, zh := range catalogue(t, name) {
			assert.Equal(t, verbsOf(t, en), verbsOf(t, zh), "lang/%s: %q is %q", name, en, zh)
		}
	}
}

// formatVerbs are the verbs that the house uses; %XX and %-escapes are none.
var formatVerbs = regexp.MustCompile(`%(\[\d+\])?\.?\d*[sdqvfgw]`)

// verbsOf lists the verbs by the number of their value; %s and %v are one.
func verbsOf(t *testing.T, format string) map[int]string {
	out, next := map[int]string{}, 1
	for _, v := range formatVerbs.FindAllString(strings.ReplaceAll(format, "%%", ""), -1) {
		if at := strings.IndexByte(v, '['); at >= 0 {
			_, err := fmt.Sscanf(v[at:], "[%d]", &next)
			require.NoError(t, err, format)
		}
		kind := v[len(v)-1:]
		if kind == "v" {
			kind = "s"
		}
		out[next] = kind
		next++
	}
	return out
}

// TestFactsAreTranslated proves the same of what is known of the API.
func TestFactsAreTranslated(t *testing.T) {
	zh, facts := catalogue(t, "zh.json"), catalogue(t, "zh_facts.json")
	used := map[string]bool{}
	check := func(where, text string) {
		text = strings.TrimSpace(text)
		used[text] = true
		if letters.MatchString(text) && zh[text] == "" && facts[text] == "" && !factual.MatchString(text) && !untold(text) {
			t.Errorf("%s: add to lang/zh_facts.json: %q", where, text)
		}
	}
	for _, s := range spec.Systems() {
		check(s.Name, s.Title)
		for i := range s.Actions {
			a := &s.Actions[i]
			check(a.Name, strings.TrimSuffix(a.Category, " APIs"))
			check(a.Name, a.Desc)
			for _, p := range slices.Concat(a.Params, a.Returns) {
				checkParam(a.Name, &p, check)
			}
		}
		for name, params := range s.Types {
			for i := range params {
				checkParam(name, &params[i], check)
			}
		}
		checkCodes(s.Name, check)
	}
	checkCodes("", check)
	for text := range facts {
		assert.True(t, used[text], "lang/zh_facts.json: nobody says %q any more: take it out", text)
	}
}

// factual are notes that are nothing but names and values.
var factual = regexp.MustCompile(`^(\w+ = \w+|FreeToTake / ApplyToTake\.|RTMP push)$`)

func checkParam(where string, p *spec.Param, check func(where, text string)) {
	where += " " + p.Name
	for _, text := range []string{p.Desc, p.Note, p.OnlyIf, p.RequiredIf, p.RequiredUnless, p.Format, p.Unit, p.Charset} {
		check(where, text)
	}
	for text := range maps.Values(p.Enum) {
		check(where, text)
	}
}

func checkCodes(system string, check func(where, text string)) {
	for _, code := range spec.Codes(system) {
		info := spec.Code(system, code)
		texts := []string{info.Meaning, info.Hint}
		for _, w := range info.Of {
			texts = append(texts, w.Meaning, w.Hint)
		}
		for _, text := range texts {
			if strings.Contains(text, "{") { // names are put in: a text with verbs
				text = strings.NewReplacer("{action}", "%s", "{service}", "%s").Replace(strings.ReplaceAll(text, "%", "%%"))
			}
			check(code, text)
		}
	}
}

// sentences are what is said of every operation, before and after it.
func sentences() []string {
	room := ops.Target{Room: 331450358, RoomName: class.NewText("高二物理", "高二物理"), Seat: 3, User: class.NewText("u1", "u1"), UserName: class.NewText("李雷", "李雷"),
		Document: class.NewText("d1", "d1"), DocName: class.NewText("课件", "课件")}
	bare := ops.Target{Room: 7, Seat: 3, User: class.NewText("u1", "u1"), Document: class.NewText("d1", "d1")}
	info := spec.Code(spec.LCIC, "FailedOperation.ClassEnded")
	failed := &class.Error{Code: info.Code, Meaning: info.Meaning, Hint: info.Hint}
	var out []string
	for _, action := range []ops.Action{
		ops.Kick, ops.Ban, ops.End, ops.Start, ops.SeatPick, ops.SeatMove, ops.SeatOff, ops.SeatLock, ops.SeatUnlock,
		ops.DocBind, ops.DocUnbind, ops.DocCreate, ops.DocDelete, ops.Unkick, ops.Mute, ops.Unmute, ops.Notice, ops.Named,
	} {
		targets := []ops.Target{room, bare}
		if action == ops.Named {
			targets = append(targets, ops.Target{Room: 7}, ops.Target{User: bare.User}, ops.Target{})
		}
		for _, target := range targets {
			for _, o := range variants(ops.Op{Action: action, Target: target}) {
				out = append(out, o.Sentence())
				for state := ops.NotSent; state <= ops.StillUnknown; state++ {
					out = append(out, ops.Result{Op: o, State: state, RequestID: "r-1", Err: failed, Found: "the seat's locks are as wanted"}.Sentence())
				}
			}
		}
	}
	return out
}

// TestRecordsAreChinese proves the same of what the audit and the report call
// each action.
func TestRecordsAreChinese(t *testing.T) {
	for _, action := range []ops.Action{
		ops.Kick, ops.Ban, ops.End, ops.Start, ops.SeatPick, ops.SeatMove, ops.SeatOff, ops.SeatLock, ops.SeatUnlock,
		ops.DocBind, ops.DocUnbind, ops.DocCreate, ops.DocDelete, ops.Unkick, ops.Mute, ops.Unmute, ops.Notice,
	} {
		for _, e := range []ops.Entry{{}, {Duration: 1800}, {Duration: int64(ops.ForGood / time.Second)}, {Text: "快下课了"}} {
			if e.Text != "" && action != ops.Notice || e.Duration != 0 && !slices.Contains([]ops.Action{ops.Kick, ops.Ban, ops.Mute}, action) {
				continue
			}
			e.Action = action
			if told := lang.Chinese.Tell(ops.Record{Intent: e}.What()); letters.MatchString(told) {
				t.Errorf("%q is told as %q", ops.Record{Intent: e}.What(), told)
			}
		}
	}
}

// variants are an operation with each of its lengths and locks.
func variants(o ops.Op) []ops.Op {
	o.Call = &ops.Call{API: "ModifyRoom", Level: 2}
	o.Draft = ops.Draft{URL: class.NewText("https://h/f", "https://h/f"), Name: class.NewText("f", "f"), Owner: class.NewText("u1", "u1")}
	o.Text = "快下课了"
	var out []ops.Op
	for _, d := range []time.Duration{
		time.Second, 30 * time.Second, time.Minute, 10*time.Minute + 1*time.Second, time.Hour, time.Hour + 30*time.Minute, 2*time.Hour + time.Minute + time.Second,
		24 * time.Hour, 25 * time.Hour, 50 * time.Hour, ops.ForGood,
	} {
		o.Duration = d
		out = append(out, o)
	}
	if o.Action == ops.SeatLock || o.Action == ops.SeatUnlock {
		for i := range 8 {
			l := class.SeatLocks{Taken: i&1 != 0, Video: i&2 != 0, Audio: i&4 != 0}
			if o.Action == ops.SeatUnlock {
				o.Target.Locks = l
			} else {
				o.Locks = l
			}
			out = append(out, o)
		}
	}
	if o.Action == ops.DocCreate {
		o.Draft.Public = true
		out = append(out, o)
	}
	return out
}

// composed are the texts that no single place of the code holds, because they
// are put together in steps.
func composed() []string {
	return slices.Concat(composedOps, ofRecords, composedSpans, composedElsewhere, ofSheets, aboutThemes)
}

var composedOps = []string{
	"Kick %s from %s for good", "Kick %s from %s for %s", "Kicked %s from %s for good", "Kicked %s from %s for %s", "End %s", "Ended %s", "Start %s", "Started %s",
	"Put %s on seat %d in %s", "Move %s to seat %d in %s", "Moved %s to seat %d in %s", "Take %s off the seat in %s", "Took %s off the seat in %s",
	"Lock %s", "Locked %s", "Unlock %s", "Unlocked %s", "seat %d in %s", "taking, video and audio of %s", "taking and video of %s", "taking and audio of %s",
	"the video and audio of %s", "the video of %s", "the audio of %s", "Let %s into %s again", "Mute %s in the chat of %s for good", "Mute %s in the chat of %s for %s",
	"Unmute %s in the chat of %s", "Muted %s in the chat of %s for good", "Muted %s in the chat of %s for %s", "Unmuted %s in the chat of %s",
	"Send the notice “%s” to everybody in %s", "Sent the notice “%s” to everybody in %s", "Send %s", "Sent %s", "Send %s for %s", "Sent %s for %s", "Send %s for %s in %s", "Sent %s for %s in %s",
	"Not sent: %s", "Refused: %s", "Bind %s", "Bound %s", "Unbind %s", "Unbound %s", "Create %s", "Created %s", "Delete %s", "Deleted %s",
}

// ofRecords are what the audit and the report call an action.
var ofRecords = []string{
	"kick for %s", "kick for good", "ban", "ban for %s", "ban for good", "mute for %s", "mute for good", "unkick", "notice “%s”",
	"put on seat", "seat off", "seat move", "seat lock", "seat unlock", "doc bind", "doc unbind", "doc create", "doc delete",
}

var composedSpans = []string{
	"%d second", "%d seconds", "%d minute", "%d minutes", "%d hour", "%d hours", "%d day", "%d days",
	"%d minute %s", "%d minutes %s", "%d hour %s", "%d hours %s", "%d day %s", "%d days %s",
}

// TestSentencesOfOperations proves that what operations say is Chinese as a
// whole, and that each composed text is needed for it.
func TestSentencesOfOperations(t *testing.T) {
	data := regexp.MustCompile(`RequestId|FailedOperation.ClassEnded|r-1|u1|d1|https://h/f|ModifyRoom`)
	all := sentences()
	for _, s := range all {
		told := lang.Chinese.Tell(s)
		if rest := data.ReplaceAllString(told, ""); letters.MatchString(rest) {
			t.Errorf("%q is told as %q: add what is missing to lang/zh.json and to composedOps in language_test.go", s, told)
		}
	}
	for _, key := range slices.Concat(composedOps, composedSpans) {
		form := regexp.MustCompile(verbs.ReplaceAllString(regexp.QuoteMeta(key), ".+"))
		assert.True(t, slices.ContainsFunc(all, form.MatchString), "composedOps, lang/zh.json: no operation says %q", key)
	}
}

// composedElsewhere are texts that are put together from pieces: a lens and
// its name, an environment variable and a file, the heads in a signed request.
var composedElsewhere = append(ofCobra,
	"in seconds", "in minutes", "in percent", "in bytes", "unknown key %q", "unknown profile %q", "unknown step %q", "level|info", "level|done", "level|note", "level|failed", "check|ok", "check|warning", "check|wrong", "canonical request", "string to sign", "Show the classes of the lens: %s", "Go to the tab: %s")

// ofSheets are the heads of the tables for people, and the names in those of one
// record; to scripts they are names.
var ofSheets = []string{
	"sheet|ACTION", "sheet|ANSWER", "sheet|ANSWERS", "sheet|AT", "sheet|AUDIO LOCKED", "sheet|BYTES", "sheet|CAMERA", "sheet|CATEGORY", "sheet|CODE", "sheet|DEVICE", "sheet|DOCUMENT", "sheet|END",
	"sheet|EVENT", "sheet|FACT", "sheet|FROM", "sheet|HANDS", "sheet|HOST", "sheet|ID", "sheet|KEPT ON", "sheet|LEVEL", "sheet|LOCKED", "sheet|MESSAGE", "sheet|MIC", "sheet|MUTED", "sheet|NAME",
	"sheet|OPERATOR", "sheet|OUTCOME", "sheet|OVERRUN", "sheet|OWNER", "sheet|PAGES", "sheet|PERCENT", "sheet|PHASE", "sheet|PLACE", "sheet|PLAYBOOK", "sheet|PRESENT", "sheet|PROFILE", "sheet|PUBLIC",
	"sheet|QUESTION", "sheet|RATE", "sheet|REASON", "sheet|REQUEST", "sheet|REWARDS", "sheet|RIGHT", "sheet|ROLE", "sheet|ROOM", "sheet|ROOM NAME", "sheet|SEAT", "sheet|SECOND", "sheet|SENT",
	"sheet|SEQ", "sheet|START", "sheet|STATE", "sheet|SYSTEM", "sheet|TEXT", "sheet|TIME", "sheet|TOOK", "sheet|UPDATED", "sheet|USER", "sheet|USER NAME", "sheet|VALUE", "sheet|VIDEO LOCKED",
	"sheet|WHY",
	"real start", "real end", "mic limit", "assistants", "start", "end",
}

// ofCobra are texts of the library of commands and of the system.
var ofCobra = []string{
	"no such file or directory", "permission denied", "connection refused",
	"if any flags in the group [%s] are set none of the others can be; [%s] were all set",
	"USAGE", "EXAMPLES", "COMMANDS", "FLAGS", "Usage:", "Examples:", "Flags:", "Use \"", "(default ",
	"Generate the autocompletion script for the specified shell", "Generate the autocompletion script for %s",
	"Generate the autocompletion script for %s for the specified shell.", "See each sub-command's help for details on how to use the generated script.",
	"Help about any command", "help for %s", "version for %s", "unknown flag: %s", "unknown shorthand flag: '%s' in %s", "flag needs an argument: %s",
	"invalid argument %q for %q flag: %s", "%s; try: %s --help", "%s needs %s; %d given", "unknown command %q for %q", "disable completion descriptions",
	"open %s: %s", "stat %s: %s", "read %s: %s", "is a directory", "unexpected EOF", "No closing quotation", "No escaped character",
	"lookup %s on %s: %s", "lookup %s: %s", "dial tcp: %s", "dial tcp %s: connect: %s", "dial tcp %s: %s", "no such host", "i/o timeout", "network is unreachable", "no route to host",
	"connection reset by peer", "connection timed out", "broken pipe",
	"tls: failed to verify certificate: %s", "x509: certificate signed by unknown authority", "x509: certificate has expired or is not yet valid: %s", "default",
}

// TestThemesAreTranslated proves that each theme says in Chinese what it is,
// unless it is nothing but a name.
func TestThemesAreTranslated(t *testing.T) {
	zh := catalogue(t, "zh.json")
	files, err := filepath.Glob("ui/theme/files/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		about, _, _ := strings.Cut(strings.TrimPrefix(string(b), "about: "), "\n")
		assert.True(t, zh[about] != "" && slices.Contains(aboutThemes, about) || about == "Tokyo Night", "%s: add %q to lang/zh.json and to aboutThemes", f, about)
	}
}

var aboutThemes = []string{
	"Catppuccin, the light one", "Catppuccin, the dark one", "blue, orange and pink instead of green and red", "soft colours for a dark background",
	"Gruvbox, the dark one", "Gruvbox, the light one", "the strongest contrast, white on black", "soft colours for a light background",
	"bold, faint and reversed only", "Nord, cool and calm", "Solarized, the dark one", "Solarized, the light one",
}
