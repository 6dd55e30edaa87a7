package class

import (
	"strconv"
	"time"
)

// RoomStatus is the state of a class as DescribeRoom.Status counts it.
type RoomStatus int64

// The states of a class (DescribeRoom.Status).
const (
	RoomUpcoming RoomStatus = 0
	RoomLive     RoomStatus = 1
	RoomEnded    RoomStatus = 2
	RoomExpired  RoomStatus = 3
)

// String names the state as a supervisor would; an unknown number stays one.
func (s RoomStatus) String() string {
	return nameOf(int64(s), []string{"upcoming", "live", "ended", "expired"})
}

// Room is one class of a list (GetRooms, RoomItem). Head count and teacher are
// not in it; see Card.
type Room struct {
	ID        RoomID     `json:"id"`
	Name      Text       `json:"name"`
	Status    RoomStatus `json:"status"`
	Start     Unix       `json:"start"`      // scheduled
	End       Unix       `json:"end"`        // scheduled
	RealStart Unix       `json:"real_start"` // 0 until it started
	RealEnd   Unix       `json:"real_end"`   // 0 until it ended
	MicLimit  int64      `json:"mic_limit"`  // MaxMicNumber
	RoomType  int64      `json:"room_type"`  // 0 small class, 1 lecture
	EndDelay  int64      `json:"end_delay"`  // minutes a class may overrun; 0 no limit, -1 not at all
	RecordURL Text       `json:"record_url"`
}

// Overrun tells by how much a running class has passed its scheduled end.
func (r Room) Overrun(now time.Time) time.Duration {
	if r.Status != RoomLive || r.End == 0 {
		return 0
	}
	return max(0, now.Sub(r.End.Time()))
}

// Late tells by how much a class that has not started is past its start.
func (r Room) Late(now time.Time) time.Duration {
	if r.Status != RoomUpcoming || r.Start == 0 {
		return 0
	}
	return max(0, now.Sub(r.Start.Time()))
}

// RoomDetail is what DescribeRoom says of one class.
type RoomDetail struct {
	Room
	SdkAppID         uint64 `json:"sdk_app_id"`
	Teacher          Text   `json:"teacher"`    // user id
	Assistants       []Text `json:"assistants"` // user ids
	GroupID          Text   `json:"group_id"`
	AudienceType     int64  `json:"audience_type"` // 1 interactive, 2 standard
	Resolution       int64  `json:"resolution"`    // 1 SD, 2 HD, 3 FHD
	AutoMic          bool   `json:"auto_mic"`
	AudioQuality     bool   `json:"audio_quality"` // high quality audio
	SubType          Text   `json:"sub_type"`
	DisableRecord    int64  `json:"disable_record"`  // 0 records by itself, 1 does not
	DirectControl    bool   `json:"direct_control"`  // EnableDirectControl: no consent needed (CreateRoom's wording)
	FocusMode        bool   `json:"focus_mode"`      // InteractionMode 1: students see only teacher and assistants
	Portrait         bool   `json:"portrait"`        // VideoOrientation 1
	GradeAfter       bool   `json:"grade_after"`     // IsGradingRequiredPostClass
	VideoDuration    int64  `json:"video_duration"`  // length of the recording
	LiveType         int64  `json:"live_type"`       // 0 regular, 1 simulated live
	AutoStart        bool   `json:"auto_start"`      // EnableAutoStart
	RecordLiveURL    Text   `json:"record_live_url"` // source of a simulated live class
	RecordBackground Text   `json:"record_background"`
	RecordScene      Text   `json:"record_scene"`
	RecordLang       Text   `json:"record_lang"`
}

// Counts is what a member list adds up to.
type Counts struct {
	Online   int `json:"online"`
	Expected int `json:"expected"` // everybody in the list but the kicked
	Mics     int `json:"mics"`
	Cameras  int `json:"cameras"`
	Hands    int `json:"hands"` // raised since the start, over all members
	Kicked   int `json:"kicked"`
	Teachers int `json:"teachers"` // teachers online

	Assistants    int `json:"assistants"`     // assistants online
	AllAssistants int `json:"all_assistants"` // assistants in the list, the kicked left out
}

// Count adds up a member list.
func Count(members []Member) Counts {
	var c Counts
	for i := range members {
		m := &members[i]
		if m.State.Kicked() {
			c.Kicked++
			continue
		}
		c.Expected++
		c.Hands += int(m.HandUps)
		if m.Role == RoleAssistant {
			c.AllAssistants++
		}
		if !m.State.Here() {
			continue
		}
		c.Online++
		if m.Mic {
			c.Mics++
		}
		if m.Camera {
			c.Cameras++
		}
		switch m.Role {
		case RoleTeacher:
			c.Teachers++
		case RoleAssistant:
			c.Assistants++
		}
	}
	return c
}

// Card is all that the list of rooms shows of one class, put together of
// GetRooms, DescribeRoom and DescribeCurrentMemberList.
type Card struct {
	Room        Room      `json:"room"`
	Teacher     Text      `json:"teacher"`      // user id; empty until DescribeRoom answered
	TeacherName Text      `json:"teacher_name"` // from the member list; empty if not seen there
	Counts      Counts    `json:"counts"`
	MembersAt   time.Time `json:"members_at"` // when the member list was read; zero if never
	Err         *Error    `json:"error,omitempty"`
	Problems    []Problem `json:"problems,omitempty"` // worst first
	Score       int       `json:"score"`              // Score of Problems
}

// nameOf returns the name at index n, or the number as text.
func nameOf(n int64, names []string) string {
	if n >= 0 && n < int64(len(names)) {
		return names[n]
	}
	return strconv.FormatInt(n, 10)
}
