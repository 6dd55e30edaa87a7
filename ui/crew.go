package ui

import (
	"classtop/class"
	"classtop/keymap"
	"classtop/ops"
	"classtop/ui/theme"
)

// Crew is who else works on this school. None of its methods blocks.
type Crew interface {
	// Me is the number of this session among People.
	Me() uint64
	// People lists who is here, this session included.
	People() []ops.Person
	// Claims lists who takes care of which class.
	Claims() []ops.Claim
	// Proposals lists what waits for a second person, and what did lately.
	Proposals() []ops.Proposal
	// Look tells the others what is on screen.
	Look(view string, room class.RoomID, name class.Text)
	// Claim takes care of a class or gives it back, and says what happened.
	Claim(room class.RoomID, name class.Text) (said string, ok bool)
	// Leave tells the others that this session has ended.
	Leave()
}

// alone is the crew of a dashboard that nobody shares.
type alone struct{}

func (alone) Me() uint64                            { return 0 }
func (alone) People() []ops.Person                  { return nil }
func (alone) Claims() []ops.Claim                   { return nil }
func (alone) Proposals() []ops.Proposal             { return nil }
func (alone) Look(string, class.RoomID, class.Text) {}
func (alone) Leave()                                {}

func (alone) Claim(class.RoomID, class.Text) (string, bool) {
	return "nobody else is here: claims are for those who share a school through classtop serve", false
}

// Crew is who else works on this school.
func (a *App) Crew() Crew { return a.deps.Crew }

// appear tells the others which class is on screen, if that changed.
func (a *App) appear() {
	p := a.route[len(a.route)-1]
	if p.name == a.looked.name && p.arg.Room == a.looked.arg.Room {
		return
	}
	a.looked = p
	name := p.arg.Name
	if c, ok := a.school.card(p.arg.Room); ok {
		name = c.Room.Name
	}
	a.deps.Crew.Look(p.name, p.arg.Room, name)
}

// claim takes care of the class under the cursor, or gives it back.
func (a *App) claim() {
	t, ok := a.top().Target()
	if !ok || t.Room == 0 {
		a.say(Warning, "there is no class here to "+a.deps.Keys.Short(keymap.Claim))
		return
	}
	level := Info
	said, ok := a.deps.Crew.Claim(t.Room, t.RoomName)
	if !ok {
		level = Warning
	}
	a.say(level, said)
}

// crewMark says in the header how many people are here.
func (a *App) crewMark() string {
	n := len(a.deps.Crew.People())
	if n < 2 {
		return ""
	}
	return a.theme.Paint(theme.Info, a.theme.Say("%d here", n)+" ")
}
