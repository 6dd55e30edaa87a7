package client

import (
	"context"

	"classtop/class"
)

type wireQuestion struct {
	QuestionID      name `json:"QuestionId"`
	QuestionContent prose
	Duration        num
	CorrectAnswer   num
	AnswerStats     list[struct{ Answer, Count num }]
}

func (w *wireQuestion) question() class.Question {
	q := class.Question{
		ID: class.Text(w.QuestionID), Text: class.Text(w.QuestionContent),
		Limit: class.Seconds(w.Duration), Correct: class.Options(w.CorrectAnswer),
	}
	for _, s := range w.AnswerStats {
		q.Stats = append(q.Stats, class.AnswerStat{Options: class.Options(s.Answer), Count: int64(s.Count)})
	}
	return q
}

// Questions reads the quiz questions of a class with their tallies
// (DescribeQuestionList).
func (c *Client) Questions(ctx context.Context, room class.RoomID) ([]class.Question, error) {
	type answer struct {
		Total        num
		QuestionInfo list[wireQuestion]
	}
	key := func(q *class.Question) class.Text { return q.ID }
	return pages(key, func(page int) ([]class.Question, int64, error) {
		body := listBody{RoomID: room, Page: page, Limit: pageSize}
		a, err := read[answer](ctx, c, "DescribeQuestionList", inRoom(room), body)
		return convert(a.QuestionInfo, (*wireQuestion).question), int64(a.Total), err
	})
}

type wireAnswer struct {
	Name      name
	UserID    name `json:"UserId"`
	Answer    num
	CostTime  num
	IsCorrect flag
}

func (w *wireAnswer) answer() class.Answer {
	return class.Answer{
		UserID: class.Text(w.UserID), Name: class.Text(w.Name), Options: class.Options(w.Answer),
		Took: class.Seconds(w.CostTime), Right: bool(w.IsCorrect),
	}
}

// Answers reads the members' answers to a question (DescribeAnswerList).
func (c *Client) Answers(ctx context.Context, question class.Text) ([]class.Answer, error) {
	type answers struct {
		Total      num
		AnswerInfo list[wireAnswer]
	}
	key := func(a *class.Answer) class.Text { return a.UserID }
	return pages(key, func(page int) ([]class.Answer, int64, error) {
		a, err := read[answers](ctx, c, "DescribeAnswerList", "question "+question.String(), struct {
			QuestionID string `json:"QuestionId"`
			Page       int
			Limit      int
		}{question.Raw(), page, pageSize})
		return convert(a.AnswerInfo, (*wireAnswer).answer), int64(a.Total), err
	})
}

// convert turns what the wire has into the shared words.
func convert[W, T any](wire []W, one func(*W) T) []T {
	out := make([]T, len(wire))
	for i := range wire {
		out[i] = one(&wire[i])
	}
	return out
}
