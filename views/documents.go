package views

import (
	"cmp"
	"fmt"
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

// documents is the tab of a class's courseware.
type documents struct {
	ui.Base
	about
	table   *table.Table[class.Text, class.Document]
	feed    ui.Feed
	preview bool
	wide    bool // the last frame had room for the preview
}

func newDocuments(h ui.Host, arg ui.Arg) ui.View {
	v := &documents{about: about{host: h, arg: arg}, preview: true}
	v.table = table.New(v.cols(), func(d *class.Document) class.Text { return d.ID },
		func(a, b *class.Document, _ time.Time) int { return documentOrder(a, b) })
	return v
}

func (v *documents) Title() string { return v.host.Theme().Say("Documents") }

func (v *documents) Context() keymap.Context { return keymap.Documents }

func (v *documents) Grid() ui.Grid { return v.table }

func (v *documents) topic() poll.Topic { return poll.Topic{Kind: poll.Documents, Room: v.arg.Room} }

func (v *documents) Wants() []poll.Want {
	return []poll.Want{{Topic: v.topic(), Tier: poll.Focused}}
}

func (v *documents) Apply(u poll.Update) bool {
	if u.Topic != v.topic() {
		return v.hear(u)
	}
	if list, ok := u.Data.([]class.Document); v.feed.Note(u) && ok {
		v.table.Set(list)
	}
	return true
}

func (v *documents) Key(a keymap.Action) bool {
	switch a {
	case keymap.Preview:
		v.togglePreview()
	case keymap.In:
		v.host.Say(ui.Info, "d describes the document, x lists what you can do")
	default:
		return false
	}
	return true
}

func (v *documents) togglePreview() {
	if !v.wide {
		v.host.Say(ui.Info, v.host.Theme().Say("the preview needs %d columns; d describes the document", paneFrom))
		return
	}
	v.preview = !v.preview
}

func (v *documents) selected() (*class.Document, bool) { return v.table.Selected(v.host.Now()) }

// Target is the document under the cursor, or without one the class: then a
// document can still be created or bound.
func (v *documents) Target() (ops.Target, bool) {
	t := roomTarget(v.card(), v.feed.At)
	if d, ok := v.selected(); ok {
		t.Document, t.DocName = d.ID, d.Name
	}
	return t, true
}

func (v *documents) Targets() []ops.Target {
	var out []ops.Target
	for _, d := range v.table.Marked(v.host.Now()) {
		t := roomTarget(v.card(), v.feed.At)
		t.Document, t.DocName = d.ID, d.Name
		out = append(out, t)
	}
	return out
}

func (v *documents) ID() (what, id string) {
	d, ok := v.selected()
	if !ok {
		return "", ""
	}
	return "document id", d.ID.String()
}

func (v *documents) Raw() any {
	if d, ok := v.selected(); ok {
		return *d
	}
	return nil
}

func (v *documents) Facts() []ui.Fact {
	d, ok := v.selected()
	if !ok {
		return nil
	}
	return append(documentFacts(v.host, d), ui.Fact{Name: "data age", Value: v.feed.Age(v.host.Now())})
}

// Note says how old the list is.
func (v *documents) Note(int) string {
	return oldNote(v.host, "documents", &v.feed)
}

func (v *documents) Render(w, h int) []string {
	v.wide = w >= paneFrom
	listW, paneW := w, 0
	if v.wide && v.preview && v.table.Len() > 0 {
		paneW = min(max(w/3, 40), 70)
		listW = w - paneW - 1
	}
	th := v.host.Theme()
	lines := v.table.Render(th, listW, h, v.host.Now())
	if v.table.Shown() == 0 && h > 1 {
		lines = append(lines[:1], emptyTab(v.host, &v.feed, v.table, listW, h-1, "document", "This class has no documents. x binds one to it, or creates one.")...)
	}
	if paneW == 0 {
		return lines
	}
	side := th.Paint(theme.Border, th.Glyphs.V)
	for i, l := range v.paneLines(paneW, len(lines)) {
		lines[i] = th.Fit(lines[i], listW) + side + l
	}
	return lines
}

// paneLines describe the document under the cursor in h lines.
func (v *documents) paneLines(w, h int) []string {
	th := v.host.Theme()
	out := make([]string, 0, h)
	if d, ok := v.selected(); ok {
		for _, f := range documentFacts(v.host, d) {
			if f.Value == "" {
				continue
			}
			name := th.Word("fact", f.Name)
			for _, l := range theme.Wrap(f.In(th), max(1, w-14)) {
				out = append(out, th.Fit(" "+th.Paint(theme.Muted, th.Fit(name, 12))+th.Link(th.Paint(f.Look, l), f.Link), w))
				name = ""
			}
		}
	}
	for len(out) < h {
		out = append(out, theme.Spaces(w))
	}
	return out[:h]
}

func (v *documents) cols() []table.Col[class.Document] {
	text := func(id, title string, width, most, drop int, reads func(*class.Document) string) table.Col[class.Document] {
		return table.Col[class.Document]{ID: id, Title: title, Width: width, Max: most, Drop: drop, Look: muted[class.Document],
			Reads: func(d *class.Document, _ time.Time) string { return reads(d) }}
	}
	num := func(id, title string, width, drop int, n func(*class.Document) int64, reads func(int64) string) table.Col[class.Document] {
		return table.Col[class.Document]{ID: id, Title: title, Width: width, Drop: drop, Right: true,
			Reads: func(d *class.Document, _ time.Time) string { return reads(n(d)) },
			Order: func(a, b *class.Document, _ time.Time) int { return cmp.Compare(n(b), n(a)) }}
	}
	name := text("name", "Name", 16, 48, 0, func(d *class.Document) string { return firstOf(d.Name, d.ID).String() })
	name.Look = func(*class.Document, time.Time) theme.Token { return theme.Title }
	state := text("state", "Transcoding", 18, 18, 0, func(d *class.Document) string { return v.stateCell(d) })
	state.Look, state.Words = documentLook, true
	state.Order = func(a, b *class.Document, _ time.Time) int { return documentOrder(a, b) }
	why := text("why", "Why", 14, 40, 2, func(d *class.Document) string { return failure(d) })
	why.Look = documentLook
	accessible := text("access", "Access", 7, 0, 5, access)
	accessible.Words = true
	updated := text("updated", "Updated", 11, 0, 6, func(d *class.Document) string { return v.updated(d) })
	updated.Order = func(a, b *class.Document, _ time.Time) int { return cmp.Compare(b.Updated, a.Updated) }
	return []table.Col[class.Document]{
		name, state,
		text("type", "Type", 5, 8, 3, func(d *class.Document) string { return d.Type.String() }),
		num("size", "Size", 8, 4, func(d *class.Document) int64 { return d.Size }, size),
		num("pages", "Pages", 5, 7, func(d *class.Document) int64 { return d.Pages }, zeroless[int64]),
		accessible, why,
		text("owner", "Owner", 9, 28, 8, func(d *class.Document) string { return d.Owner.String() }), updated,
		text("id", "Id", 10, 24, 9, func(d *class.Document) string { return d.ID.String() }),
	}
}

// stateCell is the state of transcoding; a running one has a bar.
func (v *documents) stateCell(d *class.Document) string {
	switch d.State {
	case class.Transcodes:
		return v.bar(d.Progress, 10) + fmt.Sprintf(" %3d%%", percent(d.Progress))
	case class.TranscodeFail:
		return "FAILED"
	}
	return stateName(d.State)
}

// bar is a progress bar of n cells.
func (v *documents) bar(done int64, n int) string {
	g := v.host.Theme().Glyphs
	full := int(percent(done)) * n / 100
	return strings.Repeat(g.Full, full) + strings.Repeat(g.Nil, n-full)
}

func percent(n int64) int64 { return min(max(n, 0), 100) }

// stateName names the state; one that this program does not know stays a
// number.
func stateName(s class.Transcoding) string {
	if s < class.NotTranscoded || s > class.Transcoded {
		return "state " + s.String()
	}
	return s.String()
}

func documentLook(d *class.Document, _ time.Time) theme.Token {
	switch d.State {
	case class.TranscodeFail:
		return theme.Danger
	case class.Transcodes:
		return theme.Accent
	case class.Transcoded:
		return theme.Good
	}
	return theme.Muted
}

// documentOrder puts failures first, then what is being worked on.
func documentOrder(a, b *class.Document) int {
	rank := func(d *class.Document) int {
		switch d.State {
		case class.TranscodeFail:
			return 0
		case class.Transcodes:
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name.String(), b.Name.String()), cmp.Compare(a.ID.String(), b.ID.String()))
}

// failure is why transcoding failed: the reason, or else the code.
func failure(d *class.Document) string {
	if d.State != class.TranscodeFail {
		return ""
	}
	return firstOf(d.Info, d.Result).String()
}

func size(n int64) string {
	if n <= 0 {
		return ""
	}
	return humanize.Bytes(uint64(n))
}

func access(d *class.Document) string { return either(d.Public, "public", "private") }

func (v *documents) updated(d *class.Document) string {
	if d.Updated == 0 {
		return ""
	}
	return d.Updated.Time().In(v.host.Location()).Format("01-02 15:04")
}
