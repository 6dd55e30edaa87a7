package client

import (
	"context"
	"time"

	"classtop/class"
	"classtop/client/spec"
)

// Actions that newer editions have; others answer InvalidAction.

type wireMute struct {
	MemberAccount name
	MutedUntil    num
}

func (w *wireMute) mute() class.Mute {
	return class.Mute{User: class.Text(w.MemberAccount), Until: class.Unix(w.MutedUntil)}
}

// Muted reads who may not write in the chat of a class
// (DescribeRoomForbiddenUser).
func (c *Client) Muted(ctx context.Context, room class.RoomID) ([]class.Mute, error) {
	a, err := read[struct{ MutedAccountList list[wireMute] }](ctx, c, "DescribeRoomForbiddenUser", inRoom(room), appRoom{c.cfg.SdkAppID, room})
	if err != nil {
		return nil, err
	}
	return convert(a.MutedAccountList, (*wireMute).mute), nil
}

// appRoom is the body of a call that needs the application and the class.
type appRoom struct {
	SdkAppID uint64       `json:"SdkAppId"`
	RoomID   class.RoomID `json:"RoomId"`
}

// MuteInChat keeps a member from writing in the chat of a class for a time in
// whole seconds; none lets the member write again (ForbidSendMsg).
func (w *Writer) MuteInChat(ctx context.Context, room class.RoomID, user class.Text, d time.Duration) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "ForbidSendMsg", userIn(user, room), struct {
		appRoom
		MembersAccount []string
		MuteTime       int64
	}{appRoom{w.c.cfg.SdkAppID, room}, []string{user.Raw()}, int64(d / time.Second)})
}

// SendNotice sends a notice to everybody in a class
// (SendRoomNotificationMessage).
func (w *Writer) SendNotice(ctx context.Context, room class.RoomID, text string) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "SendRoomNotificationMessage", inRoom(room), struct {
		appRoom
		MsgContent string
	}{appRoom{w.c.cfg.SdkAppID, room}, text})
}

// LetIn lets a member come back who was kicked out of a class
// (UnblockKickedUser).
func (w *Writer) LetIn(ctx context.Context, room class.RoomID, user class.Text) (requestID string, err error) {
	return w.write(ctx, spec.LCIC, "UnblockKickedUser", userIn(user, room), struct {
		appRoom
		UserID string `json:"UserId"`
	}{appRoom{w.c.cfg.SdkAppID, room}, user.Raw()})
}
