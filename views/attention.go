package views

import (
	"maps"
	"slices"
	"time"

	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// attention lists what needs a person, the worst first.
type attention struct {
	ui.Base
	host   ui.Host
	cards  map[class.RoomID]class.Card // of classes with problems
	rows   map[problemKey]problemRow
	table  *table.Table[problemKey, problemRow]
	claims map[class.RoomID]string
	people people // of the class under the cursor, where its problem names somebody
	room   class.RoomID
}

// problemKey tells problems apart: a rule in a class, about one person where
// it names one.
type problemKey struct {
	room class.RoomID
	rule string
	user class.Text
}

// problemRow is one problem on screen. One that is over stays a moment, so
// that nothing vanishes from under an eye.
type problemRow struct {
	problem class.Problem
	card    class.Card
	note    string    // the newest on the problem or its class; empty: none
	claim   string    // who takes care of the class; empty: nobody
	over    time.Time // since when it is no problem any more; zero: it is one
}

// overStays is how long a problem that is over stays listed.
const overStays = 5 * time.Second

func newAttention(h ui.Host, _ ui.Arg) ui.View {
	v := &attention{host: h, cards: map[class.RoomID]class.Card{}, rows: map[problemKey]problemRow{}}
	v.table = table.New(v.cols(), func(r *problemRow) problemKey { return keyOf(&r.problem) }, problemOrder)
	return v
}

func keyOf(p *class.Problem) problemKey { return problemKey{p.Room, p.Rule, p.User} }

func (v *attention) Title() string { return v.host.Theme().Say("Attention") }

func (v *attention) Context() keymap.Context { return keymap.Classes }

func (v *attention) Grid() ui.Grid { return v.table }

// Wants keeps the classes on screen fresh, and knows the members of the one
// under the cursor where somebody may have to be acted on.
func (v *attention) Wants() []poll.Want {
	var wants []poll.Want
	for _, r := range v.table.Visible() {
		w := poll.Want{Topic: poll.Topic{Kind: poll.Card, Room: r.problem.Room}, Tier: poll.Visible}
		if !slices.Contains(wants, w) {
			wants = append(wants, w)
		}
	}
	if r, ok := v.selected(); ok && !r.problem.User.IsZero() {
		wants = append(wants, v.people.want(r.problem.Room))
	}
	return wants
}

func (v *attention) Apply(u poll.Update) bool {
	switch data := u.Data.(type) {
	case class.Card:
		return v.applyCard(data)
	case []class.Member:
		if u.Topic.Kind == poll.Members {
			v.room = u.Topic.Room
			return v.people.learn(u)
		}
	case []class.Room:
		return v.prune(data)
	}
	return false
}

// applyCard takes a class's problems over; those that are gone are marked.
func (v *attention) applyCard(c class.Card) bool {
	old, known := v.cards[c.Room.ID]
	if !known && len(c.Problems) == 0 {
		return false
	}
	v.cards[c.Room.ID] = c
	for i := range c.Problems {
		p := c.Problems[i]
		v.rows[keyOf(&p)] = problemRow{problem: p, card: c, note: newestNote(v.host, p.Room, &p)}
	}
	for i := range old.Problems {
		key := keyOf(&old.Problems[i])
		if !slices.ContainsFunc(c.Problems, func(p class.Problem) bool { return keyOf(&p) == key }) {
			v.end(key)
		}
	}
	if len(c.Problems) == 0 {
		delete(v.cards, c.Room.ID)
	}
	v.fill()
	return true
}

// Rewind forgets what was wrong at another time of a recording.
func (v *attention) Rewind() {
	clear(v.rows)
	clear(v.cards)
	v.fill()
}

// prune ends what was wrong with classes that are no longer listed.
func (v *attention) prune(list []class.Room) bool {
	listed := make(map[class.RoomID]bool, len(list))
	for i := range list {
		listed[list[i].ID] = true
	}
	changed := false
	for key := range v.rows {
		if !listed[key.room] {
			v.end(key)
			delete(v.cards, key.room)
			changed = true
		}
	}
	if changed {
		v.fill()
	}
	return changed
}

func (v *attention) end(key problemKey) {
	if row, ok := v.rows[key]; ok && row.over.IsZero() {
		row.over = v.host.Now()
		v.rows[key] = row
	}
}

// care marks the problems of classes that somebody takes care of, and those no
// longer.
func (v *attention) care() {
	if claims := claimants(v.host); !v.host.Still() && !maps.Equal(claims, v.claims) {
		v.claims = claims
		v.fill()
	}
}

// fill hands the rows to the table.
func (v *attention) fill() {
	rows := make([]problemRow, 0, len(v.rows))
	for _, r := range v.rows {
		r.claim = v.claims[r.problem.Room]
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b problemRow) int { return problemOrder(&a, &b, time.Time{}) })
	v.table.Set(rows)
}

// sweep drops what has been over for a while.
func (v *attention) sweep(now time.Time) {
	if v.host.Still() {
		return
	}
	n := len(v.rows)
	for key, r := range v.rows {
		if !r.over.IsZero() && now.Sub(r.over) >= overStays {
			delete(v.rows, key)
		}
	}
	if len(v.rows) != n {
		v.fill()
	}
}

func (v *attention) Key(a keymap.Action) bool {
	r, ok := v.selected()
	if !ok {
		return false
	}
	switch a {
	case keymap.In:
		v.host.Open("room", r.arg())
	case keymap.Ack:
		ps := v.chosen()
		what := r.card.Room.Name.String() + ": " + v.host.Theme().Tell(r.problem.Rule)
		if len(ps) > 1 {
			what = v.host.Theme().Say("the marked problems")
		}
		v.host.AckMenu(what, ps)
	default:
		return false
	}
	return true
}

// chosen are the marked problems, or the one under the cursor.
func (v *attention) chosen() []class.Problem {
	var ps []class.Problem
	for _, r := range v.table.Marked(v.host.Now()) {
		ps = append(ps, r.problem)
	}
	if r, ok := v.selected(); ok && len(ps) == 0 {
		ps = append(ps, r.problem)
	}
	return ps
}

// arg leads to where the problem can be looked at.
func (r *problemRow) arg() ui.Arg {
	arg := ui.Arg{Room: r.problem.Room, Name: r.card.Room.Name, User: r.problem.User}
	switch r.problem.Rule {
	case "document failed":
		arg.Tab = "Documents"
	case "question unanswered":
		arg.Tab = "Quiz"
	default:
		if !arg.User.IsZero() {
			arg.Tab = "Members"
		}
	}
	return arg
}

func (v *attention) selected() (*problemRow, bool) { return v.table.Selected(v.host.Now()) }

// Trouble is the problem that a note is about.
func (v *attention) Trouble() (class.Problem, bool) {
	r, ok := v.selected()
	if !ok {
		return class.Problem{}, false
	}
	return r.problem, true
}

// Target is the person whom the problem names, or else the class.
func (v *attention) Target() (ops.Target, bool) {
	r, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	return v.target(r), true
}

func (v *attention) target(r *problemRow) ops.Target {
	if v.room == r.problem.Room && !r.problem.User.IsZero() {
		if t, ok := v.people.target(r.card, r.problem.User); ok {
			return t
		}
	}
	return roomTarget(r.card, r.card.MembersAt)
}

// Targets are the classes of the marked problems, each once.
func (v *attention) Targets() []ops.Target {
	var out []ops.Target
	for _, r := range v.table.Marked(v.host.Now()) {
		if !slices.ContainsFunc(out, func(t ops.Target) bool { return t.Room == r.problem.Room }) {
			out = append(out, v.target(r))
		}
	}
	return out
}

func (v *attention) ID() (what, id string) {
	r, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "room id", r.problem.Room.String()
}

func (v *attention) Facts() []ui.Fact {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return cardFacts(v.host, r.card)
}

func (v *attention) Raw() any {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return r.problem
}

func (v *attention) Render(w, h int) []string {
	now := v.host.Now()
	v.sweep(now)
	v.care()
	lines := v.table.Render(v.host.Theme(), w, h, now)
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], v.empty(w, h-1)...)
}

func (v *attention) empty(w, h int) []string {
	th, st := v.host.Theme(), v.host.Status()
	switch {
	case v.table.Len() > 0:
		return ui.Message(th, w, h, theme.Warn, "No problem matches the filter "+v.table.FilterText(), "esc clears the filter")
	case st.Problem != nil:
		return ui.Message(th, w, h, theme.Danger, "Nobody can say what needs attention now", st.Problem.Error())
	case st.Waiting:
		return ui.Message(th, w, h, theme.Info, "Reading the classes")
	}
	return ui.Message(th, w, h, theme.Good, "Nothing needs attention", "What does will be listed here, the worst first.")
}
