package views

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// The kinds of message parts (MessageItem.MessageType).
const (
	partText  = 0
	partImage = 1
)

// chat is the tab of a class's messages, oldest first. It follows the newest
// until the cursor moves away from it, and reads older ones when the cursor
// comes to the top.
type chat struct {
	ui.Base
	about
	table  *table.Table[int64, class.Message]
	feed   ui.Feed
	people people
	oldest int64 // the least sequence number read
	whole  bool  // nothing older is there
}

func newChat(h ui.Host, arg ui.Arg) ui.View {
	v := &chat{about: about{host: h, arg: arg}}
	v.table = table.New(v.cols(), func(m *class.Message) int64 { return m.Seq },
		func(a, b *class.Message, _ time.Time) int { return cmp.Compare(a.Seq, b.Seq) })
	return v
}

func (v *chat) Title() string { return v.host.Theme().Say("Chat") }

func (v *chat) Context() keymap.Context { return keymap.Members }

func (v *chat) Grid() ui.Grid { return v.table }

func (v *chat) newest() poll.Topic { return poll.Topic{Kind: poll.Messages, Room: v.arg.Room} }

// older is the page before the oldest message on screen.
func (v *chat) older() poll.Topic {
	seq := strconv.FormatInt(v.oldest, 10)
	return poll.Topic{Kind: poll.Messages, Room: v.arg.Room, ID: class.NewText(seq, seq)}
}

func (v *chat) Wants() []poll.Want {
	wants := []poll.Want{{Topic: v.newest(), Tier: poll.Focused}, v.people.want(v.arg.Room)}
	if v.atTop() && v.oldest > 0 && !v.whole {
		wants = append(wants, poll.Want{Topic: v.older(), Tier: poll.Focused})
	}
	return wants
}

// atTop tells whether the operator has gone up to the first message.
func (v *chat) atTop() bool {
	return v.table.Len() > 0 && v.table.Position() <= 1 && v.table.FilterText() == ""
}

func (v *chat) Apply(u poll.Update) bool {
	switch {
	case u.Topic.Room == v.arg.Room && u.Topic.Kind == poll.Members:
		if v.people.learn(u) {
			v.table.Touch()
			return true
		}
		return false
	case u.Topic == v.newest():
		v.follow(u)
	case u.Topic == v.older() && v.oldest > 0:
		list, ok := u.Data.([]class.Message)
		v.whole = ok && len(list) == 0
		v.put(list)
	default:
		return v.hear(u)
	}
	return true
}

// follow puts the newest messages in; the cursor goes with them while it is on
// the last one.
func (v *chat) follow(u poll.Update) {
	last := v.table.Len() == 0 || v.table.Position() >= v.table.Shown()
	list, ok := u.Data.([]class.Message)
	if !v.feed.Note(u) || !ok {
		return
	}
	v.put(list)
	if last {
		v.table.Last(v.host.Now())
	}
}

// Rewind forgets what was written by another time of a recording.
func (v *chat) Rewind() {
	v.table.Set(nil)
	v.oldest, v.whole = 0, false
}

func (v *chat) put(list []class.Message) {
	for _, m := range list {
		if old, ok := v.table.Get(m.Seq); !ok || !slices.Equal(old.Body, m.Body) {
			v.table.Put(m)
		}
		if v.oldest == 0 || m.Seq < v.oldest {
			v.oldest = m.Seq
		}
	}
}

// Target is the sender of the selected message.
func (v *chat) Target() (ops.Target, bool) {
	m, ok := v.table.Selected(v.host.Now())
	if !ok || m.From.IsZero() {
		return ops.Target{}, false
	}
	return v.people.target(v.card(), m.From)
}

func (v *chat) ID() (what, id string) {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return "", ""
	}
	return "sender's user id", m.From.String()
}

func (v *chat) Facts() []ui.Fact {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	facts := []ui.Fact{
		{Name: "from", Value: v.people.name(m.From), Look: theme.Title},
		{Name: "user id", Value: m.From.String()},
		{Name: "sent", Value: moment(m.At, v.host.Location()), Words: true},
		{Name: "number", Value: strconv.FormatInt(m.Seq, 10)},
	}
	for _, p := range m.Body {
		facts = append(facts, ui.Fact{Name: partName(p.Kind), Value: p.Text.String()})
	}
	return facts
}

func (v *chat) Raw() any {
	m, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return *m
}

func (v *chat) Note(int) string {
	th := v.host.Theme()
	state := th.Say("following")
	if v.table.Len() > 0 && v.table.Position() < v.table.Shown() {
		state = th.Say("G follows")
	}
	return th.Paint(theme.Muted, state+" "+th.Glyphs.Dot+" ") + oldNote(v.host, "chat", &v.feed)
}

func (v *chat) Render(w, h int) []string {
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], emptyTab(v.host, &v.feed, v.table, w, h-1, "message", "No one has written in this class yet")...)
}

func (v *chat) cols() []table.Col[class.Message] {
	return []table.Col[class.Message]{
		{ID: "time", Title: "Time", Width: 8, Look: muted[class.Message], Reads: func(m *class.Message, _ time.Time) string { return clock(m.At, v.host.Location()) },
			Order: func(a, b *class.Message, _ time.Time) int { return cmp.Compare(a.Seq, b.Seq) }},
		{ID: "from", Title: "From", Width: 16, Max: 18, Wide: 30, Look: func(*class.Message, time.Time) theme.Token { return theme.Title },
			Reads: func(m *class.Message, _ time.Time) string { return v.people.name(m.From) }},
		{ID: "id", Title: "Id", Width: 10, Max: 12, Wide: 30, Drop: 2, Look: muted[class.Message], Reads: func(m *class.Message, _ time.Time) string { return m.From.String() }},
		{ID: "text", Title: "Message", Width: 24, Max: 90, Wide: 400, Reads: func(m *class.Message, _ time.Time) string { return said(v.host.Theme(), m) },
			Look: func(m *class.Message, _ time.Time) theme.Token {
				if len(m.Body) > 0 && m.Body[0].Kind != partText {
					return theme.Muted
				}
				return theme.Plain
			}},
	}
}

// said is a message in one line.
func said(th *theme.Theme, m *class.Message) string {
	var parts []string
	for _, p := range m.Body {
		switch p.Kind {
		case partText:
			parts = append(parts, p.Text.String())
		default:
			parts = append(parts, strings.TrimSpace("["+th.Tell(partName(p.Kind))+"] "+p.Text.String()))
		}
	}
	return strings.Join(parts, " ")
}

func partName(kind int64) string {
	switch kind {
	case partText:
		return "text"
	case partImage:
		return "image"
	case 2:
		return "custom"
	}
	return fmt.Sprintf("kind %d", kind)
}

// clock is the time of day with seconds, or nothing for an unknown moment.
func clock(u class.Unix, loc *time.Location) string {
	if u == 0 {
		return ""
	}
	return u.Time().In(loc).Format("15:04:05")
}

// moment is a date with its time of day.
func moment(u class.Unix, loc *time.Location) string {
	if u == 0 {
		return "not known"
	}
	return u.Time().In(loc).Format("2006-01-02 15:04:05")
}

// emptyTab says why a tab has no rows: filtered out, not read, being read, or
// nothing there. noun is one row, none the sentence for nothing.
func emptyTab(h ui.Host, feed *ui.Feed, grid ui.Grid, w, lines int, noun, none string) []string {
	th := h.Theme()
	switch {
	case grid.Len() > 0:
		return ui.Message(th, w, lines, theme.Warn, "No "+noun+" matches the filter "+grid.FilterText(), "esc clears the filter")
	case feed.Err != nil && feed.At.IsZero():
		return ui.Message(th, w, lines, theme.Danger, "This cannot be read: "+feed.Err.Code, feed.Err.Error(), "r tries again, esc goes back")
	case feed.At.IsZero():
		return ui.Message(th, w, lines, theme.Info, "Reading")
	}
	return ui.Message(th, w, lines, theme.Info, none)
}
