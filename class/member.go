package class

// Role is a member's part in a class (MemberRecord.Role).
type Role int64

// The roles of MemberRecord.Role.
const (
	RoleStudent    Role = 0
	RoleTeacher    Role = 1
	RoleAssistant  Role = 2
	RoleSupervisor Role = 3
)

// String names the role; an unknown number stays one.
func (r Role) String() string {
	return nameOf(int64(r), []string{"student", "teacher", "assistant", "supervisor"})
}

// Presence is a member's state (MemberRecord.CurrentState).
type Presence int64

// The states of MemberRecord.CurrentState.
const (
	Absent        Presence = 0
	Online        Presence = 1
	Offline       Presence = 2
	Kicked        Presence = 3
	KickedForGood Presence = 4
	Reconnecting  Presence = 5
)

// String names the state; an unknown number stays one.
func (p Presence) String() string {
	return nameOf(int64(p), []string{"absent", "online", "offline", "kicked", "banned", "reconnecting"})
}

// Here tells whether the member is in the class now; a connection lost for
// the moment counts as here.
func (p Presence) Here() bool { return p == Online || p == Reconnecting }

// Kicked tells whether the member was put out, for a time or for good.
func (p Presence) Kicked() bool { return p == Kicked || p == KickedForGood }

// Device is the kind of a member's device (MemberRecord.Device).
type Device int64

// String names the device; an unknown number stays one.
func (d Device) String() string {
	return nameOf(int64(d), []string{"unknown", "Windows", "macOS", "Android", "iOS", "Web", "mobile web", "WeChat"})
}

// Mute is a member who may not write in the chat of a class
// (MutedAccountList).
type Mute struct {
	User  Text `json:"user"`
	Until Unix `json:"until"`
}

// Member is one person of a class (MemberRecord of DescribeCurrentMemberList
// and DescribeRoomStatistics). HandUps counts since the start: it does not say
// that a hand is up now.
type Member struct {
	ID        Text     `json:"id"`
	Name      Text     `json:"name"`
	Role      Role     `json:"role"`
	State     Presence `json:"state"`
	Camera    bool     `json:"camera"`
	Mic       bool     `json:"mic"`
	Muted     bool     `json:"muted"`    // Silence: may not write in the chat
	OnStage   bool     `json:"on_stage"` // Stage
	HandUps   int64    `json:"hand_ups"`
	Answers   int64    `json:"answers"` // quiz questions answered
	Rewards   int64    `json:"rewards"` // Rewords on the wire
	MicTimes  int64    `json:"mic_times"`
	Messages  int64    `json:"messages"`
	Present   Seconds  `json:"present"` // time online
	FirstJoin Unix     `json:"first_join"`
	LastQuit  Unix     `json:"last_quit"`
	Device    Device   `json:"device"`
	IP        Text     `json:"ip"`
	Place     Text     `json:"place"` // Location
	GroupID   Text     `json:"group_id"`
}
