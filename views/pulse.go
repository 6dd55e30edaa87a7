package views

import (
	"cmp"
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
)

// pulse is the whole school in figures, for a wall screen.
type pulse struct {
	ui.Base
	host    ui.Host
	cards   map[class.RoomID]class.Card
	devices map[class.RoomID]devices
	online  tides
	rewound bool // a recording jumped and its cards are still to come
}

// devices counts the people of a class who are in it, by kind of device.
type devices [8]int

func newPulse(h ui.Host, _ ui.Arg) ui.View {
	return &pulse{host: h, cards: map[class.RoomID]class.Card{}, devices: map[class.RoomID]devices{}, online: tides{last: map[class.RoomID]int{}}}
}

func (v *pulse) Title() string { return v.host.Theme().Say("Pulse") }

func (v *pulse) Context() keymap.Context { return keymap.Global }

// Wants takes the member lists that are read anyway, to count devices.
func (v *pulse) Wants() []poll.Want {
	var wants []poll.Want
	for id, c := range v.cards {
		if c.Room.Status == class.RoomLive {
			wants = append(wants, poll.Want{Topic: poll.Topic{Kind: poll.Members, Room: id}, Tier: poll.Background})
		}
	}
	slices.SortFunc(wants, func(a, b poll.Want) int { return cmp.Compare(a.Topic.Room, b.Topic.Room) })
	return wants
}

func (v *pulse) Apply(u poll.Update) bool {
	switch data := u.Data.(type) {
	case class.Card:
		if v.rewound { // the levels are seeded anew when all cards of the moment are here
			v.rewound, v.online = false, tides{last: map[class.RoomID]int{}}
		}
		v.cards[data.Room.ID] = data
		if data.Room.Status == class.RoomLive && !data.MembersAt.IsZero() {
			v.online.note(data.Room.ID, data.Counts.Online, data.MembersAt)
		}
	case []class.Member:
		if u.Topic.Kind != poll.Members {
			return false
		}
		var d devices
		for i := range data {
			if data[i].State.Here() {
				d[min(max(data[i].Device, 0), class.Device(len(d)-1))]++
			}
		}
		v.devices[u.Topic.Room] = d
	case []class.Room:
		v.prune(data)
	}
	return false // the clock's next second is soon enough
}

// Rewind forgets how the school was at another time of a recording.
func (v *pulse) Rewind() {
	v.rewound = true
	clear(v.devices)
}

func (v *pulse) prune(list []class.Room) {
	live := make(map[class.RoomID]bool, len(list))
	listed := make(map[class.RoomID]bool, len(list))
	for i := range list {
		listed[list[i].ID] = true
		live[list[i].ID] = list[i].Status == class.RoomLive
	}
	for id := range v.cards {
		if !listed[id] {
			delete(v.cards, id)
		}
		if !live[id] {
			delete(v.devices, id)
			delete(v.online.last, id)
		}
	}
}

// figures are the sums of the school.
type figures struct {
	states                          [class.RoomExpired + 1]int
	online, expected, mics, cameras int
	urgent                          [4]int // classes by the severity of their worst problem
	devices                         devices
}

func (v *pulse) sum() figures {
	var f figures
	for _, c := range v.cards {
		f.states[min(max(c.Room.Status, 0), class.RoomExpired)]++
		if p, ok := worst(&c); ok {
			f.urgent[min(max(p.Severity, 1), 3)]++
		}
		if c.Room.Status == class.RoomLive {
			f.online += c.Counts.Online
			f.expected += c.Counts.Expected
			f.mics += c.Counts.Mics
			f.cameras += c.Counts.Cameras
		}
	}
	for _, d := range v.devices {
		for i, n := range d {
			f.devices[i] += n
		}
	}
	return f
}

// change is something that happened to a class.
type change struct {
	at   time.Time
	card class.Card
	text string
	look class.Problem // its severity gives the look; 0 for what is no problem
}

// lately lists what happened in the last hour, the latest first.
func (v *pulse) lately(now time.Time) []change {
	var out []change
	add := func(at time.Time, c class.Card, text string, p class.Problem) {
		if ago := now.Sub(at); ago >= 0 && ago < time.Hour {
			out = append(out, change{at, c, text, p})
		}
	}
	for _, c := range v.cards {
		if c.Room.RealStart != 0 {
			add(c.Room.RealStart.Time(), c, "began", class.Problem{})
		}
		if c.Room.RealEnd != 0 && c.Room.Status >= class.RoomEnded {
			add(c.Room.RealEnd.Time(), c, "ended", class.Problem{})
		}
		for _, p := range c.Problems {
			add(p.Since, c, p.Sentence, p)
		}
	}
	slices.SortFunc(out, func(a, b change) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.card.Room.ID, b.card.Room.ID), cmp.Compare(a.text, b.text))
	})
	return out
}

// tides follow the number of people online: how many there were, and how many
// came and went, as far as the counts of the classes tell.
type tides struct {
	last   map[class.RoomID]int
	levels []int // online, one each tideStep, the latest last
	steps  []flow
	at     time.Time // when the latest level was taken
	seeded bool
}

// flow is what came and went in one step.
type flow struct{ came, went int }

const (
	tideStep  = 10 * time.Second
	mostTides = 360 // an hour
	minute    = int(time.Minute / tideStep)
)

// note takes one class's count.
func (t *tides) note(id class.RoomID, online int, _ time.Time) {
	before, known := t.last[id]
	t.last[id] = online
	if !known || !t.seeded || len(t.steps) == 0 {
		return
	}
	f := &t.steps[len(t.steps)-1]
	f.came += max(0, online-before)
	f.went += max(0, before-online)
}

// level is how many are online now.
func (t *tides) level() int {
	sum := 0
	for _, n := range t.last {
		sum += n
	}
	return sum
}

// advance takes a level for each step that has passed.
func (t *tides) advance(now time.Time) {
	if t.at.IsZero() {
		t.at = now
		t.push(flow{})
	}
	for now.Sub(t.at) >= tideStep {
		t.at = t.at.Add(tideStep)
		t.push(flow{})
	}
	t.levels[len(t.levels)-1] = t.level()
	t.seeded = true
}

func (t *tides) push(f flow) {
	t.levels = append(t.levels[max(0, len(t.levels)-mostTides+1):], t.level())
	t.steps = append(t.steps[max(0, len(t.steps)-mostTides+1):], f)
}

// seed begins with what the poller remembers of each class.
func (t *tides) seed(h ui.Host, now time.Time) {
	const back = 60 // steps: ten minutes
	levels, steps := make([]int, back), make([]flow, back)
	some := false
	for id := range t.last {
		level, known := 0, false
		samples := h.Trend(id)
		for i := range back {
			until := now.Add(-time.Duration(back-1-i) * tideStep)
			for len(samples) > 0 && !samples[0].At.After(until) {
				if known {
					steps[i].came += max(0, samples[0].Online-level)
					steps[i].went += max(0, level-samples[0].Online)
				}
				level, known, some = samples[0].Online, true, true
				samples = samples[1:]
			}
			levels[i] += level
		}
	}
	if some {
		first := max(0, slices.IndexFunc(levels, func(n int) bool { return n > 0 }))
		t.levels, t.steps, t.at = levels[first:], steps[first:], now
	}
}

// minutely adds the steps up by the minute.
func (t *tides) minutely(of func(flow) int) []int {
	var out []int
	for end := len(t.steps); end > 0; end -= minute {
		sum := 0
		for _, f := range t.steps[max(0, end-minute):end] {
			sum += of(f)
		}
		out = append(out, sum)
	}
	slices.Reverse(out)
	return out
}
