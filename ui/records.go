package ui

import (
	"errors"
	"io/fs"
	"time"

	tea "charm.land/bubbletea/v2"

	"classtop/ops"
)

// Records is what the audit file says.
type Records struct {
	All  []ops.Record
	Err  error     // it cannot be read in full, or a line was changed; or Partial
	At   time.Time // when it was read; zero while it has not been
	Path string
}

// Partial tells whether all that is wrong is that lines of other hosts may be
// missing.
func (r Records) Partial() bool { return errors.As(r.Err, new(ops.Partial)) }

// Unread tells whether nobody knows what the file says, because the disk does
// not give it.
func (r Records) Unread() bool { return errors.As(r.Err, new(*fs.PathError)) }

// Recorded is a view that shows what the audit file says.
type Recorded interface{ Recorded() }

// recordsEvery is how often the file is read while a view shows it: other
// processes write to it too.
const recordsEvery = 5 * time.Second

type records struct {
	Records
	reading bool
	old     bool // an operation ended since
}

// AuditRead is the message of what the audit file says.
type AuditRead struct {
	Entries []ops.Entry
	Err     error
}

// Records is what the audit file said when it was read last.
func (a *App) Records() Records {
	r := a.records.Records
	r.Path = a.deps.Audit
	return r
}

// readRecords reads the file again when the visible view wants it.
func (a *App) readRecords() tea.Cmd {
	r := &a.records
	_, wanted := a.top().(Recorded)
	if !wanted || r.reading || a.deps.Records == nil || !r.old && a.now().Sub(r.At) < recordsEvery {
		return nil
	}
	r.reading, r.old = true, false
	read := a.deps.Records
	return func() tea.Msg {
		entries, err := read()
		return AuditRead{Entries: entries, Err: err}
	}
}

func (a *App) onRecords(m AuditRead) {
	a.records.reading = false
	a.records.Records = Records{All: ops.Records(m.Entries), Err: m.Err, At: a.now()}
	a.dirty = true
}
