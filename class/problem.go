package class

import "time"

// Problem is one reason why a class needs a person's eye.
type Problem struct {
	Rule     string    `json:"rule"`     // "no teacher"; stable, for settings and acknowledgements
	Severity int       `json:"severity"` // 1 worth knowing, 2 look soon, 3 look now
	Room     RoomID    `json:"room"`
	User     Text      `json:"user"`                   // user id, where one person is the reason
	Since    time.Time `json:"since"`                  // when it began, as far as was seen
	Sentence string    `json:"sentence"`               // plain words without the time: "no teacher is in the class"
	Acked    bool      `json:"acknowledged,omitempty"` // somebody at this screen took note of it
}

// weights order classes by their problems: one of a severity outweighs many
// of the one below.
var weights = [...]int{0, 1, 10, 100}

// Score adds problems up into one number to order classes by; 0 is none.
func Score(problems []Problem) int {
	score := 0
	for i := range problems {
		score += weights[min(max(problems[i].Severity, 0), len(weights)-1)]
	}
	return score
}
