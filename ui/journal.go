package ui

import (
	"time"

	"classtop/ui/theme"
)

// LogLine is a line of the program's own log: what it said, and how the
// connection went.
type LogLine struct {
	N     uint64 // counts them
	At    time.Time
	Level Level
	Text  string // in the reader's language
}

// keptLines bounds the log.
const keptLines = 500

// journal is the log of one program.
type journal struct {
	lines []LogLine // the oldest first
	last  uint64
	state string // of the connection, when it was looked at last
}

// Log is what the program said since it began, the oldest first.
func (a *App) Log() []LogLine { return a.journal.lines }

func (a *App) log(level Level, text string) {
	j := &a.journal
	j.last++
	j.lines = append(j.lines, LogLine{N: j.last, At: a.now(), Level: level, Text: text})
	if len(j.lines) > keptLines {
		j.lines = append([]LogLine(nil), j.lines[len(j.lines)-keptLines:]...)
	}
}

// watchConnection logs each change of the connection. It runs with the clock.
func (a *App) watchConnection() {
	th, st := &a.theme, a.deps.Status()
	level, text := Info, th.Say("the connection is well")
	switch {
	case st.Waiting:
		text = th.Say("connecting")
	case st.Problem != nil:
		level, text = Failure, troubleWords(th, st.Problem)
	case st.Partly != nil:
		level, text = Warning, th.Say("without %s", th.Tell(st.Part))+": "+partWords(th, st)
	case st.Slowed:
		level, text = Warning, th.Say("slowed down: somebody else uses the account's rate too")
	}
	if text == a.journal.state {
		return
	}
	a.journal.state = text
	a.log(level, text)
}

// Word names a level where it stands by itself.
func (l Level) Word(th *theme.Theme) string {
	return th.Word("level", [...]string{Info: "info", Success: "done", Warning: "note", Failure: "failed"}[l])
}
