package class

// Options is a set of quiz options as the wire has it: a plain bit mask, bit 0
// is A, bit 1 is B and so on. The manual's prose writes 0x11 for A and B; its
// example data say 3, and the data are right.
type Options uint64

// String spells the set as letters: 3 is "AB"; the empty set is "".
func (o Options) String() string {
	letters := make([]byte, 0, 8)
	for i := range 26 {
		if o&(1<<i) != 0 {
			letters = append(letters, byte('A'+i))
		}
	}
	if o>>26 != 0 {
		letters = append(letters, '+')
	}
	return string(letters)
}

// Question is one quiz question with its tally (QuestionInfo).
type Question struct {
	ID      Text         `json:"id"`
	Text    Text         `json:"text"`
	Limit   Seconds      `json:"limit"` // 0 is none
	Correct Options      `json:"correct"`
	Stats   []AnswerStat `json:"stats"`
}

// AnswerStat says how many members chose exactly this set (AnswerStat).
type AnswerStat struct {
	Options Options `json:"options"`
	Count   int64   `json:"count"`
}

// Answer is one member's answer (AnswerInfo).
type Answer struct {
	UserID  Text    `json:"user_id"`
	Name    Text    `json:"name"`
	Options Options `json:"options"`
	Took    Seconds `json:"took"` // CostTime; the unit is not stated, the examples look like seconds
	Right   bool    `json:"right"`
}

// Transcoding is the state of a document (TranscodeState).
type Transcoding int64

// The states of TranscodeState.
const (
	NotTranscoded Transcoding = 0
	Transcodes    Transcoding = 1
	TranscodeFail Transcoding = 2
	Transcoded    Transcoding = 3
)

// String names the state; an unknown number stays one.
func (t Transcoding) String() string {
	return nameOf(int64(t), []string{"not transcoded", "transcoding", "failed", "ready"})
}

// Document is a piece of courseware (DocumentInfo, DescribeDocument).
type Document struct {
	ID       Text        `json:"id"`
	Name     Text        `json:"name"`
	Type     Text        `json:"type"` // file name extension
	URL      Text        `json:"url"`
	Owner    Text        `json:"owner"`
	Public   bool        `json:"public"` // Permission 1
	State    Transcoding `json:"state"`
	Progress int64       `json:"progress"` // percent
	Result   Text        `json:"result"`   // URL of the transcoded file, or an error code
	Info     Text        `json:"info"`     // why it failed
	Size     int64       `json:"size"`     // bytes
	Pages    int64       `json:"pages"`
	Width    int64       `json:"width"`
	Height   int64       `json:"height"`
	Cover    Text        `json:"cover"`
	Preview  Text        `json:"preview"`
	Updated  Unix        `json:"updated"`
}

// Seat is one place on the stage (room engine get_seat_list).
type Seat struct {
	Index       int64 `json:"index"` // from 0
	User        Text  `json:"user"`  // user id; empty when free
	Locked      bool  `json:"locked"`
	VideoLocked bool  `json:"video_locked"`
	AudioLocked bool  `json:"audio_locked"`
}

// SeatLocks says what is forbidden on a seat (lock_seat).
type SeatLocks struct{ Taken, Video, Audio bool }

// Message is one chat message (MessageList: the wire's name misleads).
type Message struct {
	Seq  int64         `json:"seq"`
	At   Unix          `json:"at"`
	From Text          `json:"from"` // user id
	Body []MessagePart `json:"body"`
}

// MessagePart is one part of a message (MessageItem); Kind 0 text, 1 image URL,
// 2 custom.
type MessagePart struct {
	Kind int64 `json:"kind"`
	Text Text  `json:"text"` // the text, the image's URL, or the custom data
}

// Event is one entry of a class's log (EventInfo).
type Event struct {
	At        Unix   `json:"at"`
	Kind      Text   `json:"kind"` // RoomStart, MemberJoin, CameraOn …
	User      Text   `json:"user"`
	Device    Device `json:"device"`
	Duration  int64  `json:"duration"`    // of a recording, seconds
	Size      int64  `json:"record_size"` // of a recording
	RecordURL Text   `json:"record_url"`
	Reason    int64  `json:"reason"` // why a member left, newer editions; 0 left, 1 kicked, 2 for good, 4 lost, 5 class over
}

// Report is the attendance of an ended class (DescribeRoomStatistics).
type Report struct {
	Peak      int64    `json:"peak"`   // most members online at one moment
	People    int64    `json:"people"` // different members online in all
	RealStart Unix     `json:"real_start"`
	RealEnd   Unix     `json:"real_end"`
	Messages  int64    `json:"messages"`
	Mics      int64    `json:"mics"` // students who were on mic
	Members   []Member `json:"members"`
}
