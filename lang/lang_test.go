package lang

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestEnglishIsTheZeroValueAndChangesNothing(t *testing.T) {
	var l Lang
	assert.Equal(t, English, l)
	assert.Equal(t, "2 marked", l.Say("%d marked", 2))
	assert.Equal(t, "100%", l.Say("100%"))
	assert.Equal(t, "live", l.Tell("live"))
	assert.Equal(t, "live", l.Word("connection", "live"))
	assert.Equal(t, "en", l.Code())
	assert.Equal(t, "en-US", l.API())
}

func TestChinese(t *testing.T) {
	l := Chinese
	assert.Equal(t, "zh-CN", l.API())
	assert.Equal(t, "已标记 2", l.Say("%d marked", 2))
	assert.Equal(t, "nobody wrote this", l.Say("nobody wrote this"), "what has no entry stays")
	assert.Equal(t, "已连接", l.Word("connection", "live"))
	assert.Equal(t, "上课中", l.Word("state", "live"))
	for in, want := range map[string]string{
		"":                           "",
		"王小明":                        "王小明",
		"live":                       "上课中",
		"seat 3":                     "3 号麦位",
		"ack live":                   "知悉 上课中",
		"no teacher is in the class": "课堂里没有老师",
		// Data stay what they are, though they look like words.
		"there is no view called live": "没有视图 live",
		// Sentences one after the other, codes and RequestIds.
		"The class is over (FailedOperation.ClassEnded). No seat is chosen. Choose one on the seats tab first. RequestId r-1": "课堂已经结束（FailedOperation.ClassEnded）。没有选择麦位。请先在麦位标签页选择。 RequestId r-1",
		// The service's own words stay.
		"EndRoom room 7: FailedOperation.ClassEnded: The class is over. (the room has been closed) Try again when the connection is back. [RequestId r-1]": "EndRoom 课堂 7：FailedOperation.ClassEnded：课堂已经结束。(the room has been closed) 请在连接恢复后重试。 [RequestId r-1]",
		// classtop's own do not, nor those of the system.
		"GetRooms: Client.Network: The class is over. (the name a.example was not found) Try again when the connection is back.": "GetRooms：Client.Network：课堂已经结束。（找不到域名 a.example）请在连接恢复后重试。",
		"car.example: dial tcp: lookup car.example on 10.0.0.1:53: no such host":                                                 "car.example：连接：解析 car.example（域名服务器 10.0.0.1:53）：没有这个主机名",
		"Ask the account's administrator to grant lcic:KickUserFromRoom in CAM.":                                                 "请联系账号管理员在访问管理 CAM 中授予 lcic:KickUserFromRoom。",
	} {
		assert.Equal(t, want, l.Tell(in), "%q", in)
		assert.Equal(t, l.Tell(in), l.Tell(in), "told again from memory")
	}
}

func TestLocaleAndName(t *testing.T) {
	for _, c := range []struct{ all, messages, lang, want string }{
		{"", "", "", "en"}, {"", "", "zh_CN.UTF-8", "zh"}, {"C", "", "zh_CN.UTF-8", "en"}, {"", "zh_TW", "en_US.UTF-8", "zh"},
		{"zh", "", "", "zh"}, {"", "", "zhx_YY", "en"}, {"", "", "ZH-cn", "zh"}, {"", "", "de_DE.UTF-8", "en"}, {"", "", "zh.UTF-8", "zh"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LC_MESSAGES": c.messages, "LANG": c.lang}
		got := OfLocale(func(name string) (string, bool) { v := env[name]; return v, v != "" })
		assert.Equal(t, c.want, got.Code(), "%+v", c)
	}
	l, ok := Named("zh")
	assert.True(t, ok)
	assert.Equal(t, Chinese, l)
	_, ok = Named("auto")
	assert.False(t, ok)
}

func TestMemoryOfWhatWasToldIsBounded(t *testing.T) {
	for i := range 3 * mostTold {
		Chinese.Tell(strings.Repeat("live ", 2) + strings.Repeat("x", i%97) + time.Duration(i).String())
	}
	assert.LessOrEqual(t, len(chinese.told), mostTold)
}

// FuzzTell holds that no text, however strange, ends the program or becomes
// nothing.
func FuzzTell(f *testing.F) {
	for _, s := range []string{"Refused: x. y (z). RequestId 1", "%s %d %%", ". ", ": ", "(a) b", " [RequestId ]", "seat 99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if told := Chinese.Tell(s); s != "" && told == "" {
			t.Errorf("%q was told as nothing", s)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		book := &book{code: "zh", files: chinese.files, stops: chineseStops}
		book.load()
		book.shape()
	}
}

func BenchmarkTellNew(b *testing.B) {
	chinese.load()
	for i := 0; b.Loop(); i++ {
		chinese.find("Kick u1 from room 7 for "+time.Duration(i%60).String()+". The class is over. RequestId r", deepest)
	}
}
