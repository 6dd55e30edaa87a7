package views

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"classtop/keymap"
	"classtop/poll"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// requests shows what of the account's rate is used, action by action.
type requests struct {
	ui.Base
	host  ui.Host
	table *table.Table[string, poll.ActionUse]
}

func newRequests(h ui.Host, _ ui.Arg) ui.View {
	v := &requests{host: h}
	v.table = table.New(requestCols(), func(u *poll.ActionUse) string { return u.Action },
		func(a, b *poll.ActionUse, _ time.Time) int { return cmp.Compare(a.Action, b.Action) })
	return v
}

func (v *requests) Title() string { return v.host.Theme().Say("Requests") }

func (v *requests) Context() keymap.Context { return keymap.List }

func (v *requests) Grid() ui.Grid { return v.table }

// Note says what can be done about the use.
func (v *requests) Note(int) string {
	th := v.host.Theme()
	if v.host.Profile().Hosts { // the share is set for all of them
		return th.Paint(theme.Muted, th.Say("requests a second; the share is every host's"))
	}
	return th.Paint(theme.Muted, th.Say("requests a second; { slower, } faster"))
}

func (v *requests) ID() (what, id string) {
	u, ok := v.table.Selected(v.host.Now())
	if !ok || len(u.RequestIDs) == 0 {
		return "", ""
	}
	return "RequestId", u.RequestIDs[0]
}

func (v *requests) Facts() []ui.Fact {
	u, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	facts := []ui.Fact{
		{Name: "API action", Value: u.Action, Look: theme.Title},
		{Name: "account", Value: v.host.Theme().Say("%d requests a second are allowed", u.Limit)},
		{Name: "share", Value: v.host.Theme().Say("%.1f of them, now %.1f", u.Full, u.Share)},
		{Name: "used", Value: v.host.Theme().Say("%d in the last second, %d wait", u.Used, u.Waiting)},
		{Name: "refused", Value: v.host.Theme().Say("%d since the start, %d in the last ten seconds", u.Refused, u.Recent)},
		{Name: "others", Value: othersWords(u), Words: true},
		{Name: "latency", Value: latency(u, time.Time{})},
	}
	for i, id := range u.RequestIDs {
		name := ""
		if i == 0 {
			name = "RequestIds"
		}
		facts = append(facts, ui.Fact{Name: name, Value: id})
	}
	return facts
}

func othersWords(u *poll.ActionUse) string {
	if u.Foreign == 0 {
		return "nobody else was noticed"
	}
	return fmt.Sprintf("someone else uses about %.0f a second", u.Foreign)
}

func (v *requests) Raw() any {
	u, ok := v.table.Selected(v.host.Now())
	if !ok {
		return nil
	}
	return *u
}

func (v *requests) Render(w, h int) []string {
	v.table.Set(v.host.Requests())
	lines := v.table.Render(v.host.Theme(), w, h, v.host.Now())
	if v.table.Shown() > 0 || h < 2 {
		return lines
	}
	return append(lines[:1], ui.Message(v.host.Theme(), w, h-1, theme.Info, "No request was sent yet")...)
}

func requestCols() []table.Col[poll.ActionUse] {
	type use = poll.ActionUse
	num := func(id, title string, w, drop int, n func(*use) float64, look theme.Token) table.Col[use] {
		return table.Col[use]{ID: id, Title: title, Width: w, Drop: drop, Right: true,
			Reads: func(u *use, _ time.Time) string { return tenths(n(u)) },
			Order: func(a, b *use, _ time.Time) int { return cmp.Compare(n(b), n(a)) },
			Look: func(u *use, _ time.Time) theme.Token {
				if n(u) == 0 {
					return theme.Muted
				}
				return look
			}}
	}
	return []table.Col[use]{
		{ID: "action", Title: "API action", Width: 22, Max: 36, Look: func(*use, time.Time) theme.Token { return theme.Title },
			Reads: func(u *use, _ time.Time) string { return u.Action }},
		num("used", "Used", 4, 0, func(u *use) float64 { return float64(u.Used) }, theme.Plain),
		num("share", "Share", 5, 0, func(u *use) float64 { return u.Share }, theme.Plain),
		num("limit", "Allowed", 7, 6, func(u *use) float64 { return float64(u.Limit) }, theme.Muted),
		num("waiting", "Wait", 4, 5, func(u *use) float64 { return float64(u.Waiting) }, theme.Warn),
		num("refused", "Refused", 7, 3, func(u *use) float64 { return float64(u.Refused) }, theme.Warn),
		num("recent", "10 sec", 6, 2, func(u *use) float64 { return float64(u.Recent) }, theme.Danger),
		num("others", "Others", 6, 4, func(u *use) float64 { return u.Foreign }, theme.Warn),
		{ID: "latency", Title: "Latency", Width: 7, Right: true, Reads: latency,
			Order: func(a, b *use, _ time.Time) int { return cmp.Compare(b.Latency, a.Latency) }},
		{ID: "id", Title: "Last RequestIds", Width: 36, Max: 76, Drop: 8, Look: muted[use],
			Reads: func(u *use, _ time.Time) string { return strings.Join(u.RequestIDs, " ") }},
	}
}

// tenths writes a number with one digit behind the point where it has one.
func tenths(n float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0") }

func latency(u *poll.ActionUse, _ time.Time) string {
	if u.Latency <= 0 {
		return "-"
	}
	return fmt.Sprintf("%d ms", u.Latency.Milliseconds())
}
