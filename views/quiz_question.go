package views

import (
	"cmp"
	"fmt"
	"time"

	"classtop/class"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// opened is the question that is looked into: who answered what.
type opened struct {
	id      class.Text
	answers *table.Table[class.Text, class.Answer]
	feed    ui.Feed // of the answers
}

func newOpened(h ui.Host, id class.Text) *opened {
	return &opened{id: id, answers: table.New(answerCols(h), func(a *class.Answer) class.Text { return a.UserID }, fastest)}
}

// fastest is the order of the answers: as they came.
func fastest(a, b *class.Answer, _ time.Time) int {
	return cmp.Or(cmp.Compare(a.Took, b.Took), cmp.Compare(a.Name.String(), b.Name.String()), cmp.Compare(a.UserID.String(), b.UserID.String()))
}

func (o *opened) topic(room class.RoomID) poll.Topic {
	return poll.Topic{Kind: poll.Answers, Room: room, ID: o.id}
}

func (o *opened) apply(u poll.Update) bool {
	if u.Topic.ID != o.id {
		return false
	}
	if list, ok := u.Data.([]class.Answer); o.feed.Note(u) && ok {
		o.answers.Set(list)
	}
	return true
}

func answerCols(h ui.Host) []table.Col[class.Answer] {
	return []table.Col[class.Answer]{
		{ID: "name", Title: "Name", Width: 12, Max: 32, Look: func(*class.Answer, time.Time) theme.Token { return theme.Title },
			Reads: func(a *class.Answer, _ time.Time) string { return a.Name.String() }},
		{ID: "id", Title: "Id", Width: 9, Max: 24, Wide: 30, Drop: 1, Look: muted[class.Answer], Reads: func(a *class.Answer, _ time.Time) string { return a.UserID.String() }},
		{ID: "answer", Title: "Answer", Words: true, Width: 8, Max: 14, Reads: func(a *class.Answer, _ time.Time) string { return spelled(a.Options) }},
		{ID: "took", Title: "Took", Width: 6, Right: true, Reads: func(a *class.Answer, _ time.Time) string { return took(a.Took) },
			Order: func(a, b *class.Answer, _ time.Time) int { return cmp.Compare(a.Took, b.Took) }},
		{ID: "verdict", Title: "Verdict", Words: true, Width: 7, Reads: func(a *class.Answer, _ time.Time) string { return verdict(h.Theme(), a.Right) },
			Look: func(a *class.Answer, _ time.Time) theme.Token { return either(a.Right, theme.Good, theme.Danger) }},
	}
}

// spelled writes a set of options; the empty set has a word.
func spelled(o class.Options) string {
	if o == 0 {
		return "nothing"
	}
	return o.String()
}

// took writes how long an answer took. Beyond two minutes the seconds do not
// matter.
func took(s class.Seconds) string {
	if s < 120 {
		return fmt.Sprintf("%ds", s)
	}
	return ui.Ago(s.Duration())
}

// verdict says in text, not only in colour, whether something is right.
func verdict(th *theme.Theme, right bool) string {
	return either(right, tick(th)+" right", "wrong")
}

func tick(th *theme.Theme) string { return either(th.ASCII, "*", "✓") }

func answerFacts(a *class.Answer) []ui.Fact {
	return []ui.Fact{
		{Name: "name", Value: a.Name.String(), Look: theme.Title},
		{Name: "user id", Value: a.UserID.String()},
		{Name: "answer", Value: spelled(a.Options), Words: true},
		{Name: "took", Value: took(a.Took)},
		{Name: "verdict", Value: either(a.Right, "right", "wrong"), Words: true, Look: either(a.Right, theme.Good, theme.Danger)},
	}
}

// renderOpen shows the open question: its text, how often each option was
// chosen, and below who chose what.
func (v *quiz) renderOpen(w, h int) []string {
	q, ok := v.list.Get(v.open.id)
	if !ok {
		return ui.Message(v.host.Theme(), w, h, theme.Warn, "This question is no longer in the list", "esc goes back to the list")
	}
	lines := v.question(q, w, h)
	return append(lines, v.renderAnswers(w, h-len(lines))...)
}

// question is what stands above the answers; it leaves them at least half of
// the lines.
func (v *quiz) question(q *question, w, h int) []string {
	th := v.host.Theme()
	var lines []string
	add := func(s string) { lines = append(lines, th.Fit(" "+s, w)) }
	head := pack(v.headItems(q), th.Paint(theme.Muted, " "+th.Glyphs.Dot+" "), w-2)
	for _, l := range head[:min(len(head), max(1, h/8))] {
		add(l)
	}
	for _, l := range clip(th, theme.Wrap(q.Text.String(), max(1, w-2)), max(1, h/8), w-2) {
		add(th.Paint(theme.Title, l))
	}
	lines = append(lines, bars(th, q, w, max(1, h/2-1))...)
	if notes := told(th, combinations(q)); len(notes) > 0 && h >= 12 {
		for _, l := range clip(th, pack(notes, ", ", w-2), max(1, h/12), w-2) {
			add(th.Paint(theme.Muted, l))
		}
	}
	return lines[:min(len(lines), h)]
}

func (v *quiz) headItems(q *question) []string {
	th := v.host.Theme()
	items := []string{th.Paint(theme.Head, th.Say("Question %d of %d", q.nth, v.list.Len()))}
	if q.Correct == 0 {
		items = append(items, th.Say("no right option"))
	} else {
		items = append(items, th.Say("right: %s", th.Paint(theme.Good, q.Correct.String())))
	}
	items = append(items, th.Say("%s answered", v.answered(q)))
	if s := rightShare(q); s != "" {
		items = append(items, th.Say("%s right", s))
	}
	return append(items, th.Say("limit %s", th.Tell(limitWords(q.Limit))))
}

// clip keeps the first n lines and marks that there were more.
func clip(th *theme.Theme, lines []string, n, w int) []string {
	if len(lines) <= n {
		return lines
	}
	out := append([]string(nil), lines[:n]...)
	out[n-1] = th.Fit(out[n-1]+" "+lines[n], w)
	return out
}

func (v *quiz) renderAnswers(w, h int) []string {
	o := v.open
	lines := o.answers.Render(v.host.Theme(), w, h, v.host.Now())
	if o.answers.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], emptyTab(v.host, &o.feed, o.answers, w, h-1, "answer", "Nobody has answered yet")...)
}

func (v *quiz) questionFacts(q *question) []ui.Fact {
	facts := []ui.Fact{
		{Name: "question", Value: q.Text.String(), Look: theme.Title},
		{Name: "id", Value: q.ID.String()},
		{Name: "number", Value: v.host.Theme().Say("%d of %d", q.nth, v.list.Len())},
		{Name: "limit", Value: limitWords(q.Limit), Words: true},
		{Name: "right", Value: either(q.Correct == 0, "no right option", q.Correct.String()), Words: true, Look: theme.Good},
		{Name: "answered", Value: v.answered(q)},
	}
	if s := rightShare(q); s != "" {
		facts = append(facts, ui.Fact{Name: "right share", Value: s})
	}
	for i, n := range q.sum.Letters {
		words := fmt.Sprintf("%d %s", n, portion(n, q.sum.Answered))
		facts = append(facts, ui.Fact{Name: v.host.Theme().Say("chose %s", string(rune('A'+i))), Value: words, Look: either(isRight(q, i), theme.Good, theme.Plain)})
	}
	for _, note := range combinations(q) {
		facts = append(facts, ui.Fact{Name: "together", Value: note, Words: true})
	}
	return facts
}
