package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
)

const talkRoom = class.RoomID(310048217)

func line(seq int64, from, what string) class.Message {
	return class.Message{Seq: seq, At: class.UnixOf(now) - 600 + class.Unix(seq), From: text(from),
		Body: []class.MessagePart{{Kind: partText, Text: clean.Block(what)}}}
}

func chatter() []class.Message {
	return []class.Message{
		line(101, "t_wang", "大家好，今天我们讲二次函数。"),
		line(102, "s_10231", "老师好！"),
		{Seq: 103, At: class.UnixOf(now) - 400, From: text("a_liu"), Body: []class.MessagePart{{Kind: partImage, Text: text("https://example.com/board.png")}}},
		{Seq: 104, At: class.UnixOf(now) - 300, From: text("s_gone"), Body: []class.MessagePart{{Kind: 2, Text: text(`{"emoji":"wave"}`)}, {Kind: 9, Text: text("?")}}},
		line(105, "s_10240", "can you repeat the last step, please? I lost the connection for a minute and now the board shows something else"),
	}
}

func talkUpdate(kind poll.Kind, id string, data any) poll.Update {
	return poll.Update{Topic: poll.Topic{Kind: kind, Room: talkRoom, ID: text(id)}, Data: data, Started: now, At: now}
}

// inTab opens the class and one of its tabs.
func inTab(t *testing.T, w, h int, digit string) *stand {
	s := newStand(t, w, h, onlyTabs("2", digit))
	s.Put(updates(school())...)
	s.Press("j", "j", "j", "enter", digit)
	s.Put(membersUpdate(talkRoom))
	return s
}

func TestFramesOfChat(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inTab(t, size.w, size.h, "6")
			s.Put(talkUpdate(poll.Messages, "", chatter()))
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestChatFollowsUntilTheCursorMoves(t *testing.T) {
	s := inTab(t, 80, 24, "6")
	s.Put(talkUpdate(poll.Messages, "", chatter()))
	require.Contains(t, s.Text(), "5/5")
	s.Put(talkUpdate(poll.Messages, "", append(chatter(), line(106, "s_10231", "明白了"))))
	require.Contains(t, s.Text(), "6/6", "it follows")
	s.Press("k")
	s.Put(talkUpdate(poll.Messages, "", append(chatter(), line(106, "s_10231", "明白了"), line(107, "t_wang", "好"))))
	require.Contains(t, s.Text(), "5/7", "it stays where the operator reads")
}

func TestChatReadsOlderPagesAtTheTop(t *testing.T) {
	s := inTab(t, 80, 24, "6")
	s.Put(talkUpdate(poll.Messages, "", chatter()))
	older := poll.Topic{Kind: poll.Messages, Room: talkRoom, ID: text("101")}
	wanted := func(topic poll.Topic) bool {
		for _, w := range s.session.Wants() {
			if w.Topic == topic {
				return true
			}
		}
		return false
	}
	require.False(t, wanted(older), "nobody looks at the top")
	s.Press("g")
	require.True(t, wanted(older))
	s.Put(talkUpdate(poll.Messages, "101", []class.Message{line(99, "t_wang", "早"), line(100, "t_wang", "安静")}))
	require.Contains(t, s.Text(), "安静")
	require.Contains(t, s.Text(), "3/7", "the cursor stays with its message")
	s.Press("g")
	s.Put(talkUpdate(poll.Messages, "99", []class.Message(nil)))
	assert.False(t, wanted(poll.Topic{Kind: poll.Messages, Room: talkRoom, ID: text("99")}), "there is nothing older")
}

func TestTwoThousandMessagesCostWhatIsVisible(t *testing.T) {
	s := inTab(t, 80, 24, "6")
	many := make([]class.Message, 2000)
	for i := range many {
		many[i] = line(int64(i+1), "s_10231", fmt.Sprintf("消息 %d", i))
	}
	s.Put(talkUpdate(poll.Messages, "", many))
	requireFull(t, s, 80, 24)
	require.Contains(t, s.Text(), "2000/2000")
}

func happenings() []class.Event {
	at := class.UnixOf(now)
	e := func(ago class.Unix, kind, user string) class.Event {
		return class.Event{At: at - ago, Kind: text(kind), User: text(user), Device: 4}
	}
	quit := e(60, "MemberQuit", "s_10266")
	quit.Reason = 2
	done := class.Event{At: at - 5, Kind: text("RecordFinish"), Duration: 2400, Size: 123_456_789, RecordURL: text("https://example.com/r.mp4")}
	return []class.Event{e(2400, "RoomStart", ""), e(2300, "MemberJoin", "t_wang"), e(2300, "MemberJoin", "t_wang"), e(900, "CameraOff", "s_10231"),
		e(300, "HandWave", "s_10240"), quit, done}
}

func TestFramesOfEvents(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inTab(t, size.w, size.h, "7")
			s.Put(talkUpdate(poll.Events, "", happenings()))
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestEventsFilterByKind(t *testing.T) {
	s := inTab(t, 120, 24, "7")
	s.Put(talkUpdate(poll.Events, "", happenings()))
	s.Press("/")
	s.Press(strings.Split("kind:MemberJoin", "")...)
	s.Press("enter")
	require.Contains(t, s.Text(), "/2", "two events that look alike are two rows")
	require.NotContains(t, s.Text(), "kicked for good")
}

func TestTabsSayWhyTheyAreEmpty(t *testing.T) {
	for digit, want := range map[string]string{"6": "No one has written", "7": "Nothing has happened"} {
		s := inTab(t, 80, 24, digit)
		require.Contains(t, s.Text(), "Reading")
		kind := map[string]poll.Kind{"6": poll.Messages, "7": poll.Events}[digit]
		s.Put(poll.Update{Topic: poll.Topic{Kind: kind, Room: talkRoom}, Started: now, At: now,
			Err: &class.Error{Action: "GetRoom", Code: "InternalError", Meaning: "The service failed.", RequestID: "r-9"}})
		require.Contains(t, s.Text(), "r-9")
		empty := map[string]any{"6": []class.Message(nil), "7": []class.Event(nil)}[digit]
		s.Put(poll.Update{Topic: poll.Topic{Kind: kind, Room: talkRoom}, Started: now.Add(time.Second), At: now.Add(time.Second), Data: empty})
		require.Contains(t, s.Text(), want)
	}
}
