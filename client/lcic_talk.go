package client

import (
	"cmp"
	"context"
	"slices"

	"classtop/class"
)

type wirePart struct {
	MessageType               num
	TextMessage, ImageMessage prose
	CustomMessage             struct{ Data prose }
}

func (w *wirePart) part() class.MessagePart {
	p := class.MessagePart{Kind: int64(w.MessageType)}
	switch w.MessageType {
	case 0:
		p.Text = class.Text(w.TextMessage)
	case 1:
		p.Text = class.Text(w.ImageMessage)
	default:
		p.Text = class.Text(w.CustomMessage.Data)
	}
	return p
}

type wireMessage struct {
	Timestamp, Seq num
	FromAccount    name
	MessageBody    list[wirePart]
}

func (w *wireMessage) message() class.Message {
	return class.Message{
		Seq: int64(w.Seq), At: class.Unix(w.Timestamp), From: class.Text(w.FromAccount),
		Body: convert(w.MessageBody, (*wirePart).part),
	}
}

// Messages reads up to 100 chat messages of a class that come before a
// sequence number, or the newest for 0, oldest first (GetRoomMessage).
func (c *Client) Messages(ctx context.Context, room class.RoomID, before int64) ([]class.Message, error) {
	a, err := read[struct{ Messages list[wireMessage] }](ctx, c, "GetRoomMessage", inRoom(room), struct {
		RoomID   class.RoomID `json:"RoomId"`
		SdkAppID uint64       `json:"SdkAppId"`
		Seq      int64        `json:"Seq,omitempty"`
		Limit    int
	}{room, c.cfg.SdkAppID, before, pageSize})
	if err != nil {
		return nil, err
	}
	all := convert(a.Messages, (*wireMessage).message)
	slices.SortStableFunc(all, func(a, b class.Message) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(all, func(a, b class.Message) bool { return a.Seq != 0 && a.Seq == b.Seq }), nil
}

type wireEvent struct {
	Timestamp num
	EventType name
	EventData struct {
		UserID                       name `json:"UserId"`
		Device, Duration, RecordSize num
		RecordURL                    prose `json:"RecordUrl"`
		Reason                       num
	}
}

func (w *wireEvent) event() class.Event {
	d := &w.EventData
	return class.Event{
		At: class.Unix(w.Timestamp), Kind: class.Text(w.EventType), User: class.Text(d.UserID),
		Device: class.Device(d.Device), Duration: int64(d.Duration), Size: int64(d.RecordSize),
		RecordURL: class.Text(d.RecordURL), Reason: int64(d.Reason),
	}
}

// Events reads the log of a class (GetRoomEvent). Events have no id; entries
// that are the same in everything are one.
func (c *Client) Events(ctx context.Context, room class.RoomID) ([]class.Event, error) {
	type answer struct {
		Total  num
		Events list[wireEvent]
	}
	key := func(e *class.Event) class.Event { return *e }
	return pages(key, func(page int) ([]class.Event, int64, error) {
		body := listBody{RoomID: room, SdkAppID: c.cfg.SdkAppID, Page: page, Limit: pageSize}
		a, err := read[answer](ctx, c, "GetRoomEvent", inRoom(room), body)
		return convert(a.Events, (*wireEvent).event), int64(a.Total), err
	})
}
