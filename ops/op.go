// Package ops carries out an operator's write from start to end: checks,
// confirm level, audit, one request, read-back. It is the only way to write,
// for keyboard, palette, console and command line alike.
package ops

import (
	"time"

	"classtop/class"
)

// Action names what an operator can do.
type Action string

// The operator's actions.
const (
	Kick       Action = "kick"        // KickUserFromRoom for a time
	Ban        Action = "ban"         // KickUserFromRoom for good
	End        Action = "end"         // EndRoom
	Start      Action = "start"       // StartRoom
	Unkick     Action = "unkick"      // UnblockKickedUser
	Mute       Action = "mute"        // ForbidSendMsg for a time or ForGood
	Unmute     Action = "unmute"      // ForbidSendMsg for no time
	Notice     Action = "notice"      // SendRoomNotificationMessage
	SeatPick   Action = "seat"        // pick_user_on_seat
	SeatOff    Action = "seat-off"    // kick_user_off_seat
	SeatLock   Action = "seat-lock"   // lock_seat
	SeatUnlock Action = "seat-unlock" // lock_seat
	SeatMove   Action = "seat-move"   // move_user_to_seat
	DocBind    Action = "doc-bind"    // BindDocumentToRoom
	DocUnbind  Action = "doc-unbind"  // UnbindDocumentFromRoom
	DocCreate  Action = "doc-create"  // CreateDocument
	DocDelete  Action = "doc-delete"  // DeleteDocument
	Named      Action = "call"        // any writing action of the API by its name: Call
)

// Target is what an action is aimed at, frozen by value when the operator
// asked for it: rows may move and data may change, the target does not.
type Target struct {
	Room     class.RoomID
	RoomName class.Text
	Status   class.RoomStatus
	Teacher  class.Text // name, or id where the name is not known
	Online   int        // members in the class
	User     class.Text // user id; empty when the target is the class
	UserName class.Text
	Role     class.Role
	State    class.Presence
	Muted    bool            // may not write in the chat
	Seat     int64           // seat number for the seat actions; -1 for none
	SeatSeen bool            // Seated and Locks are what the list of seats said
	Seated   bool            // User sits on Seat now
	Locks    class.SeatLocks // of Seat now
	Document class.Text      // id; empty when the target is no document
	DocName  class.Text
	SeenAt   time.Time // when the data were read
}

// Op is one action on one target, with its arguments.
type Op struct {
	Action   Action
	Target   Target
	Duration time.Duration   // of a temporary kick or a mute
	Text     string          // of Notice: what it says
	Locks    class.SeatLocks // of SeatLock; the zero value locks the seat itself. Of SeatUnlock: what stays locked
	Draft    Draft           // of DocCreate
	Call     *Call           // of Named
	Playbook string          // the step of a playbook that this is; empty when it is none
	Second   uint64          // the Proposal that this confirms; 0: none
	Reason   string          // typed by the operator; optional
}

// Draft is a document that is to be created.
type Draft struct {
	URL, Name class.Text
	Owner     class.Text // user id
	Transcode int64      // TranscodeType: 0 none, 1 document, 2 video or audio
	Public    bool
}

// State is how an operation ended.
type State int

// The ends of an operation.
const (
	NotSent      State = iota // a check or the audit file stopped it
	Done                      // the service said yes
	Refused                   // the service said no
	Confirmed                 // no answer came; read back: it happened
	NotApplied                // no answer came; read back: it did not happen
	StillUnknown              // no answer came and reading back did not tell
	Asked                     // nothing was sent yet: it waits for a second person
)

// Result is the end of one operation.
type Result struct {
	Op        Op
	State     State
	RequestID string
	Err       *class.Error // why, unless Done or Confirmed
	Reply     class.Reply  // of Named
	Found     string       // what the read-back saw, in a sentence
	Warning   string       // what went wrong besides, such as an outcome that the audit file did not take
	Started   time.Time
	Ended     time.Time
}
