package sim

import (
	"fmt"
	"math/bits"
)

// question is one quiz question and all answers to it, those to come too.
type question struct {
	id       string
	at       int64
	text     string
	duration int64 // 0 is without limit
	options  int
	correct  uint64
	answers  []answer
}

type answer struct {
	who  int
	mask uint64
	cost int64
}

// ask opens a question. Who answers what and when is decided now and becomes
// visible in time.
func (d *detail) ask(t int64) {
	r, silent := d.dice, d.x.during(ProblemQuestion, t)
	q := question{
		id: fmt.Sprintf("%08x-%04x-4%03x-9%03x-%012x", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<12), r.Uint64()>>16),
		at: t, options: between(r, 3, 6), duration: []int64{0, 30, 60, 60, 90, 120}[r.IntN(6)],
	}
	q.correct = 1 << r.IntN(q.options)
	if r.IntN(3) == 0 {
		q.correct |= 1 << r.IntN(q.options)
		q.correct |= 1 << r.IntN(q.options)
	}
	texts := oneRight[d.english]
	if bits.OnesCount64(q.correct) > 1 {
		texts = severalRight[d.english]
	}
	q.text = texts[r.IntN(len(texts))]
	if silent {
		q.duration, d.nextQuiz = 0, 0
		d.questions = append(d.questions, q)
		return
	}
	for i := range d.members {
		if m := &d.members[i]; m.here() && m.role == 0 && r.IntN(100) < 92 {
			q.answers = append(q.answers, answer{i, q.guess(d), int64(3 + r.IntN(25) + r.IntN(8)*r.IntN(4))})
		}
	}
	if len(q.answers) == 0 {
		pupil := d.somebody()
		if pupil < 0 {
			d.nextQuiz = t + 60 // nobody to ask
			return
		}
		q.answers = []answer{{pupil, q.guess(d), 4}}
	}
	d.questions = append(d.questions, q)
	d.nextQuiz = t + int64(between(r, 280, 600))
	if s := d.x.script; s != nil && s.kind == ProblemQuestion && t < s.from {
		d.nextQuiz = s.from
	}
}

// guess is the answer of one pupil: more often right than wrong, and of
// several right options people like to miss one.
func (q *question) guess(d *detail) uint64 {
	r := d.dice
	if r.IntN(100) < 62 {
		return q.correct
	}
	if bits.OnesCount64(q.correct) > 1 && r.IntN(2) == 0 {
		return q.correct & (q.correct - 1)
	}
	return 1 << r.IntN(q.options)
}

// seen returns the answers that have been given by now.
func (q *question) seen(now int64) []answer {
	var list []answer
	for _, a := range q.answers {
		if q.at+a.cost <= now {
			list = append(list, a)
		}
	}
	return list
}

// answered counts the questions that each member has answered by now.
func (d *detail) answered() []int {
	count := make([]int, len(d.members))
	for i := range d.questions {
		for _, a := range d.questions[i].seen(d.at) {
			count[a.who]++
		}
	}
	return count
}

func (q *question) info(now int64) obj {
	counts := map[uint64]int{}
	var masks []uint64
	for i := range q.options {
		masks = append(masks, 1<<i)
	}
	for _, a := range q.seen(now) {
		if counts[a.mask] == 0 && bits.OnesCount64(a.mask) > 1 {
			masks = append(masks, a.mask)
		}
		counts[a.mask]++
	}
	var stats []obj
	if len(q.seen(now)) > 0 {
		for _, m := range masks {
			stats = append(stats, obj{"Answer": m, "Count": counts[m]})
		}
	}
	return obj{"QuestionId": q.id, "QuestionContent": q.text, "Duration": q.duration, "CorrectAnswer": q.correct, "AnswerStats": stats}
}

// describeQuestionList pages through the questions of a class, as asked.
func describeQuestionList(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad != nil {
		return nil, bad
	}
	d := w.look(x)
	var list []obj
	for _, q := range pageOf(d.questions, p.num("Page"), limitOf(p, 20, 100)) {
		w.asked[q.id] = x
		list = append(list, q.info(d.at))
	}
	return obj{"Total": len(d.questions), "QuestionInfo": list}, nil
}

// describeAnswerList pages through the answers to a question.
func describeAnswerList(w *world, p params) (obj, *refusal) {
	x := w.asked[p.str("QuestionId")]
	if x == nil || w.rooms[x.id] == nil {
		return nil, refuse("ResourceNotFound", "There is no question `%s`.", p.str("QuestionId"))
	}
	d := w.look(x)
	for i := range d.questions {
		q := &d.questions[i]
		if q.id != p.str("QuestionId") {
			continue
		}
		seen := q.seen(d.at)
		var list []obj
		for _, a := range pageOf(seen, p.num("Page"), limitOf(p, 100, 1000)) {
			m := &d.members[a.who]
			list = append(list, obj{"UserId": m.id, "Name": w.nameOf(m.who), "Answer": a.mask, "CostTime": a.cost, "IsCorrect": bit(a.mask == q.correct)})
		}
		return obj{"Total": len(seen), "AnswerInfo": list}, nil
	}
	return nil, refuse("ResourceNotFound", "There is no question `%s`.", p.str("QuestionId"))
}

// limitOf reads Limit with a default and a ceiling.
func limitOf(p params, otherwise, ceiling int64) int64 {
	if n := p.num("Limit"); n > 0 {
		return min(n, ceiling)
	}
	return otherwise
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
