package views

import (
	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

// newestNote is the newest note on a class, or of those the newest that says
// something of a problem; empty where there is none.
func newestNote(h ui.Host, room class.RoomID, p *class.Problem) string {
	for _, n := range h.Notes().Of(room) {
		if p == nil || n.Concerns(p) {
			return ui.NoteLine(n, h.Now(), h.Location())
		}
	}
	return ""
}

// noted marks the name of a class that somebody wrote a note on.
func noted(h ui.Host, note string) string {
	if note == "" {
		return ""
	}
	return h.Theme().Glyphs.Note + " "
}

// noteFacts are the notes on a class, the newest first.
func noteFacts(h ui.Host, room class.RoomID) []ui.Fact {
	var facts []ui.Fact
	for _, n := range h.Notes().Of(room) {
		f := ui.Fact{Name: "note", Value: ui.NoteLine(n, h.Now(), h.Location()), Look: theme.Info, Long: true}
		if n.Rule != "" {
			f.Value += " (" + h.Theme().Tell(n.Rule) + either(n.User == "", "", " ") + n.User + ")"
		}
		facts = append(facts, f)
	}
	return facts
}

// notable is what is wrong with the class, and what was noted of it.
func (v *overview) notable(w int) []section {
	parts := []section{v.problemPart(w)}
	notes := section{labels: []string{"Notes"}, need: 1, least: 1}
	for _, f := range noteFacts(v.host, v.arg.Room) {
		notes.lines = append(notes.lines, v.host.Theme().Paint(f.Look, v.host.Theme().Fit(f.Value, within(w))))
	}
	if len(notes.lines) > 0 {
		parts = append(parts, notes)
	}
	return parts
}
