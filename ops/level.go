package ops

import "strconv"

// manyTargets is the number of targets from which an action is level 3.
const manyTargets = 5

// Level says how much confirming an action needs: 1 a key, 2 a dialog whose
// default is No, 3 typing what Challenge returns.
func (o Op) Level() int {
	r, ok := rowOf(o.Action)
	if !ok {
		return 3
	}
	if o.Call != nil && o.Action == Named && o.Call.Level >= 1 {
		return min(o.Call.Level, 3)
	}
	return r.level
}

// Challenge returns what the operator has to type for a level 3 action: the
// last four digits of the room's id, or of the application's id for a call by
// name that concerns no room. It is empty below level 3.
func (o Op) Challenge() string {
	if o.Level() < 3 {
		return ""
	}
	if o.Action == Named && o.Call != nil {
		return callChallenge(o)
	}
	id := o.Target.Room.String()
	return id[max(0, len(id)-4):]
}

// Sentence says what the action is going to do: "Kick 李雷 (u123) from 高二物理
// (331450358) for 10 minutes".
func (o Op) Sentence() string {
	r, ok := rowOf(o.Action)
	if !ok {
		return "Do " + strconv.Quote(string(o.Action)) + " in " + o.Target.place()
	}
	return r.verb + " " + r.rest(o)
}

// done says that the action happened: "Kicked 李雷 (u123) from …".
func (o Op) done() string {
	r, ok := rowOf(o.Action)
	if !ok {
		return o.Sentence()
	}
	return r.past + " " + r.rest(o)
}

// API returns the name of the API's action that carries this out.
func (o Op) API() string {
	if o.Action == Named && o.Call != nil {
		return o.Call.API
	}
	r, _ := rowOf(o.Action)
	return r.api
}

// Batch is several operations that the operator confirms at once.
type Batch []Op

// Level is the highest level of its operations, and 3 from five targets up.
func (b Batch) Level() int {
	if len(b) >= manyTargets {
		return 3
	}
	level := 1
	for _, o := range b {
		level = max(level, o.Level())
	}
	return level
}

// Challenge returns what has to be typed at level 3: the number of targets,
// or for a single one what that asks for.
func (b Batch) Challenge() string {
	switch {
	case b.Level() < 3:
		return ""
	case len(b) == 1:
		return b[0].Challenge()
	}
	return strconv.Itoa(len(b))
}
