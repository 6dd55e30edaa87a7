package cli

import (
	"classtop/poll"
	"classtop/tape"
	"classtop/ui"
)

// recording is the file that the dashboard keeps, or nothing.
type recording struct {
	tap   func(poll.Update)
	state func() ui.Recording
	close func() error // says why the recording is not whole
}

// record begins a recording in a new file; without a name there is none.
func (l *link) record(name string) (recording, error) {
	if name == "" {
		return recording{close: func() error { return nil }}, nil
	}
	profile := l.cfg.Profile.Name
	if l.cfg.UI.Mask {
		profile = "masked"
	}
	r, err := tape.Create(name, tape.About{Version: version, Profile: profile, Began: l.now()})
	if err != nil {
		return recording{}, err
	}
	state := func() ui.Recording { return ui.Recording(r.State()) }
	return recording{tap: r.Note, state: state, close: r.Close}, nil
}
