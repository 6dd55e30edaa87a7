package client

import (
	"sync"

	"classtop/class"
)

// memberPageData is one page of DescribeCurrentMemberList, the call that a
// dashboard makes most.
type memberPageData struct {
	total   int64
	members []class.Member
}

// The texts of a member, by their place in memberSpans.
const (
	memberUser = iota
	memberName
	memberIP
	memberPlace
	memberGroup
	memberTexts
)

type memberSpans [memberTexts]span

// memberGather is what decoding needs and keeps for the next time.
type memberGather struct {
	gather
	members []class.Member
	spans   []memberSpans
}

var memberGathers = sync.Pool{New: func() any { return new(memberGather) }}

// decode reads a page from a body, of which nothing is kept.
func (p *memberPageData) decode(body []byte) (verdict, error) {
	g := memberGathers.Get().(*memberGather)
	defer memberGathers.Put(g)
	v, err := g.answer(body, func() { p.total = 0; g.clear() }, func(name []byte) {
		switch string(name) {
		case "Total":
			p.total = g.int()
		case "MemberRecords":
			g.clear()
			g.objects(g.member)
		default:
			g.skip()
		}
	})
	if err != nil {
		return v, err
	}
	p.members = g.finish()
	return v, nil
}

func (g *memberGather) clear() { g.members, g.spans = g.members[:0], g.spans[:0] }

// finish copies the members out, with their texts in place.
func (g *memberGather) finish() []class.Member {
	if len(g.members) == 0 {
		return nil
	}
	block := string(g.block)
	members := make([]class.Member, len(g.members))
	copy(members, g.members)
	for i := range members {
		m, s := &members[i], &g.spans[i]
		m.ID = g.resolve(block, s[memberUser])
		m.Name = g.resolve(block, s[memberName])
		m.IP = g.resolve(block, s[memberIP])
		m.Place = g.resolve(block, s[memberPlace])
		m.GroupID = g.resolve(block, s[memberGroup])
	}
	clear(g.odd)
	return members
}

// member consumes one MemberRecord.
func (g *memberGather) member() {
	var last memberSpans
	if n := len(g.spans); n > 0 {
		last = g.spans[n-1]
	}
	var s memberSpans
	var m class.Member
	g.object(func(name []byte) { g.memberField(&m, &s, &last, name) })
	g.members = append(g.members, m)
	g.spans = append(g.spans, s)
}

func (g *memberGather) memberField(m *class.Member, s, last *memberSpans, name []byte) {
	switch string(name) {
	case "UserId":
		s[memberUser] = g.text(last[memberUser])
	case "UserName":
		s[memberName] = g.text(last[memberName])
	case "IPAddress":
		s[memberIP] = g.text(last[memberIP])
	case "Location":
		s[memberPlace] = g.text(last[memberPlace])
	case "GroupId":
		s[memberGroup] = g.text(last[memberGroup])
	case "Role":
		m.Role = class.Role(g.int())
	case "CurrentState":
		m.State = class.Presence(g.int())
	case "Camera":
		m.Camera = g.yes()
	case "Mic":
		m.Mic = g.yes()
	case "Silence":
		m.Muted = g.yes()
	case "Stage":
		m.OnStage = g.yes()
	case "Device":
		m.Device = class.Device(g.int())
	default:
		g.memberNumber(m, name)
	}
}

// memberNumber consumes the fields that count something.
func (g *memberGather) memberNumber(m *class.Member, name []byte) {
	switch string(name) {
	case "HandUps":
		m.HandUps = g.int()
	case "AnswerQuestions":
		m.Answers = g.int()
	case "Rewords":
		m.Rewards = g.int()
	case "PerMemberMicCount":
		m.MicTimes = g.int()
	case "PerMemberMessageCount":
		m.Messages = g.int()
	case "PresentTime":
		m.Present = class.Seconds(g.int())
	case "FirstJoinTimestamp":
		m.FirstJoin = class.Unix(g.int())
	case "LastQuitTimestamp":
		m.LastQuit = class.Unix(g.int())
	default:
		g.skip()
	}
}
