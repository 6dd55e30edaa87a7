package views

import (
	"encoding/json"
	"time"

	"classtop/class"
	"classtop/class/clean"
	"classtop/ui"
	"classtop/ui/table"
	"classtop/ui/theme"
)

// call is what one user needs to enter a call.
type call struct {
	sent *ui.Sent
	user class.Text
	at   int // index in the answer's list
	app  string
	room class.Text
}

// callParams is one entry of TRTCParamList.
type callParams struct {
	SdkAppID            json.Number `json:"SdkAppId"`
	UserID              string      `json:"UserId"`
	StrRoomID           string      `json:"StrRoomId"`
	UserSig, PrivateKey string
}

func newCalls(h ui.Host, _ ui.Arg) ui.View {
	v := &granted[call]{host: h, title: "Calls", word: "the call parameters", make: callsOf,
		key:   func(c *call) grantKey { return grantKey{c.sent, c.user} },
		empty: "No call parameters were created in this session of classtop",
		hint:  "x creates them, on the members tab of a class for the marked members",
	}
	v.secret = func(c *call) string {
		b, err := json.MarshalIndent(paramsOf(ui.Bare(c.sent.Reply))[c.at], "", "  ")
		if err != nil {
			return ""
		}
		return string(b)
	}
	v.sent = func(c *call) *ui.Sent { return c.sent }
	v.offers = func(*call, bool) []ui.Offer {
		return []ui.Offer{{Title: "Create call parameters", Hint: "CreateTRTCSignaturesWithRoomId", Open: func() {
			h.Request(ui.Request{Action: "CreateTRTCSignaturesWithRoomId"})
		}}}
	}
	v.table = table.New(v.callCols(), v.key, func(a, b *call, _ time.Time) int { return b.sent.At.Compare(a.sent.At) })
	return v
}

func callsOf(sent []*ui.Sent) []call {
	var out []call
	for _, s := range sent {
		if !s.OK() || s.Action != "CreateTRTCSignaturesWithRoomId" {
			continue
		}
		for i, p := range paramsOf(s.Reply.Shown) {
			out = append(out, call{s, clean.Text(p.UserID), i, p.SdkAppID.String(), clean.Text(p.StrRoomID)})
		}
	}
	return out
}

func paramsOf(raw json.RawMessage) []callParams {
	var a struct{ TRTCParamList []callParams }
	if json.Unmarshal(raw, &a) != nil {
		return nil
	}
	return a.TRTCParamList
}

func (v *granted[T]) callCols() []table.Col[call] {
	read := func(f func(*call) string) func(*call, time.Time) string {
		return func(c *call, _ time.Time) string { return f(c) }
	}
	secret := func(f func(callParams) string) func(*call, time.Time) string {
		return read(func(c *call) string {
			return v.masked(grantKey{c.sent, c.user}, func() string { return f(paramsOf(ui.Bare(c.sent.Reply))[c.at]) })
		})
	}
	return []table.Col[call]{
		{ID: "user", Title: "User", Width: 14, Max: 30, Reads: read(func(c *call) string { return c.user.String() }), Look: func(*call, time.Time) theme.Token { return theme.Title }},
		{ID: "app", Title: "SdkAppId", Width: 10, Max: 20, Reads: read(func(c *call) string { return c.app })},
		{ID: "room", Title: "StrRoomId", Width: 12, Max: 44, Reads: read(func(c *call) string { return c.room.String() })},
		{ID: "made", Title: "Made", Width: 8, Drop: 3, Look: muted[call], Reads: read(func(c *call) string { return c.sent.At.In(v.host.Location()).Format("15:04:05") })},
		{ID: "usersig", Title: "UserSig", Width: 10, Max: 60, Drop: 1, Look: muted[call], Reads: secret(func(p callParams) string { return p.UserSig })},
		{ID: "privatekey", Title: "PrivateKey", Width: 10, Max: 40, Drop: 2, Look: muted[call], Reads: secret(func(p callParams) string { return p.PrivateKey })},
	}
}
