package ops

import (
	"context"
	"time"

	"classtop/class"
)

// Sender sends one write and waits for its answer. It never sends twice. The
// client's Writer is the one that exists. Errors are *class.Error, with Maybe
// set where the request may have been carried out. The string is the RequestId.
type Sender interface {
	Kick(ctx context.Context, room class.RoomID, user class.Text, forGood bool, d time.Duration) (string, error)
	End(ctx context.Context, room class.RoomID) (string, error)
	Start(ctx context.Context, room class.RoomID) (string, error)
	PickOnSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error)
	TakeOffSeat(ctx context.Context, room class.RoomID, user class.Text) (string, error)
	LockSeat(ctx context.Context, room class.RoomID, index int64, locks class.SeatLocks) (string, error)
	MoveToSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (string, error)
	BindDocument(ctx context.Context, room class.RoomID, document class.Text) (string, error)
	UnbindDocument(ctx context.Context, room class.RoomID, document class.Text) (string, error)
	// CreateDocument returns the new document's id besides the RequestId.
	CreateDocument(ctx context.Context, url, name, owner class.Text, transcode int64, public bool) (requestID string, document class.Text, err error)
	DeleteDocument(ctx context.Context, document class.Text) (string, error)
	MuteInChat(ctx context.Context, room class.RoomID, user class.Text, d time.Duration) (string, error)
	SendNotice(ctx context.Context, room class.RoomID, text string) (string, error)
	LetIn(ctx context.Context, room class.RoomID, user class.Text) (string, error)
	// Send sends any action of the API by its name, signed in one of the
	// client's ways ("" is the usual one). The answer has the RequestId.
	Send(ctx context.Context, api string, params map[string]any, sign string) (class.Reply, error)
}

// Reader reads back what a write did.
type Reader interface {
	Room(ctx context.Context, id class.RoomID) (class.RoomDetail, error)
	Members(ctx context.Context, id class.RoomID) ([]class.Member, error)
	Seats(ctx context.Context, id class.RoomID) ([]class.Seat, error)
	Documents(ctx context.Context, id class.RoomID) ([]class.Document, error)
	Muted(ctx context.Context, id class.RoomID) ([]class.Mute, error)
}

// scope says what an action is aimed at.
type scope int

const (
	onRoom scope = iota
	onUser
	onSeat
	onDocument
	onDraft
	onCall
)

// row is all that ops knows of one action. A new action is one more row.
type row struct {
	api   string // the API's action
	level int
	scope scope
	verb  string // Kick
	past  string // Kicked
	doing string // kicking
	rest  func(Op) string
	why   func(Op) string
	send  func(context.Context, Sender, *Result) (requestID string, err error) // may note in Found what the answer told
	look  func(context.Context, Reader, Op) (sight, error)                     // nil: it cannot be read back
}

// rowOf returns what is known of an action.
func rowOf(a Action) (row, bool) {
	switch a {
	case Kick:
		return row{"KickUserFromRoom", 2, onUser, "Kick", "Kicked", "kicking", kickRest, kickWhy, sendKick, lookKick}, true
	case Ban:
		return row{"KickUserFromRoom", 3, onUser, "Kick", "Kicked", "kicking", kickRest, banWhy, sendKick, lookKick}, true
	case End:
		return row{"EndRoom", 3, onRoom, "End", "Ended", "ending", roomRest, endWhy, sendEnd, lookEnd}, true
	case Start:
		return row{"StartRoom", 2, onRoom, "Start", "Started", "starting", roomRest, startWhy, sendStart, lookStart}, true
	case SeatPick:
		return row{"pick_user_on_seat", 2, onUser, "Put", "Put", "seating", seatRest, pickWhy, sendPick, lookSeated}, true
	case SeatMove:
		return row{"move_user_to_seat", 2, onUser, "Move", "Moved", "moving", seatRest, pickWhy, sendMove, lookSeated}, true
	case SeatOff:
		return row{"kick_user_off_seat", 2, onUser, "Take", "Took", "taking", offRest, offWhy, sendOff, lookOff}, true
	case SeatLock:
		return row{"lock_seat", 2, onSeat, "Lock", "Locked", "locking", lockRest, lockWhy, sendLock, lookLock}, true
	case SeatUnlock:
		return row{"lock_seat", 2, onSeat, "Unlock", "Unlocked", "unlocking", lockRest, lockWhy, sendLock, lookLock}, true
	}
	if a == Named {
		return callRow(), true
	}
	if r, ok := newerRow(a); ok {
		return r, true
	}
	return documentRow(a)
}

func sendKick(ctx context.Context, s Sender, r *Result) (string, error) {
	if r.Op.Action == Ban {
		return s.Kick(ctx, r.Op.Target.Room, r.Op.Target.User, true, 0)
	}
	return s.Kick(ctx, r.Op.Target.Room, r.Op.Target.User, false, r.Op.Duration)
}

func sendEnd(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.End(ctx, r.Op.Target.Room)
}

func sendStart(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.Start(ctx, r.Op.Target.Room)
}

func sendPick(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.PickOnSeat(ctx, r.Op.Target.Room, r.Op.Target.User, r.Op.Target.Seat)
}

func sendMove(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.MoveToSeat(ctx, r.Op.Target.Room, r.Op.Target.User, r.Op.Target.Seat)
}

func sendOff(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.TakeOffSeat(ctx, r.Op.Target.Room, r.Op.Target.User)
}

func sendLock(ctx context.Context, s Sender, r *Result) (string, error) {
	return s.LockSeat(ctx, r.Op.Target.Room, r.Op.Target.Seat, r.Op.locks())
}
