package views

import (
	"cmp"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// eventWords says each kind of event (EventInfo.EventType) as a supervisor
// would. Kinds that are not here are shown as the service names them.
var eventWords = map[string]struct {
	words string
	look  theme.Token
}{
	"RoomStart":    {"class started", theme.Good},
	"RoomEnd":      {"class ended", theme.Warn},
	"MemberJoin":   {"came", theme.Good},
	"MemberQuit":   {"left", theme.Warn},
	"RecordFinish": {"recording finished", theme.Info},
	"CameraOn":     {"camera on", theme.Plain},
	"CameraOff":    {"camera off", theme.Muted},
	"MicOn":        {"microphone on", theme.Plain},
	"MicOff":       {"microphone off", theme.Muted},
	"ScreenOn":     {"shares the screen", theme.Accent},
	"ScreenOff":    {"screen sharing off", theme.Muted},
	"VisibleOn":    {"looks at the class", theme.Plain},
	"VisibleOff":   {"looks at something else", theme.Muted},
}

// quitReasons says why a member left (EventDataInfo.Reason of newer editions).
var quitReasons = map[int64]string{1: "kicked", 2: "kicked for good", 4: "connection lost", 5: "class over"}

// event is one entry with its place in the log: events have no id of their own.
type event struct {
	class.Event
	nth int // among the entries that are the same in everything
}

type eventKey struct {
	at         class.Unix
	kind, user class.Text
	nth        int
}

func (e *event) key() eventKey { return eventKey{e.At, e.Kind, e.User, e.nth} }

// events is the tab of what happened in a class, newest last.
type events struct {
	ui.Base
	about
	table  *table.Table[eventKey, event]
	feed   ui.Feed
	people people
}

func newEvents(h ui.Host, arg ui.Arg) ui.View {
	v := &events{about: about{host: h, arg: arg}}
	v.table = table.New(v.cols(), (*event).key, func(a, b *event, _ time.Time) int { return cmp.Compare(a.At, b.At) })
	return v
}

func (v *events) Title() string { return v.host.Theme().Say("Events") }

func (v *events) Context() keymap.Context { return keymap.Members }

func (v *events) Grid() ui.Grid { return v.table }

func (v *events) topic() poll.Topic { return poll.Topic{Kind: poll.Events, Room: v.arg.Room} }

func (v *events) Wants() []poll.Want {
	return []poll.Want{{Topic: v.topic(), Tier: poll.Focused}, v.people.want(v.arg.Room)}
}

func (v *events) Apply(u poll.Update) bool {
	switch {
	case u.Topic.Room == v.arg.Room && u.Topic.Kind == poll.Members:
		if v.people.learn(u) {
			v.table.Touch()
			return true
		}
		return false
	case u.Topic != v.topic():
		return v.hear(u)
	}
	last := v.table.Len() == 0 || v.table.Position() >= v.table.Shown()
	if list, ok := u.Data.([]class.Event); v.feed.Note(u) && ok {
		v.table.Set(numbered(list))
		if last {
			v.table.Last(v.host.Now())
		}
	}
	return true
}

// numbered gives events that look alike a number, so that each is a row.
func numbered(list []class.Event) []event {
	out := make([]event, len(list))
	seen := map[eventKey]int{}
	for i, e := range list {
		out[i] = event{Event: e}
		k := out[i].key()
		out[i].nth = seen[k]
		seen[k]++
	}
	return out
}

// Target is the member that the event is about.
func (v *events) Target() (ops.Target, bool) {
	e, ok := v.table.Selected(v.host.Now())
	if !ok || e.User.IsZero() {
		return ops.Target{}, false
	}
	return v.people.target(v.card(), e.User)
}

func (v *events) ID() (what, id string) {
	e, ok := v.table.Selected(v.host.Now())
	if !ok {
		return "", ""
	}
	return "user id", e.User.String()
}

func (v *events) Facts() []ui.Fact {
	e, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return []ui.Fact{
		{Name: "what", Value: eventText(e), Words: true, Look: eventLook(e, time.Time{})},
		{Name: "kind", Value: e.Kind.String()},
		{Name: "when", Value: moment(e.At, v.host.Location()), Words: true},
		{Name: "who", Value: v.people.name(e.User)},
		{Name: "user id", Value: e.User.String()},
		{Name: "details", Value: eventDetail(e), Words: true},
	}
}

func (v *events) Raw() any {
	e, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return e.Event
}

func (v *events) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("/ filters by kind")+" "+th.Glyphs.Dot+" ") + oldNote(v.host, "events", &v.feed)
}

func (v *events) Render(w, h int) []string {
	lines := v.table.Render(v.host.Theme(), w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], emptyTab(v.host, &v.feed, v.table, w, h-1, "event",
		"Nothing has happened in this class yet. The service keeps its events until one hour after the end.")...)
}

func (v *events) cols() []table.Col[event] {
	return []table.Col[event]{
		{ID: "time", Title: "Time", Width: 8, Look: muted[event], Reads: func(e *event, _ time.Time) string { return clock(e.At, v.host.Location()) },
			Order: func(a, b *event, _ time.Time) int { return cmp.Compare(a.At, b.At) }},
		{ID: "who", Title: "Who", Width: 12, Max: 20, Wide: 30, Look: func(*event, time.Time) theme.Token { return theme.Title },
			Reads: func(e *event, _ time.Time) string { return v.people.name(e.User) }},
		{ID: "id", Title: "Id", Width: 10, Max: 12, Wide: 30, Drop: 2, Look: muted[event], Reads: func(e *event, _ time.Time) string { return e.User.String() }},
		{ID: "what", Title: "What", Words: true, Width: 18, Max: 26, Look: eventLook, Reads: func(e *event, _ time.Time) string { return eventText(e) }},
		{ID: "details", Title: "Details", Words: true, Width: 10, Max: 60, Wide: 120, Drop: 1, Look: muted[event], Reads: func(e *event, _ time.Time) string { return eventDetail(e) }},
		{ID: "kind", Title: "Kind", Hidden: true, Reads: func(e *event, _ time.Time) string { return e.Kind.String() }},
	}
}

func eventText(e *event) string {
	if w, ok := eventWords[e.Kind.String()]; ok {
		return w.words
	}
	return e.Kind.String()
}

func eventLook(e *event, _ time.Time) theme.Token { return eventWords[e.Kind.String()].look }

func eventDetail(e *event) string {
	var parts []string
	if reason, ok := quitReasons[e.Reason]; ok && e.Kind.String() == "MemberQuit" {
		parts = append(parts, reason)
	}
	if e.Device != 0 {
		parts = append(parts, e.Device.String())
	}
	if e.Duration > 0 {
		parts = append(parts, ui.Ago(class.Seconds(e.Duration).Duration())+" long")
	}
	if e.Size > 0 {
		parts = append(parts, humanize.Bytes(uint64(e.Size)))
	}
	if u := e.RecordURL.String(); u != "" {
		parts = append(parts, u)
	}
	return strings.Join(parts, ", ")
}
