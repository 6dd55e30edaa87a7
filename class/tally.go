package class

import "math/bits"

// Tally is what a question's answers add up to.
type Tally struct {
	Answered int64   // members who answered
	Right    int64   // of those, who chose exactly the right set
	Letters  []int64 // how many chose A, B, C … ; as long as the options seen
	Unknown  int64   // answers that hold a bit beyond Z
}

// Tally adds up the question's stats. The API does not say how many options a
// question offers, so at least A to D are shown, and more where an answer or
// the right set holds them.
func (q Question) Tally() Tally {
	const letters = 26
	seen := q.Correct
	for _, s := range q.Stats {
		seen |= s.Options
	}
	n := bits.Len64(uint64(seen & (1<<letters - 1)))
	t := Tally{Letters: make([]int64, max(4, n))}
	for _, s := range q.Stats {
		t.Answered += s.Count
		if s.Options == q.Correct {
			t.Right += s.Count
		}
		if s.Options>>letters != 0 {
			t.Unknown += s.Count
		}
		for i := range t.Letters {
			if s.Options&(1<<i) != 0 {
				t.Letters[i] += s.Count
			}
		}
	}
	return t
}

// RightShare is the part of the answers that is right, 0 to 1; 0 if nobody
// answered.
func (t Tally) RightShare() float64 {
	if t.Answered == 0 {
		return 0
	}
	return float64(t.Right) / float64(t.Answered)
}
