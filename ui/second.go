package ui

import (
	"classtop/ops"
	"classtop/ui/theme"
)

// Second opens the dialog with which this operator confirms what somebody else
// asked for: the same that the other one had.
func (a *App) Second(p ops.Proposal) {
	op := p.Seconding()
	act := Action{Title: a.theme.Say("Second person, for %s", p.By), Ways: func(ops.Target) []Way { return []Way{{Op: op}} }}
	if why := a.possible(op); why != "" {
		a.say(Warning, why)
		return
	}
	dialog := newConfirm(act, []ops.Target{op.Target}, 0, a.possible, a.now())
	dialog.reason.set(op.Reason)
	a.show(dialog)
}

// second says of a dialog that its yes sends nothing yet.
func (c *confirm) second(a *App) string {
	if c.play != nil || c.op().Second != 0 || !a.deps.Runner.TakesTwo(c.op()) {
		return ""
	}
	return "Nothing is sent until a second person confirms it too."
}

// mine tells whether a proposal is this operator's own.
func (a *App) mine(p ops.Proposal) bool {
	for _, who := range a.deps.Crew.People() {
		if who.ID == a.deps.Crew.Me() {
			return who.Name == p.By
		}
	}
	return false
}

// hearProposals says once of each what is asked for, and to the one who asked
// how it ended.
func (a *App) hearProposals() {
	heard := map[uint64]bool{} // true: how it ended was told too
	for _, p := range a.deps.Crew.Proposals() {
		over, known := a.asked[p.ID]
		heard[p.ID] = over || p.End != ""
		switch mine := a.mine(p); {
		case !known && p.Open() && !mine && !a.deps.Profile.ReadOnly:
			a.say(Warning, a.theme.Say("%s asks for a second person: %s; :seconds confirms", p.By, p.Op.Sentence()))
		case known && !over && p.End != "" && mine && p.Second == "":
			a.say(Warning, p.Op.Sentence()+": "+a.theme.Tell(p.End))
		case known && !over && p.End != "" && mine:
			a.say(Info, a.theme.Say("%s was the second person: %s", p.Second, a.theme.Tell(p.End)))
		}
	}
	a.asked = heard
}

// secondMark counts in the header what waits for a second person.
func (a *App) secondMark() string {
	n := 0
	for _, p := range a.deps.Crew.Proposals() {
		if p.Open() && !a.mine(p) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return a.theme.Paint(theme.Danger, a.theme.Say(":seconds %d", n)+"  ")
}
