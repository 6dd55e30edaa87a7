package ui

import (
	"fmt"
	"strings"

	"classtop/client/spec"
	"classtop/ui/theme"
)

// aboutLines is the room for what is known of the parameter under the cursor.
const aboutLines = 3

// tall is the height from which there is room for what the action is for.
const tall = 16

func (f *request) box(a *App, w, h int) (string, []string) {
	w = min(w, 96)
	th := &a.theme
	label := 0
	for _, p := range f.params {
		label = max(label, theme.Width(p.Name))
	}
	label = min(label+2, w*2/5)
	var out []string
	if h >= tall { // else the row that sends says it
		out = append(out, th.Paint(theme.Muted, th.Fit(th.Tell(f.action.Desc), w)), theme.Spaces(w))
	}
	rows := max(1, min(len(f.params)+1, h-len(out)-aboutLines-2))
	f.top = max(min(f.top, f.at), f.at-rows+1)
	for i := f.top; i < min(f.top+rows, len(f.params)+1); i++ {
		out = append(out, f.line(th, i, label, w))
	}
	look, about := theme.Muted, f.about(th)
	if why := f.why(); why != "" {
		look, about = theme.Danger, th.Tell(why)
	}
	lines := theme.Wrap(about, w)
	if len(lines) > aboutLines {
		lines = append(lines[:aboutLines-1], th.Fit(strings.Join(lines[aboutLines-1:], " "), w))
	}
	for i := range aboutLines + 1 {
		l := ""
		if i > 0 && i <= len(lines) {
			l = lines[i-1]
		}
		out = append(out, th.Paint(look, th.Fit(l, w)))
	}
	return f.action.Name + ", " + th.Tell(levelWords(f.action.Level)), append(out, th.Paint(theme.Muted, th.FitRight(f.hint(a), w)))
}

// levelWords says whether an action changes anything, and how grave that is.
func levelWords(level int) string {
	if level == 0 {
		return "reads"
	}
	return fmt.Sprintf("writes, level %d", level)
}

func (f *request) hint(a *App) string {
	th := &a.theme
	hint := th.Say("ctrl+s goes on, esc leaves")
	if len(f.action.Examples) > 0 {
		hint = th.Say("ctrl+e example, ") + hint
	}
	if !f.sends() && len(f.params[f.at].Enum) > 0 {
		hint = th.Say("left right choose, ") + hint
	}
	if f.action.Write() && a.deps.Profile.ReadOnly {
		hint = th.Say("read-only session: ") + hint
	}
	return hint
}

// why is what is wrong with the field under the cursor, or with all of it. An
// empty field is not called wrong before it was to be sent.
func (f *request) why() string {
	if f.wrong != "" || f.sends() || f.values[f.at].text() == "" && !f.tried {
		return f.wrong
	}
	return f.bad(f.at)
}

// about is what is known of the parameter under the cursor, or of the action.
func (f *request) about(th *theme.Theme) string {
	if f.sends() {
		return th.Tell(f.action.Desc)
	}
	p := f.params[f.at]
	parts := []string{p.Type}
	for _, l := range p.Limits() {
		parts = append(parts, th.Tell(l))
	}
	if unixSeconds(p) {
		parts = append(parts, th.Say("or as %s", clock))
	}
	for _, c := range []struct{ what, text string }{
		{"required if %s", p.RequiredIf}, {"required unless %s", p.RequiredUnless}, {"only if %s", p.OnlyIf}, {"%s", p.Format}, {"%s", p.Note},
	} {
		if c.text != "" {
			parts = append(parts, th.Say(c.what, th.Tell(c.text)))
		}
	}
	return strings.TrimSuffix(strings.TrimSuffix(th.Tell(p.Desc), "."), "。") + " (" + strings.Join(parts, ", ") + ")"
}

// line is one field, or the row that sends.
func (f *request) line(th *theme.Theme, i, label, w int) string {
	on := i == f.at
	cursor, look := "  ", theme.Muted
	if on {
		cursor, look = th.Glyphs.Cursor+" ", theme.Accent
	}
	cursor = th.Paint(theme.Accent, cursor)
	if i == len(f.params) {
		return th.Fit(cursor+th.Paint(theme.Key, th.Say("[ send ]"))+th.Paint(theme.Muted, "  "+th.Say("shows the signed request first")), w)
	}
	return th.Fit(cursor+th.Paint(look, th.Fit(f.params[i].Name, label))+f.value(th, i, on, w-3-label), w)
}

// value is what stands in a field of some cells; a long one shows its end,
// where the typing is.
func (f *request) value(th *theme.Theme, i int, on bool, cells int) string {
	p, v := f.params[i], f.values[i].text()
	hint := th.Say("optional")
	if p.Required {
		hint = th.Say("required")
	}
	if len(p.Enum) > 0 && p.Enum[v] != "" && v != "" {
		hint = "(" + th.Tell(p.Enum[v]) + ")"
	} else if v != "" {
		hint = ""
	}
	if t, ok := f.moment(i); ok {
		hint = "(" + t.Format(clock) + ")"
	}
	if v != "" && !on && f.bad(i) != "" {
		hint = th.Say("wrong: %s", th.Tell(f.bad(i)))
	}
	if spec.IsSecret(p.Name) && !on && v != "" {
		v = spec.Mask
	}
	if on {
		v = f.values[i].line(th, theme.Plain, cells+1)
	} else {
		v = th.Fit(v, min(cells, theme.Width(v)))
	}
	if v != "" && hint != "" {
		v += " "
	}
	return v + th.Paint(theme.Muted, hint)
}
