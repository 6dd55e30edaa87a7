package views

import (
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

// rooms is the home view: every class of the window.
type rooms struct {
	ui.Base
	host    ui.Host
	table   *table.Table[class.RoomID, roomRow]
	listed  ui.Feed
	lens    int
	preview bool
	pane    pane
	wide    bool // the last frame had room for the pane
	claims  map[class.RoomID]string
}

// roomRow is one class on screen.
type roomRow struct {
	card   class.Card
	feed   ui.Feed
	pinned bool
	note   string // the newest on the class; empty: there is none
	claim  string // who takes care of it; empty: nobody
}

func newRooms(h ui.Host, _ ui.Arg) ui.View {
	v := &rooms{host: h, preview: true}
	v.table = table.New(roomCols(h), func(r *roomRow) class.RoomID { return r.card.Room.ID }, worstFirst)
	return v
}

func (v *rooms) Title() string { return v.host.Theme().Say("Rooms") }

func (v *rooms) Context() keymap.Context { return keymap.Home }

func (v *rooms) Grid() ui.Grid { return v.table }

// Wants asks for the rows on screen, most of all for the one under the cursor;
// the shell asks for all others in the background.
func (v *rooms) Wants() []poll.Want {
	var wants []poll.Want
	cur, ok := v.table.Selected(v.host.Now())
	for _, r := range v.table.Visible() {
		tier := poll.Visible
		if ok && r.card.Room.ID == cur.card.Room.ID {
			tier = poll.Focused
		}
		wants = append(wants, poll.Want{Topic: poll.Topic{Kind: poll.Card, Room: r.card.Room.ID}, Tier: tier})
	}
	if ok && v.paneOn() {
		wants = append(wants, poll.Want{Topic: poll.Topic{Kind: poll.Members, Room: cur.card.Room.ID}, Tier: poll.Focused})
	}
	return wants
}

func (v *rooms) Apply(u poll.Update) bool {
	switch u.Topic.Kind {
	case poll.Rooms:
		return v.applyList(u)
	case poll.Card:
		return v.applyCard(u)
	case poll.Members:
		return v.pane.apply(u)
	}
	return false
}

// applyList brings classes whose card has not come yet, so that the first
// frame does not wait for members, and drops those that are gone.
func (v *rooms) applyList(u poll.Update) bool {
	list, ok := u.Data.([]class.Room)
	if !v.listed.Note(u) || !ok {
		return true
	}
	rows := make([]roomRow, 0, len(list))
	for _, room := range list {
		row := roomRow{card: class.Card{Room: room}}
		if old, ok := v.table.Get(room.ID); ok {
			row = *old
			row.card.Room = room
		}
		row.note, row.claim = newestNote(v.host, room.ID, nil), v.claims[room.ID]
		if row.card.MembersAt.IsZero() {
			row.feed.Note(poll.Update{At: u.At})
		}
		rows = append(rows, row)
	}
	v.table.Set(rows)
	return true
}

func (v *rooms) applyCard(u poll.Update) bool {
	row, ok := v.table.Get(u.Topic.Room)
	if !ok {
		row = &roomRow{card: class.Card{Room: class.Room{ID: u.Topic.Room}}}
	}
	next := *row
	if card, ok := u.Data.(class.Card); ok {
		next.card = card
	}
	next.feed.Note(u)
	if err := next.card.Err; next.feed.Err == nil && !(next.card.Room.Status >= class.RoomEnded && err != nil && err.OfTarget()) {
		next.feed.Err = err // that nobody is in a class that is over is no trouble
	}
	if !next.card.MembersAt.IsZero() && next.card.Room.Status == class.RoomLive {
		next.feed.At = next.card.MembersAt
	}
	if next.card.Room.Start == 0 && next.card.Room.Name.IsZero() {
		return false // an error on a class that was never listed
	}
	next.note, next.claim = newestNote(v.host, next.card.Room.ID, nil), v.claims[next.card.Room.ID]
	v.table.Put(next)
	return true
}

func (v *rooms) Key(a keymap.Action) bool {
	switch a {
	case keymap.In:
		if r, ok := v.selected(); ok {
			v.host.Open("room", ui.Arg{Room: r.card.Room.ID, Name: r.card.Room.Name})
		}
	case keymap.Preview:
		v.togglePreview()
	case keymap.Pin:
		v.pin()
	case keymap.Ack:
		if r, ok := v.selected(); ok {
			v.host.AckMenu(r.card.Room.Name.String(), r.card.Problems)
		}
	case keymap.NextTab:
		v.look(v.lens + 1)
	case keymap.PrevTab:
		v.look(v.lens - 1)
	default:
		return v.lensKey(a)
	}
	return true
}

func (v *rooms) togglePreview() {
	v.preview = !v.preview
	if v.preview && !v.wide {
		v.host.Say(ui.Info, "the preview needs a terminal of 120 columns")
	}
}

func (v *rooms) pin() {
	if r, ok := v.selected(); ok {
		next := *r
		next.pinned = !next.pinned
		v.table.Put(next)
	}
}

func (v *rooms) selected() (*roomRow, bool) { return v.table.Selected(v.host.Now()) }

func (v *rooms) Target() (ops.Target, bool) {
	r, ok := v.selected()
	if !ok {
		return ops.Target{}, false
	}
	return roomTarget(r.card, r.feed.At), true
}

func (v *rooms) Targets() []ops.Target {
	var out []ops.Target
	for _, r := range v.table.Marked(v.host.Now()) {
		out = append(out, roomTarget(r.card, r.feed.At))
	}
	return out
}

func (v *rooms) ID() (what, id string) {
	r, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "room id", r.card.Room.ID.String()
}

func (v *rooms) Facts() []ui.Fact {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return append(cardFacts(v.host, r.card), ui.Fact{Name: "data age", Value: r.feed.Age(v.host.Now()), Look: r.feed.Look(v.host.Now())})
}

func (v *rooms) Raw() any {
	r, ok := v.selected()
	if !ok {
		return nil
	}
	return r.card
}

// Places lets the palette go to any class by name, id or teacher.
func (v *rooms) Places() []ui.Place {
	rows := v.table.All()
	out := make([]ui.Place, len(rows))
	for i := range rows {
		c := &rows[i].card
		out[i] = ui.Place{
			Label: c.Room.Name.String() + " " + c.Room.ID.String(), Hint: v.host.Theme().Tell(stateWord(&rows[i], v.host.Now())) + ", " + teacher(*c).String(),
			View: "room", Arg: ui.Arg{Room: c.Room.ID, Name: c.Room.Name},
		}
	}
	return out
}

// paneFrom is the width from which there is room for the preview.
const paneFrom = 120

// care marks the classes that somebody takes care of, and those no longer.
func (v *rooms) care() {
	if v.host.Still() {
		return
	}
	claims := claimants(v.host)
	for id, by := range claims {
		v.mark(id, by)
	}
	for id := range v.claims {
		if claims[id] == "" {
			v.mark(id, "")
		}
	}
	v.claims = claims
}

func (v *rooms) mark(id class.RoomID, by string) {
	if row, ok := v.table.Get(id); ok && row.claim != by {
		next := *row
		next.claim = by
		v.table.Put(next)
	}
}

func (v *rooms) paneOn() bool { return v.preview && v.wide }

func (v *rooms) Render(w, h int) []string {
	now := v.host.Now()
	v.care()
	v.wide = w >= paneFrom
	listW, paneW := w, 0
	if v.paneOn() {
		paneW = min(max(w/3, 40), 64)
		listW = w - paneW - 1
	}
	lines := v.table.Render(v.host.Theme(), listW, h, now)
	if v.table.Shown() == 0 && h > 1 {
		lines = append(lines[:1], v.empty(listW, h-1)...)
	}
	if paneW == 0 {
		return lines
	}
	row, _ := v.selected()
	side := v.host.Theme().Paint(theme.Border, v.host.Theme().Glyphs.V)
	for i, l := range v.pane.render(v.host, row, paneW, h) {
		lines[i] += side + l
	}
	return lines
}

// empty explains why there is nothing to see.
func (v *rooms) empty(w, h int) []string {
	th, st := v.host.Theme(), v.host.Status()
	from, to := v.host.Window()
	clock := func(t time.Time) string { return t.In(v.host.Location()).Format("15:04") }
	switch {
	case v.table.Len() > 0 && v.table.FilterText() != "":
		return ui.Message(th, w, h, theme.Warn, "No class matches the filter "+v.table.FilterText(), "esc clears the filter, 0 shows all classes")
	case v.table.Len() > 0:
		return ui.Message(th, w, h, theme.Good, th.Say("No class: %s", th.Word("lens", lenses()[v.lens].name)), "0 shows all classes")
	case v.listed.Err != nil:
		return ui.Message(th, w, h, theme.Danger, "The list of classes cannot be read", v.listed.Err.Error(), "r tries again")
	case st.Problem != nil:
		return ui.Message(th, w, h, theme.Danger, "The list of classes cannot be read", st.Problem.Error(), "r tries again")
	case v.listed.At.IsZero():
		return ui.Message(th, w, h, theme.Info, th.Say("Reading the classes between %s and %s", clock(from), clock(to)))
	}
	return ui.Message(th, w, h, theme.Info, th.Say("No classes between %s and %s", clock(from), clock(to)),
		"The service was asked and knows of none in this span. Is this the right profile ("+v.host.Profile().Name+")?")
}

// oldNote says how old something on screen is: "members 4s old", with a mark
// behind it where nothing newer can be had.
func oldNote(h ui.Host, what string, f *ui.Feed) string {
	th, now := h.Theme(), h.Now()
	old, stale := strings.CutSuffix(age(h, f, now), " !")
	words := th.Say("%s old", old)
	switch {
	case f.Err != nil && f.Err.ClassOver() && !f.At.IsZero():
		return th.Paint(theme.Muted, th.Tell(what)+" "+th.Say("before the end"))
	case stale && !f.At.IsZero():
		words += " !"
	case f.At.IsZero() && f.Err != nil && f.Err.ClassOver():
		return "" // the empty list says so
	case f.At.IsZero() && f.Err != nil:
		words = th.Say("cannot be read")
	case f.At.IsZero():
		words = th.Say("not read yet")
	}
	return th.Paint(theme.Muted, th.Tell(what)+" ") + th.Paint(ageLook(h, f, now), words)
}

// age is how fresh a row is; trouble with the connection makes every row
// stale.
func age(h ui.Host, f *ui.Feed, now time.Time) string {
	if f.Err == nil && h.Status().Problem != nil && !f.At.IsZero() {
		return f.Age(now) + " !"
	}
	return f.Age(now)
}

func ageLook(h ui.Host, f *ui.Feed, now time.Time) theme.Token {
	if h.Status().Problem != nil {
		return theme.Danger
	}
	return f.Look(now)
}
