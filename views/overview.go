package views

import (
	"slices"
	"strings"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// overview is the tab that tells a class at a glance: what is wrong, who leads
// it, how it goes, how it is set up.
type overview struct {
	ui.Base
	about
	people  people
	members []class.Member
	seen    ui.Feed // of the members
	events  []class.Event
	log     ui.Feed // of the events
	names   names   // of those whom the class names
}

func newOverview(h ui.Host, arg ui.Arg) ui.View {
	return &overview{about: about{host: h, arg: arg}}
}

func (v *overview) Title() string { return v.host.Theme().Say("Overview") }

func (v *overview) Context() keymap.Context { return keymap.Room }

func (v *overview) Wants() []poll.Want {
	return append([]poll.Want{
		v.people.want(v.arg.Room),
		{Topic: poll.Topic{Kind: poll.Events, Room: v.arg.Room}, Tier: poll.Visible},
	}, v.names.asks...)
}

func (v *overview) Apply(u poll.Update) bool {
	if u.Topic.Kind == poll.Name {
		return v.names.learn(u)
	}
	if u.Topic.Room != v.arg.Room {
		return false
	}
	defer v.askNames()
	switch u.Topic.Kind {
	case poll.Members:
		if list, ok := u.Data.([]class.Member); v.seen.Note(u) && ok {
			v.people.learn(u)
			v.members = list
		}
		return true
	case poll.Events:
		if list, ok := u.Data.([]class.Event); v.log.Note(u) && ok {
			v.events = list
		}
		return true
	}
	return v.hear(u)
}

// askNames asks for the names of those who lead and were not in the list of
// members, once there is one.
func (v *overview) askNames() {
	var ids []class.Text
	for _, id := range append(slices.Clone(v.detail.Assistants), v.detail.Teacher) {
		m, ok := v.people.find(id)
		waits := v.seen.At.IsZero() && v.card().Room.Status == class.RoomLive
		if !waits && (!ok || m.Name.IsZero()) {
			ids = append(ids, id)
		}
	}
	v.names.ask(ids)
}

func (v *overview) ID() (what, id string) { return "room id", v.arg.Room.String() }

// Raw is the answer of DescribeRoom, or the card until it has come.
func (v *overview) Raw() any {
	if v.told.At.IsZero() {
		return v.card()
	}
	return v.detail
}

func (v *overview) Facts() []ui.Fact {
	facts := cardFacts(v.host, v.card())
	for _, p := range v.problems() {
		facts = append(facts, ui.Fact{Name: "problem", Value: problemWords(v.host, &p), Look: severityLook(p.Severity)})
	}
	for _, l := range v.leaders() {
		facts = append(facts, ui.Fact{Name: l.part, Value: l.name + ", " + v.host.Theme().Tell(l.words), Look: l.look})
	}
	if v.told.At.IsZero() {
		return facts
	}
	for _, s := range settings(&v.detail) {
		facts = append(facts, ui.Fact{Name: s.name, Value: s.words, Words: true})
	}
	return append(facts, ui.Fact{Name: "data age", Value: v.told.Age(v.host.Now())})
}

// Note says how old the parts are. The one that cannot be read matters most,
// and stands alone.
func (v *overview) Note(w int) string {
	now, th := v.host.Now(), v.host.Theme()
	var parts []string
	note := ""
	for _, f := range []struct {
		name string
		feed *ui.Feed
	}{{"settings", &v.told}, {"members", &v.seen}, {"events", &v.log}} {
		if note == "" || f.feed.Err != nil {
			note = oldNote(v.host, f.name, f.feed)
		}
		if f.feed.Err == nil && !f.feed.At.IsZero() {
			parts = append(parts, th.Paint(theme.Muted, th.Tell(f.name)+" ")+th.Paint(ageLook(v.host, f.feed, now), f.feed.Age(now)))
		}
	}
	all := th.Say("%s old", strings.Join(parts, th.Paint(theme.Muted, ", ")))
	if len(parts) == 3 && v.host.Status().Problem == nil && theme.Width(all) <= w {
		return all
	}
	return note
}

// The widths from which there are two and three columns.
const (
	twoColumns   = 110
	threeColumns = 180
)

func (v *overview) Render(w, h int) []string {
	if h < 1 {
		return nil
	}
	left := func(w, rows int) []section {
		return append(v.notable(w), v.leaderPart(w), v.countPart(w), v.trendPart(w, rows))
	}
	switch {
	case w >= threeColumns:
		third := w / 3
		rest := w - 2*third
		return beside(stack(v.host, left(third, trendRows(h, 14)), third, h),
			stack(v.host, []section{v.settingPart(third, true)}, third, h),
			stack(v.host, []section{v.eventPart(rest, h)}, rest, h))
	case w >= twoColumns:
		half := w / 2
		rest := w - half
		return beside(stack(v.host, append(left(half, trendRows(h, 20)), v.eventPart(half, h)), half, h),
			stack(v.host, []section{v.settingPart(rest, true)}, rest, h))
	}
	return stack(v.host, append(left(w, 1), v.eventPart(w, latest), v.settingPart(w, false)), w, h)
}
