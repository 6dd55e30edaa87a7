package views

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"classtop/class"
	"classtop/class/clean"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/theme"
)

// exam is a class's questions: one right option, several, none, and no answer.
func exam() []class.Question {
	stat := func(o class.Options, n int64) class.AnswerStat { return class.AnswerStat{Options: o, Count: n} }
	return []class.Question{
		{ID: text("q-1"), Text: clean.Block("抛物线 y = x² - 4x + 3 的对称轴是？"), Limit: 60, Correct: 2,
			Stats: []class.AnswerStat{stat(1, 4), stat(2, 19), stat(4, 0), stat(8, 2)}},
		{ID: text("q-2"), Text: clean.Block("下列哪些不等式的解集是空集？选出所有正确的选项，多选或少选都不得分。"), Correct: 5,
			Stats: []class.AnswerStat{stat(1, 6), stat(5, 11), stat(4, 3), stat(7, 1), stat(2, 2)}},
		{ID: text("q-3"), Text: clean.Block("How was this lesson?"), Limit: 600, Stats: []class.AnswerStat{stat(1, 9), stat(16, 3)}},
		{ID: text("q-4"), Text: clean.Block("Which sentence is in the passive voice?"), Limit: 30, Correct: 8},
	}
}

func replies() []class.Answer {
	out := []class.Answer{
		{UserID: text("s_10231"), Name: text("欧阳娜娜"), Options: 5, Took: 8, Right: true},
		{UserID: text("s_10240"), Name: text("Bobby Tables"), Options: 1, Took: 31},
		{UserID: text("s_10255"), Name: text("陈晓"), Options: 7, Took: 12},
		{UserID: text("s_10260"), Name: text("Wei Zhang"), Options: 0, Took: 300},
	}
	for i := range 12 {
		out = append(out, class.Answer{UserID: text(fmt.Sprintf("s_2%04d", i)), Name: text(fmt.Sprintf("学生%02d", i)), Options: 5, Took: class.Seconds(10 + i), Right: true})
	}
	return out
}

func inQuiz(t *testing.T, w, h int, change ...func(*ui.Deps)) *stand {
	s := inRoomTab(t, w, h, "3", change...)
	s.Put(talkUpdate(poll.Questions, "", exam()))
	return s
}

// inQuestion opens the second question.
func inQuestion(t *testing.T, w, h int, change ...func(*ui.Deps)) *stand {
	s := inQuiz(t, w, h, change...)
	s.Press("j", "enter")
	s.Put(talkUpdate(poll.Answers, "q-2", replies()))
	return s
}

func TestFramesOfQuiz(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inQuiz(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFramesOfQuestion(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := inQuestion(t, size.w, size.h)
			requireFull(t, s, size.w, size.h)
			golden.RequireEqual(t, s.Text()+"\n")
		})
	}
}

func TestFrameOfQuestionInASCII(t *testing.T) {
	s := inQuestion(t, 80, 24, ascii)
	requireFull(t, s, 80, 24)
	assert.Contains(t, s.line(" A "), "* right")
	assert.NotContains(t, s.line(" B "), "right")
	for _, r := range strings.ReplaceAll(s.Text(), "x²", "") {
		require.NotContains(t, "…│─●→▌━·–›↑↓✓", string(r))
	}
	golden.RequireEqual(t, s.Text()+"\n")
}

func TestFrameOfQuestionWithoutColour(t *testing.T) {
	s := inQuestion(t, 80, 24)
	noColour(s)
	assert.Contains(t, s.line(" C "), "✓ right")
	golden.RequireEqual(t, s.Frame()+"\n")
}

func TestEscClosesTheQuestionFirst(t *testing.T) {
	s := inQuestion(t, 80, 24)
	require.Contains(t, s.Text(), "chosen together")
	s.Press("/")
	s.Press(strings.Split("verdict:wrong", "")...)
	s.Press("enter")
	require.Contains(t, s.Text(), "1/3 of 16")
	s.Press("esc")
	require.NotContains(t, s.Text(), "of 16", "the filter is gone")
	s.Press("esc")
	require.NotContains(t, s.Text(), "chosen together")
	require.Contains(t, s.Text(), "Question ")
	s.Press("esc")
	require.Contains(t, s.Text(), "Chemistry 9A", "now the class is left")
}

func TestOnlyTheOpenQuestionsAnswersAreWanted(t *testing.T) {
	s := inQuiz(t, 80, 24)
	wanted := func() (ids []string) {
		for _, w := range s.session.Wants() {
			if w.Topic.Kind == poll.Answers {
				ids = append(ids, w.Topic.ID.String())
			}
		}
		return ids
	}
	assert.Empty(t, wanted())
	s.Press("p")
	assert.Equal(t, []string{"q-1"}, wanted())
	s.Press("p")
	assert.Empty(t, wanted())
	s.Press("j", "enter")
	assert.Equal(t, []string{"q-2"}, wanted())
	s.Put(talkUpdate(poll.Answers, "q-1", replies()))
	assert.Contains(t, s.Text(), "Reading", "the answers to another question are not shown")
	s.Press("2")
	assert.Empty(t, wanted())
}

func TestOnAWideScreenTheListOpensAsTheCursorGoes(t *testing.T) {
	s := inQuestion(t, 140, 30)
	require.Contains(t, s.Text(), "Question 2 of 4")
	require.Contains(t, s.Text(), "tab goes to the list")
	s.Press("tab", "j")
	require.Contains(t, s.Text(), "Question 3 of 4")
	s.Press("tab", "j")
	require.Contains(t, s.Text(), "Question 3 of 4", "now the keys go to the answers")
}

func TestAnswersAreLive(t *testing.T) {
	s := inQuestion(t, 80, 24)
	assert.Contains(t, s.line(" A "), "78%")
	more := exam()
	more[1].Stats = append(more[1].Stats, class.AnswerStat{Options: 2, Count: 23})
	s.Put(talkUpdate(poll.Questions, "", more))
	assert.Contains(t, s.line(" B "), " 26 ")
}

func TestAStudentsAnswerIsATarget(t *testing.T) {
	s := inQuestion(t, 80, 24)
	s.Press("K")
	assert.Contains(t, s.Text(), "欧阳娜娜 (s_10231)")
	assert.Contains(t, s.Text(), "[10 min]")
}

func TestMarkedAnswersAreTargets(t *testing.T) {
	s := inQuestion(t, 80, 24)
	s.Press("space", "space", "K")
	assert.Contains(t, s.Text(), "Kick the member: 2 targets")
}

func TestQuizWithNothingInIt(t *testing.T) {
	s := inRoomTab(t, 80, 24, "3")
	s.Put(talkUpdate(poll.Questions, "", []class.Question(nil)))
	assert.Contains(t, s.Text(), "No question has been asked")
	s.Press("enter", "p", "d", "y", "c")
	requireFull(t, s, 80, 24)
	s = inQuiz(t, 80, 24)
	s.Press("G", "enter")
	s.Put(talkUpdate(poll.Answers, "q-4", []class.Answer(nil)))
	assert.Contains(t, s.Text(), "Nobody has answered yet")
	s.Put(talkUpdate(poll.Questions, "", exam()[:2]))
	assert.Contains(t, s.Text(), "no longer in the list")
}

func TestOddQuestionsKeepTheirPlace(t *testing.T) {
	odd := []class.Question{
		{ID: text("a"), Text: clean.Block(strings.Repeat("很长的问题\n", 400)), Correct: 1 << 25,
			Stats: []class.AnswerStat{{Options: 1<<40 | 1, Count: 3}, {Options: 0, Count: 2}, {Options: 1 << 25, Count: 1 << 60}, {Options: 1, Count: -7}}},
		{ID: text("b"), Correct: ^class.Options(0), Limit: -5, Stats: []class.AnswerStat{{Options: ^class.Options(0), Count: 1}}},
		{ID: text("c"), Text: text("\x1b[31mred\u202eevil")},
	}
	for _, size := range sizes {
		s := inRoomTab(t, size.w, size.h, "3")
		s.Put(talkUpdate(poll.Questions, "", odd))
		requireFull(t, s, size.w, size.h)
		for range odd {
			s.Press("enter")
			requireFull(t, s, size.w, size.h)
			s.Press("esc", "j")
		}
	}
	s := inRoomTab(t, 80, 40, "3")
	s.Put(talkUpdate(poll.Questions, "", odd))
	s.Press("enter")
	assert.Contains(t, s.Text(), "nothing 2")
	assert.Contains(t, s.Text(), "A+ 3 (+ is an option beyond Z)")
}

func TestBarsFitEveryWidth(t *testing.T) {
	th := theme.New(theme.Options{})
	q := &question{Question: exam()[1], nth: 1, sum: exam()[1].Tally()}
	many := &question{Question: class.Question{Correct: 1 << 25}, sum: class.Question{Correct: 1 << 25}.Tally()}
	for w := 1; w < 150; w++ {
		for h := 1; h < 8; h++ {
			for _, one := range []*question{q, many} {
				lines := bars(&th, one, w, h)
				require.LessOrEqual(t, len(lines), h)
				for _, l := range lines {
					require.Equal(t, w, theme.Width(l), "%dx%d %q", w, h, l)
				}
			}
		}
	}
}
