package sim

import (
	"strings"

	"classtop/class"
)

// record is MemberRecord.
type record struct {
	UserID          string   `json:"UserId"`
	UserName        string   `json:"UserName"`
	PresentTime     int64    `json:"PresentTime"`
	Camera          int      `json:"Camera"`
	Mic             int      `json:"Mic"`
	Silence         int      `json:"Silence"`
	AnswerQuestions int      `json:"AnswerQuestions"`
	HandUps         int32    `json:"HandUps"`
	FirstJoin       int64    `json:"FirstJoinTimestamp"`
	LastQuit        int64    `json:"LastQuitTimestamp"`
	Rewords         int32    `json:"Rewords"` // the wire's spelling
	IPAddress       string   `json:"IPAddress"`
	Location        string   `json:"Location"`
	Device          int      `json:"Device"`
	MicCount        int32    `json:"PerMemberMicCount"`
	MessageCount    int32    `json:"PerMemberMessageCount"`
	Role            int      `json:"Role"`
	GroupID         string   `json:"GroupId"`
	SubGroupID      []string `json:"SubGroupId"`
	Stage           int      `json:"Stage"`
	CurrentState    int      `json:"CurrentState"`
}

// records lists members of a class as the wire has them.
func (w *world) records(d *detail, page, limit int64) []record {
	answered := d.answered()
	list := []record{}
	first := int((max(page, 1) - 1) * limit)
	for n := range pageOf(d.members, page, limit) {
		i := first + n
		m := &d.members[i]
		one := record{
			UserID: m.id, UserName: w.nameOf(m.who), PresentTime: m.present, Camera: bit(m.camera), Mic: bit(m.mic),
			Silence: bit(m.silenced), AnswerQuestions: answered[i], HandUps: m.hands, FirstJoin: m.firstJoin, LastQuit: m.lastQuit,
			Rewords: m.rewards, MicCount: m.micTimes, MessageCount: m.messages, Role: int(m.role), GroupID: d.x.settings.group,
			Stage: bit(m.seat >= 0), CurrentState: int(m.state),
		}
		if m.firstJoin > 0 {
			one.IPAddress, one.Location, one.Device = w.address(m.who), w.placeOf(d, m), int(m.device)
		}
		if m.here() {
			one.PresentTime += d.at - m.since
		}
		list = append(list, one)
	}
	return list
}

// placeOf says where a member is. The people of a class come from a few
// places.
func (w *world) placeOf(d *detail, m *member) string {
	if m.local {
		return exodusPlace
	}
	h := mix(w.seed, saltLook, uint64(m.who), 3)
	home := uint64(max(d.x.track, 0))
	return places[(home*7+h%4*3+h>>8%2)%uint64(len(places))]
}

func describeCurrentMemberList(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	d := w.look(x)
	return obj{"Total": len(d.members), "MemberRecords": w.records(d, p.num("Page"), p.num("Limit"))}, nil
}

// kickUserFromRoom puts somebody out, for a time or for good. Whoever has not
// been in the class yet is kept out of it all the same.
func kickUserFromRoom(w *world, p params) (obj, *refusal) {
	x, bad := w.room(p)
	if bad == nil {
		bad = x.ended(w.now)
	}
	if bad != nil {
		return nil, bad
	}
	who, ok := w.find(p.str("UserId"))
	if !ok {
		return nil, refuse("ResourceNotFound.User", "The user %s does not exist.", strings.TrimSpace(p.str("UserId")))
	}
	d := w.look(x)
	x.touched = true
	i := d.find(p.str("UserId"))
	if i < 0 {
		d.admitMember(w, who, class.RoleStudent, 0)
		i = len(d.members) - 1
	}
	d.expel(i, w.now, p.num("KickType") == 2, p.num("Duration"))
	return nil, nil
}

// expel puts a member out.
func (d *detail) expel(i int, t int64, forGood bool, seconds int64) {
	m := &d.members[i]
	state, reason := class.Kicked, leftKicked
	if forGood {
		state, reason = class.KickedForGood, leftBanned
	}
	if m.here() {
		d.quit(i, t, state, reason)
	}
	m.state, m.steady = state, false
	m.until = t + seconds
	m.next = m.until
	if forGood {
		m.next = 0
	}
}
