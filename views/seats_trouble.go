package views

import (
	"strings"

	"classtop/class"
	"classtop/ui"
	"classtop/ui/theme"
)

// seatTrouble says why there is no map, and what to do.
func seatTrouble(th *theme.Theme, w, h int, e *class.Error) []string {
	if e.HasCode(class.CodeConfig) {
		return seatSetup(th, w, h, e)
	}
	text := []string{plainWords(e)}
	if e.Hint != "" {
		text = append(text, e.Hint)
	}
	foot := th.Say("Code %s", e.Code)
	if e.RequestID != "" {
		foot += th.Say(", RequestId %s", e.RequestID)
	}
	return ui.Message(th, w, h, theme.Danger, append(text, foot, "r tries again; the other tabs work without it")...)
}

// plainWords is an error's meaning, or the service's words where there is
// none.
func plainWords(e *class.Error) string {
	switch {
	case e.Meaning != "":
		return e.Meaning
	case e.Message != "":
		return e.Message
	}
	return "The service answered " + e.Code + "."
}

// setup is what the seats need in the config file.
var setup = []struct{ key, what string }{
	{"sdk_app_id", "the application's number (or CLASSTOP_SDK_APP_ID)"},
	{"admin", "an administrator of it (or CLASSTOP_ADMIN)"},
	{"usersig_key", "its secret key (or CLASSTOP_USERSIG_KEY, or usersig_key_file: a file's path)"},
	{"room_engine_endpoint", "the room engine's host, where it is not Singapore's"},
	{"room_ids", "class number: id there, for classes whose ids differ"},
}

// seatSetup explains how to configure the room engine.
func seatSetup(th *theme.Theme, w, h int, e *class.Error) []string {
	var out []string
	add := func(tok theme.Token, s string) {
		for _, l := range theme.Wrap(th.Tell(s), max(1, w-2)) {
			out = append(out, th.Fit(" "+th.Paint(tok, l), w))
		}
	}
	add(theme.Warn, "The seats are not set up in this profile; all else works without them.")
	missing := []string{}
	for _, s := range []string{e.Message, e.Meaning, e.Hint} {
		if s != "" && (len(missing) == 0 || missing[0] != th.Tell(s)) {
			missing = append(missing, th.Tell(s))
		}
	}
	add(theme.Plain, strings.Join(missing, ": "))
	if h > 12 {
		add(theme.Plain, "Seats are in the room engine, which has keys of its own. Write under your profile in the config file:")
	}
	for _, s := range setup {
		key, lines := s.key, []string{th.Tell(s.what)}
		if h > 12 {
			lines = theme.Wrap(lines[0], max(1, w-25))
		}
		for _, l := range lines {
			out = append(out, th.Fit("   "+th.Paint(theme.Accent, th.Fit(key, 21))+th.Paint(theme.Muted, l), w))
			key = ""
		}
	}
	add(theme.Muted, "classtop config path says where the file is, classtop check tries it.")
	for len(out) < h {
		out = append(out, theme.Spaces(w))
	}
	return out[:h]
}
