package views

import (
	"fmt"
	"time"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

// briefs name the rules in at most ten cells, for columns.
var briefs = map[string]string{
	"not started": "LATE", "no teacher": "NO TEACHER", "kicked is back": "BACK", "online fell": "FELL",
	"many left at once": "LEFT", "empty": "EMPTY", "in two classes": "TWICE", "document failed": "DOCUMENT",
	"data too old": "OLD DATA", "overrun": "OVERRUN", "cameras off": "NO CAMERA", "too many mics": "MICS",
	"question unanswered": "QUESTION",
}

// brief is a rule's short name; a rule that is not known keeps its own.
func brief(rule string) string {
	if b := briefs[rule]; b != "" {
		return b
	}
	return rule
}

// worst is the gravest problem that nobody has acknowledged.
func worst(c *class.Card) (class.Problem, bool) {
	if len(c.Problems) == 0 || c.Problems[0].Acked {
		return class.Problem{}, false
	}
	return c.Problems[0], true
}

// open counts the problems that nobody has acknowledged.
func open(c *class.Card) int {
	n := 0
	for i := range c.Problems {
		if !c.Problems[i].Acked {
			n++
		}
	}
	return n
}

// acked tells whether a class has problems and all are acknowledged.
func acked(c *class.Card) bool { return len(c.Problems) > 0 && c.Problems[0].Acked }

// urgency says how soon a person should look at a problem.
func urgency(p *class.Problem) string {
	if p.Acked {
		return "ack"
	}
	return severityWord(p.Severity)
}

func urgencyLook(p *class.Problem) theme.Token {
	if p.Acked {
		return theme.Muted
	}
	return severityLook(p.Severity)
}

// troubles is the column of what is wrong with a class, in words.
func troubles(r *roomRow, _ time.Time) string {
	c := &r.card
	if len(c.Problems) == 0 {
		return ""
	}
	if acked(c) {
		return "ack: " + c.Problems[0].Rule
	}
	if n := open(c); n > 1 {
		return fmt.Sprintf("+%d %s", n-1, c.Problems[0].Sentence)
	}
	return c.Problems[0].Sentence
}

func troublesLook(r *roomRow, _ time.Time) theme.Token {
	if len(r.card.Problems) == 0 {
		return theme.Muted
	}
	return urgencyLook(&r.card.Problems[0])
}

// problemFacts are a class's problems as facts.
func problemFacts(h ui.Host, c *class.Card) []ui.Fact {
	var out []ui.Fact
	for i := range c.Problems {
		p := &c.Problems[i]
		out = append(out, ui.Fact{Name: urgency(p), Look: urgencyLook(p), Value: problemWords(h, p), Long: true})
	}
	return out
}

// problemWords say in the reader's language what is wrong, and for how long
// where that is known.
func problemWords(h ui.Host, p *class.Problem) string {
	th := h.Theme()
	words := th.Tell(p.Sentence)
	if !p.Since.IsZero() {
		words += th.Say(", for %s", ui.Ago(h.Now().Sub(p.Since)))
	}
	return words
}
