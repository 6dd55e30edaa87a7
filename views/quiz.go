package views

import (
	"cmp"
	"fmt"
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

// quiz is the tab of a class's questions. One of them can be opened: then it
// takes the place of the list, or on a wide screen stands beside it.
type quiz struct {
	ui.Base
	about
	list     *table.Table[class.Text, question]
	feed     ui.Feed // of the questions
	people   people
	students int // online; -1 is not known
	open     *opened
	wide     bool // the last frame had room for list and question
	inList   bool // with both on screen: the keys go to the list
}

// question is one row of the list.
type question struct {
	class.Question
	nth int // from 1, in the service's order
	sum class.Tally
}

func newQuiz(h ui.Host, arg ui.Arg) ui.View {
	v := &quiz{about: about{host: h, arg: arg}, students: -1}
	v.list = table.New(v.cols(), func(q *question) class.Text { return q.ID },
		func(a, b *question, _ time.Time) int { return cmp.Compare(a.nth, b.nth) })
	return v
}

func (v *quiz) Title() string { return v.host.Theme().Say("Quiz") }

// Context is that of members among the answers, because each is a member's.
func (v *quiz) Context() keymap.Context {
	if v.inAnswers() {
		return keymap.Members
	}
	return keymap.Room
}

func (v *quiz) inAnswers() bool { return v.open != nil && !v.inList }

// GridName tells the questions from the answers.
func (v *quiz) GridName() string { return either(v.inAnswers(), "answers", "quiz") }

func (v *quiz) Grid() ui.Grid {
	if v.inAnswers() {
		return v.open.answers
	}
	return v.list
}

func (v *quiz) topic() poll.Topic { return poll.Topic{Kind: poll.Questions, Room: v.arg.Room} }

func (v *quiz) Wants() []poll.Want {
	v.follow()
	wants := []poll.Want{{Topic: v.topic(), Tier: poll.Focused}, v.people.want(v.arg.Room)}
	if v.open != nil {
		wants = append(wants, poll.Want{Topic: v.open.topic(v.arg.Room), Tier: poll.Focused})
	}
	return wants
}

func (v *quiz) Apply(u poll.Update) bool {
	if u.Topic.Room != v.arg.Room {
		return false
	}
	switch u.Topic.Kind {
	case poll.Questions:
		if list, ok := u.Data.([]class.Question); v.feed.Note(u) && ok {
			v.list.Set(numberedQuestions(list))
		}
		return true
	case poll.Members:
		return v.count(u)
	case poll.Answers:
		return v.open != nil && v.open.apply(u)
	}
	return v.hear(u)
}

func numberedQuestions(list []class.Question) []question {
	out := make([]question, len(list))
	for i, q := range list {
		out[i] = question{Question: q, nth: i + 1, sum: q.Tally()}
	}
	return out
}

// count takes a member list: a question is put to the students who are here.
func (v *quiz) count(u poll.Update) bool {
	members, ok := u.Data.([]class.Member)
	if !ok {
		return false
	}
	v.people.learn(u)
	was := v.students
	v.students = 0
	for i := range members {
		if m := &members[i]; m.Role == class.RoleStudent && m.State.Here() {
			v.students++
		}
	}
	if v.students != was {
		v.list.Touch()
	}
	return v.students != was
}

// follow opens the question under the cursor while the keys go to the list
// beside it.
func (v *quiz) follow() {
	if v.open == nil || !v.inList {
		return
	}
	if q, ok := v.list.Selected(v.host.Now()); ok && q.ID != v.open.id {
		v.open = newOpened(v.host, q.ID)
	}
}

func (v *quiz) Key(a keymap.Action) bool {
	switch {
	case a == keymap.Back && v.open != nil, a == keymap.Preview && v.open != nil:
		v.open, v.inList = nil, false
	case a == keymap.In && v.inAnswers():
		v.host.Say(ui.Info, "d describes the answer, x lists what you can do with the member")
	case a == keymap.In && v.open != nil:
		v.inList = false
	case a == keymap.In, a == keymap.Preview:
		if q, ok := v.list.Selected(v.host.Now()); ok {
			v.open = newOpened(v.host, q.ID)
		}
	case a == keymap.NextPane && v.open != nil && v.wide:
		v.inList = !v.inList
	default:
		return false
	}
	return true
}

// Target is the member who gave the answer under the cursor.
func (v *quiz) Target() (ops.Target, bool) {
	if !v.inAnswers() {
		return ops.Target{}, false
	}
	a, ok := v.open.answers.Selected(v.host.Now())
	if !ok {
		return ops.Target{}, false
	}
	return v.people.target(v.card(), a.UserID)
}

// Targets are the members of the marked answers, as far as they are in the
// class.
func (v *quiz) Targets() []ops.Target {
	if !v.inAnswers() {
		return nil
	}
	var out []ops.Target
	for _, a := range v.open.answers.Marked(v.host.Now()) {
		if t, ok := v.people.target(v.card(), a.UserID); ok {
			out = append(out, t)
		}
	}
	return out
}

func (v *quiz) ID() (what, id string) {
	if v.inAnswers() {
		if a, ok := v.open.answers.Selected(v.host.Now()); ok {
			return "user id", a.UserID.String()
		}
	}
	if q, ok := v.list.Selected(v.host.Now()); ok {
		return "question id", q.ID.String()
	}
	return "", ""
}

func (v *quiz) Raw() any {
	if v.inAnswers() {
		if a, ok := v.open.answers.Selected(v.host.Now()); ok {
			return *a
		}
	}
	if q, ok := v.list.Selected(v.host.Now()); ok {
		return q.Question
	}
	return nil
}

func (v *quiz) Facts() []ui.Fact {
	if v.inAnswers() {
		if a, ok := v.open.answers.Selected(v.host.Now()); ok {
			return answerFacts(a)
		}
	}
	q, ok := v.list.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return append(v.questionFacts(q), ui.Fact{Name: "data age", Value: v.feed.Age(v.host.Now())})
}

// Note says how old the numbers are and where the other pane is.
func (v *quiz) Note(int) string {
	th, note := v.host.Theme(), oldNote(v.host, "questions", &v.feed)
	if v.open == nil || !v.wide {
		return note
	}
	return th.Paint(theme.Muted, th.Say(either(v.inList, "%s goes to the answers, ", "%s goes to the list, "), v.host.KeyOf(keymap.NextPane))) + note
}

func (v *quiz) Render(w, h int) []string {
	if h < 1 {
		return nil
	}
	v.wide = w >= paneFrom
	v.inList = v.inList && v.wide
	v.follow()
	switch {
	case v.open == nil:
		return v.renderList(w, h)
	case !v.wide:
		return v.renderOpen(w, h)
	}
	left := min(max(w*2/5, 48), 80)
	th := v.host.Theme()
	rule := make([]string, h)
	for i := range rule {
		rule[i] = th.Paint(theme.Border, th.Glyphs.V)
	}
	return beside(v.renderList(left, h), rule, v.renderOpen(w-left-1, h))
}

func (v *quiz) renderList(w, h int) []string {
	lines := v.list.Render(v.host.Theme(), w, h, v.host.Now())
	if v.list.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], emptyTab(v.host, &v.feed, v.list, w, h-1, "question", "No question has been asked in this class yet")...)
}

func (v *quiz) cols() []table.Col[question] {
	return []table.Col[question]{
		{ID: "nr", Title: "#", Width: 3, Right: true, Look: muted[question], Reads: func(q *question, _ time.Time) string { return strconv.Itoa(q.nth) },
			Order: func(a, b *question, _ time.Time) int { return cmp.Compare(a.nth, b.nth) }},
		{ID: "question", Title: "Question", Width: 18, Max: 90, Look: func(*question, time.Time) theme.Token { return theme.Title },
			Reads: func(q *question, _ time.Time) string { return q.Text.String() }},
		{ID: "answered", Title: "Answered", Width: 8, Right: true, Reads: func(q *question, _ time.Time) string { return v.answered(q) },
			Order: func(a, b *question, _ time.Time) int { return cmp.Compare(b.sum.Answered, a.sum.Answered) }},
		{ID: "right", Title: "Right", Width: 5, Right: true, Reads: func(q *question, _ time.Time) string { return rightShare(q) },
			Order: func(a, b *question, _ time.Time) int { return cmp.Compare(a.sum.RightShare(), b.sum.RightShare()) }},
		{ID: "key", Title: "Answer", Width: 6, Max: 10, Drop: 1, Look: func(*question, time.Time) theme.Token { return theme.Good },
			Reads: func(q *question, _ time.Time) string { return q.Correct.String() }},
		{ID: "limit", Title: "Limit", Words: true, Width: 6, Drop: 2, Right: true, Look: muted[question], Reads: func(q *question, _ time.Time) string { return limitWords(q.Limit) },
			Order: func(a, b *question, _ time.Time) int { return cmp.Compare(a.Limit, b.Limit) }},
		{ID: "chosen", Title: "Chosen", Width: 20, Max: 60, Drop: 3, Look: muted[question], Reads: func(q *question, _ time.Time) string { return chosen(q) }},
	}
}

// answered is how many answered of the students who are here now.
func (v *quiz) answered(q *question) string {
	if v.students < 0 {
		return strconv.FormatInt(q.sum.Answered, 10)
	}
	return fmt.Sprintf("%d/%d", q.sum.Answered, v.students)
}

// rightShare is blank where there is nothing to be right about.
func rightShare(q *question) string {
	if q.Correct == 0 || q.sum.Answered <= 0 {
		return ""
	}
	return portion(q.sum.Right, q.sum.Answered)
}

func portion(n, of int64) string {
	if of <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f%%", 100*float64(n)/float64(of))
}

func limitWords(s class.Seconds) string {
	if s <= 0 {
		return "none"
	}
	return ui.Ago(s.Duration())
}

// chosen are the counts of all options in one line.
func chosen(q *question) string {
	var parts []string
	for i, n := range q.sum.Letters {
		parts = append(parts, fmt.Sprintf("%c %d", 'A'+i, n))
	}
	return strings.Join(parts, "  ")
}
