package client

import (
	"context"
	"fmt"

	"classtop/class"
	"classtop/client/spec"
)

// The values of move_user_to_seat.Policy that are used: an operator who moves
// a member to a taken seat is told so, nobody is put off it unseen.
const moveGiveUp = 0

// engineRoom returns the room engine's id of a class.
func (c *Client) engineRoom(action string, room class.RoomID) (string, error) {
	if c.cfg.RoomIDs == nil {
		return room.String(), nil
	}
	if id, ok := c.cfg.RoomIDs(room); ok {
		return id, nil
	}
	return "", &class.Error{
		System: spec.RoomEngine, Action: action, On: inRoom(room), Code: class.CodeConfig,
		Message: "this class has no room engine id", Hint: "Name it under room_ids in the profile.",
	}
}

// Seats reads the places on the stage of a class, by their number
// (get_seat_list).
func (c *Client) Seats(ctx context.Context, room class.RoomID) ([]class.Seat, error) {
	const action = "get_seat_list"
	engineID, err := c.engineRoom(action, room)
	if err != nil {
		return nil, err
	}
	var data struct{ SeatList list[wireSeat] }
	body := engineBody{RoomID: engineID}
	if err := c.fetch(ctx, spec.RoomEngine, action, inRoom(room), body, into(spec.RoomEngine, &data)); err != nil {
		return nil, err
	}
	return convert(data.SeatList, (*wireSeat).seat), nil
}

type wireSeat struct {
	Index                                             num
	User                                              name `json:"Member_Account"`
	IsTakenDisabled, IsVideoDisabled, IsAudioDisabled flag
}

func (w *wireSeat) seat() class.Seat {
	return class.Seat{
		Index: int64(w.Index), User: class.Text(w.User), Locked: bool(w.IsTakenDisabled),
		VideoLocked: bool(w.IsVideoDisabled), AudioLocked: bool(w.IsAudioDisabled),
	}
}

// engineBody is the body of the seat commands; each sets the fields it has.
type engineBody struct {
	RoomID      string  `json:"RoomId"`
	User        string  `json:"Member_Account,omitempty"`
	Index       *int64  `json:"Index,omitempty"`
	SeatIndex   *int64  `json:"SeatIndex,omitempty"`
	Policy      *int64  `json:"Policy,omitempty"`
	Data        *string `json:"Data,omitempty"`
	ForbidTaken *bool   `json:"ForbidTaken,omitempty"`
	ForbidVideo *bool   `json:"ForbidVideo,omitempty"`
	ForbidAudio *bool   `json:"ForbidAudio,omitempty"`
}

// seat sends one seat command.
func (w *Writer) seat(ctx context.Context, action, on string, room class.RoomID, body engineBody) (string, error) {
	engineID, err := w.c.engineRoom(action, room)
	if err != nil {
		return "", err
	}
	body.RoomID = engineID
	return w.write(ctx, spec.RoomEngine, action, on, body)
}

// PickOnSeat puts a member on a seat (pick_user_on_seat).
func (w *Writer) PickOnSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (requestID string, err error) {
	return w.seat(ctx, "pick_user_on_seat", onSeat(user.String(), index, room), room, engineBody{User: user.Raw(), Index: &index})
}

// TakeOffSeat takes a member off the seat; he stays in the class
// (kick_user_off_seat).
func (w *Writer) TakeOffSeat(ctx context.Context, room class.RoomID, user class.Text) (requestID string, err error) {
	data := "" // required, and handed to the clients as it is
	return w.seat(ctx, "kick_user_off_seat", userIn(user, room), room, engineBody{User: user.Raw(), Data: &data})
}

// LockSeat sets all three locks of a seat (lock_seat). Locking a taken seat
// takes its member off.
func (w *Writer) LockSeat(ctx context.Context, room class.RoomID, index int64, locks class.SeatLocks) (requestID string, err error) {
	body := engineBody{Index: &index, ForbidTaken: &locks.Taken, ForbidVideo: &locks.Video, ForbidAudio: &locks.Audio}
	return w.seat(ctx, "lock_seat", onSeat("", index, room), room, body)
}

// MoveToSeat moves a member to another seat (move_user_to_seat). A taken seat
// stays as it is.
func (w *Writer) MoveToSeat(ctx context.Context, room class.RoomID, user class.Text, index int64) (requestID string, err error) {
	policy := int64(moveGiveUp)
	body := engineBody{User: user.Raw(), SeatIndex: &index, Policy: &policy}
	return w.seat(ctx, "move_user_to_seat", onSeat(user.String(), index, room), room, body)
}

func onSeat(user string, index int64, room class.RoomID) string {
	if user != "" {
		user += " "
	}
	return fmt.Sprintf("%sseat %d in %s", user, index, inRoom(room))
}
