package views

import (
	"encoding/json"
	"fmt"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ops"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// session is a cloud application that this program started.
type session struct {
	sent      *ui.Sent
	user      class.Text
	destroyed time.Time // zero while it is not known to be over
}

func newSessions(h ui.Host, _ ui.Arg) ui.View {
	v := &granted[session]{host: h, title: "Sessions", word: "ServerSession", make: sessionsOf,
		key:    func(s *session) grantKey { return grantKey{s.sent, s.user} },
		secret: func(s *session) string { return field(ui.Bare(s.sent.Reply), "ServerSession") },
		empty:  "No cloud application was started in this session of classtop",
		hint:   "x starts one, on the members tab of a class for the member under the cursor",
	}
	v.sent = func(s *session) *ui.Sent { return s.sent }
	v.offers = func(s *session, ok bool) []ui.Offer {
		end := ui.Offer{Title: "Destroy the session", Hint: "DestroySession", Why: "nothing is selected"}
		if ok {
			end.Why = ""
			end.Open = func() {
				h.Request(ui.Request{Action: "DestroySession", Start: map[string]class.Text{"UserId": s.user}})
			}
		}
		start := ui.Offer{Title: "Start a session", Hint: "CreateSession", Open: func() { h.Request(ui.Request{Action: "CreateSession"}) }}
		return []ui.Offer{start, end}
	}
	v.table = table.New(v.sessionCols(), v.key, func(a, b *session, _ time.Time) int { return b.sent.At.Compare(a.sent.At) })
	return v
}

// sessionsOf finds what was started, and what was destroyed since. The newest
// comes first.
func sessionsOf(sent []*ui.Sent) []session {
	ended := map[string]time.Time{}
	var out []session
	for _, s := range sent {
		user := s.Params["UserId"]
		switch {
		case !s.OK():
		case s.Action == "DestroySession":
			ended[fmt.Sprint(user)] = s.Ended
		case s.Action == "CreateSession":
			one := session{sent: s, user: textOf(user), destroyed: ended[fmt.Sprint(user)]}
			delete(ended, fmt.Sprint(user)) // what was started before ended by itself
			out = append(out, one)
		}
	}
	return out
}

// textOf is a parameter as a text.
func textOf(v any) class.Text {
	switch v := v.(type) {
	case class.Text:
		return v
	case nil:
		return class.Text{}
	}
	return clean.Text(fmt.Sprint(v))
}

// field is a text in an answer.
func field(raw json.RawMessage, name string) string {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return ""
	}
	text, _ := fields[name].(string)
	return text
}

func (v *granted[T]) sessionCols() []table.Col[session] {
	read := func(f func(*session) string) func(*session, time.Time) string {
		return func(s *session, _ time.Time) string { return f(s) }
	}
	param := func(name string) func(*session, time.Time) string {
		return read(func(s *session) string { return textOf(s.sent.Params[name]).String() })
	}
	return []table.Col[session]{
		{ID: "user", Title: "User", Width: 14, Max: 30, Reads: param("UserId"), Look: func(*session, time.Time) theme.Token { return theme.Title }},
		{ID: "state", Title: "State", Words: true, Width: 9, Reads: read(sessionState), Look: sessionLook},
		{ID: "started", Title: "Started", Width: 8, Reads: read(func(s *session) string { return s.sent.At.In(v.host.Location()).Format("15:04:05") })},
		{ID: "ip", Title: "Address", Width: 12, Max: 18, Drop: 2, Look: muted[session], Reads: param("UserIp")},
		{ID: "mode", Title: "Mode", Width: 8, Max: 18, Drop: 4, Look: muted[session], Reads: param("RunMode")},
		{ID: "role", Title: "Role", Width: 6, Drop: 5, Look: muted[session], Reads: param("Role")},
		{ID: "host", Title: "Host", Width: 8, Max: 20, Wide: 30, Drop: 3, Look: muted[session], Reads: param("HostUserId")},
		{ID: "secret", Title: "ServerSession", Width: 13, Max: 60, Drop: 1, Look: muted[session],
			Reads: read(func(s *session) string {
				return v.masked(grantKey{s.sent, s.user}, func() string { return field(ui.Bare(s.sent.Reply), "ServerSession") })
			})},
	}
}

func sessionState(s *session) string {
	if !s.destroyed.IsZero() {
		return "destroyed"
	}
	return "started"
}

func sessionLook(s *session, _ time.Time) theme.Token {
	if !s.destroyed.IsZero() {
		return theme.Muted
	}
	return theme.Good
}

// memberOffers are the forms that a class's members fill in.
func memberOffers(h ui.Host, c class.Card, chosen []*class.Member) []ui.Offer {
	ids, why := "", "no member is chosen"
	for _, m := range chosen {
		if ids != "" {
			ids += ","
		}
		ids += m.ID.String()
		why = ""
	}
	calls := ui.Offer{Title: "Call parameters", Hint: "of the marked members, up to 10", Why: why, Open: func() {
		start := map[string]class.Text{"TRTCUserIds": clean.Block(ids), "RoomId": clean.Text(c.Room.ID.String())}
		h.Request(ui.Request{Action: "CreateTRTCSignaturesWithRoomId", Start: start, Target: callTarget(c)})
	}}
	if len(chosen) > 10 {
		calls.Why = h.Theme().Say("they are for 10 members at most, not for %d", len(chosen))
	}
	start := ui.Offer{Title: "Start a cloud application", Hint: "for the member: CreateSession", Why: why}
	if len(chosen) > 1 {
		start.Why = "this goes for one member at a time; esc drops the marks"
	}
	if len(chosen) == 1 {
		m := chosen[0]
		start.Open = func() {
			fields := map[string]class.Text{"UserId": m.ID, "UserIp": m.IP, "HostUserId": c.Teacher, "Role": clean.Text("Player")}
			if m.Role == class.RoleTeacher {
				fields["HostUserId"] = m.ID
			}
			h.Request(ui.Request{Action: "CreateSession", Start: fields, Target: callTarget(c)})
		}
	}
	return []ui.Offer{calls, start}
}

// callTarget is a class as the confirmation of a call names it.
func callTarget(c class.Card) ops.Target {
	return ops.Target{Room: c.Room.ID, RoomName: c.Room.Name, Status: c.Room.Status, Seat: -1}
}
