package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/lang"
	"classtop/poll"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func listOf(rooms ...class.Room) poll.Update {
	return poll.Update{Topic: poll.Topic{Kind: poll.Rooms}, Data: rooms}
}

func TestAChronicleTellsEachChangeOnce(t *testing.T) {
	c := newChronicle(lang.English)
	maths := class.Room{ID: 7, Name: clean.Text("数学"), Status: class.RoomUpcoming}
	art := class.Room{ID: 8, Name: clean.Text("Art"), Status: class.RoomLive}
	begun := listOf(maths)
	begun.More = true
	assert.Empty(t, c.apply(begun), "half of the first list")
	late := class.Problem{Rule: "not started", Severity: 3, Sentence: "the class has not begun"}
	card := func(ps ...class.Problem) poll.Update {
		return poll.Update{Topic: poll.Topic{Kind: poll.Card, Room: 7}, Data: class.Card{Room: maths, Problems: ps}}
	}
	assert.Equal(t, []string{"NOW: 数学 7: the class has not begun"}, c.apply(card(late)), "by its name all the same")
	assert.Equal(t, []string{"2 classes, 1 of them live, 1 problem open"}, c.apply(listOf(maths, art)))
	assert.Empty(t, c.apply(listOf(maths, art)), "nothing changed")
	assert.Empty(t, c.apply(card(late)))
	assert.Equal(t, []string{"NOW: 数学 7: the class has not begun", "2 classes, 1 of them live, 1 problem open"}, c.attention())
	maths.Status = class.RoomLive
	assert.Equal(t, []string{"数学 7 is live now"}, c.apply(listOf(maths, art)))
	assert.Equal(t, []string{"OVER: 数学 7: not started"}, c.apply(card()))
	assert.Empty(t, c.apply(card()))

	assert.Equal(t, []string{"new class: 9, upcoming", "no longer listed: Art 8"}, c.apply(listOf(maths, class.Room{ID: 9, Status: class.RoomUpcoming})))
}

func TestAChronicleTellsTroubleOnce(t *testing.T) {
	c := newChronicle(lang.English)
	broken := poll.Update{Topic: poll.Topic{Kind: poll.Rooms}, Err: &class.Error{Action: "GetRooms", Code: class.CodeTimeout, Meaning: "No answer came in time."}}
	lines := c.apply(broken)
	require.Len(t, lines, 1)
	assert.Contains(t, lines[0], "TROUBLE: the list of classes cannot be read: GetRooms")
	assert.Empty(t, c.apply(broken))
	assert.Equal(t, "OVER: the list of classes can be read again", c.apply(listOf())[0])
}

// typed runs --plain over a school that all but stands still.
func typed(t *testing.T, lines string, args ...string) (out, errOut string, code int) {
	t.Helper()
	home := t.TempDir()
	env := map[string]string{"HOME": home, "USER": "李雷"}
	var o, e bytes.Buffer
	a := &app{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }, in: strings.NewReader(lines), out: &o, err: &e, now: time.Now}
	code = a.main(append([]string{"--demo", "--plain", "--rooms", "4", "--members", "5", "--speed", "0.001"}, args...))
	audit, _ := os.ReadFile(filepath.Join(home, ".local/state/classtop/demo-audit.jsonl"))
	return o.String() + string(audit), e.String(), code
}

func TestPlainTakesTypedLines(t *testing.T) {
	out, errOut, code := typed(t, "help\n\nattention\nget rooms -o csv\nfly away\nkick 1 2\nquit\nlist\n")
	assert.Zero(t, code)
	for _, want := range []string{"profile demo. Type help", "attention: what is open", "ID,STATE,NAME", `there is no command "fly" here`, "ended with status 1"} {
		assert.Contains(t, out, want)
	}
	assert.NotContains(t, out, "\x1b", "no line moves the cursor or has a colour")
	assert.NotContains(t, out+errOut, "\r")
	for _, l := range strings.Split(out, "\n") {
		assert.NotContains(t, l, "STATE  ", "what is typed after quit is not read")
	}
}

func TestPlainAsksBeforeItActs(t *testing.T) {
	out, _, _ := typed(t, "get rooms -o csv\nquit\n")
	id := ""
	for l := range strings.Lines(out) {
		if strings.Contains(l, ",live,") {
			id, _, _ = strings.Cut(l, ",")
			break
		}
	}
	require.NotEmpty(t, id, out)
	out, errOut, _ := typed(t, "end "+id+"\nquit\n")
	assert.Contains(t, errOut, "--yes", "nobody can be asked through a pipe")
	assert.NotContains(t, out, `"outcome"`)
	out, errOut, _ = typed(t, "end "+id+" --yes\nquit\n")
	assert.Contains(t, out, `"operator":"李雷"`, errOut)
	out, _, _ = typed(t, "end "+id+" --yes\nquit\n", "--read-only")
	assert.NotContains(t, out, `"operator"`, "read-only is read-only here too")
}

// TestLinesAreChinese types what can be typed, right and wrong, and reads every
// word of what comes back.
func TestLinesAreChinese(t *testing.T) {
	lines := "help\nattention\nfly away\nget --help\nseat --help\n--help\nget nothing\nkick 1\nkick 1 2\nkick x 2\nget rooms -o xml\nversion --nonsense\ncall DescribeRoom RoomId=x\nplaybook list\nconfig show\nquit\n"
	out, errOut, code := typed(t, lines, "--lang", "zh")
	assert.Zero(t, code)
	for _, want := range []string{"配置档 demo", "未解决的问题，最严重的在前", `这里没有命令 "fly"`, "用法：", "结束，状态 2"} {
		assert.Contains(t, out, want)
	}
	service := regexp.MustCompile(`\(The [^)]*\)|\[RequestId [^]]*\]`) // its own words
	noEnglish(t, "--plain", service.ReplaceAllString(out+errOut, ""), lines+" dev demo calm down last wait")
	out, errOut, _ = typed(t, "call --list\nquit\n", "--lang", "zh", "--start", "tomorrow")
	noEnglish(t, "--plain", out+errOut, lines+" tomorrow")
}

// TestAChronicleIsChinese tells each rule's problem, and trouble.
func TestAChronicleIsChinese(t *testing.T) {
	c := newChronicle(lang.Chinese)
	maths := class.Room{ID: 7, Name: clean.Text("数学"), Status: class.RoomUpcoming}
	var said []string
	say := func(u poll.Update) { said = append(said, c.apply(u)...) }
	say(listOf(maths))
	for i, rule := range poll.RuleNames() {
		p := class.Problem{Rule: rule, Severity: 1 + i%3, Sentence: rule}
		say(poll.Update{Topic: poll.Topic{Kind: poll.Card, Room: 7}, Data: class.Card{Room: maths, Problems: []class.Problem{p}}})
	}
	said = append(said, c.attention()...)
	maths.Status = class.RoomLive
	say(listOf(maths))
	say(listOf())
	say(poll.Update{Topic: poll.Topic{Kind: poll.Rooms}, Err: &class.Error{Action: "GetRooms", Code: class.CodeTimeout, Meaning: "No answer came in time."}})
	say(listOf(maths))
	noEnglish(t, "the chronicle", strings.Join(said, "\n"), class.CodeTimeout)
	assert.Greater(t, len(said), 20)
}
