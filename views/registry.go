// Package views holds the screens of the dashboard: one file each and one line
// here. A view shows data and names targets; the shell (package ui) does the
// rest.
package views

import (
	"classtop/keymap"
	"classtop/ui"
)

// Home is the view that the dashboard opens with.
const Home = "rooms"

// All lists the views.
func All() []ui.Def {
	defs := []ui.Def{
		{Name: Home, Title: "Rooms", Help: "all classes, those that need you first", New: newRooms},
		{Name: "room", Title: "Room", Help: "one class from the inside", Needs: true, New: newRoom},
		{Name: "attention", Title: "Attention", Help: "what needs a person, the worst first", New: newAttention},
		{Name: "patrol", Title: "Patrol", Help: "walk through the live classes, those at risk first", New: newPatrol},
		{Name: "pulse", Title: "Pulse", Help: "the school in figures: totals, trends, what changed", New: newPulse},
		{Name: "schedule", Title: "Schedule", Help: "what begins and ends within the hour", New: newSchedule},
		{Name: "requests", Title: "Requests", Help: "the budget: use, refusals and latency of each action", New: newRequests},
		{Name: "find", Title: "Find", Help: "one person in every class: find NAME", New: newFind},
		{Name: "api", Title: "API", Help: "every action of the API: a form, the signed request, the answer", New: newAPI},
	}
	defs = append(defs, listViews()...)
	return append(defs,
		ui.Def{Name: "sessions", Title: "Sessions", Help: "cloud applications that were started here", New: newSessions},
		ui.Def{Name: "audit", Title: "Audit", Help: "everything that was done here, the newest first", New: newAudit},
		ui.Def{Name: "profiles", Title: "Profiles", Help: "the accounts and applications of the configuration", New: newProfiles},
		ui.Def{Name: "log", Title: "Log", Help: "what classtop said, and how the connection went", New: newLog},
		ui.Def{Name: "bans", Title: "Bans", Help: "who is kicked out now, and for how long", New: newBans},
		ui.Def{Name: "who", Title: "Who is here", Help: "who is here, looks at which class, and takes care of which", New: newCompany},
		ui.Def{Name: "seconds", Title: "Second person", Help: "what waits for a second person to confirm it", New: newSeconds},
		ui.Def{Name: "calls", Title: "Calls", Help: "parameters with which users enter a call", New: newCalls})
}

// tab is one tab of the room screen.
type tab struct {
	key   keymap.Action // its digit in the keymap
	title string
	new   func(h ui.Host, arg ui.Arg) ui.View
}

// tabs lists the room screen's tabs in order.
func tabs() []tab {
	return []tab{
		{keymap.TabOverview, "Overview", newOverview},
		{keymap.TabMembers, "Members", newMembers},
		{keymap.TabQuiz, "Quiz", newQuiz},
		{keymap.TabDocuments, "Documents", newDocuments},
		{keymap.TabSeats, "Seats", newSeats},
		{keymap.TabChat, "Chat", newChat},
		{keymap.TabEvents, "Events", newEvents},
		{keymap.TabReport, "Report", newReport},
	}
}
