package client

import (
	"context"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// The values of KickUserFromRoom.KickType.
const (
	kickForTime = 1
	kickForGood = 2
)

// write sends a write once and returns the RequestId of the answer. An error
// that says Maybe leaves open whether it was carried out.
func (w *Writer) write(ctx context.Context, system, action, on string, body any) (string, error) {
	r, err := w.c.request(system, action, on, body)
	if err != nil {
		return "", err
	}
	r.writer = true
	return w.c.do(ctx, r, only(system))
}

// Kick puts a member out of a class for a time, in whole seconds, or for good
// (KickUserFromRoom).
func (w *Writer) Kick(ctx context.Context, room class.RoomID, user class.Text, forGood bool, d time.Duration) (requestID string, err error) {
	body := struct {
		RoomID   class.RoomID `json:"RoomId"`
		SdkAppID uint64       `json:"SdkAppId"`
		UserID   string       `json:"UserId"`
		KickType int
		Duration int64 // required even for good
	}{room, w.c.cfg.SdkAppID, user.Raw(), kickForTime, int64(d / time.Second)}
	if forGood {
		body.KickType, body.Duration = kickForGood, 0
	}
	return w.write(ctx, spec.LCIC, "KickUserFromRoom", userIn(user, room), body)
}

// End ends a class for everybody (EndRoom).
func (w *Writer) End(ctx context.Context, room class.RoomID) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "EndRoom", inRoom(room), roomBody{room})
}

// Start starts a class (StartRoom).
func (w *Writer) Start(ctx context.Context, room class.RoomID) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "StartRoom", inRoom(room), roomBody{room})
}

// userIn names a member of a class in errors.
func userIn(user class.Text, room class.RoomID) string { return user.String() + " in " + inRoom(room) }
