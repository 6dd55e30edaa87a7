package views

import (
	"fmt"
	"strconv"

	"classtop/class"
	"classtop/ui"
)

// setting is one setting of a class in words that need no name beside them.
type setting struct{ name, words string }

// settings says all that DescribeRoom tells of how a class is set up. Numbers
// that the manual does not know stay numbers.
func settings(d *class.RoomDetail) []setting {
	out := []setting{
		{"kind", oneOf(d.RoomType, "class of kind %d", "small class", "lecture")},
		{"content", content(d.SubType)},
		{"audience", oneOf(d.AudienceType, "audience of type %d", "audience type not told", "interactive audience", "standard audience")},
		{"video", oneOf(d.Resolution, "resolution %d", "resolution not told", "SD", "HD", "full HD") + " video, " + either(d.Portrait, "portrait", "landscape")},
		{"audio", either(d.AudioQuality, "high quality audio", "standard audio")},
		{"on mic", micLimit(d.MicLimit)},
		{"entering", either(d.AutoMic, "on mic at once when entering", "not on mic when entering")},
		{"control", either(d.DirectControl, "devices are switched without consent", "devices are switched only with consent")},
		{"focus", either(d.FocusMode, "focus mode: students see only teacher and assistants", "students see everybody")},
		{"recording", recording(d)},
		{"overrun", overrunRule(d.EndDelay)},
		{"group", group(d.GroupID)},
		{"live type", oneOf(d.LiveType, "live type %d", "regular live class", "simulated live from a video")},
		{"start", either(d.AutoStart, "starts by itself", "started by hand")},
		{"rating", either(d.GradeAfter, "asks for a rating afterwards", "no rating afterwards")},
	}
	for _, more := range []struct {
		name string
		text class.Text
	}{
		{"live source", d.RecordLiveURL}, {"recorded at", d.RecordURL}, {"background", d.RecordBackground},
		{"rec. scene", d.RecordScene}, {"rec. lang", d.RecordLang},
	} {
		if !more.text.IsZero() {
			out = append(out, setting{more.name, more.text.String()})
		}
	}
	return out
}

// oneOf names a number; other is the form of a number that has no name.
func oneOf(n int64, other string, names ...string) string {
	if n >= 0 && n < int64(len(names)) {
		return names[n]
	}
	return fmt.Sprintf(other, n)
}

func either[T any](on bool, yes, no T) T {
	if on {
		return yes
	}
	return no
}

func content(kind class.Text) string {
	switch kind.String() {
	case "videodoc":
		return "documents and video"
	case "video":
		return "video only"
	case "":
		return "content not told"
	}
	return "content " + kind.String()
}

func micLimit(n int64) string {
	if n == 0 {
		return "nobody on mic besides the teacher"
	}
	return "up to " + strconv.FormatInt(n, 10) + " on mic besides the teacher"
}

func recording(d *class.RoomDetail) string {
	words := oneOf(d.DisableRecord, "recording mode %d", "recorded from start to end", "not recorded by itself")
	if d.VideoDuration > 0 {
		words += ", recording of " + ui.Ago(class.Seconds(d.VideoDuration).Duration())
	}
	return words
}

func overrunRule(minutes int64) string {
	switch {
	case minutes == 0:
		return "may overrun without limit"
	case minutes < 0:
		return "may not overrun"
	}
	return "may overrun by " + strconv.FormatInt(minutes, 10) + " min"
}

func group(id class.Text) string {
	if id.IsZero() {
		return "not bound to a group"
	}
	return "only for the group " + id.String()
}
