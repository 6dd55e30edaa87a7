package views

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"classtop/keymap"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// profiles lists the accounts and applications of the configuration; Enter
// goes to another one.
type profiles struct {
	ui.Base
	host  ui.Host
	table *table.Table[string, ui.Account]
}

func newProfiles(h ui.Host, _ ui.Arg) ui.View {
	v := &profiles{host: h}
	v.table = table.New(v.cols(), func(p *ui.Account) string { return p.Name },
		func(a, b *ui.Account, _ time.Time) int { return cmp.Compare(a.Name, b.Name) })
	return v
}

// Accounted asks the shell to read the configuration.
func (v *profiles) Accounted() {}

func (v *profiles) Title() string { return v.host.Theme().Say("Profiles") }

func (v *profiles) Context() keymap.Context { return keymap.List }

// Grid is the table, up to date.
func (v *profiles) Grid() ui.Grid {
	v.table.Set(v.host.Accounts())
	return v.table
}

// Note says what Enter does.
func (v *profiles) Note(int) string {
	th := v.host.Theme()
	return th.Paint(theme.Muted, th.Say("enter goes to the profile under the cursor"))
}

// Key goes to another profile.
func (v *profiles) Key(a keymap.Action) bool {
	p, ok := v.table.Selected(v.host.Now())
	if a != keymap.In || !ok {
		return false
	}
	v.host.Switch(*p)
	return true
}

func (v *profiles) ID() (what, id string) {
	if p, ok := v.table.Selected(v.host.Now()); ok && p.App != 0 {
		return "SdkAppId", strconv.FormatUint(p.App, 10)
	}
	return "", ""
}

func (v *profiles) Facts() []ui.Fact {
	p, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return []ui.Fact{
		{Name: "profile", Value: p.Name, Look: theme.Title}, {Name: "application", Value: appWords(p)}, {Name: "region", Value: p.Region},
		{Name: "access", Value: rights(p), Look: rightsLook(p), Words: true}, {Name: "share", Value: shareWords(p)}, {Name: "time zone", Value: p.Zone},
		{Name: "keys from", Value: p.Credentials}, {Name: "problem", Value: p.Wrong, Look: theme.Danger, Words: true},
	}
}

func (v *profiles) Render(w, h int) []string {
	v.Grid()
	th := v.host.Theme()
	lines := v.table.Render(th, w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], ui.Message(th, w, h-1, theme.Info, th.Say("There is no configuration with profiles here"))...)
}

func (v *profiles) cols() []table.Col[ui.Account] {
	return []table.Col[ui.Account]{
		{ID: "profile", Title: "Profile", Width: 12, Max: 24, Look: func(*ui.Account, time.Time) theme.Token { return theme.Title },
			Reads: func(p *ui.Account, _ time.Time) string { return p.Name }},
		{ID: "now", Title: "Now", Width: 9, Words: true, Look: func(*ui.Account, time.Time) theme.Token { return theme.Good },
			Reads: func(p *ui.Account, _ time.Time) string { return map[bool]string{true: "on screen"}[p.Now] }},
		{ID: "access", Title: "Access", Width: 20, Words: true, Look: func(p *ui.Account, _ time.Time) theme.Token { return rightsLook(p) },
			Reads: func(p *ui.Account, _ time.Time) string { return rights(p) }},
		{ID: "application", Title: "Application", Width: 11, Reads: func(p *ui.Account, _ time.Time) string { return appWords(p) }},
		{ID: "region", Title: "Region", Width: 12, Drop: 3, Look: muted[ui.Account], Reads: func(p *ui.Account, _ time.Time) string { return p.Region }},
		{ID: "share", Title: "Share", Width: 5, Drop: 4, Right: true, Look: muted[ui.Account], Reads: func(p *ui.Account, _ time.Time) string { return shareWords(p) }},
		{ID: "keys", Title: "Keys from", Width: 24, Max: 50, Drop: 5, Look: muted[ui.Account], Reads: func(p *ui.Account, _ time.Time) string { return p.Credentials }},
		{ID: "problem", Title: "Problem", Width: 8, Max: 120, Words: true, Look: func(*ui.Account, time.Time) theme.Token { return theme.Danger },
			Reads: func(p *ui.Account, _ time.Time) string { return p.Wrong }},
	}
}

// rights says in words what may be done with a profile.
func rights(p *ui.Account) string {
	switch {
	case p.ReadOnly && p.Protected:
		return "PROTECTED, READ-ONLY"
	case p.ReadOnly:
		return "READ-ONLY"
	case p.Protected:
		return "PROTECTED"
	case p.Wrong != "":
		return "cannot be used"
	}
	return "read and write"
}

func rightsLook(p *ui.Account) theme.Token {
	switch {
	case p.Wrong != "":
		return theme.Muted
	case p.Protected:
		return theme.Danger
	case p.ReadOnly:
		return theme.Warn
	}
	return theme.Plain
}

func appWords(p *ui.Account) string {
	if p.App == 0 {
		return "-"
	}
	return strconv.FormatUint(p.App, 10)
}

func shareWords(p *ui.Account) string { return fmt.Sprintf("%.0f%%", 100*p.Share) }
